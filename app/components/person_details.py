"""The first part of a person's page for managers: their facts, and what can be done about their account."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, icon, note


@dataclass(frozen=True)
class DetailsActs:
    """What can be done; each is given the person's id."""

    edit: Any
    deactivate: Any
    reactivate: Any


def details(person: Any, acts: DetailsActs, access: rx.Component) -> rx.Component:
    """Show the facts, then the account."""
    return rx.el.div(facts(person, acts), account(person, acts, access), class_name="stack")


def facts(person: Any, acts: DetailsActs) -> rx.Component:
    """Show what is known of them, with the way to change it."""
    edit = button("Edit", icon_name="pencil", on_click=acts.edit(person.id), id="person-edit")
    return rx.el.section(
        rx.el.div(rx.el.h2("Details", id="details-title"), edit, class_name="row-apart"),
        rx.el.dl(
            fact("Name", person.name, True),
            fact("E-mail", rx.el.a(person.email, href=f"mailto:{person.email}"), person.email),
            fact("Local time", rx.fragment(person.local_time, " (", person.zone, ")"), True),
            fact("Roles", roles(person), True),
            fact("Tags", tags(person), person.tags.length() > 0),
            fact("About", rx.el.p(person.bio, class_name="prose"), person.bio),
            class_name="facts",
        ),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "details-title"},
    )


def fact(name: str, value: Any, is_known: Any) -> rx.Component:
    """Show one fact, if it is known."""
    shown = rx.fragment(rx.el.dt(name), rx.el.dd(value))
    return shown if is_known is True else rx.cond(is_known, shown, rx.fragment())


def roles(person: Any) -> rx.Component:
    """List what they are where, and in which cohort."""
    one = lambda role: rx.el.li(  # noqa: E731
        role.word,
        rx.el.span(" in ", role.program),
        rx.cond(role.cohort, rx.el.span(" · ", role.cohort, class_name="muted"), rx.fragment()),
    )
    none = rx.el.span("None yet", class_name="muted")
    listed = rx.el.ul(
        rx.cond(person.rank, rx.el.li(person.rank, " of the organisation"), rx.fragment()),
        rx.foreach(person.roles, one),
        class_name="stack-s",
    )
    return rx.cond((person.roles.length() > 0) | (person.rank != ""), listed, none)


def tags(person: Any) -> rx.Component:
    """List the words they can be found by."""
    one = lambda tag: rx.el.li(icon("tag", size=12), tag, class_name="person-tag")  # noqa: E731
    return rx.el.ul(rx.foreach(person.tags, one), class_name="row")


def account(person: Any, acts: DetailsActs, access: rx.Component) -> rx.Component:
    """Say whether they can come in, and let that be changed."""
    away = button("Deactivate", look="danger", icon_name="user-x", on_click=acts.deactivate(person.id), id="deactivate")
    back = button("Reactivate", icon_name="user-check", on_click=acts.reactivate(person.id), id="reactivate")
    active = rx.fragment(
        rx.el.p(person.access.words),
        access,
        rx.cond(person.is_me, rx.fragment(), rx.el.div(away, class_name="row")),
    )
    gone = rx.fragment(note("They cannot sign in. What they did is kept.", look="warn"), rx.el.div(back))
    return rx.el.section(
        rx.el.h2("Account", id="account-title"),
        rx.cond(person.is_deactivated, gone, active),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "account-title"},
    )
