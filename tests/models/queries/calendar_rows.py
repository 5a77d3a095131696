"""What the tests of the calendar's query share: its rows, and its two questions."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from app.models.database import engine, reading, transaction
from app.models.folding import search_text
from app.models.permissions import Viewer
from app.models.queries.calendar import DayOfEntries, Entry, entries_between, entries_by_day
from app.models.queries.calendar_filters import Filters
from app.models.tables import Move, Person
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    make_house,
)

DAY = timedelta(days=1)


@pytest.fixture
def house() -> House:
    made = make_house()
    for person_id, name in ((made.mentor.person_id, "Max Mentor"), (made.mentee.person_id, "Mia Müller")):
        rename(person_id, name)
    return made


def rename(person_id: int, name: str) -> None:
    with transaction() as db:
        person = db.get_one(Person, person_id)
        person.first_name, _, person.last_name = name.partition(" ")
        person.search_text = search_text(person.first_name, person.last_name, person.email)


def make_move(session_id: int, old_start: datetime, new_start: datetime) -> None:
    hour = timedelta(hours=1)
    with transaction() as db:
        db.add(
            Move(
                session_id=session_id,
                old_start_at=old_start,
                old_end_at=old_start + hour,
                new_start_at=new_start,
                new_end_at=new_start + hour,
                moved_at=NOW,
            )
        )


@contextmanager
def counted() -> Generator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement != "BEGIN":
            seen.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    yield seen
    event.remove(engine(), "before_cursor_execute", note)


def between(who: Viewer, filters: Filters | None = None, *, days: int = 7, **options: Any) -> list[Entry]:
    first, last = at(0, 0), at(days, 0)
    with reading() as db:
        return entries_between(db, who, NOW, first, last, filters or Filters(), **options)


def by_day(
    who: Viewer, first: date, count: int, zone: str = BERLIN, filters: Filters | None = None
) -> list[DayOfEntries]:
    days = [first + i * DAY for i in range(count)]
    with reading() as db:
        return entries_by_day(db, who, NOW, days, zone, filters or Filters())


def ids(entries: list[Entry] | tuple[Entry, ...]) -> list[int]:
    return [entry.session_id for entry in entries]
