"""The booking form's date, time, zone and repetition. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import field, select, text_input
from app.models.clock import known_zones

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LENGTHS = (30, 45, 60, 90, 120)


def when(form: Any) -> rx.Component:
    """Ask when, and how often."""
    return rx.el.section(
        rx.el.h2("When", id="when-title"),
        times(form),
        zone(form),
        repetition(form),
        key=form.version,
        class_name="card stack book-when",
        custom_attrs={"aria-labelledby": "when-title"},
    )


def times(form: Any) -> rx.Component:
    """Ask for date, start and duration."""
    return rx.el.div(
        timed("date", "Date", form, type="date"),
        timed("time", "Start time", form, type="time", step="300"),
        timed(
            "minutes",
            "Duration (minutes)",
            form,
            type="number",
            min="30",
            max="720",
            step="5",
            list="lengths",
            input_mode="numeric",
            hint="Usually 1–2 hours.",
        ),
        rx.el.datalist(*(rx.el.option(value=str(length)) for length in LENGTHS), id="lengths"),
        class_name="book-times",
    )


def timed(name: str, label: str, form: Any, *, hint: str = "", **props: Any) -> rx.Component:
    """Make one of the fields that the panel looks at while it is filled."""
    control = text_input(
        name,
        error=form.errors[name],
        default_value=form.shown[name],
        **props,
    )
    if name == "minutes":  # another programme has another usual length
        control = rx.fragment(rx.el.span(control, key=form.program.id, class_name="contents"))
    return field(label, control, name=name, hint=hint, error=form.errors[name])


def zone(form: Any) -> rx.Component:
    """Name the zone the time is meant in; who books for others may choose another one."""
    fixed = rx.el.p(
        rx.el.input(type="hidden", name="zone", value=form.shown["zone"], read_only=True),
        "Hours are in your time zone, ",
        rx.el.span(form.shown["zone"], class_name="strong"),
        ".",
        class_name="small muted",
    )
    is_other = form.shown["zone"] == "other"
    choice = rx.el.div(
        zone_choice(form, is_other), rx.cond(is_other, other_zone(form), rx.fragment()), class_name="book-two"
    )
    return rx.cond(form.may_choose_zone, choice, fixed)


def zone_choice(form: Any, is_other: Any) -> rx.Component:
    """Offer the zones of the people concerned."""
    chosen = select(
        "zone",
        rx.foreach(form.zones, lambda name: rx.el.option(name, value=name)),
        rx.el.option("Another one …", value="other"),
        default_value=form.shown["zone"],
    )
    error = rx.cond(is_other, "", form.errors["zone"])
    return field("Time zone of these hours", chosen, name="zone", error=error)


def other_zone(form: Any) -> rx.Component:
    """Ask for any zone of the world; the browser completes its name."""
    typed = text_input(
        "zone_other",
        error=form.errors["zone"],
        default_value=form.shown["zone_other"],
        placeholder="Europe/Berlin",
        list="all-zones",
        auto_complete="off",
    )
    known = rx.el.datalist(*(rx.el.option(value=name) for name in known_zones()), id="all-zones")
    hint = "A city of the zone, such as Europe/Berlin or Asia/Kolkata."
    return rx.fragment(field("Other time zone", typed, name="zone_other", error=form.errors["zone"], hint=hint), known)


def repetition(form: Any) -> rx.Component:
    """Ask how often, and until when."""
    repeat = field(
        "Repeat",
        select(
            "repeat",
            rx.el.option("Does not repeat", value="never"),
            rx.el.option("Daily", value="daily"),
            rx.el.option("Weekly", value="weekly"),
            rx.el.option("Monthly, on the same day of the month", value="monthly"),
            default_value=form.shown["repeat"],
            error=form.errors["repeat"],
        ),
        name="repeat",
        error=form.errors["repeat"],
    )
    return rx.el.div(
        rx.el.div(repeat, every(form), class_name="book-two"),
        weekdays(form),
        ends(form),
        class_name="stack",
    )


def repeats(form: Any) -> Any:
    """Give the Var that tells whether the booking repeats."""
    return form.shown["repeat"] != "never"


def every(form: Any) -> rx.Component:
    """Ask for the interval."""
    unit = rx.match(form.shown["repeat"], ("daily", "days"), ("weekly", "weeks"), "months")
    control = rx.el.span(
        text_input(
            "every",
            error=form.errors["every"],
            type="number",
            min="1",
            max="52",
            input_mode="numeric",
            default_value=form.shown["every"],
        ),
        rx.el.span(unit, class_name="muted"),
        class_name="row-tight unit",
    )
    asked = field("Every", control, name="every", error=form.errors["every"])
    return rx.el.div(asked, hidden=~repeats(form))


def weekdays(form: Any) -> rx.Component:
    """Ask for the days of a weekly series."""
    days = [
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name=f"weekday_{n}",
                default_checked=form.shown[f"weekday_{n}"] == "on",
                custom_attrs={"aria-label": DAY_NAMES[n]},
            ),
            day,
            class_name="chip",
        )
        for n, day in enumerate(DAYS)
    ]
    asked = rx.el.fieldset(
        rx.el.legend("On"),
        rx.el.div(*days, class_name="row weekdays"),
        rx.el.span("None ticked: on the weekday of the first date.", class_name="hint"),
        class_name="field",
    )
    return rx.el.div(asked, hidden=form.shown["repeat"] != "weekly")


def ends(form: Any) -> rx.Component:
    """Ask how the series ends."""
    asked = rx.el.fieldset(
        rx.el.legend("Ends"),
        rx.el.div(
            ending("times", "After", "Number of sessions", form, type="number", min="1", max="200"),
            ending("until", "On", "Last date", form, type="date"),
            class_name="book-two",
        ),
        class_name="field",
    )
    return rx.el.div(asked, hidden=~repeats(form))


def ending(name: str, word: str, label: str, form: Any, **props: Any) -> rx.Component:
    """Offer one of the two ways to end."""
    return rx.el.div(
        rx.el.label(
            rx.el.input(
                type="radio",
                name="ends",
                value=name,
                default_checked=form.shown["ends"] == name,
            ),
            word,
            class_name="check",
        ),
        rx.el.span(
            text_input(
                name,
                error=form.errors[name],
                default_value=form.shown[name],
                custom_attrs={"aria-label": label},
                **props,
            ),
            rx.el.span("sessions", class_name="muted") if name == "times" else rx.fragment(),
            class_name="row-tight unit",
        ),
        rx.el.span(form.errors[name], class_name="error", id=f"{name}-error", role="alert"),
        class_name="field ending",
    )
