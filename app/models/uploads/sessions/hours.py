"""Which rows lie outside their mentor's open hours: pointed out, not refused, as the form does to a manager (R9)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session as Db

from app.models.availability import OpenHours, is_within, windows
from app.models.occupancy import Wish, load_hours
from app.models.period import Period
from app.models.uploads.sessions.roster import portions

AROUND = timedelta(days=1)
"""So far from its day a session may begin or end where the hours' zone is another, or it lasts over midnight."""


class HoursBook:
    """The open hours of those who have set some. Each day is laid out once, however many rows fall on it."""

    def __init__(self, hours: dict[int, OpenHours]) -> None:
        self.hours = hours
        self._days: dict[tuple[int, date], list[Period]] = {}

    def is_outside(self, wish: Wish) -> bool:
        """Whether a one-to-one would lie outside. Group sessions are the host's own affair."""
        if wish.mentee_id is None or wish.host_id not in self.hours:
            return False
        key = (wish.host_id, wish.period.start.astimezone(UTC).date())
        if key not in self._days:
            midnight = datetime.combine(key[1], time(), UTC)
            self._days[key] = windows(self.hours[wish.host_id], midnight - AROUND, midnight + 2 * AROUND)
        return not is_within(self._days[key], wish.period)


def read_hours(db: Db, wishes: Iterable[Wish]) -> HoursBook:
    """Read the open hours of everybody who would meet one person."""
    hours: dict[int, OpenHours] = {}
    for some in portions(sorted({wish.host_id for wish in wishes if wish.mentee_id is not None})):
        hours |= load_hours(db, some)
    return HoursBook(hours)
