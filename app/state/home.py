"""A manager's dashboard: what waits, today, the week ahead; read again whenever something is committed.

Who manages nothing, or looks at their own sessions only, has one home, /me; this page leads there,
so that there are no two that could disagree.
"""

import asyncio
from dataclasses import dataclass, field, replace
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
from app.models.queries.first_steps import FirstSteps, first_steps
from app.models.spoken import hours, short_day
from app.models.words import CALENDAR_WORDS, Shown
from app.state.login import find_viewer, signed_in
from app.state.shell import looks_personally

DAYS = 7
MOST_TODAY, MOST_A_DAY = 12, 3
CLOCK_SECONDS = 30.0
"""So often an open dashboard looks at the clock: what was next has begun."""
WORTH_SHOWING = Filters(statuses=frozenset(Shown) - {Shown.CANCELLED, Shown.RESCHEDULED})

HEADINGS = {
    Need.ANSWER: ("Waiting for an answer", "/calendar?status=pending"),
    Need.OUTCOME: ("Awaiting their outcome", "/calendar?status=awaiting"),
    Need.TOO_FEW: ("Fewer people than needed", "/calendar"),
    Need.MAIL: ("Mail that could not be delivered", "/outbox?status=failed"),
    Need.NOTHING_ARRANGED: ("Nothing arranged", "/relationships?state=nothing"),
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
class Step:
    """One of the first steps; `is_next` is the one to take now."""

    title: str
    detail: str
    href: str
    is_done: bool = False
    is_next: bool = False


@dataclass(frozen=True)
class Dashboard:
    """Everything the page shows; `steps` only before the first session."""

    today: Day = Day("", "")
    days: list[Day] = field(default_factory=list[Day])
    piles: list[Pile] = field(default_factory=list[Pile])
    steps: list[Step] = field(default_factory=list[Step])


class HomeState(rx.State):
    """What one person's dashboard shows."""

    is_ready: bool = False
    board: Dashboard = Dashboard()

    @rx.event(background=True)
    @signed_in
    async def follow(self):
        """Show the dashboard, and again after each commit, for as long as the page is open."""
        while True:
            mark = hub.seen()
            async with self:
                viewer = find_viewer(self)
                personal = viewer is not None and (not viewer.is_manager or looks_personally(self, viewer))
            if viewer is None:
                return None
            if personal:
                return rx.redirect("/me", replace=True)
            board = await asyncio.to_thread(read_board, viewer, clock.now())
            async with self:
                self._show(board)
            await hub.news(mark, within=CLOCK_SECONDS)

    def _show(self, board: Dashboard) -> None:
        if board != self.board:
            self.board = board
        if not self.is_ready:
            self.is_ready = True


def read_board(viewer: Viewer, now: datetime) -> Dashboard:
    """Read everything the page shows, in one connection."""
    days = [clock.today(now, viewer.zone) + timedelta(days=n) for n in range(DAYS)]
    with reading() as db:
        find = partial(entries_by_day, db, viewer, now, filters=WORTH_SHOWING, zone=viewer.zone)
        (today,) = find(days[:1], most=MOST_TODAY)
        ahead = find(days[1:], most=MOST_A_DAY)
        piles = [pile_of(waiting, viewer.zone) for waiting in what_waits(db, viewer, now)]
        steps = steps_of(first_steps(db, viewer))
    return Dashboard(day_of(today, viewer.zone), [day_of(day, viewer.zone) for day in ahead], piles, steps)


def steps_of(found: FirstSteps | None) -> list[Step]:
    """Say what leads to a first session, in order; nothing once there was one."""
    if found is None:
        return []
    words = found.words
    steps = [
        Step("Make a programme", "It holds people and the rules of their sessions.", "/programs", found.has_program),
        Step(
            f"Add your first {words.mentor}",
            "One by one here, or everybody from a table on the Users page.",
            "/people/new?role=mentor",
            found.has_mentor,
        ),
        Step(
            f"Add your first {words.mentee}",
            f"The same steps also choose their {words.mentors}.",
            "/people/new?role=mentee",
            found.has_mentee,
        ),
        Step("Book their first session", "Both are told, with an entry for their calendars.", "/book"),
    ]
    following = next(place for place, step in enumerate(steps) if not step.is_done)
    return [replace(step, is_next=place == following) for place, step in enumerate(steps)]


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
        return f"{entry.host}, {entry.people}/{entry.places} place{'' if entry.places == 1 else 's'}"
    return f"{entry.host} with {entry.mentee}"


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
    return Doing(f"/relationships/{item.relationship_id}", item.title, item.people)
