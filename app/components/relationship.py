"""One relationship's page: the two people, how far they are, and the table of their numbered sessions.

It shows what it is given and calls the handlers it is given; it decides nothing.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import avatar, button, empty, icon, link_button, note, status_badge
from app.components.history import history
from app.components.relationships import progress
from app.components.session_card_steps import shown_if


@dataclass(frozen=True)
class PairActions:
    """The handlers behind the page's buttons. `open_form` takes a form's name."""

    open_form: Any
    add: Any
    close_thread: Any
    reopen_thread: Any


def relationship_page(page: Any, actions: PairActions, *, missing: Any, busy: Any, error: Any) -> rx.Component:
    """Show the relationship, or that it is not there for this viewer."""
    gone = empty(
        "user-x",
        "This relationship was not found",
        "It may have been removed, or it is not yours to see.",
        link_button("My Relationships", "/relationships", icon_name="users"),
    )
    shown = rx.el.div(
        rx.cond(page.ended, ended(page), rx.fragment()),
        rx.el.p(error, class_name="form-error", role="alert"),
        head(page, actions),
        sessions(page, actions, busy),
        history(page.history, between=" · ", class_name="card"),
        class_name="stack relationship",
    )
    there = rx.cond(page.id != 0, shown, rx.el.div(class_name="skeleton tall"))
    return rx.cond(missing, rx.el.div(gone, class_name="card"), there)


def ended(page: Any) -> rx.Component:
    """Say that the two no longer work together."""
    said = rx.fragment(
        "This assignment ended on ",
        page.ended,
        ". What has been can still be viewed; nothing new can be arranged or written.",
    )
    return note(said, icon_name="archive")


def head(page: Any, actions: PairActions) -> rx.Component:
    """Show who works together in what, how far they are, and the ways to write and to the list."""
    messages = link_button("Messages", page.messages_href, icon_name="message-square")
    return rx.el.section(
        rx.el.div(
            person(page.mentor, page.mentor_word), person(page.mentee, page.mentee_word), class_name="pair-people"
        ),
        rx.el.dl(
            fact("Programme", page.program),
            fact("Progress", progress(page.progress, page.percent)),
            fact("Next session", rx.cond(page.next_words, page.next_words, "Nothing arranged")),
            class_name="pair-facts",
        ),
        shown_if(page.messages_href, messages),
        shown_if(page.thread_step, thread(page, actions)),
        class_name="card pair-head",
        aria_label="The two and their programme",
    )


def thread(page: Any, actions: PairActions) -> rx.Component:
    """Say to a manager whether the two may write to each other, and offer to change it."""
    is_open = page.thread_step == "close"
    words = rx.el.span(
        rx.cond(is_open, icon("circle-check"), icon("circle-slash")),
        rx.cond(is_open, "They may write to each other.", "Their messages are closed."),
        class_name="strong pair-standing",
    )
    hint = rx.cond(
        is_open,
        "Only the two read what they write. Closing lets them write no more; they still read what is there.",
        "They still read what is there. Reopening lets them write again. Both are told.",
    )
    step = rx.cond(
        is_open,
        button("Close thread", icon_name="lock", on_click=actions.close_thread),
        button("Reopen thread", icon_name="lock-open", on_click=actions.reopen_thread),
    )
    said = rx.el.div(words, rx.el.span(hint, class_name="muted small", id="thread-hint"), class_name="stack-none grow")
    return rx.el.div(said, step, class_name="pair-thread")


def person(one: Any, word: Any) -> rx.Component:
    """Show one of the two."""
    return rx.el.div(
        avatar(one.initials),
        rx.el.div(
            rx.el.a(one.name, href=one.href, class_name="strong break"),
            rx.el.span(word, rx.cond(one.is_me, " (you)", ""), class_name="muted small"),
            class_name="stack-none",
        ),
        class_name="row-tight",
    )


def fact(name: str, value: Any) -> rx.Component:
    """Show one fact."""
    return rx.el.div(rx.el.dt(name, class_name="muted small"), rx.el.dd(value, class_name="strong break"))


def sessions(page: Any, actions: PairActions, busy: Any) -> rx.Component:
    """Show the numbered sessions, and what can be done with all of them."""
    heads = ("Session", "Status", "Date and time", "Place")
    table = rx.el.table(
        rx.el.caption("The sessions of this relationship, by number", class_name="visually-hidden"),
        rx.el.thead(
            rx.el.tr(
                *(rx.el.th(head_, scope="col") for head_ in heads),
                rx.el.th(rx.el.span("Open", class_name="visually-hidden"), scope="col"),
            )
        ),
        rx.el.tbody(rx.foreach(page.sessions, session)),
        class_name="numbered-table",
    )
    none = empty("calendar-plus", "There are no sessions yet.", "Add one to arrange it.")
    return rx.el.section(
        rx.el.div(rx.el.h2("Sessions", id="sessions-title"), steps(page, actions, busy), class_name="row-apart"),
        rx.cond(page.sessions.length() > 0, table, none),
        rx.el.p("Times are in ", page.zone, ".", class_name="muted small"),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "sessions-title"},
    )


def steps(page: Any, actions: PairActions, busy: Any) -> rx.Component:
    """Show what can be done with the whole relationship."""

    def opens(form: str, label: str, icon_name: str, look: str = "") -> rx.Component:
        return button(label, look=look, icon_name=icon_name, on_click=actions.open_form(form))

    return rx.el.div(
        shown_if(page.may_arrange_all, opens("all", "Arrange all", "calendar-range", "primary")),
        shown_if(page.may_change, button("Add a session", icon_name="plus", on_click=actions.add, disabled=busy)),
        shown_if(page.may_record, opens("past", "Record a session that took place", "pen-line")),
        shown_if(page.may_end, opens("end", "End assignment", "unlink", "danger")),
        class_name="row pair-steps",
    )


def session(one: Any) -> rx.Component:
    """Show one numbered session."""
    when = rx.cond(
        one.day,
        rx.fragment(
            rx.el.span(one.day, class_name="strong"), rx.el.span(" "), rx.el.span(one.hours, class_name="muted")
        ),
        rx.el.span("No time yet", class_name="muted"),
    )
    title = rx.cond(one.title, rx.el.span(one.title, class_name="muted small clamp"), rx.fragment())
    changes = rx.el.a(
        icon("pencil"),
        "Edit",
        rx.el.span(" ", one.name, class_name="visually-hidden"),
        href=one.href,
        class_name="button",
    )
    views = rx.el.a(
        icon("eye"), "View", rx.el.span(" ", one.name, class_name="visually-hidden"), href=one.href, class_name="button"
    )
    return rx.el.tr(
        rx.el.th(rx.el.div(rx.el.span(one.name), title, class_name="stack-none"), scope="row"),
        rx.el.td(status_badge(one.status, one.word), class_name="cell-status"),
        rx.el.td(when, class_name="cell-when"),
        rx.el.td(rx.el.span(one.place, class_name="clamp"), class_name="cell-place"),
        rx.el.td(rx.cond(one.changes, changes, views), class_name="cell-open"),
        key=one.id,
    )
