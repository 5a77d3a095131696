"""One relationship with its numbered sessions. It must not decide anything: it only composes components."""

import reflex as rx

from app.components.relationship import PairActions, relationship_page
from app.components.relationship_forms import PairForms, pair_forms
from app.components.session_card_fields import FormVars
from app.pages.shell import shell
from app.state.person_threads import PersonThreadsState
from app.state.relationship import RelationshipState
from app.state.relationship_forms import RelationshipFormsState

ROUTE = "/relationships/[id]"
TITLE = rx.cond(RelationshipState.page.title, f"{RelationshipState.page.title} · Meridian", "Relationship · Meridian")
ON_LOAD = [RelationshipState.opened, RelationshipState.watch]
STYLESHEETS = ["/session.css", "/book.css", "/relationships.css"]
SCRIPTS = ["/session.js", "/roster.js"]

PAGE = RelationshipState.page
ACTIONS = PairActions(
    open_form=RelationshipFormsState.open_form,
    add=RelationshipState.add,
    close_thread=PersonThreadsState.close_thread(PAGE.id),
    reopen_thread=PersonThreadsState.reopen_thread(PAGE.id),
)
FORMS = PairForms(
    page=PAGE,
    values=RelationshipState.values,
    foreseen=RelationshipState.foreseen,
    vars=FormVars(
        opened=RelationshipState.form,
        key=RelationshipState.form_key,
        version="",
        errors=RelationshipState.errors,
        busy=RelationshipState.busy,
        changed="",
        check=RelationshipState.check,
    ),
    close=RelationshipState.close_form,
    typed=RelationshipFormsState.note_typed,
    skips=RelationshipFormsState.note_skips,
    submit_all=RelationshipFormsState.submit_all,
    submit_past=RelationshipFormsState.submit_past,
    submit_end=RelationshipFormsState.submit_end,
)


def page() -> rx.Component:
    """Show the relationship, and over it the form that is open."""
    error = rx.cond(RelationshipState.form == "", RelationshipState.errors[""], "")
    shown = relationship_page(
        PAGE, ACTIONS, missing=RelationshipState.is_missing, busy=RelationshipState.busy, error=error
    )
    title = rx.cond(PAGE.title, PAGE.title, "Relationship")
    return shell(shown, pair_forms(FORMS), title=title, here="/relationships")
