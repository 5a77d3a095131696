"""The dashboard, the first page after signing in. It must not decide anything: it only composes components."""

import reflex as rx

from app.pages.shell import shell

ROUTE = "/"
TITLE = "Dashboard · Meridian"


def page() -> rx.Component:
    """Show the way to the sessions."""
    return shell(
        rx.el.a("Calendar", href="/calendar"),
        title="Dashboard",
        here="/",
    )
