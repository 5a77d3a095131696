"""A numbered session within its relationship: its details, and each of its forms as a page of its own.

The route carries the session's number, for that is its name to the two people; the form is in the
query, so that "Edit Session 3" and "Cancel Session 3" are plain links that can be opened beside, kept and
gone back from. It must not decide anything.
"""

from dataclasses import replace
from typing import Any

import reflex as rx

from app.components import session_card as card_parts
from app.components.relationship_session import (
    asks_anew,
    ended_note,
    neighbours,
    session_frame,
    session_nav,
    word_of,
)
from app.components.session_card_forms import form_section
from app.pages.session_parts import ACTIONS, CARD, FORM_ACTIONS, FORM_VARS, card_forms
from app.pages.shell import shell
from app.state.relationship_session import RelationshipSessionState
from app.state.session_card import SessionCardState

ROUTE = "/relationships/[id]/[number]"
TITLE = rx.cond(CARD.title, f"{CARD.title} · Meridian", "Session · Meridian")
ON_LOAD = [RelationshipSessionState.open_numbered, SessionCardState.follow]
STYLESHEETS = ["/session.css", "/relationships.css"]
SCRIPTS = ["/session.js", "/roster.js"]

PLACE = RelationshipSessionState.place
FORM = SessionCardState.form


def form_page(name: str) -> Any:
    """Give the event that leads to one of the session's forms."""
    return rx.redirect(RelationshipSessionState.href + f"?do={name}")


NUMBERED_ACTIONS = replace(ACTIONS, open_form=form_page)
NUMBERED_FORM_ACTIONS = replace(
    FORM_ACTIONS,
    close=RelationshipSessionState.leave_form,
    submit=FORM_ACTIONS.submit | {"edit_instead": form_page("edit"), "arrange_instead": form_page("arrange")},
)


def page() -> rx.Component:
    """Show the session with its navigation."""
    nav = session_nav(PLACE, CARD, FORM, RelationshipSessionState.href)
    shown = session_frame(PLACE, nav, content(), missing=SessionCardState.missing)
    title = rx.cond(PLACE.name, PLACE.name, "Session")
    return shell(shown, title=title, here="/relationships")


def content() -> rx.Component:
    """Show the form that the address names, else the session's details."""
    error = SessionCardState.errors[""]
    body = card_parts.session_card(CARD, NUMBERED_ACTIONS, busy=SessionCardState.busy, error=error)
    head = card_parts.card_head(CARD, word=word_of(CARD))
    details = rx.fragment(
        ended_note(PLACE), rx.el.article(head, body, class_name="card session-page"), neighbours(PLACE)
    )
    forms = card_forms(replace(FORM_VARS, frame=form_section), NUMBERED_FORM_ACTIONS)
    open_form = rx.fragment(asks_anew(RelationshipSessionState.why), forms)
    return rx.cond(CARD.id > 0, rx.cond(FORM == "", details, open_form), rx.el.div(class_name="skeleton tall"))
