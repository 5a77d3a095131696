"""A session's card with its handlers tied on, for its own page and for a window over any other. No page itself.

A page that shows `session_card_dialog()` puts `CARD_ON_LOAD` into its ON_LOAD and opens the
card with `open_session(id)`.
"""

from typing import Any

import reflex as rx

from app.components import session_card as card_parts
from app.components import session_card_forms as forms
from app.components import session_card_outcome as outcomes
from app.components import session_card_people as people
from app.components import session_card_rating as rating
from app.components.session_card import CardActions
from app.components.session_card_fields import FormActions, FormVars
from app.pages.session_mentee_window import CLOSE_MENTEES, mentee_window
from app.state.session_card import SessionCardState
from app.state.session_edit import SessionEditState
from app.state.session_mentees import SessionMenteesState
from app.state.session_outcome import SessionOutcomeState
from app.state.session_seats import SessionSeatsState

CARD = SessionCardState.card
ACTIONS = CardActions(
    open_form=SessionCardState.open_form,
    join=SessionCardState.join,
    start=SessionCardState.start_session,
    accept=SessionCardState.accept,
    take_place=SessionSeatsState.take_place,
    accept_invitation=SessionSeatsState.accept_invitation,
    ask_remove=SessionSeatsState.ask_remove,
    view_list=SessionMenteesState.show_mentees,
)
FORM_VARS = FormVars(
    opened=SessionCardState.form,
    key=SessionCardState.form_key,
    version=SessionCardState.form_version,
    errors=SessionCardState.errors,
    busy=SessionCardState.busy,
    changed=SessionCardState.changed,
    check=SessionCardState.check,
)
FORM_ACTIONS = FormActions(
    close=SessionCardState.close_form,
    typed=SessionEditState.note_typed,
    take_free=SessionEditState.take_free,
    submit={
        "edit": SessionEditState.submit_edit,
        "arrange": SessionEditState.submit_arrange,
        "again": SessionEditState.submit_again,
        "propose": SessionEditState.submit_propose,
        "meeting": SessionEditState.submit_meeting,
        "cancel": SessionOutcomeState.submit_cancel,
        "delete": SessionOutcomeState.submit_delete,
        "accept": SessionOutcomeState.submit_accept,
        "decline": SessionOutcomeState.submit_decline,
        "reactivate": SessionOutcomeState.submit_reactivate,
        "finish": SessionOutcomeState.submit_finish,
        "record": SessionOutcomeState.submit_record,
        "correct": SessionOutcomeState.submit_correct,
        "after": SessionOutcomeState.submit_after,
        "mark": SessionOutcomeState.submit_mark,
        "leave": SessionSeatsState.submit_leave,
        "refuse": SessionSeatsState.submit_refuse,
        "remove": SessionSeatsState.submit_remove,
        "rate": SessionSeatsState.submit_rate,
        "mark_instead": SessionCardState.open_form("mark"),
        "edit_instead": SessionCardState.open_form("edit"),
        "arrange_instead": SessionCardState.open_form("arrange"),
    },
)
CARD_ON_LOAD = [CLOSE_MENTEES, SessionCardState.resume, SessionCardState.follow]


def open_session(session_id: Any) -> Any:
    """Give the event that opens a session's card over the page."""
    return SessionCardState.open_session(session_id)


def session_card_dialog() -> rx.Component:
    """Show the open card over the page; the page's address does not change."""
    window = card_parts.card_dialog(
        CARD,
        card_body(),
        is_open=SessionCardState.is_open,
        missing=SessionCardState.missing,
        on_close=SessionCardState.close,
    )
    return rx.fragment(window, card_forms(), mentee_window())


def session_card_page() -> rx.Component:
    """Show the card as a page of its own."""
    known = rx.el.article(card_parts.card_head(CARD), card_body(), class_name="card session-page")
    there = rx.cond(CARD.id > 0, known, rx.el.div(class_name="skeleton tall"))
    return rx.fragment(rx.cond(SessionCardState.missing, card_parts.not_found(), there), card_forms(), mentee_window())


def card_body() -> rx.Component:
    """Show the card below its head. A refusal is said here unless a form is open to say it."""
    error = rx.cond(SessionCardState.form == "", SessionCardState.errors[""], "")
    return card_parts.session_card(CARD, ACTIONS, busy=SessionCardState.busy, error=error)


def card_forms(vars_: FormVars = FORM_VARS, actions: FormActions = FORM_ACTIONS) -> rx.Component:
    """Hold the forms of a card; at most one is open."""
    plain = (
        forms.edit_form,
        forms.propose_form,
        forms.meeting_form,
        outcomes.cancel_form,
        outcomes.delete_form,
        outcomes.accept_form,
        outcomes.decline_form,
        outcomes.reactivate_form,
        outcomes.finish_form,
        outcomes.record_form,
        outcomes.correct_form,
        outcomes.after_form,
        people.mark_form,
        people.leave_form,
        people.refuse_form,
        rating.rate_form,
    )
    arrange = rx.cond(CARD.status == "to_be_arranged", "Arrange session", "Arrange again")
    arrange = rx.cond(CARD.number, "Arrange " + CARD.number, arrange)
    return rx.fragment(
        *(form(CARD, vars_, actions) for form in plain),
        people.remove_form(SessionSeatsState.removed_name, CARD, vars_, actions),
        forms.arrange_form("arrange", arrange, CARD, vars_, actions),
        forms.arrange_form("again", "Arrange again", CARD, vars_, actions),
    )
