"""What announcements look like, in the list and opened. Writing one is in `announcement_form`."""

from typing import Any

import reflex as rx

from app.components.announcement_form import people_words
from app.components.basics import button, empty, icon


def sent_list(sent: Any, has_more: Any, *, on_write: Any, on_earlier: Any) -> rx.Component:
    """List what was announced."""
    nothing = empty(
        "megaphone",
        "Nothing was announced yet.",
        "An announcement reaches people by e-mail and by the bell.",
        button("New announcement", look="primary", icon_name="plus", on_click=on_write),
    )
    more = rx.el.div(button("Earlier", look="quiet", icon_name="history", on_click=on_earlier))
    listed = rx.el.div(
        rx.el.ul(rx.foreach(sent, sent_line), class_name="card sent-list", aria_label="Announcements, newest first"),
        rx.cond(has_more, more, rx.fragment()),
        class_name="stack",
    )
    return rx.cond(sent.length() > 0, listed, nothing)


def sent_line(one: Any) -> rx.Component:
    """Show one announcement: what, to whom, when, and how many saw it."""
    count = people_words(one.readers)
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(one.subject, class_name="strong break", dir="auto"),
                rx.el.span(one.audience, " · ", count, class_name="muted small break", dir="auto"),
                class_name="stack-s grow",
            ),
            rx.el.span(
                rx.el.span(one.at),
                rx.el.span(one.sender, class_name="muted small break", dir="auto"),
                class_name="stack-s sent-when",
            ),
            rx.el.span(
                icon("eye", size=16), "Seen by ", one.seen, " of ", one.readers, class_name="sent-seen small muted"
            ),
            href=f"/announcements/{one.id}",
            class_name="sent-line",
        ),
        key=one.id,
    )


def opened(one: Any) -> rx.Component:
    """Show one announcement to read."""
    count = people_words(one.readers)
    told = rx.el.p(
        icon("users", size=16), one.audience, " · ", count, " · seen by ", one.seen, class_name="row muted small"
    )
    return rx.el.article(
        rx.el.h2(one.subject, class_name="break", dir="auto"),
        rx.el.p(one.sender, ", ", one.at, class_name="muted break"),
        rx.el.div(rx.foreach(one.text, piece), class_name="prose", dir="auto"),
        rx.cond(one.audience, told, rx.fragment()),
        class_name="card stack announcement",
    )


def piece(found: Any) -> rx.Component:
    """Show a stretch of the text; a web address can be clicked."""
    link = rx.el.a(found.text, href=found.href, target="_blank", rel="noopener noreferrer")
    return rx.cond(found.href, link, rx.el.span(found.text))


def missing() -> rx.Component:
    """Say that it is not there."""
    return empty("mail-x", "This announcement was not found.", "It may have been removed, or it is not yours to see.")
