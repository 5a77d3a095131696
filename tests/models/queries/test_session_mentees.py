"""Who is in a session, as its mentee list names them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest

from app.models.database import reading, transaction
from app.models.errors import NotFound
from app.models.queries.session_mentees import list_mentees
from app.models.queries.session_sheets import mentees_sheet
from app.models.tables import Seat
from app.models.words import SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_person,
    make_seat,
    make_strangers,
    viewer,
)

Reads = Callable[[], AbstractContextManager[list[str]]]


def attend(session_id: int, person_id: int, attended: bool | None, entered_at: datetime | None = None) -> None:
    with transaction() as db:
        values = {"attended": attended, "entered_at": entered_at, "since": NOW}
        db.add(Seat(session_id=session_id, person_id=person_id, **values))


def test_mentee_list_names_who_is_in_how_and_who_came(house: House) -> None:
    session_id = make_group(house, at(-1), status=Status.COMPLETED)
    attend(session_id, make_person("Ann", email="ann@example.org"), attended=True)
    attend(session_id, make_person("Ben", email="ben@example.org"), attended=False)
    attend(session_id, make_person("Cem", email="cem@example.org"), None, NOW)
    for name, status in (("Dan", SeatStatus.INVITED), ("Eve", SeatStatus.WAITING), ("Fay", SeatStatus.DECLINED)):
        make_seat(session_id, make_person(name, email=f"{name.lower()}@example.org"), status)
    with reading() as db:
        listed = list_mentees(db, house.manager, session_id)
        searched = list_mentees(db, house.manager, session_id, "DAN@")
        for_file = mentees_sheet(db, house.mentor, session_id)
    assert [(row.name, row.word, row.came) for row in listed.rows] == [
        ("Ann", "Enrolled", "Came"),
        ("Ben", "Enrolled", "Did not come"),
        ("Cem", "Enrolled", "Came"),
        ("Dan", "Invited", ""),
        ("Eve", "Waiting", ""),
        ("Fay", "Declined", ""),
    ]
    assert (listed.rows[0].email, listed.total) == ("ann@example.org", 6)
    assert ([row.name for row in searched.rows], searched.total) == (["Dan"], 6)
    assert (for_file.headings, for_file.rows[0]) == (["Name", "Status", "Attendance"], ["Ann", "Enrolled", "Came"])


@pytest.mark.parametrize("who", ["mentee", "nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_mentee_list_is_for_managers_and_the_host(house: House, who: str) -> None:
    session_id = make_group(house, at(), [house.mentee.person_id])
    stranger = viewer((make_strangers(house) | {"mentee": house.mentee.person_id})[who])
    with reading() as db, pytest.raises(NotFound):
        list_mentees(db, stranger, session_id)


@pytest.mark.parametrize("count", [1, 30])
def test_mentee_list_takes_as_many_statements_for_one_as_for_thirty(
    house: House, count_reads: Reads, count: int
) -> None:
    session_id = make_group(house, at(), [make_person() for _ in range(count)], maximum=40)
    with reading() as db, count_reads() as seen:
        assert len(list_mentees(db, house.manager, session_id).rows) == count
    assert len(seen) == 4
