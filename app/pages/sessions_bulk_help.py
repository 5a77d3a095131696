"""What the messages of the bulk upload mean. It must not decide anything."""

import reflex as rx

from app.components.upload_help import upload_help
from app.pages.shell import shell

ROUTE = "/sessions/bulk/help"
TITLE = "Troubleshooting · Meridian"
STYLESHEETS = ["/upload.css"]


def page() -> rx.Component:
    """Show the list."""
    return shell(upload_help(), title="Troubleshooting", here="/sessions")
