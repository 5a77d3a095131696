"""The fields that the forms of a session share: its time, its place, its words, and how much of a series is meant.

Inputs are uncontrolled: what is typed belongs to the browser until it is sent.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import checkbox, field, note, select, text_area, text_input
from app.components.session_card_steps import shown_if
from app.models.words import PLACE_WORDS, PLATFORM_WORDS, SCOPE_WORDS

LONG = 10_000
SHORT = 400


@dataclass(frozen=True)
class FormVars:
    """What every form needs to know, as Vars; `opened` is the name of the form that is open."""

    opened: Any
    key: Any
    version: Any
    errors: Any
    busy: Any
    changed: Any
    check: Any


@dataclass(frozen=True)
class FormActions:
    """The handlers of the forms. `typed` takes a field and its text; `take_free` a day and an hour."""

    close: Any
    typed: Any
    take_free: Any
    submit: Any  # form name → handler


def time_fields(name: str, card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Ask for date, start and length in the session's zone, and say at once how that would go."""
    form, errors = card.form, vars_.errors

    def typed(part: str) -> Any:
        return lambda value: actions.typed(part, value)

    return rx.el.div(
        rx.el.div(
            field(
                "Date",
                text_input(
                    f"{name}_day",
                    error=errors["day"],
                    type="date",
                    default_value=form.day,
                    min=form.earliest,
                    on_change=typed("day"),
                    custom_attrs={"data-autofocus": ""},
                ),
                name=f"{name}_day",
                error=errors["day"],
            ),
            field(
                "Start time",
                text_input(f"{name}_at", error=errors["at"], type="time", default_value=form.at, on_change=typed("at")),
                name=f"{name}_at",
                error=errors["at"],
                hint=rx.cond(vars_.check.zone, vars_.check.zone, form.zone_words),
            ),
            field(
                "Duration in minutes",
                text_input(
                    f"{name}_minutes",
                    error=errors["minutes"],
                    type="number",
                    default_value=form.minutes.to_string(),
                    min="30",
                    max="720",
                    step="5",
                    input_mode="numeric",
                    on_change=typed("minutes"),
                ),
                name=f"{name}_minutes",
                error=errors["minutes"],
                hint=rx.cond(vars_.check.ends, vars_.check.ends, "Usually 1–2 hours"),
            ),
            class_name="time-fields",
        ),
        rx.el.input(type="hidden", name=f"{name}_zone", value=form.zone),
        rx.el.div(outlook(vars_.check, actions), aria_live="polite"),
        class_name="stack",
    )


def outlook(check: Any, actions: FormActions) -> rx.Component:
    """Say what is in the way of the typed time, and offer the next free ones."""
    free = rx.el.div(
        rx.el.span("Next free: ", class_name="label"),
        rx.foreach(
            check.free,
            lambda one: rx.el.button(
                one.words, type="button", class_name="chip", on_click=actions.take_free(one.day, one.at)
            ),
        ),
        class_name="row",
    )
    lines = rx.el.ul(rx.foreach(check.clashes, lambda line: rx.el.li(line, class_name="break")))
    warnings = rx.el.ul(rx.foreach(check.warnings, lambda line: rx.el.li(line, class_name="break")))
    return rx.el.div(
        shown_if(check.yours, rx.el.p("For you: ", check.yours, class_name="muted small")),
        shown_if(check.clashes.length() > 0, note(lines, look="danger", icon_name="calendar-x-2")),
        shown_if(check.warnings.length() > 0, note(warnings, look="warn", icon_name="triangle-alert")),
        shown_if(check.free.length() > 0, free),
        class_name="stack-s",
    )


