"""What a mentor's work comes to, as a card on their page for managers. It knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import icon


def figures(found: Any) -> rx.Component:
    """Show sessions hosted, hours, attendance, missed, and the rating with how it is spread."""
    numbers = rx.el.dl(
        _figure("Sessions hosted", found.hosted),
        _figure("Hours", found.hours),
        _figure("Attendance", rx.cond(found.attendance, found.attendance, "–")),
        _figure("Missed", found.missed),
        class_name="mentor-figures",
    )
    rated = rx.el.div(
        rx.el.p(icon("star", size=14), rx.el.strong(found.rating), class_name="row-tight"),
        rx.el.ul(rx.foreach(found.bars, _bar), class_name="figures-bars", aria_label="How many gave how many stars"),
        class_name="stack-s",
    )
    coming = rx.el.div(
        rx.el.h3("Next sessions"),
        rx.cond(
            found.next.length() > 0,
            rx.el.ul(rx.foreach(found.next, _coming), class_name="figures-next"),
            rx.el.p("Nothing is arranged.", class_name="muted"),
        ),
        class_name="stack-s",
    )
    return rx.el.section(
        rx.el.h2("Sessions so far", id="figures-title"),
        numbers,
        rx.el.div(
            rx.cond(found.rating, rated, rx.el.p("No ratings yet.", class_name="muted")),
            coming,
            class_name="figures-two",
        ),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "figures-title"},
    )


def _figure(label: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(label), rx.el.dd(value))


def _coming(one: Any) -> rx.Component:
    link = rx.el.a(one.title, href=f"/s/{one.id}", class_name="strong break", dir="auto")
    return rx.el.li(link, rx.el.span(one.when, class_name="muted small"), class_name="stack-s", key=one.id)


def _bar(one: Any) -> rx.Component:
    words = rx.el.span(one.stars, rx.cond(one.stars == 1, " star", " stars"), class_name="small")
    bar = rx.el.span(
        rx.el.span(style={"width": one.share.to_string() + "%"}),
        class_name="figures-bar",
        aria_hidden="true",
    )
    return rx.el.li(words, bar, rx.el.span(one.count, class_name="small muted"), key=one.stars)
