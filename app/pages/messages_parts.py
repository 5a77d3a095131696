"""What the two Messages pages share: the state's Vars and handlers in the components. It is no page itself."""

import reflex as rx

from app.components.latch import once
from app.components.messages import Messages, messages
from app.components.messages_thread import Acts
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.messages import MessagesState
from app.state.shell import LoginState

TITLE = "Messages · Meridian"
ON_LOAD = [MessagesState.open_messages, MessagesState.watch]
STYLESHEETS = ["/messages.css"]
SCRIPTS = ["/messages.js"]

MESSAGES = Messages(
    is_list=MessagesState.is_list,
    is_missing=MessagesState.is_missing,
    threads=MessagesState.threads,
    shown=MessagesState.shown,
    problem=MessagesState.problem,
    answers=MessagesState.answers,
    is_searching=MessagesState.is_searching,
    typed=MessagesState.typed,
    found=MessagesState.found,
    found_id=MessagesState.found_id,
    is_manager=LoginState.is_manager,
)
ACTS = Acts(
    send=MessagesState.send,
    note_read=MessagesState.note_read,
    leave=MessagesState.leave,
    show_earlier=MessagesState.show_earlier,
    toggle_search=MessagesState.toggle_search,
    search=MessagesState.search,
    show_found=MessagesState.show_found,
)


def page() -> rx.Component:
    """Show threads and the open one."""
    return shell(once(MessagesState.is_ready, messages(MESSAGES, ACTS), skeleton()), title="Messages", here="/messages")
