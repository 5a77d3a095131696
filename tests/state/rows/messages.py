"""The Messages page: everything here reaches for the thread of two other people."""

from app.state.login import SIGNED_IN
from app.state.messages_screen import Conversation
from tests.state.callers import HOST, MESSAGE, RELATIONSHIP
from tests.state.rows.base import Row

THREAD = f"/messages/{RELATIONSHIP}"
OPEN = {"shown": Conversation(id=RELATIONSHIP), "_wanted": RELATIONSHIP, "is_ready": True}
WRITTEN = {"to": str(RELATIONSHIP), "key": "a" * 32, "text": "Taken over"}

ROWS: dict[str, Row] = {
    "MessagesState.open_messages": Row(SIGNED_IN, path=THREAD),
    "MessagesState.watch": Row(SIGNED_IN, values=OPEN, path=THREAD),
    "MessagesState.send": Row(SIGNED_IN, (WRITTEN,), OPEN, THREAD, HOST),
    "MessagesState.note_read": Row(SIGNED_IN, (RELATIONSHIP, MESSAGE), OPEN, THREAD, HOST),
    "MessagesState.leave": Row(SIGNED_IN, values=OPEN, path=THREAD),
    "MessagesState.show_earlier": Row(SIGNED_IN, values=OPEN, path=THREAD),
    "MessagesState.toggle_search": Row(SIGNED_IN, values=OPEN, path=THREAD),
    "MessagesState.search": Row(SIGNED_IN, ("confidential",), OPEN, THREAD),
    "MessagesState.show_found": Row(SIGNED_IN, (MESSAGE,), OPEN, THREAD),
}
