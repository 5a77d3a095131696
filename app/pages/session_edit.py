"""Editing a group session. It must not decide anything: it only composes components."""

import reflex as rx

from app.pages import group_parts
from app.pages.shell import shell
from app.state.group_form import GroupFormState

ROUTE = "/sessions/[id]/edit"
HEADING = rx.cond(GroupFormState.heading, f"Edit “{GroupFormState.heading}”", "Edit session")
TITLE = f"{HEADING} · Meridian"
ON_LOAD = group_parts.ON_LOAD
STYLESHEETS = group_parts.STYLESHEETS
SCRIPTS = group_parts.SCRIPTS


def page() -> rx.Component:
    """Show the form with what the session is now."""
    return shell(group_parts.form(), title=HEADING, here="/sessions")
