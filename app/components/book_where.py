"""The booking form's place: online, in person or by call. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import field, icon, select, text_area, text_input
from app.models.words import PLACE_WORDS, PLATFORM_WORDS, Place

PLACE_ICONS = {Place.ONLINE: "video", Place.IN_PERSON: "map-pin", Place.CALL: "phone"}


def where(form: Any) -> rx.Component:
    """Ask how they meet. What belongs to another place is only hidden, so that nothing typed is lost."""
    return rx.el.section(
        rx.el.h2("Where", id="where-title"),
        places(form),
        rx.el.div(online(form), hidden=form.shown["place"] != Place.ONLINE.value),
        rx.el.div(in_person(form), hidden=form.shown["place"] != Place.IN_PERSON.value),
        rx.el.p(
            "Put the phone number into the details below.",
            class_name="small muted",
            hidden=form.shown["place"] != Place.CALL.value,
        ),
        session_type(form),
        key=f"{form.version}:{form.program.id}:{form.mentor.id}:{form.mentee.id}",
        class_name="card stack book-where",
        custom_attrs={"aria-labelledby": "where-title"},
    )


def places(form: Any) -> rx.Component:
    """Choose between the three."""
    choices = [
        rx.el.label(
            rx.el.input(
                type="radio",
                name="place",
                value=place.value,
                id=f"place-{place.value}",
                default_checked=form.shown["place"] == place.value,
            ),
            icon(PLACE_ICONS[place]),
            words,
            class_name="button",
        )
        for place, words in PLACE_WORDS.items()
    ]
    return rx.el.fieldset(
        rx.el.legend("Place"),
        rx.el.div(*choices, class_name="segmented radios"),
        class_name="field",
    )


def online(form: Any) -> rx.Component:
    """Ask for platform, link and passcode."""
    platform = select(
        "platform",
        *(rx.el.option(words, value=platform.value) for platform, words in PLATFORM_WORDS.items()),
        error=form.errors["platform"],
        default_value=form.shown["platform"],
    )
    makes_room = form.makes_rooms & (form.shown["platform"] == "bigbluebutton")
    hint = rx.cond(makes_room, "Left empty, a room is made when they join.", "What people will join by.")
    return rx.el.div(
        field("Platform", platform, name="platform", error=form.errors["platform"]),
        typed("passcode", "Passcode", form, hint="Only if the meeting asks for one."),
        typed("link", "Meeting link", form, hint=hint, type="url", input_mode="url", placeholder="https://"),
        class_name="book-two with-wide",
    )


def typed(name: str, label: str, form: Any, *, hint: Any = "", **props: Any) -> rx.Component:
    """Make a line of text that the panel does not depend on."""
    control = text_input(
        name,
        error=form.errors[name],
        default_value=form.shown[name],
        auto_complete="off",
        **props,
    )
    return field(label, control, name=name, hint=hint, error=form.errors[name], class_name=f"book-{name}")


def in_person(form: Any) -> rx.Component:
    """Ask for the address."""
    address = text_area(
        "address",
        error=form.errors["address"],
        default_value=form.shown["address"],
        rows="2",
    )
    return field("Address", address, name="address", error=form.errors["address"])


def session_type(form: Any) -> rx.Component:
    """Ask for the session type, in the programme's words."""
    return field(
        "Session type",
        select(
            "session_type",
            rx.el.option("The same as the place", value=""),
            rx.foreach(form.program.session_types, lambda words: rx.el.option(words, value=words)),
            default_value=form.shown["session_type"],
            error=form.errors["session_type"],
        ),
        name="session_type",
        error=form.errors["session_type"],
    )
