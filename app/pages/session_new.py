"""Creating a group session. It must not decide anything: it only composes components."""

import reflex as rx

from app.pages import group_parts
from app.pages.shell import shell

ROUTE = "/sessions/new"
TITLE = "Create session · Meridian"
ON_LOAD = group_parts.ON_LOAD
STYLESHEETS = group_parts.STYLESHEETS
SCRIPTS = group_parts.SCRIPTS


def page() -> rx.Component:
    """Show the empty form."""
    return shell(group_parts.form(), title="Create session", here="/sessions")
