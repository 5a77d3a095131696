"""The form of a group session, from its heading to its button. Knows no state; takes Vars and handlers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import empty, link_button, note
from app.components.book import watched_form
from app.components.group_form_parts import more, participants, what, when, where
from app.components.group_invites import seated


@dataclass(frozen=True)
class Form:
    """What the form shows, as Vars of the like-named parts of the state."""

    editing: Any
    missing: Any
    heading: Any
    shown: Any
    version: Any
    errors: Any
    changed: Any
    programs: Any
    program: Any
    host: Any
    makes_rooms: Any
    foresight: Any
    everybody: Any
    groups: Any
    people: Any
    invited_words: Any
    invited_look: Any
    resize_words: Any
    seats: Any
    leaving: Any
    finder: Any


@dataclass(frozen=True)
class Acts:
    """What the form can do. `change` is given all its fields, `search` a side and what was typed."""

    change: Any
    search: Callable[[str], Any]
    open_search: Callable[[str], Any]
    close_search: Any
    choose_host: Callable[[Any], Any]
    invite: Callable[[Any], Any]
    leave_out: Callable[[Any], Any]
    invite_everybody: Any
    leave_out_everybody: Callable[[Any], Any]
    ask_remove: Callable[[Any], Any]
    remove: Any
    submit: Any


def group_form(form: Form, acts: Acts) -> rx.Component:
    """Show the form, or say why there is none."""
    return rx.cond(
        form.missing != "",
        closed(form),
        rx.cond(form.programs.length() > 0, rx.fragment(fields(form, acts), seated(form, acts)), nowhere()),
    )


def closed(form: Form) -> rx.Component:
    """Say why the session cannot be edited."""
    back = rx.cond(
        form.editing > 0,
        link_button("To the session", f"/s/{form.editing}", icon_name="arrow-right"),
        link_button("To the sessions", "/sessions", icon_name="arrow-right"),
    )
    return rx.el.div(empty("lock", "This session cannot be edited", form.missing, back), class_name="card")


def nowhere() -> rx.Component:
    """Say why nothing can be created."""
    text = "None of your programmes has group sessions. A manager can allow them in a programme’s settings."
    return rx.el.div(empty("users", "There is no programme to create a session in", text), class_name="card")


def fields(form: Form, acts: Acts) -> rx.Component:
    """Show the form itself."""
    return watched_form(
        rx.el.input(type="hidden", name="key", value=form.shown["key"], read_only=True),
        rx.cond(form.changed, note(form.changed, look="warn", icon_name="triangle-alert"), rx.fragment()),
        rx.cond(form.editing > 0, tabs(), rx.fragment()),
        what(form, acts),
        when(form),
        participants(form, acts),
        where(form),
        more(form),
        send(form),
        on_submit=acts.submit,
        on_change=acts.change,
        no_validate=True,
        class_name="group-form",
        custom_attrs={"data-draft": "", "autoComplete": "off", "aria-label": "Session"},
    )


def tabs() -> rx.Component:
    """Lead to what is changed most (L5, L6); both are parts of one form, so that nothing typed is lost on the way."""

    def tab(label: str, part: str) -> rx.Component:
        return rx.el.a(label, href=f"#{part}-title", class_name="button")

    return rx.el.nav(
        tab("Edit session", "what"),
        tab("Meeting link", "where"),
        class_name="segmented group-parts",
        aria_label="Parts of the form",
    )


def send(form: Form) -> rx.Component:
    """Send it."""
    label = rx.cond(form.editing > 0, "Save", "Create session")
    told = rx.cond(form.editing > 0, "Who takes part is told of a new time, text or place.", "")
    return rx.el.section(
        rx.el.p(form.errors["form"], class_name="form-error", id="form", role="alert", tab_index=-1),
        rx.cond(told, rx.el.p(told, class_name="small muted"), rx.fragment()),
        rx.el.div(
            rx.el.button(label, type="submit", class_name="button primary"),
            rx.cond(
                form.editing > 0,
                link_button("Back to the session", f"/s/{form.editing}"),
                link_button("Back to the list", "/sessions"),
            ),
            class_name="row",
        ),
        class_name="card stack",
        aria_label="Send",
    )
