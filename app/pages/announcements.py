"""The announcements of managers: what was sent, and writing a new one (A6). It decides nothing."""

import reflex as rx

from app.components.announcement_form import Actions, Form, form
from app.components.announcements import sent_list
from app.components.basics import button, empty
from app.components.latch import once
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.announcements import AnnouncementsState as State
from app.state.shell import LoginState

ROUTE = "/announcements"
TITLE = "Announcements · Meridian"
ON_LOAD = [State.opened, State.follow]
STYLESHEETS = ["/book.css", "/announcements.css"]

FORM = Form(
    choices=State.choices,
    reaches=State.reaches,
    chosen=State.chosen,
    reached=State.reached,
    finder=State.finder,
    errors=State.errors,
    subject=State.subject,
    is_asking=State.is_asking,
)
ACTIONS = Actions(
    leave=State.leave,
    choose=State.choose,
    search=State.search.debounce(150),
    close_search=State.close_search,
    add_person=State.add_person,
    drop_person=State.drop_person,
    ask=State.ask,
    stay=State.stay,
    send=State.send,
)


def page() -> rx.Component:
    """Show the list, or the form in its place."""
    sent = sent_list(State.sent, State.has_more, on_write=State.write, on_earlier=State.show_earlier)
    listed = once(State.is_ready, sent, skeleton())
    shown = rx.cond(State.is_writing, form(FORM, ACTIONS), listed)
    closed = empty("lock", "This is for managers.", "What was announced to you is at the bell.")
    new = rx.cond(
        State.is_writing,
        rx.fragment(),
        button("New announcement", look="primary", icon_name="plus", on_click=State.write),
    )
    content = rx.cond(LoginState.is_manager, shown, closed)
    actions = (rx.cond(LoginState.is_manager, new, rx.fragment()),)
    return shell(content, title="Announcements", here="/announcements", actions=actions)
