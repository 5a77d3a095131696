"""The announcements of managers: what was sent, and writing a new one (A6). It decides nothing."""

import reflex as rx

from app.components import announcements as parts
from app.components.basics import button, empty
from app.components.latch import once
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.announcements import AnnouncementsState as State
from app.state.shell import LoginState

ROUTE = "/announcements"
TITLE = "Announcements · Meridian"
ON_LOAD = [State.opened, State.follow]
STYLESHEETS = ["/announcements.css"]

FORM = parts.Form(
    choices=State.choices,
    reaches=State.reaches,
    chosen=State.chosen,
    reached=State.reached,
    found=State.found,
    finds=State.finds,
    errors=State.errors,
    subject=State.subject,
    is_asking=State.is_asking,
)
ACTIONS = parts.Actions(
    write=State.write,
    leave=State.leave,
    choose=State.choose,
    search=State.search,
    close_search=State.close_search,
    add_person=State.add_person,
    drop_person=State.drop_person,
    ask=State.ask,
    stay=State.stay,
    send=State.send,
    show_earlier=State.show_earlier,
)


def page() -> rx.Component:
    """Show the list, or the form in its place."""
    listed = once(State.is_ready, parts.sent_list(State.sent, State.has_more, ACTIONS), skeleton())
    shown = rx.cond(State.is_writing, parts.form(FORM, ACTIONS), listed)
    closed = empty("lock", "This is for managers.", "What was announced to you is at the bell.")
    new = rx.cond(
        State.is_writing,
        rx.fragment(),
        button("New announcement", look="primary", icon_name="plus", on_click=State.write),
    )
    content = rx.cond(LoginState.is_manager, shown, closed)
    actions = (rx.cond(LoginState.is_manager, new, rx.fragment()),)
    return shell(content, title="Announcements", here="/announcements", actions=actions)
