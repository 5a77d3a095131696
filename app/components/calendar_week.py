"""Days side by side, or one alone: hours as lines, sessions placed in between. Knows no state."""

from typing import Any

import reflex as rx

from app.components.calendar_parts import Acts, Calendar


def at(**percents: Any) -> dict[str, Any]:
    """Place an element in percent of its column, less the gutter, by a plain style.

    Reflex's own `style` would make a CSS rule of every position.
    """
    sideways = {"left", "width"}
    style = {
        name: f"calc((100% - var(--gutter)) * {percent} / 100)" if name in sideways else f"{percent}%"
        for name, percent in percents.items()
    }
    return {"style": rx.Var.create(style)}


def week(calendar: Calendar, acts: Acts) -> rx.Component:
    """Show columns of days; the hours scroll, the days' names stay."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(class_name="hours-corner"),
            rx.foreach(calendar.columns, lambda day: head(day, acts)),
            class_name="days-heads",
        ),
        rx.el.div(
            rx.el.div(
                rx.foreach(
                    calendar.ticks,
                    lambda tick: rx.el.span(tick.word, class_name="hour-word", custom_attrs=at(top=tick.top)),
                ),
                class_name="hours",
                aria_hidden="true",
            ),
            rx.el.div(
                rx.foreach(calendar.columns, lambda day: column(day, calendar, acts)),
                role="grid",
                aria_label=calendar.heading,
                class_name="days-columns",
                custom_attrs={"data-grid": "hours"},
            ),
            class_name="days-body",
        ),
        class_name=f"days is-{calendar.view}",
        custom_attrs={"data-scroll": "", "data-first": calendar.first_minute},
    )


def head(day: Any, acts: Acts) -> rx.Component:
    """Name a day above its column; it opens the day alone."""
    return rx.el.button(
        rx.el.span(day.weekday, class_name="head-weekday"),
        rx.el.span(day.number, class_name="head-number"),
        key=day.date,
        type="button",
        class_name=f"days-head {day.look}",
        on_click=acts.show_day(day.date),
        custom_attrs={"aria-label": day.name},
    )


def column(day: Any, calendar: Calendar, acts: Acts) -> rx.Component:
    """Show one day's hours, free to book, and its sessions over them. A day is a row of the grid, turned."""
    return rx.el.div(
        rx.foreach(calendar.ticks, lambda tick: slot(tick, day)),
        rx.foreach(day.blocks, lambda one: block(one, day, acts)),
        rx.foreach(day.rests, lambda one: rest(one, day, acts)),
        rx.cond(
            day.look.to(str).contains("is-today") & (calendar.line >= 0),
            rx.el.div(class_name="now-line", aria_hidden="true", custom_attrs=at(top=calendar.line)),
            rx.fragment(),
        ),
        key=day.date,
        role="row",
        aria_label=day.name,
        class_name=f"days-column {day.look}",
        custom_attrs={"data-date": day.date, "data-length": day.axis},
    )


def slot(tick: Any, day: Any) -> rx.Component:
    """Offer an hour to book."""
    return rx.el.div(
        rx.el.a(
            href=f"/book?date={day.date}&time={tick.word}",
            tab_index=-1,
            class_name="slot",
            custom_attrs={"aria-label": f"Book on {day.name} at {tick.word}", "data-item": "", "data-book": ""},
        ),
        key=f"{tick.minute}",
        role="gridcell",
        class_name="slot-cell",
        custom_attrs=at(top=tick.top),
    )


def block(entry: Any, day: Any, acts: Acts) -> rx.Component:
    """Show one session at its hours; its lower edge can be drawn."""
    return rx.el.div(
        rx.el.button(
            rx.el.span(class_name="status-icon"),
            rx.el.span(entry.title, class_name="block-title"),
            rx.el.span(entry.time, rx.el.span(entry.until, class_name="block-until"), class_name="block-time"),
            rx.el.span(entry.who, class_name="block-who"),
            id=f"e-{entry.key}",
            type="button",
            tab_index=-1,
            class_name=f"entry block is-{entry.status} {entry.look}",
            on_click=acts.open_session(entry.id),
            custom_attrs={
                "aria-label": f"{entry.title}, {day.name}, {entry.says}",
                "data-item": "",
                "data-id": entry.id,
                "data-minutes": entry.minutes,
                "data-movable": rx.cond(entry.movable, "", None),
            },
        ),
        rx.cond(
            entry.movable,
            rx.el.div(class_name="block-edge no-print", aria_hidden="true", custom_attrs={"data-edge": ""}),
            rx.fragment(),
        ),
        key=entry.key,
        role="gridcell",
        class_name="block-cell",
        custom_attrs=at(top=entry.top, height=entry.height, left=entry.left, width=entry.width),
    )


def rest(one: Any, day: Any, acts: Acts) -> rx.Component:
    """Show how many more lie side by side here than can be drawn."""
    return rx.el.div(
        rx.el.button(
            f"+{one.count}",
            id=f"rest-{one.key}",
            type="button",
            tab_index=-1,
            class_name="days-rest",
            on_click=acts.open_day(day.date),
            custom_attrs={"aria-label": f"+{one.count} more on {day.name}", "data-item": ""},
        ),
        key=one.key,
        role="gridcell",
        class_name="rest-cell",
        custom_attrs=at(top=one.top),
    )
