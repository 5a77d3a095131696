"""One's own home: what a mentor or mentee needs today. Read again at each change, and by the clock.

Joining, accepting and declining are the very commands of the session's card.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock
from app.models.commands.answering import accept, decline
from app.models.commands.meeting import enter, start
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import Refusal
from app.models.ids import as_id
from app.models.meeting_server import SILENT, open_room
from app.models.permissions import Viewer
from app.models.queries.me import PAGE, MySession, ToArrange, load_mine
from app.models.words import Scope
from app.state.live import keep_up
from app.state.login import signed_in, viewer_of

CLOCK_SECONDS = 20.0
"""So often an open page looks at the clock: what was next has begun, or can be joined."""
MOST = 200
LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Unread:
    """A thread with unread messages."""

    href: str
    name: str
    program: str
    count: int


@dataclass(frozen=True)
class Day:
    """Everything the page shows; `next` has id 0 where nothing is ahead."""

    next: list[MySession] = field(default_factory=list[MySession])
    begins: str = ""
    answers: list[MySession] = field(default_factory=list[MySession])
    invitations: list[MySession] = field(default_factory=list[MySession])
    outcomes: list[MySession] = field(default_factory=list[MySession])
    to_arrange: list[ToArrange] = field(default_factory=list[ToArrange])
    unread: list[Unread] = field(default_factory=list[Unread])
    future: list[MySession] = field(default_factory=list[MySession])
    past: list[MySession] = field(default_factory=list[MySession])
    has_more: bool = False


class MeState(rx.State):
    """What one person's home shows, and the answer being given."""

    is_ready: bool = False
    day: Day = Day()
    shows_past: bool = False
    busy: bool = False
    error: str = ""
    declined: int = 0  # the session whose decline is being confirmed, 0 for none
    may_propose: bool = False
    key: str = ""
    _most: int = PAGE

    @rx.event(background=True)
    @signed_in
    async def follow(self):
        """Show the page, and again after each change, for as long as it is open."""
        await keep_up(self, self._again)

    @rx.event
    @signed_in
    async def show(self, part: str):
        """Show the sessions to come, or the past ones."""
        self.shows_past, self._most = part == "past", PAGE
        await self._read(viewer_of(self))

    @rx.event
    @signed_in
    async def show_more(self):
        """Show more of the list."""
        self._most = min(self._most + 2 * PAGE, MOST)
        await self._read(viewer_of(self))

    @rx.event
    @signed_in
    async def join(self, session_id: int):
        """Go in, and open the meeting in a new tab."""
        way = await self._give(enter, "", as_id(session_id))
        return await self._open(way)

    @rx.event
    @signed_in
    async def start_session(self, session_id: int):
        """Start as the host."""
        way = await self._give(start, "", as_id(session_id))
        return await self._open(way)

    @rx.event
    @signed_in
    async def accept(self, session_id: int):
        """Accept a time; all the dates of a series that wait."""
        wanted = as_id(session_id)
        if await self._give(accept, f"accept:{wanted}", wanted, self._scope(wanted)) is not None:
            return rx.toast.success("Accepted. Everybody is told.")
        return None

    @rx.event
    @signed_in
    async def ask_decline(self, session_id: int):
        """Ask for the reason first; 0 leaves it."""
        self.declined, self.key, self.error = as_id(session_id), uuid4().hex, ""
        self.may_propose = any(one.may_propose for one in self.day.answers if one.id == self.declined)

    @rx.event
    @signed_in
    async def decline(self, form: dict[str, Any]):
        """Decline the time that was asked about, with its reason if one was given."""
        wanted, reason = self.declined, str(form.get("reason", ""))[:LONGEST_REASON].strip()
        if await self._give(decline, self.key, wanted, reason, self._scope(wanted)) is None:
            return None
        self.declined = 0
        return rx.toast.success("Declined. Everybody is told.")

    async def _give(self, command: Any, key: str, *args: Any) -> dict[str, Any] | None:
        """Carry out one command and read again; a refusal is shown, and gives None."""
        viewer = viewer_of(self)
        self.error = ""
        try:
            result = await rx.run_in_thread(lambda: perform(command, viewer, key, *args))
        except Refusal as refusal:
            self.error = str(refusal)
            result = None
        await self._read(viewer)
        return result

    async def _open(self, way: dict[str, Any] | None) -> Any:
        if not way or not way["link"]:
            return None
        if way["create"] and not await open_room(way["create"]):
            self.error = SILENT
            return None
        return rx.redirect(way["link"], is_external=True)

    def _scope(self, session_id: int) -> Scope:
        waits = next((one for one in self.day.answers if one.id == session_id), None)
        return Scope.ALL if waits and waits.dates > 1 else Scope.THIS

    async def _again(self, viewer: Viewer) -> float:
        await self._read(viewer)
        return CLOCK_SECONDS

    async def _read(self, viewer: Viewer) -> None:
        most, past = self._most, self.shows_past
        day = await rx.run_in_thread(partial(read_day, viewer, clock.now(), most, past=past))
        if day != self.day:
            self.day = day
        if not self.is_ready:
            self.is_ready = True


def read_day(viewer: Viewer, now: datetime, most: int, *, past: bool) -> Day:
    """Read everything the page shows, in one connection; `most` is for the part of the list that is open."""
    with reading() as db:
        mine = load_mine(db, viewer, now, future=PAGE if past else most, past=most if past else PAGE)
    part = mine.past if past else mine.future
    return Day(
        next=[mine.next] if mine.next else [],
        begins=how_soon(mine.next.start_at, now) if mine.next else "",
        answers=list(mine.answers),
        invitations=list(mine.invitations),
        outcomes=list(mine.outcomes),
        to_arrange=list(mine.to_arrange),
        unread=[Unread(f"/messages/{t.relationship_id}", t.other_name, t.program, t.unread) for t in mine.unread],
        future=[] if past else list(mine.future.sessions),
        past=list(mine.past.sessions) if past else [],
        has_more=part.has_more and most < MOST,
    )


def how_soon(start_at: datetime, now: datetime) -> str:
    """Say how soon a session begins, in whole minutes, hours or days."""
    minutes = int((start_at - now).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"in {minutes} minute{'s' if minutes > 1 else ''}"
    if minutes < 24 * 60:
        return f"in {minutes // 60} hour{'s' if minutes >= 120 else ''}"
    return f"in {minutes // (24 * 60)} day{'s' if minutes >= 48 * 60 else ''}"
