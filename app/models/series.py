"""Recurrences, and what "this", "this and following" and "all" mean. Pure.

Everything is worked out in wall time, so 17:00 stays 17:00 across clock changes. A step of
some scope reaches occurrences of the set there is: none is added, none is lost, and those
that it may not touch stay as they were.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

from app.models import clock
from app.models.drafts import LONGEST_SERIES, Repetition
from app.models.errors import Refusal
from app.models.period import Period
from app.models.words import Repeat, Scope, Status

_FREQUENCIES: dict[Repeat, Literal[1, 2, 3]] = {Repeat.DAILY: DAILY, Repeat.WEEKLY: WEEKLY, Repeat.MONTHLY: MONTHLY}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def expand(repetition: Repetition, first: datetime) -> list[datetime]:
    """List the naive wall times of a repetition that starts on or after `first`, in order.

    Dates are not checked against any zone: `clock.exists` says which of them occur. Raises
    Refusal where there is none, or more than LONGEST_SERIES.
    """
    if repetition.repeat == Repeat.NEVER:
        return [first]
    weekdays = sorted(repetition.weekdays) if repetition.repeat == Repeat.WEEKLY else []
    rule = rrule(
        _FREQUENCIES[repetition.repeat],
        dtstart=first,
        interval=repetition.every,
        count=repetition.times,
        until=datetime.combine(repetition.until, time.max) if repetition.until else None,
        byweekday=weekdays or None,
    )
    walls: list[datetime] = []
    for wall in rule:
        if len(walls) == LONGEST_SERIES:
            raise Refusal.of(
                "repetition.until",
                f"This makes more than {LONGEST_SERIES} sessions.",
                "Choose an earlier last date.",
            )
        walls.append(wall)
    if not walls:
        raise Refusal.of("repetition.until", "The series ends before it begins.", "Choose a later last date.")
    return walls


def rrule_of(repetition: Repetition, count: int) -> str:
    """Write the repetition as an RFC 5545 RRULE that ends after `count`, which needs no zone to be exact."""
    parts = [f"FREQ={repetition.repeat.upper()}"]
    if repetition.every > 1:
        parts.append(f"INTERVAL={repetition.every}")
    if repetition.repeat == Repeat.WEEKLY and repetition.weekdays:
        parts.append("BYDAY=" + ",".join(_DAYS[day] for day in sorted(repetition.weekdays)))
    return ";".join([*parts, f"COUNT={count}"])


@dataclass(frozen=True)
class Occurrence:
    """One session, as far as its series needs to know. `recurrence_at` None: it belongs to none."""

    id: int
    status: Status
    period: Period | None
    zone: str
    recurrence_at: datetime | None = None


Test = Callable[[Occurrence], bool]


def reached(occurrences: Sequence[Occurrence], pivot_id: int, scope: Scope, may: Test) -> list[int]:
    """List the ids that a step on `pivot_id` with `scope` means.

    "Following" goes by the original dates, so that a session that was moved keeps its turn.
    """
    pivot = next(one for one in occurrences if one.id == pivot_id)
    return [one.id for one in occurrences if _is_meant(one, pivot, scope) and may(one)]


def _is_meant(one: Occurrence, pivot: Occurrence, scope: Scope) -> bool:
    if one.id == pivot.id:
        return True
    if scope == Scope.THIS or pivot.recurrence_at is None or one.recurrence_at is None:
        return False
    return scope == Scope.ALL or one.recurrence_at > pivot.recurrence_at


@dataclass(frozen=True)
class Shift:
    """A change of time, told as one makes it: so many days on, at this hour, this long.

    `at` and `minutes` None keep each occurrence's own.
    """

    days: int = 0
    at: time | None = None
    minutes: int | None = None

    @classmethod
    def between(cls, old: Period, new: Period, zone: str) -> "Shift":
        """Work out what was done to one occurrence, in the wall time of its zone."""
        before, after = clock.wall(old.start, zone), clock.wall(new.start, zone)
        return cls(
            days=(after.date() - before.date()).days,
            at=after.time() if after.time() != before.time() else None,
            minutes=new.minutes if new.minutes != old.minutes else None,
        )

    def of(self, one: Occurrence) -> Occurrence:
        """Shift one occurrence in its own zone; its period becomes None where the new wall time does not occur."""
        if one.period is None:
            return one
        minutes = one.period.minutes if self.minutes is None else self.minutes
        if not self.days and self.at is None:
            return replace(one, period=Period.lasting(one.period.start, minutes))
        wall = self.wall_of(one)
        if not clock.exists(wall, one.zone):
            return replace(one, period=None)
        return replace(one, period=Period.lasting(clock.instant(wall, one.zone), minutes))

    def wall_of(self, one: Occurrence) -> datetime:
        """Give the naive wall time that the occurrence is shifted to."""
        assert one.period is not None
        old = clock.wall(one.period.start, one.zone)
        return datetime.combine(old.date() + timedelta(days=self.days), self.at or old.time())
