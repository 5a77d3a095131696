"""One session's own page, where mails and calendars lead to. It must not decide anything."""

import reflex as rx

from app.pages.session_mentee_window import CLOSE_MENTEES
from app.pages.session_parts import CARD, session_card_page
from app.pages.shell import shell
from app.state.session_card import SessionCardState

ROUTE = "/s/[id]"
TITLE = rx.cond(CARD.title, f"{CARD.title} · Meridian", "Session · Meridian")
ON_LOAD = [CLOSE_MENTEES, SessionCardState.load_page, SessionCardState.follow]
STYLESHEETS = ["/session.css", "/mentees.css"]
SCRIPTS = ["/session.js", "/roster.js"]


def page() -> rx.Component:
    """Show the session's card."""
    return shell(session_card_page(), title="Session", here="/calendar")
