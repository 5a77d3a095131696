"""The form of a mentor's open hours."""

from collections import Counter
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.models.drafts.base import Day, Draft, Zone

MOST_DAYS = 400
"""More days that differ than this are no exceptions any more."""
SHORTEST = 30

Minute = Annotated[int, Field(ge=0, le=24 * 60)]


class Stretch(Draft):
    """Open from one minute of the day to another, the end not included."""

    start: Minute
    end: Minute

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end - self.start < SHORTEST:
            raise ValueError("These hours must end at least 30 minutes after they begin.")
        return self


class DifferentDay(Draft):
    """A date on which other hours apply; none is a day off."""

    day: Day
    hours: Annotated[tuple[Stretch, ...], Field(max_length=12)] = ()


class AvailabilityDraft(Draft):
    """A mentor's usual week, Monday first, and the days that differ. `is_limited` False: may be booked at any hour."""

    is_limited: bool
    zone: Zone
    weekly: Annotated[tuple[tuple[Stretch, ...], ...], Field(max_length=7)] = ()
    days: Annotated[tuple[DifferentDay, ...], Field(max_length=MOST_DAYS)] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        twice = [day for day, count in Counter(one.day for one in self.days).items() if count > 1]
        if twice:
            raise ValueError(f"{min(twice):%d %B %Y} is there twice. Keep one of the two.")
        return self
