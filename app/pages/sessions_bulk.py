"""The bulk upload: sessions created, edited and deleted from a file (BU1). It must not decide anything."""

import reflex as rx

from app.components.basics import link_button
from app.components.shell import skeleton
from app.components.upload import upload
from app.components.upload_start import upload_start
from app.components.upload_texts import SESSIONS
from app.pages.shell import shell
from app.pages.upload_box import BOX
from app.state.upload import UploadState

ROUTE = "/sessions/bulk"
TITLE = "Bulk upload · Meridian"
ON_LOAD = [UploadState.opened, UploadState.follow]
STYLESHEETS = ["/upload.css"]
SCRIPTS = ["/upload.js"]


def page() -> rx.Component:
    """Show the form that takes a file, or what is in the one that was taken."""
    start = upload_start(UploadState.start, UploadState.problem, SESSIONS)
    content = rx.cond(UploadState.wanted > 0, upload(BOX, SESSIONS), start)
    return shell(
        rx.cond(UploadState.is_ready, content, skeleton()),
        title="Bulk upload",
        here="/sessions",
        actions=(link_button("Troubleshooting", "/sessions/bulk/help", icon_name="circle-help"),),
    )
