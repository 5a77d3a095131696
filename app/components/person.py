"""A person's details page. Knows no state; `person` is a Var of queries.person.PersonPage."""

from typing import Any

import reflex as rx

from app.components.basics import avatar, empty, icon, link_button, note, status_badge


def person_page(person: Any, is_missing: Any) -> rx.Component:
    """Show the person, or that there is nobody here for this viewer."""
    nobody = empty(
        "user-x",
        "This person was not found",
        "They may have been removed, or they are not yours to see.",
        link_button("To the start", "/", look="primary"),
    )
    shown = rx.cond(person.id != 0, details(person), rx.fragment())
    return rx.fragment(rx.cond(is_missing, rx.el.div(nobody, class_name="card"), shown))


def details(person: Any) -> rx.Component:
    """Show all there is."""
    return rx.el.div(
        head(person),
        rx.el.div(pairs(person), class_name="person-side stack"),
        rx.el.div(
            sessions("Upcoming sessions", person.upcoming, "Nothing is arranged."),
            sessions("Past sessions", person.past, "There are none yet."),
            class_name="person-main stack",
        ),
        class_name="person",
    )


def head(person: Any) -> rx.Component:
    """Show who they are."""
    return rx.el.section(
        rx.el.div(
            avatar(person.initials),
            rx.el.div(
                rx.el.h2(person.name, class_name="break"),
                rx.cond(person.is_me, rx.el.span("This is you.", class_name="muted small"), rx.fragment()),
                class_name="grow",
            ),
            rx.cond(
                person.book_href,
                link_button("Book Session", person.book_href, look="primary", icon_name="calendar-plus"),
                rx.fragment(),
            ),
            class_name="person-head",
        ),
        rx.cond(
            person.is_deactivated,
            note("This account is deactivated: they cannot sign in, and nothing can be booked.", look="warn"),
            rx.fragment(),
        ),
        rx.el.dl(
            fact("E-mail", rx.el.a(person.email, href=f"mailto:{person.email}"), person.email),
            fact("Roles", roles(person), (person.roles.length() > 0) | (person.rank != "")),
            fact("Local time", rx.el.span(person.local_time, " (", person.zone, ")"), person.local_time),
            fact("About", rx.el.p(person.bio, class_name="prose"), person.bio),
            class_name="facts",
        ),
        class_name="card stack person-card",
        aria_label="Details",
    )


def fact(name: str, value: rx.Component, is_known: Any) -> rx.Component:
    """Show one fact, if it is known."""
    return rx.cond(is_known, rx.fragment(rx.el.dt(name), rx.el.dd(value)), rx.fragment())


def roles(person: Any) -> rx.Component:
    """List what they are where."""
    return rx.el.ul(
        rx.cond(person.rank, rx.el.li(person.rank, " of the organisation"), rx.fragment()),
        rx.foreach(person.roles, lambda role: rx.el.li(role.word, rx.el.span(" in ", role.program))),
    )


def pairs(person: Any) -> rx.Component:
    """List whom they work with."""
    listed = rx.el.ul(rx.foreach(person.pairs, pair), class_name="list")
    return rx.el.section(
        rx.el.h2("Works with", id="pairs-title"),
        rx.cond(person.pairs.length() > 0, listed, rx.el.p("Nobody yet.", class_name="muted")),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "pairs-title"},
    )


def pair(line: Any) -> rx.Component:
    """Show one of them, how far the two are, and the way to book."""
    book = rx.el.a(
        icon("calendar-plus"),
        rx.el.span("Book Session with ", line.other, class_name="visually-hidden"),
        href=line.book_href,
        title="Book Session",
        class_name="button icon-only quiet",
    )
    return rx.el.li(
        avatar(line.initials),
        rx.el.div(
            rx.el.a(line.other, href=line.other_href, class_name="strong break"),
            rx.el.span(line.word, " · ", line.program, class_name="muted small break"),
            rx.el.span(
                rx.el.span(rx.el.span(style={"width": line.percent}), class_name="progress", aria_hidden="true"),
                line.progress,
                class_name="row-tight small",
            ),
            rx.cond(
                line.is_active,
                rx.cond(line.next_words, rx.el.span(line.next_words, class_name="small muted"), rx.fragment()),
                rx.el.span("Ended", class_name="small muted"),
            ),
            class_name="stack-s grow",
        ),
        rx.cond(line.book_href, book, rx.fragment()),
        class_name="pair",
    )


def sessions(title: str, lines: Any, nothing: str) -> rx.Component:
    """List sessions under a heading."""
    name = title.split(maxsplit=1)[0].lower()
    listed = rx.el.ul(rx.foreach(lines, session), class_name="list")
    return rx.el.section(
        rx.el.h2(title, id=f"{name}-title"),
        rx.cond(lines.length() > 0, listed, rx.el.p(nothing, class_name="muted")),
        class_name="card stack",
        custom_attrs={"aria-labelledby": f"{name}-title"},
    )


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
