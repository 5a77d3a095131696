"""A mentor's open hours as the page shows and changes them. Writes nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import Session as Db

from app.models import clock
from app.models.availability import Hours
from app.models.drafts import read
from app.models.drafts.availability import DifferentDay
from app.models.errors import NotFound, Refusal
from app.models.occupancy import load_hours
from app.models.permissions import Viewer, may_set_hours, zone_of
from app.models.tables import Person

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Stretch:
    """Open hours as two fields of the browser want them, "09:00" to "17:00"; the end of the day is "00:00"."""

    start: str
    end: str


@dataclass(frozen=True)
class OpenDay:
    """A day of the usual week, or a date that differs (`day` is then its ISO date)."""

    name: str
    hours: list[Stretch] = field(default_factory=list[Stretch])
    day: str = ""


@dataclass(frozen=True)
class HoursPage:
    """The page; `person_id` 0 is nobody. `days` are those from today on, the earliest first."""

    person_id: int = 0
    name: str = ""
    is_me: bool = False
    is_limited: bool = False
    zone: str = ""
    zone_words: str = ""
    weekly: list[OpenDay] = field(default_factory=list[OpenDay])
    days: list[OpenDay] = field(default_factory=list[OpenDay])


def load_hours_page(db: Db, viewer: Viewer, now: datetime, person_id: int) -> HoursPage:
    """Read somebody's open hours, to be changed. Raises NotFound for whoever may not."""
    if not may_set_hours(db, viewer, person_id):
        raise NotFound("person")
    person = db.get_one(Person, person_id)
    hours = load_hours(db, [person_id]).get(person_id)
    zone = hours.zone if hours else zone_of(db, person)
    today = clock.today(now, zone)
    return HoursPage(
        person_id=person_id,
        name=person.name,
        is_me=person_id == viewer.person_id,
        is_limited=hours is not None,
        zone=zone,
        zone_words=clock.zone_words(now, zone),
        weekly=[
            OpenDay(name, _stretches(hours.weekly.get(number, ()) if hours else ()))
            for number, name in enumerate(WEEKDAYS)
        ],
        days=[_different(day, hours.days[day]) for day in sorted(hours.days) if day >= today] if hours else [],
    )


def fingerprint(page: HoursPage) -> str:
    """Name somebody's hours: another name for anything else."""
    days = [(one.name, one.day, [(h.start, h.end) for h in one.hours]) for one in (*page.weekly, *page.days)]
    hours = (page.zone, days) if page.is_limited else ()
    return sha256(repr((page.person_id, hours)).encode()).hexdigest()[:16]


def different_day(typed: str, today: date) -> OpenDay:
    """Make a day off of a typed ISO date. Raises Refusal for none, and for one that has passed."""
    day = read(DifferentDay, {"day": typed}).day
    if day < today:
        raise Refusal.of("day", "This day has passed.", "Choose today or a later one.")
    return _different(day, ())


def _different(day: date, hours: tuple[Hours, ...]) -> OpenDay:
    return OpenDay(f"{day:%A} {day.day} {day:%B %Y}", _stretches(hours), day.isoformat())


def _stretches(hours: tuple[Hours, ...]) -> list[Stretch]:
    return [Stretch(_clock(start), _clock(end)) for start, end in hours]


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
