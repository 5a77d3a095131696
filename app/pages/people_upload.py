"""The multi-user upload: people and assignments from a file (A4). It must not decide anything."""

import reflex as rx

from app.components.shell import skeleton
from app.components.upload import upload
from app.components.upload_start import upload_start
from app.components.upload_texts import PEOPLE
from app.pages.shell import shell
from app.pages.upload_box import BOX
from app.state.upload import UploadState

ROUTE = "/people/upload"
TITLE = "Upload users · Meridian"
ON_LOAD = [UploadState.opened, UploadState.follow]
STYLESHEETS = ["/upload.css"]
SCRIPTS = ["/upload.js"]


def page() -> rx.Component:
    """Show the form that takes a file, or what is in the one that was taken."""
    start = upload_start(UploadState.start, UploadState.problem, PEOPLE)
    content = rx.cond(UploadState.wanted > 0, upload(BOX, PEOPLE), start)
    return shell(rx.cond(UploadState.is_ready, content, skeleton()), title="Upload users", here="/people")
