"""The Messages page: the list of one's threads, and the one that is open.

Read anew whenever anything is committed, so that a message is there at once in both browsers. What
is typed stays in the browser (messages.js) until the answer says that it was sent.
"""

from functools import partial
from typing import Any

import reflex as rx

from app.models import clock
from app.models.commands.messages import mark_read, send
from app.models.commands.run import perform
from app.models.drafts import read
from app.models.drafts.messages import MessageDraft
from app.models.errors import Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.messages import earlier_start
from app.state.ask import ask
from app.state.live import keep_up
from app.state.login import signed_in, viewer_of
from app.state.messages_screen import (
    Conversation,
    FoundShown,
    ThreadShown,
    conversation,
    find_in,
    first_unread,
    read_screen,
    threads_shown,
)

ANSWERS_KEPT = 6
AROUND_FOUND = 5
LONGEST_KEY = 64


class MessagesState(rx.State):
    """What one person reads and writes."""

    is_ready: bool = False
    is_missing: bool = False
    is_list: bool = True  # the page of the list; on a phone no thread stands beside it
    threads: list[ThreadShown] = []  # noqa: RUF012  # Reflex copies it for each browser
    shown: Conversation = Conversation()
    problem: str = ""
    answers: list[str] = []  # noqa: RUF012  # "key:ok" or "key:refused" of what was sent last
    is_searching: bool = False
    typed: str = ""
    found: list[FoundShown] = []  # noqa: RUF012
    found_id: int = 0
    _wanted: int = 0
    _first_id: int = 0
    _divider: int = 0
    _is_away: bool = False

    @rx.event
    @signed_in
    async def open_messages(self):
        """Show the thread of this address, or the first."""
        end = self.router.url.path.rstrip("/").rpartition("/")[2]
        self.is_list, self._wanted = end == "messages", as_id(end)
        if not self._wanted or self.shown.id != self._wanted:
            self.shown, self._first_id, self._divider, self.problem = Conversation(), 0, 0, ""
            self._close_search()
        await self._read(viewer_of(self))
        self.is_ready = True

    @rx.event(background=True)
    @signed_in
    async def watch(self):
        """Read again after each change, while the page is open."""
        await keep_up(self, self._again)

    async def _again(self, viewer: Viewer) -> None:
        if self.is_ready:
            await self._read(viewer)

    @rx.event
    @signed_in
    async def send(self, form: dict[str, Any]):
        """Send what was written; what is refused goes back into the field."""
        viewer, key = viewer_of(self), str(form.get("key") or "")[:LONGEST_KEY]
        self.problem = ""
        try:
            draft = read(MessageDraft, {"relationship_id": as_id(form.get("to")), "text": form.get("text")})
            await rx.run_in_thread(partial(perform, send, viewer, key, draft))
        except Refusal as refusal:
            self.problem = str(refusal)
        self._divider = 0
        self.answers = [*self.answers, f"{key}:{'refused' if self.problem else 'ok'}"][-ANSWERS_KEPT:]
        await self._read(viewer)

    @rx.event
    @signed_in
    async def note_read(self, relationship_id: int, up_to_id: int):
        """Note that the thread's end was really on screen."""
        viewer, self._is_away = viewer_of(self), False
        await rx.run_in_thread(partial(perform, mark_read, viewer, "", relationship_id, up_to_id))
        await self._read(viewer)

    @rx.event
    @signed_in
    async def leave(self):
        """Note that the tab is out of sight: what comes now, or came a moment ago, is new when its reader is back."""
        self._is_away, self._divider = True, 0
        if self.shown.unread_to:
            await self._read(viewer_of(self))

    @rx.event
    @signed_in
    async def show_earlier(self):
        """Show more of what was written before."""
        await self._reach_back(self._first_id or self._first_shown())

    @rx.event
    @signed_in
    def toggle_search(self):
        """Open or close the search."""
        opens = not self.is_searching
        self._close_search()
        self.is_searching = opens

    @rx.event
    @signed_in
    async def search(self, typed: str):
        """Find what is typed in the open thread."""
        viewer, shown = viewer_of(self), self.shown
        self.typed = typed[:100]
        self.found = await rx.run_in_thread(partial(find_in, viewer, shown.id, self.typed, shown.name))

    @rx.event
    @signed_in
    async def show_found(self, message_id: int):
        """Show a found message where it stands."""
        if message_id < self._first_shown():
            await self._reach_back(message_id, AROUND_FOUND)
        self._close_search()
        self.found_id = message_id

    async def _reach_back(self, before_id: int, count: int = 50) -> None:
        viewer, thread_id = viewer_of(self), self.shown.id
        self._first_id = await ask(earlier_start, viewer, thread_id, before_id, count=count)
        await self._read(viewer)

    async def _read(self, viewer: Viewer) -> None:
        wanted = self._wanted or self.shown.id
        lines, thread = await rx.run_in_thread(partial(read_screen, viewer, wanted, self._first_id))
        now = clock.now()
        if thread and (self._is_away or self.shown.id != thread.relationship_id) and not self._divider:
            self._divider = first_unread(thread)
        shown = conversation(thread, viewer, now, self._divider) if thread else Conversation()
        threads = threads_shown(lines, shown.id, now, viewer.zone)
        if shown != self.shown:
            self.shown = shown
        if threads != self.threads:
            self.threads = threads
        self.is_missing = bool(wanted) and thread is None
        self._first_id = self._first_shown()

    def _first_shown(self) -> int:
        return self.shown.lines[0].id if self.shown.lines else 0

    def _close_search(self) -> None:
        self.is_searching, self.typed, self.found, self.found_id = False, "", [], 0
