"""The list of programmes, and the window that asks for a new one. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import button, dialog, empty, field, icon, link_button, note, select, text_input
from app.models.words import KIND_WORDS, PROGRAM_KIND_WORDS


def program_list(found: Any, *, shows_archived: Any, may_add: Any, on_new: Any, on_archived: Any) -> rx.Component:
    """Show the programmes that run, or those that are archived. `found` is a Var of queries.programs.ProgramList."""
    shown = rx.el.div(
        rx.cond(found.archived > 0, which(found, shows_archived, on_archived), rx.fragment()),
        rx.cond(
            shows_archived,
            note("Archived programmes take no new bookings, people or assignments. Their sessions remain."),
            rx.fragment(),
        ),
        table(found),
        class_name="stack",
    )
    none = rx.cond(shows_archived, no_archived(on_archived), no_program(may_add, found.archived > 0, on_new))
    none = rx.el.div(none, class_name="card")
    return rx.cond(found.rows.length() > 0, shown, none)


def which(found: Any, shows_archived: Any, on_archived: Any) -> rx.Component:
    """Choose between the programmes that run and those that are archived."""

    def choice(label: str, count: Any, value: bool) -> rx.Component:
        pressed = rx.cond(shows_archived == value, "true", "false")
        return rx.el.button(
            f"{label} ",
            rx.el.span(count, class_name="muted"),
            type="button",
            class_name="button",
            on_click=on_archived(value),
            custom_attrs={"aria-pressed": pressed},
        )

    return rx.el.div(
        choice("Running", found.running, False),
        choice("Archived", found.archived, True),
        class_name="segmented programs-which",
        role="group",
        aria_label="Which programmes",
    )


def table(found: Any) -> rx.Component:
    """Show each with its people and how busy it is; on a phone each is a card."""

    def head(text: Any) -> rx.Component:
        return rx.el.th(text, scope="col")

    heads = rx.el.tr(
        head("Programme"), head("People"), head("Active relationships"), head(rx.el.span("Sessions in ", found.month))
    )
    return rx.el.div(
        rx.el.table(
            rx.el.thead(heads),
            rx.el.tbody(rx.foreach(found.rows, lambda row: line(row, found.month))),
            class_name="rows programs-table",
        ),
        class_name="card flush",
    )


def line(row: Any, month: Any) -> rx.Component:
    """Show one programme."""
    return rx.el.tr(
        rx.el.th(
            rx.el.div(
                rx.el.a(row.name, href=row.href, class_name="strong break"),
                rx.el.span(row.kind, class_name="muted small"),
                class_name="stack-s",
            ),
            scope="row",
        ),
        rx.el.td(row.people),
        rx.el.td(row.active, rx.el.span(" active relationships", class_name="narrow-only")),
        rx.el.td(row.sessions, rx.el.span(" sessions in ", month, class_name="narrow-only")),
    )


def no_program(may_add: Any, has_archived: Any, on_new: Any) -> rx.Component:
    """Lead on from an organisation without a programme."""
    first = empty(
        "folder-open",
        "Your first programme",
        "A programme holds the people who work together and the rules their sessions follow. "
        "Give it a name and a kind; then bring people in.",
        button("New programme", look="primary", icon_name="plus", on_click=on_new),
    )
    again = empty(
        "folder-open",
        "No programme is running",
        "All of them are archived. Restore one, or begin another.",
        button("New programme", look="primary", icon_name="plus", on_click=on_new),
        link_button("See the archived ones", "/programs?archived=1"),
    )
    none = empty("folder-open", "No programme is running", "A manager of the organisation can begin or restore one.")
    return rx.cond(may_add, rx.cond(has_archived, again, first), none)


def no_archived(on_archived: Any) -> rx.Component:
    """Say that nothing is archived."""
    way = button("See the running programmes", on_click=on_archived(False))
    return empty("archive", "Nothing is archived", "A programme that is put away is listed here.", way)


def new_program(is_open: Any, errors: Any, *, on_add: Any, on_close: Any) -> rx.Component:
    """Ask for the name and the kind of a new programme."""
    kinds = [
        rx.el.option(f"{PROGRAM_KIND_WORDS[kind]}: {words.mentors} and {words.mentees}", value=kind.value)
        for kind, words in KIND_WORDS.items()
    ]
    name = text_input("name", error=errors["name"], max_length=400, custom_attrs={"data-autofocus": ""})
    form = rx.el.form(
        field("Name", name, name="name", error=errors["name"]),
        field(
            "Kind",
            select("kind", *kinds, error=errors["kind"], default_value="mentoring"),
            name="kind",
            error=errors["kind"],
            hint="It proposes what people are called. You can change the words afterwards.",
        ),
        rx.el.p(errors["form"], class_name="form-error", role="alert"),
        rx.el.div(
            button("Not now", on_click=on_close),
            rx.el.button(icon("plus"), "Create", type="submit", class_name="button primary"),
            class_name="row form-foot",
        ),
        on_submit=on_add,
        reset_on_submit=False,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )
    return dialog("New programme", form, is_open=is_open, on_close=on_close)
