"""The panel beside the booking form: what would happen if it were sent now. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import checkbox, finding, icon, note
from app.components.week_strip import week_strip


def outlook_panel(form: Any, acts: Any) -> rx.Component:
    """Show times, clashes, both weeks, the dates of a series and who is told."""
    look = form.outlook
    return rx.el.section(
        rx.el.h2("What will happen", id="outlook-title"),
        rx.el.div(summary(look), asks(look), verdict(look), problems(look), class_name="stack", role="status"),
        free_times(look, acts),
        rx.cond(
            look.times.length() > 0, rx.el.ul(rx.foreach(look.times, local_time), class_name="times"), rx.fragment()
        ),
        rx.foreach(look.notes, lambda words: note(words, look="warn", icon_name="clock-alert")),
        series(form),
        week_strip(look.strip, look.verdict, acts.take_time),
        rx.cond(look.told.length() > 0, rx.el.ul(rx.foreach(look.told, told), class_name="told"), rx.fragment()),
        class_name="card stack book-outlook",
        custom_attrs={"aria-labelledby": "outlook-title"},
    )


def summary(look: Any) -> rx.Component:
    """Say the time in full, or what is still to be chosen."""
    return rx.cond(
        look.summary,
        rx.el.p(look.summary, class_name="strong"),
        rx.el.p("Choose who, a date and a time to see how it fits both calendars.", class_name="muted"),
    )


def asks(look: Any) -> rx.Component:
    """Say what is missing before it can be seen how it would go."""
    return rx.cond(look.asks, note(look.asks, look="warn", icon_name="folder-open"), rx.fragment())


def verdict(look: Any) -> rx.Component:
    """Say in one line how it would go."""
    said = finding(look.look, look.headline)
    return rx.fragment(rx.cond(look.headline, said, rx.fragment()))


def problems(look: Any) -> rx.Component:
    """Say what is in the way, each thing on its own line."""
    lines = rx.el.ul(rx.foreach(look.problems, rx.el.li), class_name="bullets break")
    return rx.cond(look.problems.length() > 0, lines, rx.fragment())


def free_times(look: Any, acts: Any) -> rx.Component:
    """Offer the next free starts."""
    chips = rx.foreach(
        look.free_times,
        lambda free: rx.el.button(
            icon("calendar-clock"),
            free.words,
            type="button",
            class_name="chip",
            on_click=acts.take_time(free.date, free.time),
        ),
    )
    offered = rx.el.div(
        rx.el.span("Next free times", class_name="label", id="free-times"),
        rx.el.div(chips, class_name="row", role="group", custom_attrs={"aria-labelledby": "free-times"}),
        class_name="stack-s",
    )
    return rx.cond(look.free_times.length() > 0, offered, rx.fragment())


def local_time(time: Any) -> rx.Component:
    """Say when it is for one of them."""
    return rx.el.li(
        rx.el.span(time.hours, class_name="strong"),
        rx.el.span(
            time.who,
            rx.cond(time.day, rx.el.span(", on ", time.day), rx.fragment()),
            rx.el.span(" (", time.zone, ")", class_name="muted"),
            rx.cond(time.note, rx.el.span(icon("moon", size=14), time.note, class_name="odd-hour"), rx.fragment()),
        ),
    )


def series(form: Any) -> rx.Component:
    """List the dates of a series, and let those that cannot be had be left out."""
    look = form.outlook
    skip = checkbox(
        "Skip the clashing dates",
        name="skips_clashes",
        key=form.version,
        default_checked=form.shown["skips_clashes"] == "on",
    )
    listed = rx.el.div(
        rx.el.div(
            rx.el.ol(rx.foreach(look.dates, lambda line: rx.el.li(*date_parts(line))), class_name="dates"),
            class_name="dates-wrap",
            tab_index=0,
            role="region",
            aria_label="Dates of the series",
        ),
        rx.cond(look.can_skip, skip, rx.fragment()),
        class_name="stack",
    )
    return rx.cond(look.dates.length() > 0, listed, rx.fragment())


def date_parts(line: Any) -> list[rx.Component]:
    """Say of one date when it is and how it would go."""
    mark = rx.match(
        line.verdict,
        ("free", icon("check", size=14)),
        ("warned", icon("triangle-alert", size=14)),
        icon("x", size=14),
    )
    return [
        rx.el.span(line.words, class_name="date-words"),
        rx.el.span(mark, line.verdict_word, class_name=f"date-verdict is-{line.verdict}"),
        rx.cond(line.messages, rx.el.span(line.messages, class_name="small muted date-messages break"), rx.fragment()),
    ]


def told(words: Any) -> rx.Component:
    """Say one thing the booking does."""
    return rx.el.li(icon("info", size=14), rx.el.span(words))
