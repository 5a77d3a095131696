"""The month: six weeks of seven days. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import icon
from app.components.calendar_parts import Acts, Calendar

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month(calendar: Calendar, acts: Acts) -> rx.Component:
    """Show a month as a grid."""
    heads = [
        rx.el.div(
            rx.el.span(name[:3], aria_hidden="true"),
            rx.el.span(name, class_name="visually-hidden"),
            role="columnheader",
            class_name="month-weekday",
        )
        for name in WEEKDAYS
    ]
    return rx.el.div(
        rx.el.div(*heads, role="row", class_name="month-heads"),
        rx.foreach(
            calendar.weeks,
            lambda week: rx.el.div(
                rx.foreach(week.cells, lambda day: cell(day, acts)), key=week.key, role="row", class_name="month-week"
            ),
        ),
        role="grid",
        aria_label=calendar.heading,
        class_name="month",
        custom_attrs={"data-grid": "month"},
    )


def cell(day: Any, acts: Acts) -> rx.Component:
    """Show one day: its number, its first sessions, how many more, and a way to book."""
    return rx.el.div(
        rx.el.button(
            day.number,
            type="button",
            tab_index=-1,
            class_name="month-number",
            on_click=acts.show_day(day.date),
            custom_attrs={"aria-label": day.name, "data-item": ""},
        ),
        rx.foreach(day.chips, lambda one: chip(one, day, acts)),
        rx.cond(
            day.more > 0,
            rx.el.button(
                f"+{day.more}",
                rx.el.span(" more", class_name="desk-only"),
                id=f"more-{day.date}",
                type="button",
                tab_index=-1,
                class_name="month-more",
                on_click=acts.open_day(day.date),
                custom_attrs={"aria-label": f"+{day.more} more on {day.name}", "data-item": ""},
            ),
            rx.fragment(),
        ),
        rx.el.a(
            icon("plus", size=14),
            href=f"/book?date={day.date}",
            tab_index=-1,
            class_name="month-book no-print",
            custom_attrs={"aria-label": f"Book on {day.name}", "data-item": "", "data-book": ""},
        ),
        key=day.date,
        role="gridcell",
        class_name=f"month-cell {day.look}",
        custom_attrs={"data-date": day.date},
    )


def chip(entry: Any, day: Any, acts: Acts) -> rx.Component:
    """Show one session in a month: icon, time, title."""
    return rx.el.button(
        rx.el.span(class_name="status-icon"),
        rx.el.span(entry.time, class_name="chip-time"),
        rx.el.span(entry.title, class_name="ellipsis"),
        rx.cond(entry.places, rx.el.span(entry.places, class_name="chip-places"), rx.fragment()),
        id=f"e-{entry.key}",
        key=entry.key,
        type="button",
        tab_index=-1,
        class_name=f"entry is-{entry.status}",
        on_click=acts.open_session(entry.id),
        custom_attrs={
            "aria-label": f"{entry.title}, {day.name}, {entry.says}",
            "data-item": "",
            "data-id": entry.id,
            "data-movable": rx.cond(entry.movable, "", None),
        },
    )
