"""Whether a person and those they work with may write to each other. What they write is never shown here."""

from typing import Any

import reflex as rx

from app.components.basics import avatar, button, icon, note
from app.components.person_lists import pages


def threads(person: Any, close: Any, reopen: Any) -> rx.Component:
    """List the pairs with what a manager may know and do about their messages."""
    private = "Messages are read only by the two who write them. Managers see that a thread is there, and can close it."
    listed = rx.el.ul(rx.foreach(person.pairs, lambda line: thread(line, close, reopen)), class_name="list")
    nobody = rx.el.p("Messages need an assignment; there is none yet.", class_name="muted person-nothing")
    return rx.el.section(
        rx.el.h2("Messages", id="messages-title"),
        note(private, icon_name="lock"),
        rx.cond(person.pairs.length() > 0, listed, nobody),
        pages(person.pager),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "messages-title"},
    )


def thread(line: Any, close: Any, reopen: Any) -> rx.Component:
    """Show whether one pair may write, whether they did, and the step that is open."""
    named = rx.el.span(" with ", line.other, class_name="visually-hidden")
    shut = button(rx.fragment("Close thread", named), icon_name="lock", on_click=close(line.id))
    again = button(rx.fragment("Reopen thread", named), icon_name="lock-open", on_click=reopen(line.id))
    sign = rx.cond(line.thread_is_open, icon("circle-check"), icon("circle-slash"))
    look = rx.cond(line.thread_is_open, "thread-word is-open", "thread-word")
    return rx.el.li(
        avatar(line.initials),
        rx.el.div(
            rx.el.a(line.other, href=line.other_href, class_name="strong break"),
            rx.el.span(line.word, " · ", line.program, class_name="muted small break"),
            rx.el.span(
                rx.el.span(sign, line.thread, class_name=look),
                rx.el.span(rx.cond(line.has_thread, "There is a thread.", "No thread yet."), class_name="muted small"),
                class_name="thread-line",
            ),
            class_name="stack-s grow",
        ),
        rx.match(line.thread_step, ("close", shut), ("reopen", again), rx.fragment()),
        class_name="pair",
    )
