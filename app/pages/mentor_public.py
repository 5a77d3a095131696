"""A public profile, live. Its first HTML comes from `delivery/mentor_public.py` and is whole without this."""

import reflex as rx

from app.components.mentor_public import mentor_view
from app.state.mentor_public import MentorPublicState
from app.state.shell import LoginState

ROUTE = "/m/[slug]"
TITLE = rx.cond(MentorPublicState.title != "", MentorPublicState.title, "Profile · Meridian")
IS_PUBLIC = True
ON_LOAD = [MentorPublicState.watch]
STYLESHEETS = ["/group.css"]
SCRIPTS = ["/first.js"]


def page() -> rx.Component:
    """Show the profile as soon as it is known; until then the first HTML stands."""
    view = mentor_view(MentorPublicState.mentor, MentorPublicState.title, LoginState.organisation, LoginState.logo)
    return rx.cond(MentorPublicState.ready, view, rx.fragment())
