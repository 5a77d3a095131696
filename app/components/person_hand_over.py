"""The window in which a mentor's work is handed to another: to whom, what, and what would become of it (P12)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, field, icon, note, text_area
from app.components.people_search import Search, people_search

ERROR = "hand-over-error"


@dataclass(frozen=True)
class HandOver:
    """What the window shows, as Vars, and what it can do. `tick` is given "pair" or "group", and the id."""

    from_id: Any
    key: Any
    holding: Any
    finder: Any
    taker: Any
    ahead: Any
    errors: Any
    open: Any
    close: Any
    search: Any
    close_search: Any
    choose: Callable[[Any], Any]
    tick: Callable[[str, Any], Any]
    submit: Any


def hand_over_button(person: Any, over: HandOver) -> rx.Component:
    """Offer to give what somebody holds to another."""
    return button("Hand over", icon_name="arrow-right-left", on_click=over.open(person.id), id="hand-over")


def hand_over_window(word: Any, over: HandOver) -> rx.Component:
    """Ask for everything, and show what it would come to before it is done."""
    finder = people_search(
        "taker",
        "To whom",
        chosen=over.taker,
        finder=over.finder,
        search=Search(over.search, over.close_search, over.choose),
        error=over.errors["taker"],
    )
    body = rx.el.form(
        rx.el.input(type="hidden", name="person_id", value=over.from_id.to_string(use_json=False), read_only=True),
        rx.el.input(type="hidden", name="key", value=over.key, read_only=True),
        rx.el.p(f"What is ticked goes to another {word}, with its sessions still to come. What took place stays."),
        finder,
        rx.el.div(
            things("pair", "Relationships", over.holding.pairs, over),
            things("group", "Group sessions", over.holding.groups, over),
            class_name="stack",
        ),
        rx.cond(
            over.errors["what"], rx.el.p(over.errors["what"], class_name="form-error", role="alert"), rx.fragment()
        ),
        rx.cond(over.ahead.is_ready, outlook(over.ahead), rx.fragment()),
        field(
            "Reason",
            text_area("reason", error=over.errors["reason"], rows="2"),
            name="reason",
            error=over.errors["reason"],
            hint="Everybody concerned reads it.",
        ),
        rx.el.p(over.errors["form"], class_name="form-error", role="alert", id=ERROR, tab_index=-1),
        id="hand-over-form",
        on_submit=over.submit,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )
    nothing = note("There is nothing to hand over: no relationship runs, and no group session is still to come.")
    is_empty = (over.holding.pairs.length() == 0) & (over.holding.groups.length() == 0)
    send = button("Hand over", look="primary", type="submit", form="hand-over-form")
    return dialog(
        f"Hand over the work of {over.holding.name}",
        rx.cond(is_empty, nothing, body),
        is_open=over.from_id != 0,
        on_close=over.close,
        foot=[button("Close", on_click=over.close), rx.cond(is_empty, rx.fragment(), send)],
        look="wide",
    )


def things(kind: str, title: str, lines: Any, over: HandOver) -> rx.Component:
    """List what can go, each with a ticked box."""

    def thing(line: Any) -> rx.Component:
        box = rx.el.input(
            type="checkbox",
            name=f"{kind}-{line.id}",
            id=f"{kind}-{line.id}",
            default_checked=True,
            on_change=over.tick(kind, line.id),
        )
        words = rx.el.span(
            rx.el.span(line.title, class_name="strong break"),
            rx.el.span(line.note, class_name="muted small break"),
            class_name="stack-s grow",
        )
        return rx.el.li(rx.el.label(box, words, class_name="check"), key=line.id)

    listed = rx.el.fieldset(
        rx.el.legend(title, class_name="label"),
        rx.el.ul(rx.foreach(lines, thing), class_name="list coming"),
        class_name="stack-s",
    )
    return rx.cond(lines.length() > 0, listed, rx.fragment())


def outlook(ahead: Any) -> rx.Component:
    """Say what keeps its time, and which times the other has taken."""

    def clash(line: Any) -> rx.Component:
        sign = rx.el.span(icon("triangle-alert"), line.words, class_name="hand-word is-clash")
        return rx.el.li(
            rx.el.span(line.title, class_name="strong break"),
            rx.el.span(line.when, class_name="muted small break"),
            sign,
            rx.el.span(line.why, class_name="small break"),
            class_name="stack-s",
        )

    return rx.el.div(
        rx.el.span(icon("circle-check"), ahead.words, class_name="hand-word is-free"),
        rx.cond(
            ahead.clashes.length() > 0,
            rx.el.ul(rx.foreach(ahead.clashes, clash), class_name="list coming"),
            rx.fragment(),
        ),
        class_name="stack-s",
        role="status",
    )
