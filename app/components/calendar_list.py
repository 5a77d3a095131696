"""A list of days with their sessions: the week list, and a whole day opened in place. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import icon, status_badge
from app.components.calendar_parts import Acts, Calendar


def week_list(calendar: Calendar, acts: Acts) -> rx.Component:
    """Show a week by days."""
    return rx.el.div(
        rx.foreach(calendar.sections, lambda day: section(day, calendar, acts)),
        class_name="list-days",
        custom_attrs={"data-grid": "list"},
    )


def section(day: Any, calendar: Calendar, acts: Acts) -> rx.Component:
    """Show one day of the list."""
    nothing = rx.cond(calendar.chosen.length() > 0, "Nothing matches the filters", "Nothing booked")
    return rx.el.section(
        rx.el.div(
            rx.el.h3(day.name, class_name="list-name"),
            rx.el.a(
                icon("plus", size=16),
                href=f"/book?date={day.date}",
                class_name="list-book no-print",
                custom_attrs={"aria-label": f"Book on {day.name}", "data-book": ""},
            ),
            class_name="list-head",
        ),
        rx.cond(
            day.rows.length() > 0,
            rx.el.ul(rx.foreach(day.rows, lambda one: row(one, day, acts)), class_name="list-rows"),
            rx.el.p(nothing, class_name="list-nothing muted"),
        ),
        rx.cond(
            day.more > 0,
            rx.el.button(
                f"+{day.more} more",
                id=f"more-{day.date}",
                type="button",
                class_name="button quiet",
                on_click=acts.open_day(day.date),
            ),
            rx.fragment(),
        ),
        key=day.date,
        class_name=f"list-day {day.look}",
        aria_label=day.name,
        custom_attrs={"data-date": day.date},
    )


def row(entry: Any, day: Any, acts: Acts, prefix: str = "e") -> rx.Component:
    """Show one session of a list."""
    return rx.el.li(
        rx.el.button(
            rx.el.span(entry.time, class_name="row-time"),
            rx.el.span(
                rx.el.span(entry.title, class_name="row-title"),
                rx.cond(entry.who, rx.el.span(entry.who, class_name="row-who"), rx.fragment()),
                rx.el.span(entry.where, class_name="row-where"),
                class_name="row-what",
            ),
            status_badge(entry.status, entry.word),
            id=f"{prefix}-{entry.key}",
            type="button",
            class_name=f"list-row is-{entry.status}",
            on_click=acts.open_session(entry.id),
            custom_attrs={
                "aria-label": f"{entry.title}, {day.name}, {entry.says}",
                "data-item": "",
                "data-id": entry.id,
            },
        ),
        key=entry.key,
    )
