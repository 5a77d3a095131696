"""A public session's time for whoever looks: in their own zone, and what to mind about it. Pure.

The same words are made in the browser by `delivery/templates/group_zone.js`, for a first visit.
"""

from dataclasses import dataclass
from datetime import datetime

from app.models import clock, spoken
from app.models.period import Period


@dataclass(frozen=True)
class PublicTime:
    """When it is. `own` is the time in the session's own zone, "" where the clocks agree; `note` warns of a change."""

    zone: str = ""
    day: str = ""
    hours: str = ""
    zone_words: str = ""
    own: str = ""
    note: str = ""


def public_time(period: Period, own_zone: str, zone: str, now: datetime) -> PublicTime:
    """Name a period for a reader in `zone`."""
    differs = clock.wall(period.start, zone) != clock.wall(period.start, own_zone)
    return PublicTime(
        zone=zone,
        day=spoken.day_words(clock.wall(period.start, zone)),
        hours=spoken.hours(period, zone),
        zone_words=clock.zone_words(period.start, zone),
        own=own_words(period, own_zone) if differs else "",
        note=change_note(period, zone, now) or (change_note(period, own_zone, now) if differs else ""),
    )


def own_words(period: Period, zone: str) -> str:
    """Name a period in the zone it was planned in."""
    return f"Where it is planned: {spoken.span(period, zone)}."


def change_note(period: Period, zone: str, now: datetime) -> str:
    """Warn that the clocks of `zone` change between now and then; "" where they do not, or it has begun."""
    if period.start <= now or _offset(now, zone) == _offset(period.start, zone):
        return ""
    return f"The clocks change before then ({clock.zone_words(now, zone)} today). The time above counts it already."


def _offset(at: datetime, zone: str) -> object:
    return at.astimezone(clock.zone_named(zone)).utcoffset()