def scope_fields(name: str, card: Any, legend: str = "What should change?") -> rx.Component:
    """Ask how much of a series is meant (C9, C10); a single session is not asked."""
    choices = [
        rx.el.label(
            rx.el.input(type="radio", name=f"{name}_scope", value=str(scope), default_checked=scope == "this"),
            word,
            class_name="check",
        )
        for scope, word in SCOPE_WORDS.items()
    ]
    fields = rx.el.fieldset(
        rx.el.legend(legend, class_name="label"),
        rx.el.p(card.series, class_name="muted small"),
        *choices,
        class_name="scope",
    )
    return shown_if(card.form.in_series, fields)


def place_fields(name: str, card: Any, vars_: FormVars) -> rx.Component:
    """Ask how people meet; what belongs to the other ways is hidden by the style sheet, not thrown away."""
    choices = [
        rx.el.label(
            rx.el.input(
                type="radio", name=f"{name}_place", value=str(place), default_checked=card.form.place == str(place)
            ),
            rx.el.span(word),
        )
        for place, word in PLACE_WORDS.items()
    ]
    types = rx.foreach(card.form.session_types, lambda word: rx.el.option(word, value=word))
    address = field(
        "Address, or who calls whom",
        text_area(
            f"{name}_address",
            error=vars_.errors["address"],
            default_value=card.form.address,
            max_length=LONG,
            rows="2",
        ),
        name=f"{name}_address",
        error=vars_.errors["address"],
        class_name="when-elsewhere",
    )
    return rx.el.fieldset(
        rx.el.legend("Place", class_name="label"),
        rx.el.div(*choices, class_name="choices"),
        rx.el.span(vars_.errors["place"], class_name="error form-error", role="alert"),
        rx.el.div(online_fields(name, card, vars_), class_name="when-online"),
        address,
        field(
            "Session type",
            select(
                f"{name}_session_type",
                rx.el.option("Not said", value=""),
                types,
                default_value=card.form.session_type,
            ),
            name=f"{name}_session_type",
        ),
        class_name="place stack",
    )


def online_fields(name: str, card: Any, vars_: FormVars) -> rx.Component:
    """Ask for platform, link and passcode."""
    platforms = [rx.el.option(word, value=str(platform)) for platform, word in PLATFORM_WORDS.items()]
    return rx.el.div(
        field(
            "Platform",
            select(f"{name}_platform", *platforms, default_value=card.form.platform),
            name=f"{name}_platform",
        ),
        field(
            "Passcode (optional)",
            text_input(
                f"{name}_passcode",
                error=vars_.errors["passcode"],
                default_value=card.form.passcode,
                max_length=SHORT,
                auto_complete="off",
            ),
            name=f"{name}_passcode",
            error=vars_.errors["passcode"],
        ),
        field(
            "Meeting link",
            text_input(
                f"{name}_link",
                error=vars_.errors["link"],
                type="url",
                default_value=card.form.link,
                placeholder="https://",
                auto_complete="off",
            ),
            name=f"{name}_link",
            error=vars_.errors["link"],
            class_name="wide",
        ),
        class_name="online-fields",
    )


def word_fields(name: str, card: Any, vars_: FormVars) -> rx.Component:
    """Ask for title and details."""
    return rx.fragment(
        field(
            "Title (optional)",
            text_input(f"{name}_title", error=vars_.errors["title"], default_value=card.form.title, max_length=SHORT),
            name=f"{name}_title",
            error=vars_.errors["title"],
        ),
        field(
            "Details (optional)",
            text_area(
                f"{name}_details", error=vars_.errors["details"], default_value=card.form.details, max_length=LONG
            ),
            name=f"{name}_details",
            error=vars_.errors["details"],
            hint="Anything that helps: what to bring, a phone number, how to find the room.",
        ),
    )


def notify(name: str, card: Any) -> rx.Component:
    """Ask whether the others get a mail (R4); a group's participants always do."""
    label = rx.cond(card.is_participant, "Notify the other participant", "Notify the participants")
    box = rx.el.div(
        checkbox(label, name=f"{name}_notifies", default_checked=True),
        rx.el.p("Leave this ticked unless they already know.", class_name="muted small under-check"),
    )
    return rx.cond(card.is_group, rx.fragment(), box)
