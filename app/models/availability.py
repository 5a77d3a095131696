"""A mentor's open hours: a usual week in wall time, and the days that differ. Pure; reads nothing.

Hours are minutes since midnight, [from, to); `to` 1440 is the end of the day, so that a
stretch may run on past midnight.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from app.models import clock
from app.models.period import Period

DAY_MINUTES = 24 * 60
Hours = tuple[int, int]


@dataclass(frozen=True)
class OpenHours:
    """When somebody may be booked, in the wall time of `zone`.

    `weekly` gives the hours of each weekday, 0 (Monday) … 6; `days` those of single dates,
    which replace the usual ones: none is a day off.
    """

    zone: str
    weekly: Mapping[int, tuple[Hours, ...]] = field(default_factory=dict[int, tuple[Hours, ...]])
    days: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict[date, tuple[Hours, ...]])

    def on(self, day: date) -> tuple[Hours, ...]:
        """Give the hours of one day."""
        return self.days[day] if day in self.days else self.weekly.get(day.weekday(), ())


def tidy(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """Put the hours of a day in order; those that overlap or touch become one."""
    merged: list[Hours] = []
    for start, end in sorted(hours):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def windows(hours: OpenHours, start: datetime, end: datetime) -> list[Period]:
    """List the open stretches that meet [start, end), in order; what touches, over midnight too, is one stretch."""
    first, last = clock.today(start, hours.zone) - timedelta(days=1), clock.today(end, hours.zone) + timedelta(days=1)
    found: list[Period] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for from_minute, to_minute in tidy(hours.on(day)):
            opens, closes = _instant(day, from_minute, hours.zone), _instant(day, to_minute, hours.zone, fold=1)
            if found and opens <= found[-1].end:
                found[-1] = Period(found[-1].start, max(closes, found[-1].end))
            elif opens < closes:
                found.append(Period(opens, closes))
    return [one for one in found if one.start < end and one.end > start]


def covers(hours: OpenHours, period: Period) -> bool:
    """Whether the whole period lies in open hours."""
    return any(_holds(one, period) for one in windows(hours, period.start, period.end))


def is_within(open_stretches: Sequence[Period], period: Period) -> bool:
    """Whether one of the stretches holds the whole period."""
    return any(_holds(one, period) for one in open_stretches)


def hours_words(hours: Sequence[Hours]) -> str:
    """Say the hours of a day, as "09:00–12:00 and 14:00–18:00"; "" for none."""
    said = [f"{_clock(start)}–{_clock(end)}" for start, end in tidy(hours)]
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1] if said else ""]))


def _holds(stretch: Period, period: Period) -> bool:
    return stretch.start <= period.start and period.end <= stretch.end


def _instant(day: date, minute: int, zone: str, *, fold: int = 0) -> datetime:
    """Give the instant of a minute of the day. One that the clocks skip is as long after their change as it is meant
    to be; of one that occurs twice, `fold` 0 is the first and 1 the second.
    """
    over, minute = divmod(minute, DAY_MINUTES)
    at = datetime.combine(day + timedelta(days=over), time(*divmod(minute, 60)))
    exists = clock.exists(at, zone)
    return at.replace(tzinfo=clock.zone_named(zone), fold=fold if exists else 0).astimezone(UTC)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
