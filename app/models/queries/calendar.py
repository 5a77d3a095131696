"""What the calendar and the dashboard show: the one read behind every view.

`entries_between` gives everything in a range; `entries_by_day` gives each day's first entries
and how many there are, so that a crowded month costs no more than a quiet one. Decides nothing
and lays nothing out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.drafts import LONGEST_MINUTES
from app.models.lifecycle import Facts, shown_as, why_not
from app.models.permissions import Viewer, visible_programs
from app.models.queries.calendar_filters import Filters
from app.models.queries.calendar_statements import days_statement, range_statement
from app.models.tables import Program
from app.models.words import Kind, Part, Place, Shown, Status, Step

EVERYTHING = Filters()
LONGEST = timedelta(minutes=LONGEST_MINUTES)
SMALLEST = timedelta(microseconds=1)


@dataclass(frozen=True)
class Entry:
    """A session, or the trace of a move at its old time (`move_id` set, shown as Rescheduled, view-only).

    Times are UTC. `host` and `mentee` are short names; `people` counts who holds one of the
    `places` of a group session, the host counted in neither.
    """

    session_id: int
    move_id: int | None
    shown: Shown
    start_at: datetime
    end_at: datetime
    title: str
    host: str
    mentee: str
    people: int
    program: str
    place: Place
    is_group: bool
    is_series: bool
    is_movable: bool
    version: int
    places: int = 0

    @property
    def key(self) -> str:
        """A name for the entry that is unique in a calendar and stays the same."""
        return f"m{self.move_id}" if self.move_id else f"s{self.session_id}"

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.end_at - self.start_at).total_seconds() // 60)


@dataclass(frozen=True)
class DayOfEntries:
    """A day's first entries, in order, and how many the day has in all."""

    day: date
    count: int
    entries: tuple[Entry, ...]


def entries_between(
    db: Db,
    viewer: Viewer,
    now: datetime,
    first: datetime,
    last: datetime,
    filters: Filters = EVERYTHING,
    *,
    mine_only: bool = False,
) -> list[Entry]:
    """List what overlaps [first, last) and the viewer may see, by start. One query."""
    if not (filters.shows_sessions or filters.shows_moves):
        return []
    times = {"now": now, "first": first, "last": last, "earliest": first - LONGEST}
    rows = db.execute(range_statement(viewer, filters, mine_only), times).all()
    return [_entry(row, viewer, now) for row in rows]


def entries_by_day(
    db: Db,
    viewer: Viewer,
    now: datetime,
    days: Sequence[date],
    zone: str,
    filters: Filters = EVERYTHING,
    *,
    mine_only: bool = False,
    most: int = 4,
) -> list[DayOfEntries]:
    """Give each day's first `most` entries and its count, an entry belonging to the day it starts on.

    `days` follow each other; a day is as `zone` counts it, 23 or 25 hours long where the
    clocks change. One query, and only what is given leaves the database.
    """
    bounds = [clock.day_start(day, zone) for day in (*days, days[-1] + timedelta(days=1))]
    times: dict[str, datetime] = {"now": now} | {f"at_{i}": bound for i, bound in enumerate(bounds)}
    times |= {f"to_{i}": bound - SMALLEST for i, bound in enumerate(bounds[1:])}
    rows = db.execute(days_statement(viewer, filters, mine_only, len(days), most), times).all()
    found: dict[int, list[Entry]] = {}
    counts: dict[int, int] = {}
    for row in rows:
        found.setdefault(row.day, []).append(_entry(row, viewer, now))
        counts[row.day] = row.of_day
    return [DayOfEntries(day, counts.get(i, 0), tuple(found.get(i, ()))) for i, day in enumerate(days)]


def list_programs(db: Db, viewer: Viewer) -> list[Program]:
    """List the programmes a calendar can be narrowed to, by name."""
    query = select(Program).where(visible_programs(viewer), col(Program.archived_at).is_(None))
    return list(db.exec(query.order_by(col(Program.name), col(Program.id))).all())


def _entry(row: Any, viewer: Viewer, now: datetime) -> Entry:
    facts = Facts(Kind(row.kind), Status(row.status), Place(row.place), row.starts_at, row.ends_at)
    is_move = row.move_id > 0
    return Entry(
        session_id=row.session_id,
        move_id=row.move_id or None,
        shown=Shown.RESCHEDULED if is_move else shown_as(facts, now),
        start_at=row.start_at,
        end_at=row.end_at,
        title=row.title,
        host=short_name(row.host_first_name, row.host_last_name, row.host_email),
        mentee=short_name(row.mentee_first_name, row.mentee_last_name, row.mentee_email) if row.mentee_id else "",
        people=row.people,
        program=row.program,
        place=facts.place,
        is_group=facts.kind == Kind.GROUP,
        is_series=row.series_id is not None,
        is_movable=not is_move and not why_not(facts, Step.MOVE, _parts(row, viewer), now),
        version=row.version,
        places=row.maximum - 1 if facts.kind == Kind.GROUP else 0,
    )


def _parts(row: Any, viewer: Viewer) -> set[Part]:
    """List the parts that can matter for a move; the command asks again with everything."""
    me = viewer.person_id
    is_active = row.relationship_id is not None and row.relationship_ended_at is None
    plays = {
        Part.MANAGER: viewer.manages(row.program_id),
        Part.HOST: row.host_id == me,
        Part.MENTOR: row.host_id == me and is_active,
        Part.MENTEE: row.mentee_id == me and is_active,
    }
    return {part for part, is_so in plays.items() if is_so}


def short_name(first_name: str, last_name: str, email: str) -> str:
    """Shorten a name for a crowded place: "Bea Kowalski" → "B. Kowalski"."""
    if first_name and last_name:
        return f"{first_name[0]}. {last_name}"
    return first_name or last_name or email
