"""Now, and the only place where wall time + IANA zone become UTC instants and back.

`wall` means a naive datetime as a clock on the wall shows it; an instant is always aware.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from app.models.errors import Refusal


def now() -> datetime:
    """Give the present instant in UTC. Tests freeze it; nothing else in the project asks the time."""
    return datetime.now(UTC)


@lru_cache
def known_zones() -> tuple[str, ...]:
    """List the IANA zone names a person may choose, sorted."""
    return tuple(sorted(name for name in _zone_names() if "/" in name or name == "UTC"))


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA zone this machine knows (aliases such as Asia/Calcutta included)."""
    return name in _zone_names()


@lru_cache
def _zone_names() -> frozenset[str]:
    """Look through the machine's zone files once: that takes longer than any query."""
    return frozenset(available_timezones())


def zone_named(name: str) -> ZoneInfo:
    """Give the zone. Raises Refusal on `zone` for a name that is not IANA's."""
    if not is_zone(name):
        raise Refusal.of("zone", f"“{name}” is not a time zone.", "Choose one such as Europe/Berlin.")
    return ZoneInfo(name)


def wall(instant: datetime, zone: str) -> datetime:
    """Show `instant` as a naive wall time in `zone`."""
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None)


def exists(at: datetime, zone: str) -> bool:
    """Whether the wall time `at` occurs in `zone`; false in the hour that the clocks skip."""
    tz = zone_named(zone)
    there_and_back = at.replace(tzinfo=tz).astimezone(UTC).astimezone(tz).replace(tzinfo=None)
    return there_and_back == at.replace(fold=0)


def instant(at: datetime, zone: str) -> datetime:
    """Give the UTC instant at which the clocks in `zone` show `at`.

    A wall time that occurs twice is the first of the two. Raises Refusal on `at` for one
    that does not occur.
    """
    if not exists(at, zone):
        raise Refusal.of("at", missing_words(at, zone), "Choose an hour earlier or later.")
    return at.replace(tzinfo=zone_named(zone), fold=0).astimezone(UTC)


def day_start(day: date, zone: str) -> datetime:
    """Give the first instant of `day` in `zone`, even where midnight is skipped."""
    at = datetime.combine(day, time(), tzinfo=zone_named(zone))
    start = at.astimezone(UTC)
    if start.astimezone(at.tzinfo).date() == day:
        return start
    return at.replace(fold=1).astimezone(UTC)


def day_range(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Give the instants [start of `first`, end of `last`) as `zone` counts its days."""
    return day_start(first, zone), day_start(last + timedelta(days=1), zone)


def today(at: datetime, zone: str) -> date:
    """Give the calendar day that `zone` has at the instant `at`."""
    return at.astimezone(zone_named(zone)).date()


def wall_words(at: datetime) -> str:
    """Name a wall time in the middle of a sentence, as "17:30 on 2 March 2026"."""
    return f"{at:%H:%M} on {at.day} {at:%B %Y}"


def missing_words(at: datetime, zone: str) -> str:
    """Say that a wall time is skipped by a clock change."""
    return f"{wall_words(at)} does not exist in {zone}: the clocks go forward."


def zone_words(at: datetime, zone: str) -> str:
    """Name the zone beside a time, as "Berlin time, UTC+1"."""
    offset = at.astimezone(zone_named(zone)).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = "+" if minutes >= 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    shown = f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
    if zone in ("UTC", "Etc/UTC"):
        return "UTC"
    return f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time, {shown}"
