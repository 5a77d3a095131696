"""The pieces of the dashboard."""

from typing import Any

import reflex as rx

from app.components.basics import icon, status_badge


def piles(found: Any) -> rx.Component:
    """Show what waits, kind by kind."""
    calm = rx.el.p(
        icon("circle-check", size=20),
        "Nothing needs you now.",
        class_name="card calm",
    )
    return rx.el.section(
        rx.el.h2("Needs action", id="piles"),
        rx.cond(found.length() > 0, rx.el.div(rx.foreach(found, pile), class_name="piles"), calm),
        class_name="stack",
        custom_attrs={"aria-labelledby": "piles"},
    )


def first_steps(steps: Any) -> rx.Component:
    """Lead a new organisation to its first session."""
    return rx.el.section(
        rx.el.h2("First steps", id="first-steps"),
        rx.el.ol(rx.foreach(steps, first_step), class_name="card list-card"),
        class_name="stack",
        custom_attrs={"aria-labelledby": "first-steps"},
    )


def first_step(step: Any) -> rx.Component:
    """Show one of them: done, to be taken now, or later."""
    words = rx.el.span(
        rx.el.span(step.title, class_name="strong"),
        rx.el.span(step.detail, class_name="small muted"),
        class_name="line-what",
    )
    done = rx.el.div(
        icon("circle-check", size=20), words, rx.el.span("Done", class_name="small"), class_name="first-step is-done"
    )
    go = rx.cond(step.is_next, icon("arrow-right"), rx.fragment())
    look = rx.cond(step.is_next, "first-step is-next", "first-step")
    return rx.el.li(
        rx.cond(step.is_done, done, rx.el.a(icon("circle", size=20), words, go, href=step.href, class_name=look))
    )


def pile(found: Any) -> rx.Component:
    """Show one kind: how many, the first few, the way to all."""
    return rx.el.article(
        rx.el.a(
            rx.el.span(found.count, class_name="count"),
            rx.el.h3(found.heading),
            icon("chevron-right"),
            href=found.href,
            class_name="pile-head",
        ),
        rx.el.ul(rx.foreach(found.things, thing), class_name="pile-things"),
        class_name=f"card pile is-{found.need}",
    )


def thing(found: Any) -> rx.Component:
    """Show one thing that waits, as a link to where it is done."""
    return rx.el.li(
        rx.el.a(
            rx.el.span(found.title, class_name="thing-title ellipsis"),
            rx.el.span(found.detail, class_name="small muted ellipsis"),
            href=found.href,
            class_name="thing",
        )
    )


def today(day: Any) -> rx.Component:
    """Show today's sessions in order."""
    nobody = rx.el.p("No sessions today.", class_name="muted quiet-day")
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Today", id="today"),
            rx.el.span(day.name, class_name="muted"),
            rx.el.a("Calendar", href="/calendar", class_name="to-calendar"),
            class_name="row",
        ),
        rx.el.div(rx.cond(day.lines.length() > 0, lines(day), nobody), class_name="card list-card"),
        class_name="stack",
        custom_attrs={"aria-labelledby": "today"},
    )


def week(days: Any) -> rx.Component:
    """Show the days ahead."""
    return rx.el.section(
        rx.el.h2("The next days", id="week"),
        rx.el.div(rx.foreach(days, week_day), class_name="card list-card"),
        class_name="stack",
        custom_attrs={"aria-labelledby": "week"},
    )


def week_day(day: Any) -> rx.Component:
    """Show one of them."""
    nothing = rx.el.span("Nothing", class_name="muted small")
    return rx.el.div(
        rx.el.h3(rx.el.a(day.name, href=day.href)),
        rx.cond(day.lines.length() > 0, lines(day), nothing),
        class_name="week-day",
    )


def lines(day: Any) -> rx.Component:
    """Show a day's sessions, and how many more there are."""
    more = rx.el.a("+", day.more, " more", href=day.href, class_name="more")
    return rx.el.div(
        rx.el.ul(rx.foreach(day.lines, line)),
        rx.cond(day.more > 0, more, rx.fragment()),
    )


def line(session: Any) -> rx.Component:
    """Show a session as one line."""
    return rx.el.li(
        rx.el.a(
            rx.el.span(session.hours, class_name="line-hours"),
            rx.el.span(
                rx.el.span(session.title, class_name="strong ellipsis"),
                rx.el.span(session.people, class_name="small muted ellipsis"),
                class_name="line-what",
            ),
            status_badge(session.status, session.word),
            href=session.href,
            class_name="line",
        )
    )
