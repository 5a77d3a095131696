"""A group session's public page, live. Its first HTML comes from `delivery/public.py` and is whole without this."""

import reflex as rx

from app.components.group import group_view
from app.state.group import GroupState
from app.state.shell import LoginState

ROUTE = "/g/[slug]"
TITLE = rx.cond(GroupState.screen.title != "", GroupState.screen.title, "Session · Meridian")
IS_PUBLIC = True
ON_LOAD = [GroupState.watch]
STYLESHEETS = ["/group.css"]
SCRIPTS = ["/first.js"]


def page() -> rx.Component:
    """Show the session as soon as it is known; until then the first HTML stands."""
    view = group_view(GroupState.screen, LoginState.organisation, LoginState.logo)
    return rx.cond(GroupState.ready, view, rx.fragment())
