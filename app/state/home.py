"""The dashboard: what waits, today, the week ahead; read again whenever something is committed."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import reflex as rx

from app.models import clock, hub
from app.models.database import reading
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.queries.calendar import DayOfEntries, Entry, entries_by_day
from app.models.queries.calendar_filters import Filters
from app.models.queries.dashboard import Item, Need, Waiting, what_waits
from app.models.spoken import hours, short_day
from app.models.words import CALENDAR_WORDS, Shown
from app.state.login import find_viewer, signed_in
from app.state.shell import looks_personally

DAYS = 7
MOST_TODAY, MOST_A_DAY = 12, 3
CLOCK_SECONDS = 30.0
"""So often an open dashboard looks at the clock: what was next has begun."""
WORTH_SHOWING = Filters(statuses=frozenset(Shown) - {Shown.CANCELLED, Shown.RESCHEDULED})
COMING = (Shown.LIVE, Shown.SCHEDULED, Shown.PENDING)

HEADINGS = {
    Need.ANSWER: ("Waiting for an answer", "/calendar?status=pending"),
    Need.OUTCOME: ("Awaiting their outcome", "/calendar?status=awaiting"),
    Need.TOO_FEW: ("Fewer people than needed", "/calendar"),
    Need.MAIL: ("Mail that could not be delivered", "/outbox?status=failed"),
    Need.NOTHING_ARRANGED: ("Nothing arranged", "/book"),
}


@dataclass(frozen=True)
class Line:
    """One session in a list."""

    href: str
    hours: str
    title: str
    people: str
    status: str
    word: str


@dataclass(frozen=True)
class Day:
    """A day of the week ahead."""

    name: str
    href: str
    lines: list[Line] = field(default_factory=list[Line])
    more: int = 0


@dataclass(frozen=True)
class Doing:
    """One thing that waits, and where it is done."""

    href: str
    title: str
    detail: str


@dataclass(frozen=True)
class Pile:
    """What waits of one kind."""

    need: str
    heading: str
    count: int
    href: str
    things: list[Doing] = field(default_factory=list[Doing])


@dataclass(frozen=True)
class Next:
    """The next session of the person's own; `href` is "" where there is none."""

    href: str = ""
    title: str = ""
    when: str = ""
    people: str = ""
    begins: str = ""
    status: str = ""
    word: str = ""


@dataclass(frozen=True)
class Dashboard:
    """Everything the page shows."""

    today: Day = Day("", "")
    days: list[Day] = field(default_factory=list[Day])
    piles: list[Pile] = field(default_factory=list[Pile])
    next: Next = Next()


class HomeState(rx.State):
    """What one person's dashboard shows."""

    is_ready: bool = False
    manages: bool = False
    board: Dashboard = Dashboard()

    @rx.event(background=True)
    @signed_in
    async def follow(self):
        """Show the dashboard, and again after each commit, for as long as the page is open."""
        while True:
            mark = hub.seen()
            async with self:
                viewer, manages = self._looker()
            if viewer is None:
                return
            board = await asyncio.to_thread(read_board, viewer, clock.now(), manages)
            async with self:
                self._show(board, manages)
            with suppress(TimeoutError):
                await asyncio.wait_for(hub.news(mark), CLOCK_SECONDS)

    def _looker(self) -> tuple[Viewer | None, bool]:
        """Give who looks, and whether they look as a manager."""
        viewer = find_viewer(self)
        return viewer, viewer is not None and viewer.is_manager and not looks_personally(self, viewer)

    def _show(self, board: Dashboard, manages: bool) -> None:
        if board != self.board:
            self.board = board
        self.manages, self.is_ready = manages, True


def read_board(viewer: Viewer, now: datetime, manages: bool) -> Dashboard:
    """Read everything the page shows, in one connection."""
    mine = not manages
    days = [clock.today(now, viewer.zone) + timedelta(days=n) for n in range(DAYS)]
    with reading() as db:
        find = partial(entries_by_day, db, viewer, now, filters=WORTH_SHOWING, zone=viewer.zone, mine_only=mine)
        (today,) = find(days[:1], most=MOST_TODAY)
        ahead = find(days[1:], most=MOST_A_DAY)
        piles = [pile_of(waiting, viewer.zone) for waiting in what_waits(db, viewer, now, mine_only=mine)]
    coming = [entry for day in (today, *ahead) for entry in day.entries if entry.shown in COMING and entry.end_at > now]
    return Dashboard(
        day_of(today, viewer.zone),
        [day_of(day, viewer.zone) for day in ahead],
        piles,
        next_of(coming[0], viewer.zone, now) if mine and coming else Next(),
    )


def day_of(day: DayOfEntries, zone: str) -> Day:
    """Say a day for its reader."""
    lines = [line_of(entry, zone) for entry in day.entries]
    name = f"{day.day:%A} {day.day.day} {day.day:%B}"
    return Day(name, f"/calendar?view=day&date={day.day.isoformat()}", lines, day.count - len(lines))


def line_of(entry: Entry, zone: str) -> Line:
    """Say a session for its reader."""
    period = Period(entry.start_at, entry.end_at)
    return Line(
        f"/s/{entry.session_id}",
        hours(period, zone),
        entry.title or entry.program,
        people_of(entry),
        entry.shown,
        CALENDAR_WORDS[entry.shown],
    )


def people_of(entry: Entry) -> str:
    """Say who meets."""
    if entry.is_group:
        return f"{entry.host}, {entry.people} {'person' if entry.people == 1 else 'people'}"
    return f"{entry.host} with {entry.mentee}"


def next_of(entry: Entry, zone: str, now: datetime) -> Next:
    """Say the next session, and how soon it is."""
    line = line_of(entry, zone)
    day = "Today" if clock.today(entry.start_at, zone) == clock.today(now, zone) else short_day(entry.start_at, zone)
    when = f"{day}, {line.hours}"
    return Next(line.href, line.title, when, line.people, how_soon(entry, now), line.status, line.word)


def how_soon(entry: Entry, now: datetime) -> str:
    """Say how soon a session begins, in whole minutes, hours or days."""
    minutes = int((entry.start_at - now).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"in {minutes} minute{'s' if minutes > 1 else ''}"
    if minutes < 24 * 60:
        return f"in {minutes // 60} hour{'s' if minutes >= 120 else ''}"
    return f"in {minutes // (24 * 60)} day{'s' if minutes >= 48 * 60 else ''}"


def pile_of(waiting: Waiting, zone: str) -> Pile:
    """Say what waits, and where it is done."""
    heading, href = HEADINGS[waiting.need]
    things = [doing_of(item, waiting.need, zone) for item in waiting.items]
    return Pile(waiting.need, heading, waiting.count, href, things)


def doing_of(item: Item, need: Need, zone: str) -> Doing:
    """Say one thing that waits."""
    if item.session_id:
        when = f"{short_day(item.at, zone)}, {clock.wall(item.at, zone):%H:%M}" if item.at else ""
        return Doing(f"/s/{item.session_id}", item.title, " · ".join(filter(None, [when, item.people])))
    if need == Need.MAIL:
        return Doing("/outbox?status=failed", item.title, item.people)
    pair = f"program={item.program_id}&mentor={item.mentor_id}&mentee={item.mentee_id}"
    return Doing(f"/book?{pair}", item.title, item.people)
