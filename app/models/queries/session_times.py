"""How a new time for a session would go, while it is being typed. Reads; refuses nothing and writes nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session as Db

from app.models import clock, spoken
from app.models.drafts import Times
from app.models.occupancy import Wish, free_starts, obstacles
from app.models.period import Period
from app.models.permissions import Viewer, access_session


@dataclass(frozen=True)
class FreeTime:
    """A start at which everybody is free: wall day and hour in the form's zone, and in words."""

    day: str
    at: str
    words: str


@dataclass(frozen=True)
class TimeCheck:
    """What a typed time comes to, and what is in the way.

    `zone` names the form's zone as it is then; `yours` is the same time in the viewer's, "" where it agrees.
    """

    lasts: str = ""
    zone: str = ""
    yours: str = ""
    clashes: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])
    free: list[FreeTime] = field(default_factory=list[FreeTime])


def check_time(db: Db, viewer: Viewer, now: datetime, session_id: int, times: Times) -> TimeCheck:
    """Say how a session would fare at `times`. Raises NotFound for a stranger. At most twelve queries."""
    access = access_session(db, viewer, session_id)
    wall = datetime.combine(times.day, times.at)
    if not clock.exists(wall, times.zone):
        return TimeCheck(clashes=[clock.missing_words(wall, times.zone)])
    period = Period.lasting(clock.instant(wall, times.zone), times.minutes)
    if period.start <= now:
        return TimeCheck(clashes=["This time has passed. Choose one that is still to come."])
    wish = Wish.of(access.session, access.program, period)
    found = obstacles(db, viewer, [wish])
    clashes = [one.message for one in found if not one.only_warns]
    free = free_starts(db, wish, after=period.start, zone=times.zone) if clashes else []
    return TimeCheck(
        lasts=f"Lasts {spoken.duration(period.minutes)}",
        zone=clock.zone_words(period.start, times.zone),
        yours=_yours(period, times.zone, viewer.zone),
        clashes=clashes,
        warnings=[one.message for one in found if one.only_warns],
        free=[_free(start, times.zone) for start in free],
    )


def _yours(period: Period, zone: str, own: str) -> str:
    return "" if clock.wall(period.start, zone) == clock.wall(period.start, own) else spoken.span(period, own)


def _free(start: datetime, zone: str) -> FreeTime:
    there = clock.wall(start, zone)
    return FreeTime(there.date().isoformat(), f"{there:%H:%M}", spoken.moment(start, zone))
