"""The navigation: at the side of a desk, at the bottom of a phone, and what of it is in the account menu there.

Who manages sees the organisation; who does not, or looks at their own sessions only, their own day.
An entry leads to a page that exists (tests/state/test_navigation.py); to add one, add an Entry.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import icon
from app.components.bell import count_badge
from app.components.latch import once

MENU = "account-menu"


@dataclass(frozen=True)
class Who:
    """Who is looking, as Vars; `unread` counts their messages, `profile` is the address of their public page."""

    ready: Any
    name: Any
    initials: Any
    email: Any
    is_manager: Any
    is_org_manager: Any
    personal: Any
    manages: Any
    takes_part: Any
    mentors: Any
    unread: Any
    zone_words: Any
    organisation: Any
    logo: Any
    profile: Any


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation. `short` is its word at the bottom of a phone, "" leaves it to the menu.

    `only` names the Var of Who that lets somebody see it, "" everybody; `counts` marks the unread messages.
    """

    href: str
    label: str
    icon_name: str
    short: str = ""
    only: str = ""
    counts: bool = False


MANAGERS = (
    Entry("/", "Dashboard", "layout-dashboard", "Dashboard"),
    Entry("/calendar", "Calendar", "calendar-days", "Calendar"),
    Entry("/book", "Session Booking", "calendar-plus", "Book"),
    Entry("/sessions", "Sessions", "presentation"),
    Entry("/relationships", "Relationships", "handshake"),
    Entry("/people", "Users", "users", "Users"),
    Entry("/programs", "Programmes", "folder-open"),
    Entry("/insights", "Insights", "chart-column"),
    Entry("/announcements", "Announcements", "megaphone"),
    Entry("/messages", "Messages", "message-square", only="takes_part", counts=True),
    Entry("/outbox", "Mail", "mail", only="is_org_manager"),
    Entry("/settings", "Settings", "settings", only="is_org_manager"),
)
PERSONAL = (
    Entry("/me", "Today", "sun", "Today"),
    Entry("/calendar", "Calendar", "calendar-days", "Calendar"),
    Entry("/book", "Book a session", "calendar-plus", "Book"),
    Entry("/relationships", "My Relationships", "handshake"),
    Entry("/messages", "Messages", "message-square", "Messages", counts=True),
    Entry("/sessions", "Group sessions", "presentation", only="mentors"),
    Entry("/availability", "Availability", "clock", only="mentors"),
)
TOP = Entry("/relationships", "My Relationships", "handshake")


def chosen(who: Who, managers: rx.Component, personal: rx.Component) -> rx.Component:
    """Show the one or the other as soon as it is known who looks."""
    return once(who.ready, rx.cond(who.manages, managers, personal), rx.fragment())


def allowed(entry: Entry, who: Who, shown: rx.Component) -> rx.Component:
    """Show an entry to those it is for."""
    return rx.cond(getattr(who, entry.only), shown, rx.fragment()) if entry.only else shown


def current(entry: Entry, here: str) -> dict[str, str]:
    """Mark the entry of the page one is on."""
    return {"aria-current": "page"} if entry.href == here else {}


def side(who: Who, here: str) -> rx.Component:
    """Show the navigation of a desk."""

    def entries(group: tuple[Entry, ...], *more: rx.Component) -> rx.Component:
        items = (allowed(entry, who, nav_item(entry, who, here)) for entry in group)
        return rx.el.ul(*items, *more, class_name="stack-s")

    nav = rx.el.nav(chosen(who, entries(MANAGERS), entries(PERSONAL, profile_item(who))), aria_label="Main")
    return rx.el.div(brand(who), nav, class_name="side no-print")


def brand(who: Who) -> rx.Component:
    """Show whose house it is."""
    mark = rx.cond(who.logo, rx.el.img(src=who.logo, alt="", class_name="brand-logo"), meridian_mark())
    return rx.el.a(mark, rx.el.span(who.organisation, class_name="brand-name"), href="/", class_name="brand")


def meridian_mark() -> rx.Component:
    """Draw Meridian's own mark: the sun on its highest line."""
    return rx.el.span(class_name="brand-mark", aria_hidden="true")


def nav_item(entry: Entry, who: Who, here: str) -> rx.Component:
    """Show one entry of the side."""
    return rx.el.li(
        rx.el.a(
            icon(entry.icon_name, size=18),
            rx.el.span(entry.label, class_name="grow"),
            unread(who) if entry.counts else rx.fragment(),
            href=entry.href,
            class_name="nav-item",
            custom_attrs=current(entry, here),
        )
    )


def profile_item(who: Who) -> rx.Component:
    """Lead a host to what the world sees of them."""
    return rx.cond(who.profile, rx.el.li(profile_link(who, "nav-item")), rx.fragment())


def profile_link(who: Who, class_name: str) -> rx.Component:
    """Link to one's public page. It is no page of the frame, so the browser itself goes there."""
    return rx.el.a(
        icon("id-card", size=18),
        rx.el.span("View profile", class_name="grow"),
        href=who.profile,
        class_name=class_name,
        custom_attrs={"reloadDocument": True},
    )


def unread(who: Who) -> rx.Component:
    """Show how many messages are unread, in words for who does not see."""
    words = rx.el.span(", ", who.unread, " unread", class_name="visually-hidden")
    return rx.fragment(count_badge(who.unread, "nav-count"), rx.cond(who.unread > 0, words, rx.fragment()))


def top_links(who: Who, here: str) -> rx.Component:
    """Show what mentors and mentees find in the top bar, on a phone as an icon."""
    link = rx.el.a(
        icon(TOP.icon_name, size=18),
        rx.el.span(TOP.label, class_name="top-word"),
        href=TOP.href,
        title=TOP.label,
        class_name="top-link",
        custom_attrs=current(TOP, here),
    )
    return rx.cond(who.manages, rx.fragment(), link)


def bottom(who: Who, here: str) -> rx.Component:
    """Show the navigation of a phone."""

    def tabs(group: tuple[Entry, ...]) -> rx.Component:
        return rx.fragment(*(tab(entry, who, here) for entry in group if entry.short))

    more = rx.el.button(
        icon("menu", size=20),
        rx.el.span("More"),
        type="button",
        class_name="tab",
        custom_attrs={"popoverTarget": MENU, "aria-haspopup": "dialog"},
    )
    shown = chosen(who, tabs(MANAGERS), tabs(PERSONAL))
    return rx.el.nav(shown, more, aria_label="Main, at the bottom", class_name="bottom no-print")


def tab(entry: Entry, who: Who, here: str) -> rx.Component:
    """Show one entry of a phone's bottom."""
    return rx.el.a(
        icon(entry.icon_name, size=20),
        rx.el.span(entry.short),
        unread(who) if entry.counts else rx.fragment(),
        href=entry.href,
        class_name="tab",
        custom_attrs=current(entry, here),
    )


def menu_links(who: Who) -> rx.Component:
    """Show on a phone what its bottom has no room for."""

    def links(group: tuple[Entry, ...]) -> rx.Component:
        left = (entry for entry in group if not entry.short)
        return rx.el.div(*(allowed(entry, who, menu_link(entry)) for entry in left), class_name="phone-only")

    return chosen(who, links(MANAGERS), links(PERSONAL))


def menu_link(entry: Entry) -> rx.Component:
    """Show a page of the navigation in the menu."""
    return rx.el.a(icon(entry.icon_name), entry.label, href=entry.href, class_name="menu-item")
