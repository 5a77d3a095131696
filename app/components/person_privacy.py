"""Giving out and erasing what is kept about a person (P8)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, field, icon, note, text_input
from app.components.settings import part


@dataclass(frozen=True)
class Erasing:
    """The window that asks, as Vars and handlers."""

    person_id: Any
    problem: Any
    open: Any
    close: Any
    submit: Any


def download_link(person_id: Any, label: str) -> rx.Component:
    """Lead to everything that is kept about somebody, as a file."""
    return rx.el.a(
        icon("download"),
        label,
        href=f"/people/{person_id}/data.json",
        class_name="button",
        download="personal-data.json",
        custom_attrs={"data-leaves": "", "reloadDocument": True},
    )


def own_data_part(person_id: Any) -> rx.Component:
    """Let people take along what is kept about them."""
    return part(
        "Your data",
        "Everything that is kept about you, as a file. To have it erased, ask a manager.",
        rx.el.div(download_link(person_id, "Download my data")),
    )


def privacy(person: Any, erasing: Erasing) -> rx.Component:
    """Let a manager of the organisation export somebody's data and, once they are deactivated, erase them."""
    erase = button("Erase", look="danger", icon_name="eraser", on_click=erasing.open(person.id), id="erase")
    first = rx.el.p("To erase this person, deactivate them first.", class_name="muted small")
    return rx.el.section(
        rx.el.h2("Privacy", id="privacy-title"),
        rx.el.p(
            "Everything that is kept about this person, as a file; of messages only who wrote when.",
            class_name="muted small",
        ),
        rx.el.div(
            download_link(person.id, "Export data"),
            rx.cond(person.is_deactivated, erase, rx.fragment()),
            class_name="row",
        ),
        rx.cond(person.is_deactivated, rx.fragment(), first),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "privacy-title"},
    )


def erase_window(person: Any, erasing: Erasing) -> rx.Component:
    """Ask once, saying what goes and what stays."""
    return dialog(
        "Erase " + person.name + "?",
        rx.el.form(
            note(
                "Name, address, messages, notices, tags and sign-ins go for good. Past sessions stay, "
                "with “A former participant”. This cannot be undone.",
                look="danger",
                icon_name="triangle-alert",
            ),
            field(
                "Type " + person.email + " to erase them",
                text_input("erase_typed", error=erasing.problem, auto_complete="off"),
                name="erase_typed",
                error=erasing.problem,
            ),
            rx.el.div(
                button("Keep them", on_click=erasing.close),
                button("Erase for good", look="danger", type="submit"),
                class_name="row-apart",
            ),
            on_submit=erasing.submit,
            class_name="stack",
        ),
        is_open=erasing.person_id != 0,
        on_close=erasing.close,
    )
