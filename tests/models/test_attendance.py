"""Who counts as having been there: the same of a seat as of the seats of a query."""

from itertools import product

import pytest
from sqlmodel import col, select

from app.models.attendance import was_there, were_there
from app.models.database import reading
from app.models.tables import Seat, Session
from app.models.words import Status
from tests.models.factories import NOW, House, at, make_group, make_person, make_seat


@pytest.mark.parametrize(
    ("noted", "went_in", "status", "there"),
    [
        (True, False, Status.MISSED, True),
        (False, True, Status.COMPLETED, False),
        (None, True, Status.MISSED, True),
        (None, False, Status.COMPLETED, True),
        (None, False, Status.MISSED, False),
    ],
)
def test_note_goes_first_then_who_went_in_then_that_it_was_held(
    noted: bool | None, went_in: bool, status: Status, there: bool
):
    seat = Seat(session_id=1, person_id=1, attended=noted, entered_at=NOW if went_in else None, since=NOW)
    session = Session(program_id=1, host_id=1, uid="u", created_at=NOW, status=status)
    assert was_there(seat, session) == there


def test_query_finds_the_same(house: House):
    for status in (Status.COMPLETED, Status.MISSED):
        session_id = make_group(house, at(), status=status)
        for noted, entered_at in product((True, False, None), (NOW, None)):
            make_seat(session_id, make_person(), attended=noted, entered_at=entered_at)

    with reading() as db:
        rows = db.exec(select(Seat, Session, were_there()).join(Session, col(Session.id) == col(Seat.session_id))).all()
    assert [bool(there) for *_, there in rows] == [was_there(seat, session) for seat, session, _ in rows]
    assert len(rows) == 14
