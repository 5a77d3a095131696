"""A person's details page: its head, its navigation and the part that is open. Knows no state.

`person` is a Var of queries.person.PersonPage. A manager sees the page in parts; everybody
else sees on one page what the two of them share.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import avatar, empty, icon, link_button, note
from app.components.person_details import DetailsActs, details
from app.components.person_figures import figures
from app.components.person_lists import history, sessions
from app.components.person_pairs import PairActs, current_pairs, relationships, works_with
from app.components.person_threads import threads

ICONS = {
    "details": "user",
    "instructors": "users",
    "students": "users",
    "sessions": "calendar-days",
    "relationships": "handshake",
    "messages": "message-square",
    "history": "history",
}


@dataclass(frozen=True)
class Slots:
    """What other modules put into the page: the Assign box, the ways to a first access, to hand over, to one's data."""

    assign: rx.Component
    access: rx.Component
    hand_over: rx.Component
    privacy: rx.Component


@dataclass(frozen=True)
class Acts:
    """What the page can do."""

    details: DetailsActs
    pairs: PairActs
    close_thread: Any
    reopen_thread: Any


def person_page(person: Any, is_missing: Any, acts: Acts, slots: Slots) -> rx.Component:
    """Show the person, or that there is nobody here for this viewer."""
    nobody = empty(
        "user-x",
        "This person was not found",
        "They may have been removed, or they are not yours to see.",
        link_button("To the start", "/", look="primary"),
    )
    shown = rx.cond(person.is_managed, managed(person, acts, slots), shared(person))
    return rx.cond(is_missing, rx.el.div(nobody, class_name="card"), rx.cond(person.id != 0, shown, rx.fragment()))


def managed(person: Any, acts: Acts, slots: Slots) -> rx.Component:
    """Show a manager the page in parts, with its navigation on the left."""
    return rx.el.div(
        head(person, rx.cond(person.hands_over, slots.hand_over, rx.fragment())),
        navigation(person),
        rx.el.div(open_part(person, acts, slots), class_name="person-part"),
        class_name="person in-parts",
    )


def open_part(person: Any, acts: Acts, slots: Slots) -> Any:
    """Show the part that the address names."""
    return rx.match(
        person.part,
        ("instructors", beside(current_pairs(person, person.mentors, acts.pairs), slots.assign)),
        ("students", beside(current_pairs(person, person.mentees, acts.pairs), slots.assign)),
        ("sessions", sessions(person, "?part=sessions", "?part=sessions&when=past")),
        ("relationships", relationships(person, acts.pairs)),
        ("messages", threads(person, acts.close_thread, acts.reopen_thread)),
        ("history", history(person)),
        rx.el.div(
            rx.cond(person.shows_figures, figures(person.figures), rx.fragment()),
            details(person, acts.details, slots.access),
            rx.cond(person.may_erase, slots.privacy, rx.fragment()),
            class_name="stack",
        ),
    )


def beside(listed: rx.Component, assign: rx.Component) -> rx.Component:
    """Put the Assign box on the right of a list."""
    return rx.el.div(listed, assign, class_name="person-beside")


def shared(person: Any) -> rx.Component:
    """Show what a mentor or mentee may know of the other, the way to book first."""
    return rx.el.div(
        head(person, rx.fragment(), facts=True),
        rx.el.div(works_with(person), class_name="person-side stack"),
        rx.el.div(sessions(person, "?when=future", "?when=past"), class_name="person-main stack"),
        class_name="person",
    )


def head(person: Any, more: rx.Component, *, facts: bool = False) -> rx.Component:
    """Show who they are, and what is done most."""
    book = link_button("Book Session", person.book_href, look="primary", icon_name="calendar-plus")
    return rx.el.section(
        rx.el.div(
            avatar(person.initials),
            rx.el.div(
                rx.el.h2(person.name, class_name="break"),
                rx.cond(person.is_me, rx.el.span("This is you.", class_name="muted small"), rx.fragment()),
                rx.cond(
                    person.email, rx.el.a(person.email, href=f"mailto:{person.email}", class_name="small break"), ""
                ),
                class_name="stack-s grow",
            ),
            rx.el.div(more, rx.cond(person.book_href, book, rx.fragment()), class_name="row person-actions"),
            class_name="person-head",
        ),
        rx.cond(
            person.is_deactivated,
            note("This account is deactivated: they cannot sign in, and nothing can be booked.", look="warn"),
            rx.fragment(),
        ),
        shared_facts(person) if facts else rx.fragment(),
        class_name="card stack person-card",
        aria_label="Who it is",
    )


def shared_facts(person: Any) -> rx.Component:
    """List what helps two people to find a time."""
    return rx.el.dl(
        rx.el.dt("Local time"),
        rx.el.dd(person.local_time, " (", person.zone, ")"),
        rx.cond(person.bio, rx.fragment(rx.el.dt("About"), rx.el.dd(person.bio, class_name="prose")), rx.fragment()),
        class_name="facts",
    )


def navigation(person: Any) -> rx.Component:
    """List the parts of the page; on a phone they stand in a row that can be moved sideways."""

    def entry(part: Any) -> rx.Component:
        sign = rx.match(part.name, *((name, icon(sign)) for name, sign in ICONS.items()), rx.fragment())
        here = rx.cond(part.is_here, "page", "false")
        return rx.el.li(
            rx.el.a(sign, part.label, href=part.href, class_name="part-link", custom_attrs={"aria-current": here})
        )

    parts = rx.el.ul(rx.foreach(person.parts, entry))
    return rx.el.nav(parts, class_name="person-nav", aria_label="Parts of this page")
