"""A public profile, live. The same content and classes as `delivery/templates/mentor.html`. It knows no state."""

from typing import Any

import reflex as rx

from app.components.group import live_view, missing, piece


def mentor_view(mentor: Any, title: Any, organisation: Any, logo: Any) -> rx.Component:
    """Show the profile, or say that there is none."""
    content = rx.cond(mentor.name, profile(mentor), missing(title, "The link may be cut off.", ""))
    return live_view(content, mentor.name == "", mentor, organisation, logo)


def profile(mentor: Any) -> rx.Component:
    """Show who it is, and what they offer."""
    bio = rx.el.p(rx.foreach(mentor.bio, piece), class_name="prose mentor-bio", dir="auto")
    lines = rx.el.ul(rx.foreach(mentor.lines, line), class_name="mentor-lines")
    return rx.el.article(
        rx.el.div(
            rx.el.span(mentor.initials, class_name="avatar mentor-avatar", aria_hidden="true"),
            rx.el.h1(mentor.name, class_name="break", dir="auto"),
            rx.cond(mentor.held, record(mentor), rx.fragment()),
            rx.cond(mentor.bio, bio, rx.fragment()),
            class_name="group-head stack",
        ),
        rx.el.section(
            rx.el.h2("Upcoming group sessions"),
            rx.cond(mentor.lines, lines, rx.el.p("None is planned at the moment.", class_name="muted")),
            class_name="group-body stack",
        ),
        class_name="group mentor",
    )


def record(mentor: Any) -> rx.Component:
    """Say how many sessions they held, and how those were rated."""
    rating = rx.el.span(rx.el.span("★ ", class_name="mentor-star", aria_hidden="true"), mentor.rating)
    return rx.el.p(
        rx.el.span(mentor.held),
        rx.cond(mentor.rating, rating, rx.fragment()),
        class_name="mentor-record muted",
    )


def line(one: Any) -> rx.Component:
    """Show one session, and the way to it: a whole page, so that its first HTML comes first."""
    named = {"aria-label": f"View group session: {one.title}", "reloadDocument": True}
    return rx.el.li(
        rx.el.h3(one.title, class_name="break", dir="auto"),
        rx.el.p(rx.el.time(one.when, date_time=one.start_iso)),
        rx.el.p(one.places, class_name="muted"),
        rx.cond(one.stand, rx.el.p(one.stand, class_name="mentor-stand"), rx.fragment()),
        rx.el.a("View group session", href=one.href, class_name="button", custom_attrs=named),
        class_name="card",
    )
