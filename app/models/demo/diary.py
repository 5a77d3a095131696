"""Who is taken when, in quarters of an hour. Pure."""

import random
from collections import defaultdict
from datetime import date, datetime, time

from app.models import clock
from app.models.period import Period

QUARTER = 900
STARTS = (time(9), time(10, 15), time(11, 30), time(14), time(15, 15), time(16, 30), time(17, 45), time(19))


class Diary:
    """The quarters each person has given away. Every session starts and ends on a quarter."""

    def __init__(self) -> None:
        self.taken: dict[int, set[int]] = defaultdict(set)

    def take(self, period: Period, *people: int) -> bool:
        """Take the period of all these people, unless one of them has it or touches it already."""
        first, end = (int(at.timestamp()) // QUARTER for at in (period.start, period.end))
        around = range(first - 1, end + 1)
        if any(not self.taken[person].isdisjoint(around) for person in people):
            return False
        for person in people:
            self.taken[person].update(range(first, end))
        return True


def draw_period(rng: random.Random, day: date, zone: str, minutes: int) -> Period:
    """Draw a usual hour of that day in the zone's wall time."""
    return period_at(datetime.combine(day, rng.choice(STARTS)), zone, minutes)


def period_at(wall: datetime, zone: str, minutes: int) -> Period:
    """Give the period from a wall time on."""
    return Period.lasting(clock.instant(wall, zone), minutes)
