"""One thread: its messages, the search in it, and the field one writes in. It knows no state.

What messages.js does hangs on the data- attributes: it keeps what is typed, sends by Enter, and
says what was really seen.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import avatar, button, icon, icon_button, note

FIELD = "message-text"
KEYS = "Enter sends, Shift + Enter begins a new line."


@dataclass(frozen=True)
class Acts:
    """What happens, as handlers."""

    send: Any
    note_read: Any
    leave: Any
    show_earlier: Any
    toggle_search: Any
    search: Any
    show_found: Any


def conversation(page: Any, acts: Acts) -> rx.Component:
    """Show the open thread."""
    shown = page.shown
    return rx.el.section(
        _head(page, acts),
        rx.cond(page.is_searching, _search(page, acts), _log(page, acts)),
        rx.cond(shown.silent, _silent(shown), _composer(page, acts)),
        _signals(shown, acts),
        aria_label="Conversation with " + shown.name.to(str),
        class_name="conversation",
        key=shown.id,
    )


def linked(pieces: Any) -> rx.Component:
    """Show a text with its web addresses as links; everything else stays text."""

    def piece(one: Any) -> rx.Component:
        link = rx.el.a(one.text, href=one.href, target="_blank", rel="noopener noreferrer")
        return rx.cond(one.href, link, rx.fragment(one.text))

    return rx.foreach(pieces, piece)


def _head(page: Any, acts: Acts) -> rx.Component:
    shown = page.shown
    back = rx.el.a(
        icon("arrow-left", size=20),
        href="/messages",
        class_name="button quiet icon-only back",
        custom_attrs={"aria-label": "All messages"},
    )
    name = rx.el.h2(shown.name, class_name="ellipsis", dir="auto")
    about = rx.el.p(shown.about, class_name="muted small ellipsis", dir="auto")
    finder = icon_button(
        "search",
        "Search in this conversation",
        on_click=acts.toggle_search,
        custom_attrs={"aria-expanded": rx.cond(page.is_searching, "true", "false")},
    )
    return rx.el.div(
        back, avatar(shown.initials), rx.el.div(name, about, class_name="grow"), finder, class_name="conversation-head"
    )


def _log(page: Any, acts: Acts) -> rx.Component:
    shown = page.shown
    earlier = button("Earlier messages", look="quiet", icon_name="chevron-up", on_click=acts.show_earlier)
    nothing = rx.el.p("Nothing written yet. Say hello!", class_name="muted nothing-yet")
    inner = rx.el.div(
        rx.cond(shown.has_earlier, rx.el.div(earlier, class_name="earlier"), rx.fragment()),
        rx.cond(shown.lines.length() > 0, rx.fragment(), nothing),
        rx.el.ol(rx.foreach(shown.lines, lambda line: _line(line, shown.name)), class_name="lines"),
    )
    log = rx.el.div(
        inner,
        role="log",
        tab_index=0,
        aria_label="Messages",
        class_name="log",
        custom_attrs={"data-log": "", "data-unread-to": shown.unread_to, "data-found": page.found_id},
    )
    latest = button("New messages", look="primary", icon_name="arrow-down", class_name="latest", hidden=True)
    return rx.el.div(log, rx.el.div(latest, custom_attrs={"data-latest": ""}), class_name="log-frame")


def _line(line: Any, other: Any) -> rx.Component:
    who = rx.cond(line.is_mine, "You", other)
    return rx.el.li(
        rx.cond(line.day, rx.el.h3(line.day, class_name="day"), rx.fragment()),
        rx.cond(line.is_first_unread, rx.el.p("New", class_name="new-from-here"), rx.fragment()),
        rx.el.div(
            rx.el.span(who, ": ", class_name="visually-hidden"),
            rx.el.p(linked(line.pieces), class_name="said", dir="auto"),
            rx.el.time(line.at, date_time=line.instant, class_name="said-at"),
            class_name=rx.cond(line.is_mine, "bubble mine", "bubble"),
        ),
        id="message-" + line.id.to(str),
        key=line.id,
    )


def _search(page: Any, acts: Acts) -> rx.Component:
    def found(one: Any) -> rx.Component:
        text = rx.foreach(
            one.stretches, lambda part: rx.cond(part.is_hit, rx.el.mark(part.text), rx.fragment(part.text))
        )
        return rx.el.li(
            rx.el.p(
                rx.el.span(one.who, class_name="strong", dir="auto"), " · ", one.at, class_name="small muted break"
            ),
            rx.el.p(text, class_name="said", dir="auto"),
            button("Show in the conversation", look="quiet", on_click=acts.show_found(one.id)),
            key=one.id,
        )

    field = rx.el.input(
        id="message-search",
        type="search",
        placeholder="Search in this conversation",
        auto_focus=True,
        auto_complete="off",
        default_value=page.typed,
        on_change=acts.search.debounce(200),
        class_name="input",
        custom_attrs={"aria-label": "Search in this conversation"},
    )
    count = rx.cond(
        page.found.length() > 0,
        rx.cond(page.found.length() == 1, "1 message found.", page.found.length().to(str) + " messages found."),
        rx.cond(page.typed, "No message has these words.", "Capitals and accents do not matter."),
    )
    return rx.el.div(
        rx.el.div(field, icon_button("x", "Close the search", on_click=acts.toggle_search), class_name="row-tight"),
        rx.el.p(count, role="status", class_name="muted small"),
        rx.el.ul(rx.foreach(page.found, found), class_name="list"),
        role="search",
        class_name="thread-search",
    )


def _composer(page: Any, acts: Acts) -> rx.Component:
    area = rx.el.textarea(
        id=FIELD,
        name="text",
        rows=1,
        placeholder="Write a message",
        class_name="input",
        dir="auto",
        custom_attrs={
            "aria-label": "Message to " + page.shown.name.to(str),
            "aria-describedby": "message-privacy message-counter message-problem",
            "aria-invalid": rx.cond(page.problem, "true", "false"),
            "enterKeyHint": "enter",
        },
    )
    sender = rx.el.button(
        icon("send-horizontal", size=18),
        rx.el.span("Send"),
        type="submit",
        class_name="button primary send",
    )
    return rx.el.form(
        rx.el.input(type="hidden", name="to", value=page.shown.id),
        rx.el.input(type="hidden", name="key", default_value=""),
        rx.el.div(area, sender, class_name="composer-row"),
        rx.el.p(page.problem, class_name="form-error", role="alert", id="message-problem"),
        rx.el.div(_privacy(KEYS), rx.el.span(id="message-counter", role="status"), class_name="composer-foot"),
        on_submit=acts.send,
        reset_on_submit=False,
        class_name="composer",
        custom_attrs={
            "data-composer": page.shown.draft,
            "data-answers": page.answers.join(" "),
            "noValidate": True,
        },
    )


def _privacy(keys: str = "") -> rx.Component:
    return rx.el.p(
        icon("lock", size=13),
        rx.el.span("Only you two can read this; managers cannot."),
        rx.el.span(keys, class_name="composer-keys"),
        id="message-privacy",
        class_name="privacy",
    )


def _silent(shown: Any) -> rx.Component:
    return rx.el.div(
        note(shown.silent, icon_name="message-square-lock"),
        rx.el.div(_privacy(), class_name="composer-foot"),
        class_name="composer is-silent",
    )


def _signals(shown: Any, acts: Acts) -> rx.Component:
    """Hold the buttons that messages.js presses when the thread's end was seen, and when the tab is left."""
    return rx.el.div(
        rx.el.button(type="button", on_click=acts.note_read(shown.id, shown.unread_to), custom_attrs={"data-seen": ""}),
        rx.el.button(type="button", on_click=acts.leave, custom_attrs={"data-left": ""}),
        hidden=True,
    )
