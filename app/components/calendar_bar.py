"""The calendar's head: where one is, ways to look, filters. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import button, icon, icon_button
from app.components.calendar_parts import Acts, Calendar

VIEWS = (("month", "Month", "m"), ("week", "Week", "w"), ("list", "Week list", "l"), ("day", "Day", "d"))


def bar(calendar: Calendar, acts: Acts) -> rx.Component:
    """Show the way through time, the range's name, and the views."""
    return rx.el.div(
        rx.el.div(
            button("Today", on_click=acts.today, custom_attrs={"data-key": "t"}),
            icon_button("chevron-left", "Previous", on_click=acts.turn(-1), custom_attrs={"data-turn": "-1"}),
            icon_button("chevron-right", "Next", on_click=acts.turn(1), custom_attrs={"data-turn": "1"}),
            class_name="row-tight",
        ),
        rx.el.h2(calendar.heading, class_name="calendar-heading", aria_live="polite"),
        views(calendar, acts),
        fold(calendar),
        icon_button(
            "keyboard", "Keys", on_click=acts.show_keys, class_name="desk-only", custom_attrs={"data-key": "?"}
        ),
        class_name="calendar-bar no-print",
    )


def views(calendar: Calendar, acts: Acts) -> rx.Component:
    """Switch between the ways to look."""
    choices = [
        rx.el.button(
            word,
            type="button",
            class_name="button desk-only" if name == "week" else "button",
            on_click=acts.show_view(name),
            custom_attrs={"aria-pressed": rx.cond(calendar.view == name, "true", "false"), "data-key": key},
        )
        for name, word, key in VIEWS
    ]
    return rx.el.div(*choices, class_name="segmented calendar-views", role="group", aria_label="View")


def fold(calendar: Calendar) -> rx.Component:
    """Unfold the filters on a phone; calendar.js turns it."""
    return rx.el.button(
        icon("list-filter"),
        rx.el.span("Filters", class_name="visually-hidden"),
        count_of(calendar.chosen),
        type="button",
        class_name="button phone-filters",
        custom_attrs={"data-fold": "", "aria-expanded": "false"},
    )


def filters(calendar: Calendar, acts: Acts) -> rx.Component:
    """Show what can be filtered by, and what is."""
    several_kinds = calendar.kinds.length() > 1
    several_programs = calendar.programs.length() > 1
    return rx.el.div(
        rx.el.div(
            choices("Status", "status", calendar.statuses, calendar, acts, shows_status=True),
            rx.cond(several_kinds, choices("Programme type", "type", calendar.kinds, calendar, acts), rx.fragment()),
            rx.cond(
                several_programs, choices("Programme", "program", calendar.programs, calendar, acts), rx.fragment()
            ),
            name_field(calendar.mentor_word, "instructor", calendar.mentor, calendar, acts),
            name_field(calendar.mentee_word, "student", calendar.mentee, calendar, acts),
            class_name="filter-fields",
        ),
        rx.cond(calendar.chosen.length() > 0, chosen(calendar, acts), rx.fragment()),
        class_name="calendar-filters no-print",
        role="search",
        aria_label="Filter sessions",
    )


def count_of(chosen: Any) -> rx.Component:
    """Show how many filters are in force."""
    return rx.cond(chosen.length() > 0, rx.el.span(chosen.length(), class_name="filter-count"), rx.fragment())


def choices(
    label: str, name: str, values: Any, calendar: Calendar, acts: Acts, *, shows_status: bool = False
) -> rx.Component:
    """Offer the values of one filter; several may be chosen. The box turns at once, the calendar follows."""

    def one(choice: Any) -> rx.Component:
        mark = rx.el.span(class_name=f"status-icon is-{choice.value}") if shows_status else rx.fragment()
        return rx.el.label(
            rx.el.input(
                key=f"{choice.value}-{calendar.typed_anew}",
                type="checkbox",
                default_checked=choice.is_on,
                on_change=acts.choose(name, choice.value),
            ),
            mark,
            choice.word,
            class_name="check",
        )

    return rx.el.details(
        rx.el.summary(label, icon("chevron-down", size=14), class_name="button", id=f"filter-{name}"),
        rx.el.fieldset(
            rx.el.legend(label, class_name="visually-hidden"), rx.foreach(values, one), class_name="filter-panel"
        ),
        class_name="filter",
        custom_attrs={"data-popup": ""},
    )


def name_field(word: Any, name: str, value: Any, calendar: Calendar, acts: Acts) -> rx.Component:
    """Take a typed name; the list follows while one types."""
    return rx.el.label(
        icon("search"),
        rx.el.span(word, class_name="visually-hidden"),
        rx.el.input(
            key=f"{name}-{calendar.typed_anew}",
            type="search",
            name=name,
            default_value=value,
            placeholder=word,
            max_length=100,
            auto_complete="off",
            class_name="input",
            on_change=lambda typed: acts.choose(name, typed).debounce(250),
        ),
        class_name="filter-name",
    )


def chosen(calendar: Calendar, acts: Acts) -> rx.Component:
    """Show the filters in force; each goes at a click, or all at once."""

    def one(filter_: Any) -> rx.Component:
        return rx.el.button(
            filter_.word,
            icon("x", size=14),
            type="button",
            class_name="chip",
            on_click=acts.drop_filter(filter_.name, filter_.value),
            custom_attrs={"aria-label": "Remove the filter " + filter_.word.to(str)},
        )

    return rx.el.div(
        rx.foreach(calendar.chosen, one),
        button("Clear all", look="quiet", on_click=acts.clear_filters),
        class_name="row filter-chosen",
    )


def nothing(calendar: Calendar, acts: Acts) -> rx.Component:
    """Say why nothing is shown, and undo it at a click."""
    remedy = rx.cond(
        calendar.chosen.length() > 0,
        button("Clear all filters", on_click=acts.clear_filters, icon_name="filter-x"),
        rx.fragment(),
    )
    said = rx.el.div(rx.el.p(calendar.why_empty), remedy, class_name="calendar-nothing", role="status")
    return rx.cond(calendar.is_empty, said, rx.fragment())
