"""The pieces of the Messages page: the list of threads, and who has none. They know no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import avatar, empty, link_button
from app.components.messages_thread import Acts, conversation


@dataclass(frozen=True)
class Messages:
    """What is shown, as Vars."""

    is_list: Any
    is_missing: Any
    threads: Any
    shown: Any
    problem: Any
    answers: Any
    is_searching: Any
    typed: Any
    found: Any
    found_id: Any
    is_manager: Any


def messages(page: Messages, acts: Acts) -> rx.Component:
    """Show the list and beside it the open thread; on a phone one of the two."""
    both = rx.el.div(
        _list(page),
        rx.cond(page.shown.id, conversation(page, acts), _nothing_open(page)),
        class_name=rx.cond(page.is_list, "messages shows-list", "messages shows-thread"),
    )
    nothing = rx.cond(page.is_missing, _nothing_open(page), _nobody(page))
    return rx.cond(page.threads.length() == 0, nothing, both)


def _list(page: Messages) -> rx.Component:
    def thread(one: Any) -> rx.Component:
        unread = rx.el.span(one.unread, rx.el.span(" unread", class_name="visually-hidden"), class_name="unread-count")
        closed = rx.el.span("Closed", class_name="chip")
        return rx.el.li(
            rx.el.a(
                avatar(one.initials),
                rx.el.span(
                    rx.el.span(one.name, class_name="strong ellipsis", dir="auto"),
                    rx.el.span(one.at, class_name="muted small thread-at"),
                    class_name="thread-top",
                ),
                rx.el.span(one.program, class_name="muted small ellipsis thread-program", dir="auto"),
                rx.el.span(
                    rx.cond(
                        one.excerpt,
                        rx.el.span(one.excerpt, class_name="ellipsis", dir="auto"),
                        rx.el.span("Nothing written yet", class_name="muted ellipsis"),
                    ),
                    rx.cond(one.is_open, rx.fragment(), closed),
                    rx.cond(one.unread > 0, unread, rx.fragment()),
                    class_name="thread-last",
                ),
                href=one.href,
                class_name=rx.cond(one.unread > 0, "thread-link is-unread", "thread-link"),
                custom_attrs={"aria-current": rx.cond(one.is_here, "page", "false")},
            ),
            key=one.id,
        )

    return rx.el.nav(rx.el.ul(rx.foreach(page.threads, thread), class_name="threads"), aria_label="Conversations")


def _nothing_open(page: Messages) -> rx.Component:
    gone = empty(
        "message-square-off",
        "This conversation was not found.",
        "It may have been removed, or it is not yours to read.",
        link_button("All messages", "/messages"),
    )
    return rx.el.div(rx.cond(page.is_missing, gone, rx.fragment()), class_name="conversation is-empty")


def _nobody(page: Messages) -> rx.Component:
    manager = empty(
        "message-square",
        "Messages are between the two people of a relationship.",
        "Nobody else reads them, managers neither. To reach people, write an announcement.",
        link_button("Announcements", "/announcements", look="primary", icon_name="megaphone"),
    )
    other = empty(
        "message-square",
        "No conversations yet.",
        "As soon as somebody works with you, you can write to each other here.",
    )
    return rx.cond(page.is_manager, manager, other)
