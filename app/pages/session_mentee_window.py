"""The window that lists who is in a session, with its handlers tied on. No page itself.

A page that shows it puts CLOSE_MENTEES into its ON_LOAD and "/mentees.css" among its stylesheets.
"""

import reflex as rx

from app.components.session_mentees import mentee_list
from app.state.session_mentees import SessionMenteesState

CLOSE_MENTEES = SessionMenteesState.show_mentees(0)


def mentee_window() -> rx.Component:
    """Show it while it stands open."""
    state = SessionMenteesState
    return mentee_list(state.mentees, state.search_mentees, CLOSE_MENTEES)
