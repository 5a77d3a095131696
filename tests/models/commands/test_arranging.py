"""Giving a time to what has none: arrange, arrange again, reactivate."""

import pytest
import time_machine

from app.models.commands.booking import arrange, arrange_again, book, reactivate
from app.models.database import transaction
from app.models.drafts import Meeting, Repetition
from app.models.errors import Clash, Refusal, Stale, StepRefused
from app.models.tables import Relationship
from app.models.words import NoticeKind, Repeat, Scope, Status
from tests.models.factories import (
    IN_PERSON,
    NOW,
    House,
    at,
    booking,
    changes,
    do,
    editing,
    make_house,
    make_session,
    session,
    sessions,
    told,
)

WEEKLY = Repetition(repeat=Repeat.WEEKLY, times=3)


@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
def test_arrange_gives_a_waiting_session_its_time(house: House, part: str):
    session_id = make_session(house, number=2)

    result = do(arrange, house.part(part), session_id, editing(at(), meeting=IN_PERSON))

    row = session(session_id)
    assert (row.status, row.start_at, row.address, row.number) == (
        Status.SCHEDULED,
        at(),
        "Room 4, Old School",
        2,
    )
    assert told()[0][1] == NoticeKind.BOOKED
    assert result["asks"] == ""


def test_arrange_brings_a_cancelled_session_back_under_its_identity(house: House):
    session_id = make_session(house, at(1), status=Status.CANCELLED, cancel_reason="Ill", sequence=3, uid="u@m")

    do(arrange, house.mentee, session_id, editing(at(2)))

    row = session(session_id)
    assert (row.status, row.start_at, row.cancel_reason) == (Status.SCHEDULED, at(2), "")
    assert (row.uid, row.sequence, row.version) == ("u@m", 4, 2)


def test_arrange_asks_where_the_programme_wants_it():
    house = make_house(asks_confirmation=True)
    session_id = make_session(house)

    result = do(arrange, house.mentee, session_id, editing(at()))

    assert (session(session_id).status, session(session_id).asked_id) == (Status.PENDING, house.mentor.person_id)
    assert result["asks"] == "Max is asked to confirm."


def test_arrange_refuses_a_taken_hour_a_past_one_and_a_placeless_one(house: House):
    make_session(house, at(1))
    session_id = make_session(house)

    with pytest.raises(Clash):
        do(arrange, house.mentor, session_id, editing(at(1)))
    with pytest.raises(Refusal, match="has passed"):
        do(arrange, house.mentor, session_id, editing(NOW))
    with pytest.raises(Refusal, match="link is missing"):
        do(arrange, house.mentor, session_id, editing(at(2), meeting=Meeting()))
    assert session(session_id).status == Status.TO_BE_ARRANGED


def test_arrange_refuses_what_somebody_else_has_changed(house: House):
    session_id = make_session(house, version=4)

    with pytest.raises(Stale):
        do(arrange, house.mentor, session_id, editing(at(), version=3))


def test_arrange_refuses_a_pair_that_no_longer_works_together(house: House):
    session_id = make_session(house)
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW

    with pytest.raises(Refusal, match="no longer work together"):
        do(arrange, house.manager, session_id, editing(at()))


def test_arrange_again_adds_a_session_under_the_next_number(house: House, clock_at: time_machine.Traveller):
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).next_number = 5
    make_session(house, number=2)
    missed = make_session(house, at(1), status=Status.MISSED, number=1)
    clock_at.move_to(at(2))

    result = do(arrange_again, house.mentee, missed, editing(at(9)))

    added = session(result["session_id"])
    assert (added.number, added.status, added.start_at) == (5, Status.SCHEDULED, at(9))
    assert session(missed).status == Status.MISSED
    assert [change.step for change in changes(missed)] == ["arrange_again"]


def test_reactivate_gives_the_old_time_back(house: House):
    session_id = make_session(house, at(1), status=Status.CANCELLED, cancel_reason="Ill")

    do(reactivate, house.mentee, session_id)

    assert (session(session_id).status, session(session_id).cancel_reason) == (Status.SCHEDULED, "")
    assert {kind for _, kind in told()} == {NoticeKind.REACTIVATED}


def test_reactivate_asks_where_the_programme_wants_it():
    house = make_house(asks_confirmation=True)
    session_id = make_session(house, at(1), status=Status.CANCELLED)

    do(reactivate, house.mentor, session_id)

    assert session(session_id).status == Status.PENDING
    assert {kind for _, kind in told()} == {NoticeKind.ASKED}


def test_reactivate_refuses_a_time_that_is_taken_or_past(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1), status=Status.CANCELLED)
    make_session(house, at(1))

    with pytest.raises(Clash):
        do(reactivate, house.mentor, session_id)
    clock_at.move_to(at(1))
    with pytest.raises(StepRefused, match="Its old time has passed"):
        do(reactivate, house.mentor, session_id)


def test_reactivate_a_series_brings_back_what_is_still_to_come(house: House, clock_at: time_machine.Traveller):
    ids = do(book, house.manager, booking(house, repetition=WEEKLY))["session_ids"]
    with transaction() as db:
        for row in sessions():
            row.status = Status.CANCELLED
            db.merge(row)
    clock_at.move_to(at(2))

    do(reactivate, house.manager, ids[1], Scope.ALL)

    assert [session(one).status for one in ids] == [Status.CANCELLED, Status.SCHEDULED, Status.SCHEDULED]
