"""The booking form: who, when, where, what, and what became of it. Knows no state; takes Vars and handlers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.el.element import Element

from app.components.basics import button, checkbox, empty, field, icon, link_button, note, text_area, text_input
from app.components.book_outlook import outlook_panel
from app.components.book_when import when
from app.components.book_where import where
from app.components.people_search import Search, people_search
from app.components.program_choice import program_choice


def _all_fields(_event: Any) -> tuple[rx.Var[dict[str, str]]]:
    return (rx.Var("window.meridianDraft?.collect()", _var_type=dict[str, str]),)


class WatchedForm(Element):
    """A form that sends all its fields (book.js), at every change as when it is sent: a late event loses none.

    Reflex's own form would also send controls that are not there just now, as empty.
    """

    tag = "form"
    no_validate: rx.Var[bool]
    on_change: rx.EventHandler[_all_fields]
    on_submit: rx.EventHandler[_all_fields]


watched_form = WatchedForm.create


@dataclass(frozen=True)
class Form:
    """What the form shows, as Vars of the like-named parts of the state."""

    shown: Any
    errors: Any
    version: Any
    fixed: Any
    mentor: Any
    mentee: Any
    programs: Any
    program: Any
    makes_rooms: Any
    zones: Any
    may_choose_zone: Any  # a manager may
    finder: Any
    outlook: Any
    booked: Any


@dataclass(frozen=True)
class Acts:
    """What the form can do. `change` is given all its fields, `search` the name of a side."""

    change: Any
    choose_program: Any
    search: Callable[[str], Any]
    close_search: Any
    choose: Callable[[str, Any], Any]
    take_time: Callable[[Any, Any], Any]
    submit: Any
    start_again: Any


def booking(form: Form, acts: Acts) -> rx.Component:
    """Show the form with the panel, or what was booked."""
    return rx.cond(
        form.booked.session_id != 0,
        booked(form, acts),
        rx.cond(form.programs.length() > 0, booking_form(form, acts), nobody_to_book(form, acts)),
    )


def booking_form(form: Form, acts: Acts) -> rx.Component:
    """Show the form; on a desk the panel stands beside it, on a phone after the time."""
    return watched_form(
        rx.el.input(type="hidden", name="key", value=form.shown["key"], read_only=True),
        who(form, acts),
        when(form),
        outlook_panel(form, acts),
        where(form),
        what(form),
        send(form, acts),
        on_submit=acts.submit,
        on_change=acts.change,
        no_validate=True,
        class_name="booking",
        custom_attrs={"data-draft": "", "autoComplete": "off", "aria-label": "Book Session"},
    )


def section(title: str, *children: rx.Component, name: str, key: Any = "") -> rx.Component:
    """Put a part of the form under its heading."""
    return rx.el.section(
        rx.el.h2(title, id=f"{name}-title"),
        *children,
        key=key,
        class_name=f"card stack book-{name}",
        custom_attrs={"aria-labelledby": f"{name}-title"},
    )


def who(form: Form, acts: Acts) -> rx.Component:
    """Ask for the programme and the two people, in the programme's words."""
    return section(
        "Who",
        program_choice(
            form,
            form.programs,
            hint=form.outlook.asks,
            value=form.shown["program"],
            on_change=acts.choose_program,
        ),
        rx.el.div(
            side("mentor", form.program.mentor.title(), form.mentor, form, acts),
            side("mentee", form.program.mentee.title(), form.mentee, form, acts),
            class_name="book-pair",
        ),
        name="who",
    )


def side(name: str, label: Any, chosen: Any, form: Form, acts: Acts) -> rx.Component:
    """Ask for one of the two."""
    return people_search(
        name,
        label,
        chosen=chosen,
        finder=form.finder,
        search=Search(acts.search(name), acts.close_search, lambda person_id: acts.choose(name, person_id)),
        error=form.errors[name],
        can_change=form.fixed != name,
    )


def what(form: Form) -> rx.Component:
    """Ask what the session is about."""
    return section("What", title(form), details(form), name="what", key=form.version)


