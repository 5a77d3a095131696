"""A mentor's open hours: what is typed on their page, and saving it. Nothing is kept before Save."""

from dataclasses import replace
from typing import Any

import reflex as rx

from app.models import clock
from app.models.availability import DAY_MINUTES
from app.models.commands.availability import set_hours
from app.models.commands.run import perform
from app.models.drafts import read
from app.models.drafts.availability import SHORTEST, AvailabilityDraft
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.availability import (
    HoursPage,
    OpenDay,
    Stretch,
    different_day,
    fingerprint,
    load_hours_page,
)
from app.state.ask import ask
from app.state.login import signed_in, viewer_of

USUAL = Stretch("09:00", "17:00")
MOST_STRETCHES = 12
WORKDAYS = 5


class HoursState(rx.State):
    """The page. `weekly` and `days` hold what is typed; `problem` says why it could not be kept."""

    page: HoursPage = HoursPage()
    is_ready: bool = False
    is_limited: bool = False
    zone: str = ""
    weekly: rx.Field[list[OpenDay]] = rx.field(default_factory=list)
    days: rx.Field[list[OpenDay]] = rx.field(default_factory=list)
    problem: str = ""
    day_problem: str = ""
    is_changed: bool = False
    _person_id: int = 0

    @rx.event
    @signed_in
    async def opened(self):
        """Show the hours of the person in the address, else one's own."""
        viewer = viewer_of(self)
        self._person_id = as_id(self.router.url.query_parameters.get("person")) or viewer.person_id
        await self._read(viewer)
        self.is_ready = True

    @rx.event
    @signed_in
    def limit(self, is_limited: bool):
        """Choose between certain hours and any hour."""
        self.is_limited, self.is_changed = bool(is_limited), True
        if self.is_limited and not any(day.hours for day in self.weekly):
            self.weekly = [replace(day, hours=[USUAL] if n < WORKDAYS else []) for n, day in enumerate(self.weekly)]

    @rx.event
    @signed_in
    def set_zone(self, zone: str):
        """Choose the zone that the hours are meant in."""
        self.zone, self.is_changed = str(zone), True

    @rx.event
    @signed_in
    def set_time(self, part: str, index: int, number: int, end: str, value: str):
        """Take one typed time."""
        day = self._day(part, index)
        if day is None or not 0 <= number < len(day.hours):
            return
        hours = [*day.hours]
        hours[number] = replace(hours[number], **{"end" if end == "end" else "start": str(value)[:5]})
        self._put(part, index, replace(day, hours=hours))

    @rx.event
    @signed_in
    def add_hours(self, part: str, index: int):
        """Open one more stretch of a day, after the last one."""
        day = self._day(part, index)
        if day is not None and len(day.hours) < MOST_STRETCHES:
            self._put(part, index, replace(day, hours=[*day.hours, after(day.hours)]))

    @rx.event
    @signed_in
    def drop_hours(self, part: str, index: int, number: int):
        """Take one stretch of a day away."""
        day = self._day(part, index)
        if day is not None:
            self._put(part, index, replace(day, hours=[one for n, one in enumerate(day.hours) if n != number]))

    @rx.event
    @signed_in
    def copy_monday(self):
        """Give Tuesday to Friday the hours of Monday."""
        self.weekly = [
            replace(day, hours=self.weekly[0].hours) if 0 < n < WORKDAYS else day for n, day in enumerate(self.weekly)
        ]
        self.is_changed = True

    @rx.event
    @signed_in
    def add_day(self, form: dict[str, Any]):
        """Add a date that differs: a day off until hours are given to it."""
        try:
            day = different_day(str(form.get("different_day", "")), clock.today(clock.now(), self.zone or "UTC"))
        except Refusal as refusal:
            self.day_problem = str(refusal)
            return
        self.day_problem, self.is_changed = "", True
        self.days = sorted([*(one for one in self.days if one.day != day.day), day], key=lambda one: one.day)

    @rx.event
    @signed_in
    def drop_day(self, index: int):
        """Let a date be as usual again."""
        self.days = [day for number, day in enumerate(self.days) if number != index]
        self.is_changed = True

    @rx.event
    @signed_in
    async def save(self):
        """Keep everything. What is wrong is said, and nothing that was typed is lost."""
        viewer = viewer_of(self)
        self.problem = await self._store(viewer)
        if self.problem:
            return None
        await self._read(viewer)
        return rx.toast.success("Open hours saved.")

    async def _store(self, viewer: Viewer) -> str:
        """Keep everything, or give what is wrong."""
        if self.is_limited and (wrong := wrong_day([*self.weekly, *self.days])):
            return wrong
        person_id, seen = self._person_id or viewer.person_id, fingerprint(self.page)
        try:
            draft = read(AvailabilityDraft, self._typed())
            await rx.run_in_thread(lambda: perform(set_hours, viewer, "", person_id, draft, seen))
        except Refusal as refusal:
            return str(refusal)
        return ""

    def _typed(self) -> dict[str, Any]:
        if not self.is_limited:
            return {"is_limited": False, "zone": self.zone or self.page.zone}
        days = [{"day": day.day, "hours": [minutes(one) for one in day.hours]} for day in self.days]
        weekly = [[minutes(one) for one in day.hours] for day in self.weekly]
        return {"is_limited": True, "zone": self.zone, "weekly": weekly, "days": days}

    def _day(self, part: str, index: int) -> OpenDay | None:
        days = self._list(part)
        return days[index] if 0 <= index < len(days) else None

    def _put(self, part: str, index: int, day: OpenDay) -> None:
        days = [day if number == index else one for number, one in enumerate(self._list(part))]
        if part == "weekly":
            self.weekly = days
        else:
            self.days = days
        self.is_changed = True

    def _list(self, part: str) -> list[OpenDay]:
        return self.weekly if part == "weekly" else self.days

    async def _read(self, viewer: Viewer) -> None:
        try:
            self.page = await ask(load_hours_page, viewer, clock.now(), self._person_id)
        except NotFound:
            self.page = HoursPage()
        self.is_limited, self.zone = self.page.is_limited, self.page.zone
        self.weekly, self.days = list(self.page.weekly), list(self.page.days)
        self.problem, self.day_problem, self.is_changed = "", "", False


def wrong_day(days: list[OpenDay]) -> str:
    """Name the first day whose hours cannot be; "" where all can."""
    for day in days:
        for one in map(minutes, day.hours):
            start, end = one["start"], one["end"]
            if start is None or end is None or end - start < SHORTEST:
                return f"{day.name}: hours must end at least {SHORTEST} minutes after they begin."
    return ""


def after(hours: list[Stretch]) -> Stretch:
    """Propose the next stretch of a day: an hour after the last one; to be filled in where the day is over by then."""
    if not hours:
        return USUAL
    start = (minutes(hours[-1])["end"] or 0) + 60
    return Stretch(shown(start), shown(min(start + 180, DAY_MINUTES))) if start < DAY_MINUTES else Stretch("", "")


def minutes(stretch: Stretch) -> dict[str, int | None]:
    """Read two typed times as minutes of the day; 00:00 at the end is midnight."""
    return {"start": minute(stretch.start), "end": minute(stretch.end) or DAY_MINUTES}


def minute(typed: str) -> int | None:
    """Read "09:30" as a minute of the day; None is no time."""
    hour, _, rest = typed.partition(":")
    return int(hour) * 60 + int(rest) if hour.isdecimal() and rest.isdecimal() else None


def shown(at: int) -> str:
    """Write a minute of the day as a field of the browser wants it."""
    return f"{at // 60 % 24:02d}:{at % 60:02d}"
