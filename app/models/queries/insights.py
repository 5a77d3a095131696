"""What the insights page and its files show (P11): counted anew at each reading, for managers only.

The organisation's managers see every programme, a programme's manager their own; everybody else is told
that there is no such page. A constant number of queries, however many sessions there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, insights
from app.models.errors import NotFound
from app.models.insights import Asked, Week
from app.models.permissions import Viewer
from app.models.queries import insights_statements as statements
from app.models.queries.insights_statements import Scope
from app.models.queries.organisation import usual_words
from app.models.tables import Organisation, Program
from app.models.words import Kind, ProgramWords, Role, Shown, shared_words


@dataclass(frozen=True)
class Came:
    """Of so many seats so many came; `stars` were given by `ratings` of them."""

    seats: int = 0
    came: int = 0
    ratings: int = 0
    stars: int = 0

    def __add__(self, other: "Came") -> "Came":
        return Came(
            self.seats + other.seats,
            self.came + other.came,
            self.ratings + other.ratings,
            self.stars + other.stars,
        )

    @property
    def missed(self) -> int:
        """How many did not come."""
        return self.seats - self.came

    @property
    def share(self) -> float | None:
        """The share that came; None where nobody was expected."""
        return self.came / self.seats if self.seats else None


@dataclass(frozen=True)
class Hours:
    """What a mentor held: completed sessions, and their planned hours one-to-one and in groups."""

    person_id: int
    name: str
    email: str
    sessions: int
    alone: float
    group: float

    @property
    def all(self) -> float:
        """Give all hours."""
        return self.alone + self.group


@dataclass(frozen=True)
class Waiting:
    """A relationship with nothing arranged. `held` is when its last completed session ended, None without one."""

    id: int
    mentor: str
    mentee: str
    program: str
    done: int
    in_all: int
    held: datetime | None
    began: datetime


@dataclass(frozen=True)
class Glance:
    """A programme in numbers; `over` are its completed, missed and cancelled sessions of the period."""

    id: int
    name: str
    words: ProgramWords
    is_archived: bool
    mentors: int
    mentees: int
    pairs: int
    held: int
    over: int
    rated: Came

    @property
    def completion(self) -> float | None:
        """The share of sessions that took place; None where none was to."""
        return self.held / self.over if self.over else None

    @property
    def average(self) -> float | None:
        """The average of the stars; None without a rating."""
        return self.rated.stars / self.rated.ratings if self.rated.ratings else None


@dataclass(frozen=True)
class Choice:
    """A programme to choose."""

    id: int
    name: str


@dataclass
class Insights:
    """Reads each part when it is asked for, once, so that a file costs no more than what is in it.

    `choices` are the programmes the viewer manages, `words` what those that are counted call their people.
    """

    db: Db
    now: datetime
    asked: Asked
    zone: str
    scope: Scope
    weeks: list[Week]
    choices: list[Choice]
    programs: list[Program]
    words: ProgramWords

    @property
    def days(self) -> tuple[date, date]:
        """Give the first and the last day that are counted."""
        return insights.days_of(self.asked, self.now, self.zone)

    @cached_property
    def counted(self) -> dict[tuple[int, int], dict[Shown, int]]:
        """Count the sessions by (week, programme) and by what they are shown as."""
        found: dict[tuple[int, int], dict[Shown, int]] = defaultdict(dict)
        for row in self.db.execute(statements.sessions_by_week(self.scope, self.weeks, self.now)):
            found[row.week, row.program_id][Shown(row.shown)] = row.number
        return found

    @cached_property
    def seats(self) -> dict[tuple[int, int, Kind], Came]:
        """Count the seats by (week, programme, kind)."""
        rows = self.db.execute(statements.seats_by_week(self.scope, self.weeks))
        return {
            (row.week, row.program_id, Kind(row.kind)): Came(row.seats, int(row.came), row.ratings, int(row.stars))
            for row in rows
        }

    def by_week(self) -> list[dict[Shown, int]]:
        """Count each week's sessions by what they are shown as."""
        found: list[dict[Shown, int]] = [defaultdict(int) for _ in self.weeks]
        for (week, _), counts in self.counted.items():
            for shown, count in counts.items():
                found[week][shown] += count
        return [dict(one) for one in found]

    def attendance(self) -> list[dict[Kind, Came]]:
        """Count each week's seats, one-to-one and group apart; every week has both."""
        found = [dict.fromkeys(Kind, Came()) for _ in self.weeks]
        for (week, _, kind), came in self.seats.items():
            found[week][kind] += came
        return found

    def hours(self) -> list[Hours]:
        """List the mentors who held something, the busiest first."""
        start, end = self.weeks[0].start, self.weeks[-1].end
        rows = self.db.execute(statements.hours_by_mentor(self.scope, start, end))
        return [
            Hours(
                row.host_id,
                _name(row, "host"),
                row.host_email,
                row.sessions,
                float(row.alone) / 3600,
                float(row.group) / 3600,
            )
            for row in rows
        ]

    def waiting(self) -> list[Waiting]:
        """List the relationships without a next session, those that wait longest first."""
        rows = self.db.execute(statements.pairs_without_next(self.scope, self.now))
        return [
            Waiting(
                row.pair_id,
                _name(row, "mentor"),
                _name(row, "mentee"),
                row.program,
                int(row.done),
                row.in_all,
                row.held_at,
                row.created_at,
            )
            for row in rows
        ]

    def glances(self) -> list[Glance]:
        """Give each programme in numbers; archived ones only where something of them is counted."""
        people = self._numbers(statements.people_by_program(self.scope), "program_id", "role")
        pairs = self._numbers(statements.pairs_by_program(self.scope), "program_id")
        rated = _sum_of_seats(self.seats)
        over = _sum_of_counts(self.counted)
        return [
            Glance(
                id=one.id or 0,
                name=one.name,
                words=one.words,
                is_archived=one.archived_at is not None,
                mentors=people.get((one.id, Role.MENTOR), 0),
                mentees=people.get((one.id, Role.MENTEE), 0),
                pairs=pairs.get((one.id,), 0),
                held=over[one.id or 0].get(Shown.COMPLETED, 0),
                over=sum(over[one.id or 0].get(shown, 0) for shown in ENDINGS),
                rated=rated[one.id or 0],
            )
            for one in self.programs
            if one.archived_at is None or over[one.id or 0]
        ]

    def _numbers(self, statement: sa.Select[Any], *keys: str) -> dict[tuple[Any, ...], int]:
        return {tuple(getattr(row, key) for key in keys): row.number for row in self.db.execute(statement)}


