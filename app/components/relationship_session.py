"""A numbered session's pages within its relationship: the navigation on their left, and their frame.

It shows what it is given and decides nothing. On a phone the navigation stands above.
"""

from typing import Any

import reflex as rx

from app.components.basics import empty, icon, link_button, note
from app.components.session_card_steps import may, shown_if
from app.models.words import RELATIONSHIP_WORDS


def word_of(card: Any) -> Any:
    """Give a session's status as relationships call it."""
    return rx.match(card.status, *RELATIONSHIP_WORDS.items(), card.word)


def session_frame(place: Any, nav: rx.Component, *content: rx.Component, missing: Any) -> rx.Component:
    """Put the navigation beside the content, or say that there is nothing."""
    gone = empty(
        "calendar-x-2",
        "This session was not found",
        "It may have been removed, or it is not yours to see.",
        link_button("My Relationships", "/relationships", icon_name="users"),
    )
    there = rx.cond(
        place.session_id > 0,
        rx.el.div(nav, rx.el.div(*content, class_name="stack grow"), class_name="numbered"),
        rx.el.div(class_name="skeleton tall"),
    )
    return rx.cond(missing, rx.el.div(gone, class_name="card"), there)


def session_nav(place: Any, card: Any, form: Any, href: Any) -> rx.Component:
    """Lead to what can be done with the session, each its own page, and to its relationship."""
    name = place.name

    def step(do: str, icon_name: str, *label: Any, look: str = "") -> rx.Component:
        return nav_link(href + f"?do={do}", icon_name, *label, is_here=form == do, look=look)

    pair = f"/relationships/{place.relationship_id}"
    back = nav_link(pair, "arrow-left", place.others, is_here=False, look="nav-back")
    details = nav_link(href, "info", name, is_here=form == "")
    steps = rx.fragment(
        shown_if(may(card, "accept"), step("accept", "check", "Accept ", name)),
        shown_if(may(card, "propose"), step("propose", "calendar-clock", "Propose another time")),
        shown_if(may(card, "decline"), step("decline", "x", "Decline ", name)),
        shown_if(may(card, "edit"), step("edit", "pencil", "Edit ", name)),
        shown_if(may(card, "arrange"), step("arrange", "calendar-plus", "Arrange ", name)),
        shown_if(may(card, "arrange_again"), step("again", "calendar-plus", "Arrange ", name, " again")),
        shown_if(
            (card.status == "cancelled") & may(card, "arrange"), step("reactivate", "undo-2", "Reactivate ", name)
        ),
        shown_if(may(card, "record"), step("record", "pen-line", "Record outcome")),
        shown_if(may(card, "cancel"), step("cancel", "circle-slash", "Cancel ", name, look="danger")),
    )
    return rx.el.nav(rx.el.ul(back, details, steps), aria_label=name, class_name="numbered-nav card")


def nav_link(href: Any, icon_name: str, *label: Any, is_here: Any, look: str = "") -> rx.Component:
    """Show one way; the page one is on is marked."""
    link = rx.el.a(
        icon(icon_name),
        rx.el.span(*label, class_name="clamp"),
        href=href,
        class_name=f"numbered-link {look}",
        custom_attrs={"aria-current": rx.cond(is_here, "page", "false")},
    )
    return rx.el.li(link, class_name=look)


def neighbours(place: Any) -> rx.Component:
    """Lead to the sessions before and after."""

    def way(href: Any, name: Any, icon_name: str, class_name: str) -> rx.Component:
        link = rx.el.a(icon(icon_name), name, href=href, class_name=f"button quiet {class_name}")
        return rx.cond(href, link, rx.el.span())

    return rx.el.nav(
        way(place.before_href, place.before_name, "chevron-left", ""),
        way(place.after_href, place.after_name, "chevron-right", "after"),
        class_name="row-apart neighbours",
        aria_label="Sessions before and after",
    )


def asks_anew(why: Any) -> rx.Component:
    """Say why a new time is asked for instead of the old one."""
    return rx.cond(why, note(why, look="warn", icon_name="calendar-clock"), rx.fragment())


def ended_note(place: Any) -> rx.Component:
    """Say that nothing can be changed any more."""
    said = "This relationship has ended. Its sessions can be viewed, but no longer changed by the two."
    return rx.cond(place.is_ended, note(said, icon_name="archive"), rx.fragment())
