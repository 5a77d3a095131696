"""One's own home: for mentors and mentees, and for managers who look at their own sessions. It decides nothing."""

import reflex as rx

from app.components import me
from app.components.basics import link_button, note
from app.components.latch import once
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.me import MeState

ROUTE = "/me"
TITLE = "Today · Meridian"
ON_LOAD = [MeState.follow]
STYLESHEETS = ["/me.css"]
SCRIPTS = ["/me.js"]

ACTIONS = me.Actions(
    join=MeState.join,
    start=MeState.start_session,
    accept=MeState.accept,
    ask_decline=MeState.ask_decline,
    decline=MeState.decline,
    show=MeState.show,
    show_more=MeState.show_more,
)


def page() -> rx.Component:
    """Show what comes next and what waits, beside all sessions."""
    book = link_button("Book a session", "/book", look="primary", icon_name="plus", class_name="desk-only")
    return shell(once(MeState.is_ready, home(), skeleton()), title="Today", here="/me", actions=(book,))


def home() -> rx.Component:
    """Compose the page."""
    day = MeState.day
    return rx.fragment(
        rx.cond((MeState.error != "") & (MeState.declined == 0), note(MeState.error, look="danger"), rx.fragment()),
        rx.el.div(
            rx.el.div(
                me.next_session(day.next, day.begins, ACTIONS),
                me.section(
                    "answers", "Waiting for my answer", "circle-help", day.answers, lambda one: me.answer(one, ACTIONS)
                ),
                me.section("invitations", "Invitations", "mail-open", day.invitations, me.invitation),
                me.section("outcomes", "Awaiting their outcome", "pen-line", day.outcomes, me.outcome),
                me.section("unread", "Unread messages", "message-square", day.unread, me.thread),
                me.section("to-arrange", "To be arranged", "calendar-plus", day.to_arrange, me.arrange),
                class_name="stack-l",
            ),
            me.sessions(day, MeState.shows_past, ACTIONS),
            class_name="me",
        ),
        me.decline_form(MeState.declined, MeState.may_propose, MeState.key, MeState.error, ACTIONS),
    )
