"""Who is taken when, and when somebody is free. Pure: compares periods, reads nothing, refuses nothing.

This is the one place that says what a clash is; everything that books, moves or brings
back a session asks here, by way of `occupancy`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.models import clock
from app.models.availability import is_within
from app.models.period import Period

STEP = timedelta(minutes=30)
"""Free times are offered on the half hour."""
LOOK_AHEAD = timedelta(days=21)
FIRST_HOUR, LAST_HOUR = time(8), time(20)


@dataclass(frozen=True)
class Hold:
    """The time that one session takes, or would take, of one person.

    `hosts`: they are its mentor or host. `is_seat`: they merely have a place in a group.
    `allows_touching`: its programme allows back-to-back. `session_id` 0: not saved yet.
    """

    person_id: int
    period: Period
    hosts: bool
    allows_touching: bool = False
    is_seat: bool = False
    session_id: int = 0
    wish: int = 0


@dataclass(frozen=True)
class Meeting:
    """Two holds of one person that get in each other's way; `only_warns` where one is a mere group seat."""

    wanted: Hold
    taken: Hold
    only_warns: bool = False


def clash(one: Hold, other: Hold) -> bool:
    """Whether one person cannot have both.

    Nobody's sessions overlap. Two that the person hosts do not touch either, unless both
    programmes allow it. A mere group seat never clashes, it `warns`.
    """
    if one.person_id != other.person_id or one.is_seat or other.is_seat:
        return False
    may_touch = (one.allows_touching and other.allows_touching) or not (one.hosts and other.hosts)
    return one.period.meets(other.period, touching_counts=not may_touch)


def warns(one: Hold, other: Hold) -> bool:
    """Whether one person has both only if they leave a group early, or stay away."""
    is_seat = one.is_seat or other.is_seat
    return is_seat and one.person_id == other.person_id and one.period.overlaps(other.period)


def meetings(wanted: Sequence[Hold], taken: Iterable[Hold]) -> list[Meeting]:
    """List what is in the way of `wanted`, among `taken` and among each other, in the order of `wanted`."""
    by_person: dict[int, list[Hold]] = defaultdict(list)
    for hold in [*taken, *wanted]:
        by_person[hold.person_id].append(hold)
    for holds in by_person.values():
        holds.sort(key=lambda hold: hold.period)
    found: list[Meeting] = []
    for hold in wanted:
        for other in by_person[hold.person_id]:
            if other.period.start > hold.period.end:
                break
            if other is not hold and clash(hold, other):
                found.append(Meeting(hold, other))
            elif other is not hold and warns(hold, other):
                found.append(Meeting(hold, other, only_warns=True))
    return found


def free_times(
    wanted: Sequence[Hold],
    taken: Sequence[Hold],
    *,
    after: datetime,
    zone: str,
    within: Sequence[Period] | None = None,
    count: int = 3,
) -> list[datetime]:
    """List the next `count` starts (UTC) at which all of `wanted` fit, from `after` on.

    `wanted` are the holds of one session; on the half hour, three weeks ahead, inside one of
    the stretches `within`. None means any hour between 8:00 and 20:00 in `zone`, or the wanted
    hour where it lies outside.
    """
    if not wanted:
        return []
    length = wanted[0].period.minutes
    found: list[datetime] = []
    first, last = _usual_hours(zone, wanted[0].period)
    for start in _half_hours(after):
        period = Period.lasting(start, length)
        is_usual = first <= clock.wall(start, zone).time() <= last
        if not (is_usual if within is None else is_within(within, period)):
            continue
        tried = [Hold(h.person_id, period, h.hosts, h.allows_touching) for h in wanted]
        if not any(clash(hold, other) or warns(hold, other) for hold in tried for other in taken):
            found.append(start)
            if len(found) == count:
                break
    return found


def _usual_hours(zone: str, like: Period) -> tuple[time, time]:
    usual = clock.wall(like.start, zone).time()
    return min(FIRST_HOUR, usual), max(LAST_HOUR, usual)


def _half_hours(after: datetime) -> Iterator[datetime]:
    start = after.replace(minute=0, second=0, microsecond=0)
    for _ in range(int(LOOK_AHEAD / STEP)):
        if start > after:
            yield start
        start += STEP
