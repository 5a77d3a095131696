"""The pieces of one's own home. They know no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, icon, link_button, status_badge, text_area


@dataclass(frozen=True)
class Actions:
    """What can be done right here; each is given the session's id, `show` "future" or "past"."""

    join: Any
    start: Any
    accept: Any
    ask_decline: Any
    decline: Any
    show: Any
    show_more: Any


def next_session(found: Any, begins: Any, actions: Actions) -> rx.Component:
    """Show the next session, large, with the way in."""
    nothing = rx.el.div(
        icon("calendar-heart", size=22),
        rx.el.div(
            rx.el.p("Nothing is arranged for you yet.", class_name="strong"),
            rx.el.p("What is booked will stand here, with the way in.", class_name="muted"),
            class_name="stack-s",
        ),
        class_name="card me-nothing",
    )
    return rx.cond(found.length() > 0, rx.foreach(found, lambda one: coming(one, begins, actions)), nothing)


def coming(session: Any, begins: Any, actions: Actions) -> rx.Component:
    """Show one session as the next."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Next session", class_name="label"),
            rx.el.span(
                rx.el.span(begins, class_name="soon"),
                status_badge(session.status, session.word),
                class_name="row-tight",
            ),
            class_name="row-apart",
        ),
        rx.el.h3(session.title, class_name="break", dir="auto"),
        rx.el.p(session.when, class_name="strong"),
        rx.el.p(session.people, class_name="muted break", dir="auto"),
        rx.el.div(
            way_in(session, actions),
            link_button("Open", f"/s/{session.id}", icon_name="arrow-right"),
            class_name="row me-steps",
        ),
        class_name="card next-session stack-s",
    )


def way_in(session: Any, actions: Actions) -> rx.Component:
    """Show Join or Start while that is possible, and before when it will be."""
    join = button("Join", look="primary big", icon_name="video", on_click=actions.join(session.id))
    begin = button("Start session", look="primary big", icon_name="play", on_click=actions.start(session.id))
    later = rx.fragment(
        button("Join", look="big", icon_name="video", disabled=True, custom_attrs={"aria-describedby": "join-hint"}),
        rx.el.span(icon("clock", size=14), session.join_hint, id="join-hint", class_name="small muted me-hint"),
    )
    closed = rx.cond(session.join_hint, later, rx.fragment())
    return rx.fragment(rx.match(session.step, ("enter", join), ("start", begin), closed))


def section(name: str, title: str, icon_name: str, found: Any, show: Any) -> rx.Component:
    """Show one thing that waits, if there is any of it."""
    body = rx.el.section(
        rx.el.h2(icon(icon_name, size=18), title, rx.el.span(found.length(), class_name="count"), id=name),
        rx.el.ul(rx.foreach(found, show), class_name="card me-list"),
        class_name="stack me-section",
        custom_attrs={"aria-labelledby": name},
    )
    return rx.cond(found.length() > 0, body, rx.fragment())


def answer(session: Any, actions: Actions) -> rx.Component:
    """Show a time that waits for one's answer, with the answers."""
    many = session.dates > 1
    return rx.el.li(
        what(session, rx.cond(many, rx.el.span("and ", session.dates - 1, " more dates"), rx.fragment())),
        rx.el.div(
            button(
                rx.cond(many, "Accept all", "Accept"),
                look="primary",
                icon_name="check",
                on_click=actions.accept(session.id),
            ),
            button(rx.cond(many, "Decline all", "Decline"), icon_name="x", on_click=actions.ask_decline(session.id)),
            class_name="row me-answers",
        ),
        class_name="me-line",
        key=session.id,
    )


def what(session: Any, *more: rx.Component) -> rx.Component:
    """Show what a session is, as the link to it."""
    return rx.el.a(
        rx.el.span(session.title, class_name="strong break", dir="auto"),
        rx.el.span(session.when, " ", *more),
        rx.el.span(session.people, class_name="muted small break", dir="auto"),
        href=f"/s/{session.id}",
        class_name="me-what stack-s",
    )


def invitation(session: Any) -> rx.Component:
    """Show a group session that asks whether one comes; its page says what accepting comes to."""
    reply = link_button(
        "Answer",
        f"/s/{session.id}",
        icon_name="mail-open",
        custom_attrs={"aria-label": "Answer the invitation to " + session.title},
    )
    return rx.el.li(what(session), reply, class_name="me-line", key=session.id)


