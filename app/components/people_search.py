"""A type-ahead for people: first name, last name or e-mail (WAI-ARIA combobox).

It knows neither who may be found nor what becomes of the choice. The arrows, Enter and
Escape are handled by meridian.js, by way of [data-combobox]; [data-found-for] tells it for which
words the list was made, so that no key takes somebody who was found for other words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import Text, avatar, icon


@dataclass(frozen=True)
class Search:
    """What happens on typing and on coming back (given the text), on leaving, and on a choice (given a person's id)."""

    on_type: Any
    on_close: Any
    on_choose: Callable[[Any], Any]
    opens_on_focus: bool = True


def people_search(
    name: str, label: Text, *, chosen: Any, finder: Any, search: Search, error: Text = "", can_change: Any = True
) -> rx.Component:
    """Ask for one person. `chosen` is a Var with id (0: nobody), name, email and initials.

    `finder` is a Var with where (the name of the type-ahead that is open), typed and found. The
    id travels with the form as a hidden field `name`.
    """
    return rx.el.div(
        rx.el.label(label, html_for=f"{name}-search"),
        rx.cond(
            chosen.id != 0,
            chosen_person(name, label, chosen, search, can_change),
            search_box(name, label, finder, search, error),
        ),
        rx.el.input(type="hidden", name=name, value=chosen.id.to_string(use_json=False), read_only=True),
        rx.el.span(error, class_name="error", id=f"{name}-error", role="alert"),
        class_name="field",
    )


def chosen_person(name: str, label: Text, chosen: Any, search: Search, can_change: Any) -> rx.Component:
    """Show who is chosen, with the way to choose somebody else."""
    change = rx.el.button(
        "Change",
        rx.el.span(" ", label, class_name="visually-hidden"),
        type="button",
        id=f"{name}-search",
        class_name="button quiet",
        on_click=search.on_choose(0),
    )
    return rx.el.div(
        avatar(chosen.initials),
        rx.el.span(
            rx.el.span(chosen.name, class_name="strong ellipsis"),
            rx.el.span(chosen.email, class_name="muted small ellipsis"),
            class_name="stack-s grow tight",
        ),
        rx.cond(can_change, change, rx.fragment()),
        class_name="chosen",
    )


def search_box(name: str, label: Text, finder: Any, search: Search, error: Text = "") -> rx.Component:
    """Show the field to type in, and under it who was found."""
    is_open = finder.where == name
    field = rx.el.input(
        id=f"{name}-search",
        name=f"{name}-search",
        type="text",
        role="combobox",
        class_name="input",
        placeholder="First name, last name or e-mail",
        auto_complete="off",
        max_length=200,
        on_change=search.on_type,
        on_focus=search.on_type if search.opens_on_focus else search.on_close,
        custom_attrs={
            "aria-autocomplete": "list",
            "aria-expanded": rx.cond(is_open & (finder.found.length() > 0), "true", "false"),
            "aria-controls": f"{name}-options",
            "aria-invalid": rx.cond(error, "true", "false"),
            "aria-describedby": f"{name}-error",
            "spellCheck": "false",
        },
    )
    return rx.el.div(
        icon("search", class_name="combobox-icon"),
        field,
        rx.el.button(hidden=True, type="button", on_click=search.on_close, custom_attrs={"data-dismiss": ""}),
        rx.cond(is_open, found_people(name, label, finder.found, search), rx.fragment()),
        tab_index=-1,
        class_name="combobox",
        custom_attrs={"data-combobox": "", "data-found-for": rx.cond(is_open, finder.typed, "")},
    )


def found_people(name: str, label: Text, people: Any, search: Search) -> rx.Component:
    """List who was found, or say that nobody was."""
    options = rx.el.div(
        rx.foreach(people, lambda person: found_person(name, person, search)),
        role="listbox",
        id=f"{name}-options",
        aria_label=label,
    )
    nobody = rx.el.p("Nobody is found. Try a part of the name, or the e-mail.", class_name="muted options-empty")
    count = rx.el.span(people.length(), " found", class_name="visually-hidden", role="status")
    return rx.el.div(rx.cond(people.length() > 0, options, nobody), count, class_name="options")


def found_person(name: str, person: Any, search: Search) -> rx.Component:
    """Show one of them."""
    return rx.el.button(
        avatar(person.initials),
        rx.el.span(
            rx.el.span(person.name, class_name="strong ellipsis"),
            rx.el.span(person.email, class_name="muted small ellipsis"),
            class_name="stack-s grow tight",
        ),
        rx.cond(person.note, rx.el.span(person.note, class_name="option-note small"), rx.fragment()),
        type="button",
        role="option",
        id=f"{name}-option-{person.id}",
        tab_index=-1,
        aria_selected="false",
        class_name="option person-option",
        on_click=search.on_choose(person.id),
        key=person.id,  # a list that follows what is typed puts nobody else under a finger that is down
    )