def title(form: Form) -> rx.Component:
    """Ask for a title; the number stands in for it."""
    number = form.program.next_title
    typed = text_input(
        "title",
        error=form.errors["title"],
        default_value=form.shown["title"],
        placeholder=number,
        auto_complete="off",
    )
    hint = rx.cond(number, f"Left empty, it is called “{number}”.", "Left empty, it is numbered.")
    return field("Title", typed, name="title", hint=hint, error=form.errors["title"])


def details(form: Form) -> rx.Component:
    """Ask for what both should know."""
    typed = text_area("details", error=form.errors["details"], default_value=form.shown["details"], rows="3")
    hint = rx.cond(
        form.shown["place"] == "call",
        "Say who calls whom, and at which number. Both of them read this.",
        "What to prepare or bring. Both of them read this.",
    )
    return field("Details", typed, name="details", hint=hint, error=form.errors["details"])


def send(form: Form, acts: Acts) -> rx.Component:
    """Ask whether to tell the other, and send."""
    label = rx.cond(form.mentor.is_me | form.mentee.is_me, "Notify the other participant", "Notify the participants")
    return rx.el.section(
        rx.el.div(
            checkbox(
                label,
                name="notifies",
                default_checked=form.shown["notifies"] == "on",
                custom_attrs={"aria-describedby": "notifies-hint"},
            ),
            rx.el.span(
                "Leave this ticked unless they already know about the session.", class_name="hint", id="notifies-hint"
            ),
            key=form.version,
            class_name="field",
        ),
        rx.el.p(form.errors["form"], class_name="form-error", id="form", role="alert", tab_index=-1),
        rx.el.div(
            button("Book Session", look="primary", type="submit", icon_name="calendar-check"),
            button("Start again", look="quiet", on_click=acts.start_again),
            class_name="row book-buttons",
        ),
        class_name="card stack book-send",
        aria_label="Send",
    )


def booked(form: Form, acts: Acts) -> rx.Component:
    """Say what was booked and where to go from here."""
    done = form.booked
    skipped = rx.el.div(
        rx.el.p("These dates were left out:"),
        rx.el.ul(rx.foreach(done.skipped, rx.el.li), class_name="bullets"),
    )
    return rx.el.section(
        rx.el.span(icon("check", size=28), class_name="booked-mark"),
        rx.el.h2(done.title, id="booked-title", tab_index=-1),
        rx.el.p(done.words, class_name="break"),
        rx.cond(done.skipped.length() > 0, note(skipped, look="warn"), rx.fragment()),
        rx.el.div(
            link_button("Open the session", done.session_href, look="primary", icon_name="arrow-right"),
            link_button("Show in the calendar", done.calendar_href, icon_name="calendar-days"),
            button("Book another", on_click=acts.start_again, icon_name="calendar-plus"),
            class_name="row book-buttons",
        ),
        class_name="card stack booked",
        aria_label="Booked",
    )


def nobody_to_book(form: Form, acts: Acts) -> rx.Component:
    """Say why there is nothing to book, or that the chosen two do not fit."""
    start_again = button("Start again", on_click=acts.start_again)
    misfit = empty(
        "users", "These two cannot be booked together", "They have no programme you can book in.", start_again
    )
    why = rx.cond(
        form.may_choose_zone,
        "A booking needs a programme with somebody on each of its two sides. There is none yet.",
        "A booking needs a programme, and somebody you are assigned to. A manager of your organisation sets that up.",
    )
    ways = rx.cond(
        form.may_choose_zone,
        rx.el.div(
            link_button("Programmes", "/programs", look="primary", icon_name="folder-open"),
            link_button("Users", "/people", icon_name="users"),
            class_name="row book-buttons",
        ),
        link_button("To the start", "/"),
    )
    nobody = empty("users", "There is nobody to book with yet", why, ways)
    return rx.el.div(rx.cond(form.mentor.id + form.mentee.id > 0, misfit, nobody), class_name="card")
