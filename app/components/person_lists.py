"""The long lists of a person's page: sessions, history, and the way through their pages."""

from typing import Any

import reflex as rx

from app.components.basics import icon, status_badge


def sessions(person: Any, future_href: str, past_href: str) -> rx.Component:
    """List the sessions ahead or gone by."""
    switch = rx.el.div(
        switch_to("Future", future_href, ~person.is_past),
        switch_to("Past", past_href, person.is_past),
        class_name="segmented",
        role="group",
        aria_label="Which sessions",
    )
    nothing = rx.cond(person.is_past, "There are none yet.", "Nothing is arranged.")
    listed = rx.el.ul(rx.foreach(person.sessions, session), class_name="list")
    return rx.el.section(
        rx.el.div(rx.el.h2("Sessions", id="sessions-title"), switch, class_name="row-apart"),
        rx.cond(person.sessions.length() > 0, listed, rx.el.p(nothing, class_name="muted person-nothing")),
        pages(person.pager),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "sessions-title"},
    )


def switch_to(label: str, href: str, is_here: Any) -> rx.Component:
    """Lead to one of the two lists."""
    attributes = {"aria-current": rx.cond(is_here, "true", "false")}
    look = rx.cond(is_here, "button is-chosen", "button")
    return rx.el.a(label, href=href, class_name=look, custom_attrs=attributes)


def session(line: Any) -> rx.Component:
    """Show one session as a link to its page."""
    return rx.el.li(
        rx.el.div(
            rx.el.a(line.title, href=line.href, class_name="strong break"),
            rx.el.span(
                line.when,
                rx.cond(line.with_whom, rx.el.span(" · ", line.with_whom), rx.fragment()),
                class_name="muted small break",
            ),
            class_name="stack-s grow",
        ),
        status_badge(line.status, line.status_word),
        class_name="row-tight session-line",
    )


def history(person: Any) -> rx.Component:
    """List what became of them, the latest first."""
    nothing = rx.el.p("Nothing has happened yet.", class_name="muted person-nothing")
    listed = rx.el.ol(rx.foreach(person.history, step), class_name="list")
    return rx.el.section(
        rx.el.h2("History", id="history-title"),
        rx.cond(person.history.length() > 0, listed, nothing),
        pages(person.pager),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "history-title"},
    )


def step(line: Any) -> rx.Component:
    """Show one step: who did what, about which session or pair, when and why."""
    about = rx.cond(line.href, rx.el.a(line.about, href=line.href), rx.el.span(line.about))
    return rx.el.li(
        rx.el.span(
            rx.el.span(line.who, class_name="strong"),
            " ",
            line.what,
            rx.cond(line.about, rx.fragment(" · ", about), rx.fragment()),
            class_name="break",
        ),
        rx.cond(line.reason, rx.el.span("“", line.reason, "”", class_name="break prose"), rx.fragment()),
        rx.el.span(line.at, class_name="muted small"),
        class_name="stack-s",
    )


def pages(pager: Any) -> rx.Component:
    """Lead to the pages before and after; an only page needs none."""
    both = rx.el.nav(
        page_link("Previous", "chevron-left", pager.previous_href),
        rx.el.span(pager.words, class_name="muted"),
        page_link("Next", "chevron-right", pager.next_href),
        class_name="row pager",
        aria_label="Pages",
    )
    return rx.cond(pager.words, both, rx.fragment())


def page_link(label: str, sign: str, href: Any) -> rx.Component:
    """Lead to another page, if there is one."""
    return rx.cond(href, rx.el.a(icon(sign), label, href=href, class_name="button"), rx.fragment())
