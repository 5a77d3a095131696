"""What a calendar's address says: view, day and filters, read leniently and written back. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from app.models.calendar_layout import View
from app.models.queries.calendar_filters import Filters
from app.models.words import ProgramKind, Shown

LONGEST_NAME = 100
MOST_PROGRAMS = 100
EARLIEST, LATEST = date(1980, 1, 1), date(2200, 1, 1)

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Screen:
    """What is looked at. `day` lies anywhere in the range that the view shows."""

    view: View
    day: date
    filters: Filters = field(default_factory=Filters)

    def at(self, day: date) -> "Screen":
        """Give the same view of another day, within the years a calendar knows."""
        return replace(self, day=min(max(day, EARLIEST), LATEST))


def read_address(params: Mapping[str, str], today: date, *, is_narrow: bool = False) -> Screen:
    """Read the query of an address; what makes no sense in it is left out.

    A narrow screen starts with the list and has no week view, which could not be read there.
    """
    usual = View.LIST if is_narrow else View.MONTH
    view = _one_of(View, params.get("view", "")) or usual
    if is_narrow and view == View.WEEK:
        view = View.LIST
    filters = Filters(
        statuses=_words(Shown, params.get("status", "")),
        kinds=_words(ProgramKind, params.get("type", "")),
        programs=program_ids(params.get("program", "")),
        mentor=_name(params.get("instructor", "")),
        mentee=_name(params.get("student", "")),
    )
    return Screen(view, today, filters).at(date_of(params.get("date", "")) or today)


def date_of(text: str) -> date | None:
    """Read a date; None for what is none or lies outside the years that a calendar knows."""
    with suppress(ValueError):
        day = date.fromisoformat(text)
        return day if EARLIEST <= day <= LATEST else None
    return None


def program_ids(text: str) -> frozenset[int]:
    """Read ids with commas between them; what can be nobody's id is left out."""
    parts = text.split(",")[:MOST_PROGRAMS]
    return frozenset(int(part) for part in parts if re.fullmatch(r"[0-9]{1,9}", part))


def address(screen: Screen) -> str:
    """Write the address that opens this screen."""
    filters = screen.filters
    parts = {
        "view": screen.view.value,
        "date": screen.day.isoformat(),
        "status": _joined(filters.statuses),
        "type": _joined(filters.kinds),
        "program": ",".join(str(one) for one in sorted(filters.programs)),
        "instructor": filters.mentor,
        "student": filters.mentee,
    }
    return "/calendar?" + urlencode({name: value for name, value in parts.items() if value}, safe=",")


def toggled(values: frozenset[T], value: T) -> frozenset[T]:
    """Give the set with `value` in it if it was not, else without it."""
    return values ^ {value}


def without(filters: Filters, name: str, value: str = "") -> Filters:
    """Give the filters without one of them; `value` is the one of several that goes."""
    changes: dict[str, Callable[[], Filters]] = {
        "status": lambda: replace(filters, statuses=filters.statuses - _words(Shown, value)),
        "type": lambda: replace(filters, kinds=filters.kinds - _words(ProgramKind, value)),
        "program": lambda: replace(filters, programs=frozenset(p for p in filters.programs if str(p) != value)),
        "instructor": lambda: replace(filters, mentor=""),
        "student": lambda: replace(filters, mentee=""),
    }
    return changes.get(name, lambda: filters)()


def _one_of(words: type[Word], text: str) -> Word | None:
    return next((word for word in words if word.value == text), None)


def _words(words: type[Word], text: str) -> frozenset[Word]:
    found = (_one_of(words, part) for part in text.split(","))
    return frozenset(word for word in found if word is not None)


def _joined(words: Iterable[StrEnum]) -> str:
    return ",".join(sorted(word.value for word in words))


def _name(text: str) -> str:
    return " ".join(text.split())[:LONGEST_NAME]
