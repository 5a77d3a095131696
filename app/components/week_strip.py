"""Draws a laid-out week (app.models.week_strip): a row a day, a thin lane a person. Knows no state."""

from collections.abc import Callable
from typing import Any

import reflex as rx


def week_strip(strip: Any, verdict: Any, on_day: Callable[[Any, Any], Any]) -> rx.Component:
    """Draw the strip; a click on a day calls `on_day` with its date and "". What it shows is also said in words."""
    drawn = rx.el.div(
        rx.el.div(
            legend(strip),
            rx.el.span(rx.el.span(class_name="swatch wished"), "Chosen time", class_name="legend-item"),
            class_name="legend small muted",
            aria_hidden="true",
        ),
        rx.el.div(
            rx.el.span(),
            rx.el.div(rx.foreach(strip.hours, hour_mark), class_name="strip-hours"),
            class_name="strip-row",
            aria_hidden="true",
        ),
        rx.el.ul(rx.foreach(strip.days, lambda day: day_row(day, on_day)), aria_label="Both weeks, day by day"),
        class_name=f"strip verdict-{verdict}",
        style={"--grid": strip.grid},
    )
    return rx.cond(strip.days.length() > 0, drawn, rx.fragment())


def legend(strip: Any) -> rx.Component:
    """Say whose lane has which colour."""
    return rx.foreach(
        strip.days[0].lanes,
        lambda lane, number: rx.el.span(
            rx.el.span(class_name=f"swatch lane-{number}"), lane.who, class_name="legend-item"
        ),
    )


def hour_mark(mark: Any) -> rx.Component:
    """Write one hour above the strip."""
    return rx.el.span(mark.label, style={"left": mark.left})


def day_row(day: Any, on_day: Callable[[Any, Any], Any]) -> rx.Component:
    """Draw one day. Its button says the same in a sentence, and chooses the day."""
    name = rx.el.button(
        rx.el.span(day.name, aria_hidden="true"),
        rx.el.span(day.sentence, class_name="visually-hidden"),
        type="button",
        class_name=rx.cond(day.is_today, "strip-day is-today", "strip-day"),
        on_click=on_day(day.day, ""),
        custom_attrs={"aria-pressed": rx.cond(day.is_chosen, "true", "false")},
    )
    lanes = rx.el.div(
        rx.foreach(day.lanes, lane_row),
        rx.foreach(day.slot, bar),
        class_name="strip-lanes",
        aria_hidden="true",
    )
    return rx.el.li(name, lanes, class_name=rx.cond(day.is_chosen, "strip-row is-chosen", "strip-row"))


def lane_row(lane: Any, number: Any) -> rx.Component:
    """Draw one person's day."""
    return rx.el.div(rx.foreach(lane.bars, bar), class_name=f"strip-lane lane-{number}")


def bar(one: Any) -> rx.Component:
    """Draw one stretch."""
    return rx.el.span(
        class_name=f"strip-bar bar-{one.look}", style={"left": one.left, "width": one.width}, title=one.label
    )
