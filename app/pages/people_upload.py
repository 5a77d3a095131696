"""The multi-user upload: people and assignments from a file (A4). It must not decide anything."""

import reflex as rx

from app.components.shell import skeleton
from app.components.upload import Upload, upload
from app.components.upload_start import upload_start
from app.pages.shell import shell
from app.state.people_upload import PeopleUploadState

ROUTE = "/people/upload"
TITLE = "Upload users · Meridian"
ON_LOAD = [PeopleUploadState.opened, PeopleUploadState.follow]
STYLESHEETS = ["/upload.css"]
SCRIPTS = ["/upload.js"]

BOX = Upload(
    shown=PeopleUploadState.shown,
    missing=PeopleUploadState.missing,
    shows=PeopleUploadState.shows,
    editing=PeopleUploadState.editing,
    asks=PeopleUploadState.asks,
    problem=PeopleUploadState.problem,
    said=PeopleUploadState.said,
    filter_by=PeopleUploadState.filter_by,
    go_to=PeopleUploadState.go_to,
    edit_row=PeopleUploadState.edit_row,
    correct=PeopleUploadState.correct,
    choose_program=PeopleUploadState.choose_program,
    choose_access=PeopleUploadState.choose_access,
    swap=PeopleUploadState.swap,
    ask=PeopleUploadState.ask,
    confirm=PeopleUploadState.confirm,
    stop=PeopleUploadState.stop,
)


def page() -> rx.Component:
    """Show the form that takes a file, or what is in the one that was taken."""
    start = upload_start(PeopleUploadState.start, PeopleUploadState.problem, action="/uploads/people", kind="people")
    content = rx.cond(PeopleUploadState.wanted > 0, upload(BOX, anew="/people/upload"), start)
    return shell(rx.cond(PeopleUploadState.is_ready, content, skeleton()), title="Upload users", here="/people")
