"""Which weeks the insights speak of: what an address asks for, and the weeks of it in a viewer's zone. Pure.

A week begins on Monday. The first and the last week of a chosen stretch count only their days in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from app.models import clock
from app.models.calendar_layout import monday_of
from app.models.ids import as_id

PATH = "/insights"
USUAL = "12"
PERIODS: dict[str, str] = {"4": "Last 4 weeks", "12": "Last 12 weeks", "26": "This term (26 weeks)"}
"""How many weeks, the present one included; and the words for it."""
CUSTOM = "custom"
LONGEST = 104
"""More weeks than this nobody can read in one plot."""
WEEK = timedelta(days=7)


class Part(StrEnum):
    """A part of the page; also the name of its file."""

    WEEKS = "weeks"
    ATTENDANCE = "attendance"
    HOURS = "hours"
    WAITING = "relationships"
    PROGRAMS = "programmes"


@dataclass(frozen=True)
class Asked:
    """What is asked for: so many weeks up to now, or from one day to another, both included; programme 0 is all."""

    weeks: int = int(USUAL)
    first: date | None = None
    last: date | None = None
    program_id: int = 0

    @property
    def is_custom(self) -> bool:
        """Whether two days were chosen."""
        return self.first is not None and self.last is not None

    @property
    def period(self) -> str:
        """Name the choice as the address does."""
        return CUSTOM if self.is_custom else str(self.weeks)


@dataclass(frozen=True)
class Week:
    """One week, or what of it was asked for: `day` is its Monday; counted is what starts in [start, end)."""

    day: date
    start: datetime
    end: datetime


def read_asked(params: Mapping[str, str]) -> Asked:
    """Read the query of an address; what makes no sense in it is left out."""
    program_id = as_id(params.get("program", ""))
    first, last = read_day(params.get("from", "")), read_day(params.get("to", ""))
    if first and last and not wrong_days(first, last):
        return Asked(first=first, last=last, program_id=program_id)
    period = params.get("period", USUAL)
    return Asked(weeks=int(period if period in PERIODS else USUAL), program_id=program_id)


def wrong_days(first: date | None, last: date | None) -> str:
    """Say why two days cannot be looked at; "" where they can."""
    if first is None or last is None:
        return "Choose both days."
    if last < first:
        return "The last day is before the first."
    if first.year < 1971 or last.year > 2999:
        return "Choose days of these times."
    if (monday_of(last) - monday_of(first)) // WEEK >= LONGEST:
        return f"Choose at most {LONGEST} weeks."
    return ""


def read_day(text: str) -> date | None:
    """Read a day as a browser's date field writes it; None for what is none."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def address_of(asked: Asked, path: str = PATH) -> str:
    """Write the address that shows this, or another one below it."""
    parts: dict[str, str] = {}
    if asked.first and asked.last:
        parts = {"from": asked.first.isoformat(), "to": asked.last.isoformat()}
    elif str(asked.weeks) != USUAL:
        parts = {"period": str(asked.weeks)}
    if asked.program_id:
        parts["program"] = str(asked.program_id)
    return f"{path}?{urlencode(parts)}" if parts else path


def days_of(asked: Asked, now: datetime, zone: str) -> tuple[date, date]:
    """Give the first and the last day, both included."""
    if asked.first and asked.last:
        return asked.first, asked.last
    this_week = monday_of(clock.today(now, zone))
    return this_week - WEEK * (asked.weeks - 1), this_week + timedelta(days=6)


def weeks_of(asked: Asked, now: datetime, zone: str) -> list[Week]:
    """List the weeks as the clocks of `zone` count them: one with a clock change has an hour more or less."""
    first, last = days_of(asked, now, zone)
    after = last + timedelta(days=1)
    found: list[Week] = []
    day = monday_of(first)
    while day <= last:
        start, end = max(day, first), min(day + WEEK, after)
        found.append(Week(day, clock.day_start(start, zone), clock.day_start(end, zone)))
        day += WEEK
    return found


def day_words(day: date) -> str:
    """Name a day, as "2 March 2026"."""
    return f"{day.day} {day:%B %Y}"
