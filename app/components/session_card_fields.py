"""The fields that the forms of a session share: its time, its place, its words, and how much of a series is meant.

Inputs are uncontrolled: what is typed belongs to the browser until it is sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import Text, checkbox, dialog, field, note, select, text_area, text_input
from app.components.session_card_steps import shown_if
from app.models.words import PLACE_WORDS, PLATFORM_WORDS, SCOPE_WORDS

LONG = 10_000
SHORT = 400
USUAL = "Sessions usually last 1–2 hours"


@dataclass(frozen=True)
class FormVars:
    """What every form needs to know, as Vars; `opened` is the name of the form that is open.

    `frame` is what a form stands in: a window of its own, or a page.
    """

    opened: Any
    key: Any
    version: Any
    errors: Any
    busy: Any
    changed: Any
    check: Any
    frame: Callable[..., rx.Component] = dialog


@dataclass(frozen=True)
class FormActions:
    """The handlers of the forms. `typed` takes a field and its text; `take_free` a day and an hour."""

    close: Any
    typed: Any
    take_free: Any
    submit: Any  # form name → handler


def line(form: str, leaf: str, label: Text, vars_: FormVars, **props: Any) -> rx.Component:
    """Ask for one line, with its error below it; `hint` and `class_name` are the field's."""
    name, error = f"{form}_{leaf}", vars_.errors[leaf]
    hint, class_name = props.pop("hint", ""), props.pop("class_name", "")
    control = text_input(name, error=error, **props)
    return field(label, control, name=name, error=error, hint=hint, class_name=class_name)


def lines(form: str, leaf: str, label: Any, vars_: FormVars, **props: Any) -> rx.Component:
    """Ask for several lines, with their error below them; `hint` and `class_name` are the field's."""
    name, error = f"{form}_{leaf}", vars_.errors[leaf]
    hint, class_name = props.pop("hint", ""), props.pop("class_name", "")
    control = text_area(name, error=error, max_length=LONG, **props)
    return field(label, control, name=name, error=error, hint=hint, class_name=class_name)


def time_fields(name: str, card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Ask for date, start and end in the session's zone, and say at once how that would go."""
    return rx.el.div(
        time_inputs(name, card.form, vars_, actions.typed, min=card.form.earliest),
        rx.el.div(outlook(vars_.check, actions), aria_live="polite"),
        class_name="stack",
    )


def time_inputs(name: str, form: Any, vars_: FormVars, typed: Any, **limits: Any) -> rx.Component:
    """Ask for date, start and end. The end keeps its distance when the start is changed (session.js)."""
    check = vars_.check

    def part(leaf: str, label: str, **props: Any) -> rx.Component:
        return line(name, leaf, label, vars_, on_change=lambda value: typed(leaf, value), **props)

    zone = rx.cond(check.zone, check.zone, form.zone_words)
    lasts = rx.cond(check.lasts, check.lasts + ". " + USUAL, USUAL)
    first, start, end = {"data-autofocus": ""}, {"data-start": ""}, {"data-end": form.minutes.to_string()}
    return rx.fragment(
        rx.el.div(
            part("day", "Date", type="date", default_value=form.day, custom_attrs=first, **limits),
            part("at", "Start time", type="time", default_value=form.at, hint=zone, custom_attrs=start),
            part("until", "End time", type="time", default_value=form.until, hint=lasts, custom_attrs=end),
            class_name="time-fields",
        ),
        rx.el.input(type="hidden", name=f"{name}_zone", value=form.zone),
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
    clashes = rx.el.ul(rx.foreach(check.clashes, lambda text: rx.el.li(text, class_name="break")))
    warnings = rx.el.ul(rx.foreach(check.warnings, lambda text: rx.el.li(text, class_name="break")))
    return rx.el.div(
        shown_if(check.yours, rx.el.p("For you: ", check.yours, class_name="muted small")),
        shown_if(check.clashes.length() > 0, note(clashes, look="danger", icon_name="calendar-x-2")),
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
    form = card.form
    choices = [
        choice(f"{name}_place", str(place), word, form.place == str(place)) for place, word in PLACE_WORDS.items()
    ]
    types = rx.foreach(form.session_types, lambda word: rx.el.option(word, value=word))
    kind = select(f"{name}_session_type", rx.el.option("Not said", value=""), types, default_value=form.session_type)
    elsewhere = {"default_value": form.address, "rows": "2", "class_name": "when-elsewhere"}
    return rx.el.fieldset(
        rx.el.legend("Place", class_name="label"),
        rx.el.div(*choices, class_name="choices"),
        rx.el.span(vars_.errors["place"], class_name="error form-error", role="alert"),
        rx.el.div(online_fields(name, card, vars_), class_name="when-online"),
        lines(name, "address", place_label(), vars_, **elsewhere),
        field("Session type", kind, name=f"{name}_session_type"),
        class_name="place stack",
    )


def place_label() -> rx.Component:
    """Name what is asked for where people do not meet online; the style sheet shows one of the two."""
    return rx.fragment(
        rx.el.span("Location: address, room or venue", class_name="only-in-person"),
        rx.el.span("Who calls whom", class_name="only-call"),
    )


def choice(name: str, value: str, word: str, is_chosen: Any, **props: Any) -> rx.Component:
    """Show one of several that exclude each other, as a button that stays pressed."""
    radio = rx.el.input(type="radio", name=name, value=value, default_checked=is_chosen, **props)
    return rx.el.label(radio, rx.el.span(word))


def online_fields(name: str, card: Any, vars_: FormVars) -> rx.Component:
    """Ask for platform, link and passcode."""
    form = card.form
    platforms = [rx.el.option(word, value=str(platform)) for platform, word in PLATFORM_WORDS.items()]
    platform = select(f"{name}_platform", *platforms, default_value=form.platform)
    code = {"default_value": form.passcode, "max_length": SHORT, "auto_complete": "off"}
    link = {"type": "url", "default_value": form.link, "placeholder": "https://", "auto_complete": "off"}
    return rx.el.div(
        field("Platform", platform, name=f"{name}_platform"),
        line(name, "passcode", "Passcode (optional)", vars_, **code),
        line(name, "link", "Meeting link", vars_, class_name="wide", **link),
        class_name="online-fields",
    )


def word_fields(name: str, card: Any, vars_: FormVars) -> rx.Component:
    """Ask for title and extra information."""
    hint = "Anything that helps: a phone number, how to find the room, what to bring."
    return rx.fragment(
        line(name, "title", "Title (optional)", vars_, default_value=card.form.title, max_length=SHORT),
        lines(name, "details", "Extra information (optional)", vars_, default_value=card.form.details, hint=hint),
    )


def notify(name: str, card: Any) -> rx.Component:
    """Ask whether the others get a mail (R4); a group's participants always do."""
    label = rx.cond(card.is_participant, "Notify the other participant", "Notify the participants")
    box = rx.el.div(
        checkbox(label, name=f"{name}_notifies", default_checked=True),
        rx.el.p("Leave this ticked unless they already know.", class_name="muted small under-check"),
    )
    return rx.cond(card.is_group, rx.fragment(), box)
