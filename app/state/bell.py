"""The bell and the count of unread messages, on every page. `LoginState.stay` keeps them true while a page is open.

It must not cost a page anything while nothing happens: two counts each time somebody commits,
and the list only once it was opened.
"""

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from app.models import clock
from app.models.commands.bell import mark_seen
from app.models.commands.run import perform
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.bell import PAGE, BellLine, Unseen, count_unseen, load_bell
from app.models.queries.messages import count_unread
from app.state.login import signed_in, viewer_of

MOST = 150


@dataclass(frozen=True)
class News:
    """What was read at once; `lines` None: the list was not asked for."""

    unseen: Unseen
    messages: int
    lines: list[BellLine] | None


class BellState(rx.State):
    """How much is new, and the newest notices. Which were new when the panel opened stays marked in it."""

    count: int = 0
    messages: int = 0
    lines: rx.Field[list[BellLine]] = rx.field(default_factory=list)
    has_more: bool = False
    is_read: bool = False
    _most: int = PAGE
    _new: frozenset[int] = frozenset()

    @rx.event
    @signed_in
    async def open_bell(self):
        """Show the newest notices, and mark them as seen."""
        viewer = viewer_of(self)
        self._most, self._new = PAGE, frozenset()
        await self._read(viewer, lists=True)
        if self.count and self.lines:
            newest = max(line.id for line in self.lines)
            await rx.run_in_thread(lambda: perform(mark_seen, viewer, "", newest))
            await self._read(viewer, lists=True)

    @rx.event
    @signed_in
    async def show_earlier(self):
        """Show more of what was told before."""
        self._most = min(self._most + PAGE, MOST)
        await self._read(viewer_of(self), lists=True)

    async def _read(self, viewer: Viewer, *, lists: bool) -> datetime | None:
        """Read again what is shown; gives when the next notice falls due. Only what changed is sent."""
        most = self._most + 1 if lists else 0
        news = await rx.run_in_thread(lambda: read_news(viewer, clock.now(), most))
        if news.lines is not None:
            self._show(news.lines)
        for name, value in (("count", news.unseen.count), ("messages", news.messages)):
            if getattr(self, name) != value:
                setattr(self, name, value)
        return news.unseen.next_at

    def _show(self, lines: list[BellLine]) -> None:
        self._new |= {line.id for line in lines if line.is_new}
        shown = [
            BellLine(line.id, line.icon, line.text, line.href, line.ago, line.id in self._new)
            for line in lines[: self._most]
        ]
        if shown != self.lines:
            self.lines = shown
        self.has_more, self.is_read = len(lines) > self._most and self._most < MOST, True

    async def _follow(self, viewer: Viewer) -> datetime | None:
        """Do what a watcher does at each wake: count, and list again where the list is shown and something is new."""
        before = self.count
        next_at = await self._read(viewer, lists=False)
        if self.is_read and self.count != before:
            await self._read(viewer, lists=True)
        return next_at


def read_news(viewer: Viewer, now: datetime, most: int) -> News:
    """Count what is new, and list the newest `most` notices; 0 lists none. Two queries without a list."""
    with reading() as db:
        unseen = count_unseen(db, viewer, now)
        messages = count_unread(db, viewer) if viewer.mentored or viewer.attended else 0
        return News(unseen, messages, load_bell(db, viewer, now, most) if most else None)
