"""One meeting as the clocks of several people show it, and what to mind about it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from app.models import clock, spoken
from app.models.period import Period

DAWN, MORNING, EVENING, NIGHT = time(5), time(7), time(22), time(22)


@dataclass(frozen=True)
class LocalTime:
    """When it is for one person. `day` is said where it is not the viewer's; `note` warns of an odd hour."""

    who: str
    hours: str
    day: str
    zone: str
    note: str


def local_times(period: Period, viewer_zone: str, people: Sequence[tuple[str, str]]) -> list[LocalTime]:
    """Say when `period` is for the viewer ("you") and for each (first name, zone); those with one zone together."""
    own_day = clock.today(period.start, viewer_zone)
    together: dict[str, list[str]] = {}
    for who, zone in [("you", viewer_zone), *people]:
        together.setdefault(zone, []).append(who)
    return [_local(period, spoken.names(names), zone, own_day) for zone, names in together.items()]


def _local(period: Period, who: str, zone: str, own_day: object) -> LocalTime:
    start, end = clock.wall(period.start, zone), clock.wall(period.end, zone)
    day = "" if start.date() == own_day else f"{start:%A} {start.day} {start:%B}"
    words = clock.zone_words(period.start, zone)
    return LocalTime(f"for {who}", f"{start:%H:%M}–{end:%H:%M}", day, words, odd_hour(start, end))


def odd_hour(start: datetime, end: datetime) -> str:
    """Name an hour at which few people want to meet, "" for the others. Naive wall times."""
    if start.time() < DAWN or start.time() >= NIGHT:
        return "in the night"
    if start.time() < MORNING:
        return "early in the morning"
    if end.date() > start.date() or end.time() > EVENING:
        return "late in the evening"
    return ""


def zone_notes(
    periods: Sequence[Period], now: datetime, viewer_zone: str, people: Sequence[tuple[str, str]]
) -> list[str]:
    """Say whose local hour changes within a series, or differs from what today's offset makes one expect."""
    if not periods:
        return []
    notes: list[str] = []
    for who, zone in [("you", viewer_zone), *people]:
        notes += _shifts(periods, who, zone)
        if zone != viewer_zone:
            notes += _drift(periods[0], now, viewer_zone, who, zone)
    return notes


def _shifts(periods: Sequence[Period], who: str, zone: str) -> list[str]:
    """Name each date from which the hour is another one, for this person."""
    notes: list[str] = []
    known = clock.wall(periods[0].start, zone).time()
    for period in periods[1:]:
        wall = clock.wall(period.start, zone)
        if wall.time() != known:
            notes.append(
                f"From {wall:%a} {wall.day} {wall:%b %Y} it is {wall:%H:%M} instead of {known:%H:%M} "
                f"for {who}: the clocks change."
            )
            known = wall.time()
    return notes


def _drift(period: Period, now: datetime, viewer_zone: str, who: str, zone: str) -> list[str]:
    today, then = _apart(now, viewer_zone, zone), _apart(period.start, viewer_zone, zone)
    if today == then:
        return []
    return [
        f"The clocks change before then: {who} will be {_said(then)}, today it is {_said(today)}.",
    ]


def _apart(at: datetime, one: str, other: str) -> int:
    return int((clock.wall(at, other) - clock.wall(at, one)).total_seconds() // 60)


def _said(minutes: int) -> str:
    if minutes == 0:
        return "at the same hour as you"
    hours, rest = divmod(abs(minutes), 60)
    length = f"{hours} h" + (f" {rest} min" if rest else "") if hours else f"{rest} min"
    return f"{length} {'ahead of' if minutes > 0 else 'behind'} you"
