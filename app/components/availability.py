"""The form of a mentor's open hours: any hour or certain ones, the usual week, and the days that differ."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import answered_box, button, field, icon_button, note, select, text_input
from app.models.clock import known_zones


@dataclass(frozen=True)
class HoursActs:
    """What the form does: each is a handler of the page's state."""

    limit: Any
    set_zone: Any
    set_time: Any
    add_hours: Any
    drop_hours: Any
    copy_monday: Any
    add_day: Any
    drop_day: Any
    save: Any


def hours_form(state: Any, acts: HoursActs) -> rx.Component:
    """Show the whole form."""
    return rx.el.div(
        whose(state.page),
        either(state, acts),
        rx.cond(state.is_limited, rx.fragment(usual_week(state, acts), different_days(state, acts)), rx.fragment()),
        rx.cond(state.problem, note(state.problem, look="danger", icon_name="circle-alert"), rx.fragment()),
        rx.el.div(
            rx.cond(state.is_changed, rx.el.span("Not saved yet", class_name="muted small"), rx.fragment()),
            button("Save", look="primary", on_click=acts.save),
            class_name="save-bar",
        ),
        class_name="stack open-hours",
    )


def whose(page: Any) -> rx.Component:
    """Say whose hours these are, where they are somebody else's."""
    other = rx.el.p("The open hours of ", rx.el.strong(page.name), class_name="break")
    return rx.cond(page.is_me, rx.fragment(), other)


def either(state: Any, acts: HoursActs) -> rx.Component:
    """Choose between any hour and certain hours."""

    def choice(label: str, hint: str, value: bool) -> rx.Component:
        return rx.el.label(
            answered_box(state.is_limited == value, type="radio", name="is_limited", on_change=acts.limit(value)),
            rx.el.span(label, rx.el.span(hint, class_name="muted small"), class_name="stack-s"),
            class_name="check",
        )

    return rx.el.fieldset(
        rx.el.legend("When sessions may be booked", class_name="strong"),
        choice("At any hour", "Only what is already booked counts.", False),
        choice(
            "In open hours only", "Free times are offered from them. Managers may book outside, with a warning.", True
        ),
        class_name="card pad stack",
    )


def usual_week(state: Any, acts: HoursActs) -> rx.Component:
    """Ask for the zone and the hours of each weekday."""
    zones = [rx.el.option(zone.replace("_", " "), value=zone) for zone in known_zones()]
    chosen = select("hours_zone", *zones, value=state.zone, on_change=acts.set_zone)
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Usual week"),
            button("Monday’s hours for Tuesday to Friday", look="quiet", icon_name="copy", on_click=acts.copy_monday),
            class_name="row-apart",
        ),
        field("Time zone of these hours", chosen, name="hours_zone"),
        rx.el.div(rx.foreach(state.weekly, lambda day, index: one_day("weekly", day, index, acts)), class_name="list"),
        class_name="card pad stack",
    )


def different_days(state: Any, acts: HoursActs) -> rx.Component:
    """Ask for the dates that differ."""
    adding = rx.el.form(
        field(
            "Add a date",
            text_input("different_day", type="date", error=state.day_problem, required=True),
            name="different_day",
            error=state.day_problem,
        ),
        button("Add", type="submit", icon_name="plus"),
        on_submit=acts.add_day,
        class_name="row add-day",
    )
    return rx.el.section(
        rx.el.h2("Days that differ"),
        rx.el.p("Holidays, days off, or other hours on a single date.", class_name="muted small"),
        rx.el.div(rx.foreach(state.days, lambda day, index: one_day("days", day, index, acts)), class_name="list"),
        adding,
        class_name="card pad stack",
    )


def one_day(part: str, day: Any, index: Any, acts: HoursActs) -> rx.Component:
    """Show the hours of one day."""
    drop = icon_button("x", "As usual again: " + day.name, on_click=acts.drop_day(index)) if part == "days" else None
    closed = rx.el.span("Day off" if part == "days" else "Closed", class_name="muted closed")
    return rx.el.div(
        rx.el.span(day.name, class_name="strong day-name"),
        rx.el.div(
            rx.cond(day.hours.length() > 0, rx.fragment(), closed),
            rx.foreach(day.hours, lambda one, number: stretch(part, day, index, one, number, acts)),
            class_name="stack-s grow",
        ),
        rx.el.div(
            icon_button("plus", "Add hours: " + day.name, on_click=acts.add_hours(part, index)),
            *([drop] if drop is not None else []),
            class_name="row-tight",
        ),
        class_name="open-day",
    )


def stretch(part: str, day: Any, index: Any, one: Any, number: Any, acts: HoursActs) -> rx.Component:
    """Ask from when to when."""

    def at(end: str, value: Any) -> rx.Component:
        return rx.el.input(
            type="time",
            step=900,
            class_name="input time",
            value=value,
            on_change=lambda typed: acts.set_time(part, index, number, end, typed),
            custom_attrs={"aria-label": f"{day.name} {'until' if end == 'end' else 'from'}"},
        )

    return rx.el.div(
        at("start", one.start),
        rx.el.span("–", aria_hidden="true"),
        at("end", one.end),
        icon_button("trash-2", "Remove these hours: " + day.name, on_click=acts.drop_hours(part, index, number)),
        class_name="row-tight",
    )
