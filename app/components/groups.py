"""The list of group sessions, and the window that repeats one on other dates. Knows no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, empty, field, icon, link_button, status_badge, text_input
from app.components.group_form_parts import fits


@dataclass(frozen=True)
class Actions:
    """What happens; `ask_dates` is given a session's id, 0 to close."""

    show_more: Any
    ask_dates: Any
    add_date: Any
    look_ahead: Any
    repeat: Any


def parts(part: Any) -> rx.Component:
    """Choose between those to come and the past ones; each has its own address."""

    def tab(name: str, label: str) -> rx.Component:
        href = "/sessions" if name == "upcoming" else f"/sessions?show={name}"
        here = rx.el.a(label, href=href, class_name="button", custom_attrs={"aria-current": "page"})
        return rx.cond(part == name, here, rx.el.a(label, href=href, class_name="button"))

    return rx.el.nav(
        tab("upcoming", "Upcoming"),
        tab("past", "Past"),
        class_name="segmented group-parts",
        aria_label="Which sessions",
    )


def group_list(lines: Any, has_more: Any, part: Any, can_create: Any, actions: Actions) -> rx.Component:
    """List the sessions, or say that there are none."""
    more = rx.el.div(button("Show more", look="quiet", on_click=actions.show_more), class_name="groups-more")
    listed = rx.fragment(
        rx.el.ul(
            rx.foreach(lines, lambda one: line(one, actions)), class_name="card groups", aria_label="Group sessions"
        ),
        rx.cond(has_more, more, rx.fragment()),
    )
    return rx.el.div(
        parts(part),
        rx.cond(lines.length() > 0, listed, rx.el.div(nothing(part, can_create), class_name="card")),
        class_name="stack",
    )


def nothing(part: Any, can_create: Any) -> rx.Component:
    """Say why the list is empty, and what can be done."""
    create = link_button("Create session", "/sessions/new", look="primary", icon_name="plus")
    may = empty("users", "No group session is ahead", "Create one, and invite people or share its link.", create)
    may_not = empty(
        "users",
        "No group session is ahead",
        "None of your programmes has group sessions. A manager can allow them in a programme’s settings.",
    )
    past = empty("history", "No group session is past", "Those that are over or cancelled will stand here.")
    return rx.cond(part == "past", past, rx.cond(can_create, may, may_not))


def not_yours() -> rx.Component:
    """Say whom the page is for."""
    home = link_button("To your sessions", "/me", icon_name="arrow-right")
    text = "Your own sessions are on your start page."
    return rx.el.div(empty("users", "This is for those who run sessions", text, home), class_name="card")


def line(one: Any, actions: Actions) -> rx.Component:
    """Show one session: what, when, by whom, how full, and what can be done with it."""
    return rx.el.li(
        rx.el.a(
            rx.el.span(one.title, class_name="strong break", dir="auto"),
            rx.el.span(one.when),
            rx.el.span(
                "Host: ", one.host, " · ", one.program, " · ", one.audience, class_name="muted small break", dir="auto"
            ),
            href=f"/s/{one.id}",
            class_name="group-what stack-s",
        ),
        rx.el.span(
            rx.el.span(
                icon("users", size=14), rx.el.strong(one.enrolled), " of ", one.places, class_name="group-count"
            ),
            rx.cond(one.invited > 0, rx.el.span(one.invited, " invited", class_name="small muted"), rx.fragment()),
            rx.cond(one.waiting > 0, rx.el.span(one.waiting, " waiting", class_name="small muted"), rx.fragment()),
            class_name="group-seats",
        ),
        status_badge(one.status, one.word),
        rx.el.span(copy_button(one), repeat_button(one, actions), class_name="row-tight"),
        class_name="group-line",
        key=one.id,
    )


def copy_button(one: Any) -> rx.Component:
    """Copy the public link (me.js)."""
    copy = rx.el.button(
        icon("link"),
        type="button",
        class_name="button quiet icon-only",
        title="Copy the link",
        custom_attrs={"aria-label": "Copy the link of " + one.title, "data-copy": one.link},
    )
    return rx.cond(one.link, copy, rx.fragment())


def repeat_button(one: Any, actions: Actions) -> rx.Component:
    """Ask for other dates."""
    return rx.el.button(
        icon("copy-plus"),
        type="button",
        class_name="button quiet icon-only",
        title="Duplicate",
        custom_attrs={"aria-label": "Duplicate " + one.title},
        on_click=actions.ask_dates(one.id),
    )


def repeat_dialog(repeated: Any, dates: Any, outlook: Any, error: Any, actions: Actions) -> rx.Component:
    """Ask for the dates to repeat a session on."""
    form = rx.el.form(
        rx.el.p("The same title, texts, picture and places. Nobody has a seat but the host.", class_name="muted"),
        field(
            "Start time",
            text_input(
                "at", type="time", default_value=repeated.at, on_change=lambda typed: actions.look_ahead("at", typed)
            ),
            name="at",
            hint=repeated.zone_words,
        ),
        rx.el.fieldset(
            rx.el.legend("Dates"),
            rx.el.div(rx.foreach(rx.Var.range(dates), lambda number: day(number, actions)), class_name="group-dates"),
            class_name="field",
        ),
        rx.el.div(button("Another date", look="quiet", icon_name="plus", on_click=actions.add_date)),
        rx.cond(error, rx.fragment(), fits(outlook)),
        rx.el.p(error, class_name="form-error break", id="days-error", role="alert"),
        rx.el.div(
            button("Back", on_click=actions.ask_dates(0)),
            rx.el.button("Create", type="submit", class_name="button primary"),
            class_name="row-apart",
        ),
        on_submit=actions.repeat,
        class_name="stack",
        key=repeated.id,
    )
    return dialog("Duplicate “" + repeated.title + "”", form, is_open=repeated.id > 0, on_close=actions.ask_dates(0))


def day(number: Any, actions: Actions) -> rx.Component:
    """Ask for one of the dates."""
    return rx.el.input(
        id=f"day-{number}",
        name=f"day-{number}",
        type="date",
        class_name="input",
        on_change=lambda typed: actions.look_ahead(f"day-{number}", typed),
        aria_label=f"Date {number + 1}",
        custom_attrs={"aria-describedby": "days-error"},
    )