ENDINGS = (Shown.COMPLETED, Shown.MISSED, Shown.CANCELLED)
"""What a session that is over can have come to."""


def open_insights(db: Db, viewer: Viewer, now: datetime, asked: Asked) -> Insights:
    """Make out what may be counted. Raises NotFound for whoever manages nothing, or not the programme asked for."""
    if not viewer.is_manager:
        raise NotFound
    managed = sa.true() if viewer.is_org_manager else col(Program.id).in_(sorted(viewer.managed))
    programs = list(db.exec(select(Program).where(managed).order_by(sa.func.lower(Program.name), col(Program.id))))
    chosen = [one for one in programs if one.id == asked.program_id] if asked.program_id else programs
    if asked.program_id and not chosen:
        raise NotFound("programme")
    counts_all = viewer.is_org_manager and not asked.program_id
    return Insights(
        db=db,
        now=now,
        asked=asked,
        zone=viewer.zone,
        scope=Scope(None if counts_all else frozenset(one.id or 0 for one in chosen)),
        weeks=insights.weeks_of(asked, now, viewer.zone),
        choices=[Choice(one.id or 0, one.name) for one in programs],
        programs=chosen,
        words=shared_words((one.words for one in chosen), usual_words(db.get(Organisation, 1))),
    )


def sum_of(came: Iterable[Came]) -> Came:
    """Sum seats up."""
    return sum(came, Came())


def day_in(zone: str, at: datetime) -> date:
    """Give the day an instant falls on for the reader."""
    return clock.today(at, zone)


def _sum_of_seats(seats: Mapping[tuple[int, int, Kind], Came]) -> dict[int, Came]:
    found: dict[int, Came] = defaultdict(Came)
    for (_, program_id, _), came in seats.items():
        found[program_id] += came
    return found


def _sum_of_counts(counted: Mapping[tuple[int, int], Mapping[Shown, int]]) -> dict[int, dict[Shown, int]]:
    found: dict[int, dict[Shown, int]] = defaultdict(lambda: defaultdict(int))
    for (_, program_id), counts in counted.items():
        for shown, count in counts.items():
            found[program_id][shown] += count
    return found


def _name(row: Any, label: str) -> str:
    first, last, email = (getattr(row, f"{label}_{part}") or "" for part in ("first_name", "last_name", "email"))
    return f"{first} {last}".strip() or email


def total(counts: Sequence[Mapping[Shown, int]]) -> dict[Shown, int]:
    """Sum the weeks' counts up."""
    found: dict[Shown, int] = defaultdict(int)
    for one in counts:
        for shown, count in one.items():
            found[shown] += count
    return dict(found)