def outcome(session: Any) -> rx.Component:
    """Show a session that is over and asks its host what became of it."""
    record = link_button("Record", f"/s/{session.id}", icon_name="pen-line")
    return rx.el.li(what(session), record, class_name="me-line", key=session.id)


def arrange(pair: Any) -> rx.Component:
    """Show a relationship with sessions to be arranged."""
    href = f"/relationships/{pair.relationship_id}"
    return rx.el.li(
        rx.el.a(
            rx.el.span(pair.partner, class_name="strong break", dir="auto"),
            rx.el.span(pair.numbers, " to be arranged"),
            rx.el.span(pair.program, class_name="muted small break", dir="auto"),
            href=href,
            class_name="me-what stack-s",
        ),
        link_button(
            "Arrange",
            href,
            icon_name="calendar-plus",
            custom_attrs={"aria-label": "Arrange with " + pair.partner},
        ),
        class_name="me-line",
        key=pair.relationship_id,
    )


def thread(found: Any) -> rx.Component:
    """Show a conversation with unread messages."""
    return rx.el.li(
        rx.el.a(
            rx.el.span(found.name, class_name="strong break", dir="auto"),
            rx.el.span(found.program, class_name="muted small break", dir="auto"),
            href=found.href,
            class_name="me-what stack-s",
        ),
        rx.el.a(found.count, " unread", href=found.href, class_name="button"),
        class_name="me-line",
        key=found.href,
    )


def sessions(day: Any, shows_past: Any, actions: Actions) -> rx.Component:
    """Show all one's sessions, those to come or the past ones."""

    def tab(part: str, label: str, is_on: Any) -> rx.Component:
        pressed = {"aria-pressed": rx.cond(is_on, "true", "false")}
        return rx.el.button(
            label, type="button", on_click=actions.show(part), class_name="button", custom_attrs=pressed
        )

    more = rx.el.div(button("Show more", look="quiet", on_click=actions.show_more), class_name="me-more")
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Sessions", id="sessions"),
            rx.el.div(
                tab("future", "Future", ~shows_past),
                tab("past", "Past", shows_past),
                class_name="segmented",
                role="group",
                aria_label="Which sessions",
            ),
            class_name="row-apart",
        ),
        rx.cond(
            shows_past,
            listed(day.past, "No past sessions."),
            listed(day.future, "No sessions ahead."),
        ),
        rx.cond(day.has_more, more, rx.fragment()),
        class_name="stack",
        custom_attrs={"aria-labelledby": "sessions"},
    )


def listed(found: Any, nothing: str) -> rx.Component:
    """List sessions, or say that there are none."""
    none = rx.el.p(nothing, class_name="card muted")
    return rx.cond(found.length() > 0, rx.el.ul(rx.foreach(found, line), class_name="card me-list"), none)


def line(session: Any) -> rx.Component:
    """Show one session of the list; a group session's link can be copied."""
    copy = rx.el.button(
        icon("link"),
        type="button",
        class_name="button quiet icon-only",
        title="Copy the link",
        custom_attrs={"aria-label": "Copy the link of " + session.title, "data-copy": session.link},
    )
    standing = rx.cond(session.standing, rx.el.span(session.standing, class_name="me-standing"), rx.fragment())
    return rx.el.li(
        what(session, standing),
        rx.el.span(
            rx.cond(session.link, copy, rx.fragment()),
            status_badge(session.status, session.word),
            class_name="row-tight",
        ),
        class_name="me-line",
        key=session.id,
    )


def decline_form(declined: Any, may_propose: Any, key: Any, error: Any, actions: Actions) -> rx.Component:
    """Ask whether to decline, and for a reason; where another time may be proposed, show the way to that."""
    instead = rx.cond(may_propose, " You can propose another time on its page instead.", "")
    other_time = link_button("Propose another time", f"/s/{declined}", icon_name="calendar-clock")
    form = rx.el.form(
        rx.el.p("The session is cancelled, and everybody is told.", instead),
        rx.el.div(
            rx.el.label("Reason (you may leave it out)", html_for="reason"),
            text_area("reason", error=error, max_length=2000),
            rx.el.span(error, id="reason-error", class_name="error", role="alert"),
            class_name="field",
        ),
        rx.el.div(
            rx.cond(may_propose, other_time, rx.el.span()),
            rx.el.button("Decline", type="submit", class_name="button danger"),
            class_name="row-apart",
        ),
        on_submit=actions.decline,
        class_name="stack",
        key=key,
    )
    return dialog("Decline this time?", form, is_open=declined > 0, on_close=actions.ask_decline(0))
