"""The bell of the header: a button with a count, and the panel it opens (a native popover). It knows no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, icon
from app.models.bell_words import ICONS

PANEL = "bell-panel"


@dataclass(frozen=True)
class Bell:
    """What is shown, as Vars, and what happens on opening and on asking for more."""

    count: Any
    lines: Any
    has_more: Any
    is_read: Any
    on_open: Any
    on_more: Any


def bell(shown: Bell) -> rx.Component:
    """Show the button and its panel."""
    words = rx.cond(shown.count > 0, "Notices, " + shown.count.to_string(use_json=False) + " new", "Notices")
    opener = rx.el.button(
        icon("bell", size=20),
        count_badge(shown.count, "bell-count"),
        type="button",
        class_name="header-icon bell-button",
        on_click=shown.on_open,
        custom_attrs={"popoverTarget": PANEL, "aria-label": words, "title": "Notices", "aria-haspopup": "dialog"},
    )
    return rx.fragment(opener, panel(shown))


def count_badge(count: Any, class_name: str) -> rx.Component:
    """Show how many there are, nothing for none; the words are elsewhere."""
    said = rx.cond(count > 99, "99+", count.to_string(use_json=False))
    return rx.cond(count > 0, rx.el.span(said, class_name=f"badge {class_name}", aria_hidden="true"), rx.fragment())


def panel(shown: Bell) -> rx.Component:
    """Show the newest notices, and the way to earlier ones."""
    nothing = rx.el.p("Nothing yet. What concerns you will be told here.", class_name="muted bell-empty")
    listed = rx.el.ul(rx.foreach(shown.lines, line), class_name="bell-lines")
    loading = rx.el.p("Loading …", class_name="muted bell-empty", role="status")
    known = rx.cond(shown.lines.length() > 0, listed, nothing)
    more = rx.el.div(
        button("Earlier", look="quiet", icon_name="history", on_click=shown.on_more), class_name="bell-more"
    )
    return rx.el.div(
        rx.el.h2("Notices", class_name="bell-head"),
        rx.cond(shown.is_read, known, loading),
        rx.cond(shown.has_more, more, rx.fragment()),
        id=PANEL,
        class_name="menu bell-panel no-print",
        role="dialog",
        aria_label="Notices",
        custom_attrs={"popover": "auto"},
    )


def line(notice: Any) -> rx.Component:
    """Show one notice; one that leads somewhere is a link."""
    shown = [
        rx.el.span(sign(notice.icon), class_name="bell-icon"),
        rx.el.span(
            rx.cond(notice.is_new, rx.el.span("New: ", class_name="visually-hidden"), rx.fragment()),
            rx.el.span(notice.text, dir="auto", class_name="bell-text"),
            rx.el.span(notice.ago, class_name="muted small"),
            class_name="grow stack-s tight",
        ),
        rx.cond(notice.is_new, rx.el.span(class_name="bell-dot", aria_hidden="true"), rx.fragment()),
    ]
    link = rx.el.a(*shown, href=notice.href, class_name="menu-item bell-line")
    return rx.el.li(rx.cond(notice.href, link, rx.el.div(*shown, class_name="bell-line")), key=notice.id)


def sign(name: Any) -> rx.Component:
    """Show the icon of a notice: one of those that there are, for a name made up later would load them all."""
    return rx.fragment(rx.match(name, *((one, icon(one, size=18)) for one in ICONS), icon("bell", size=18)))
