"""What the clock does by itself, once."""

from datetime import timedelta

import pytest

from app.models.commands.clockwork import tick
from app.models.database import transaction
from app.models.tables import Notice, Seat
from app.models.words import NoticeKind, Place, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    changes,
    make_group,
    make_person,
    make_session,
    seats,
    session,
    told,
)


def test_tick_cancels_what_was_not_answered_when_its_start_comes(house: House):
    session_id = make_session(house, at(1), status=Status.PENDING, asked_id=house.mentee.person_id)

    assert tick(at(1) - timedelta(seconds=1)) == 0
    assert tick(at(1)) == 1

    row = session(session_id)
    assert (row.status, row.asked_id, row.sequence) == (Status.CANCELLED, None, 1)
    assert told() == [
        (house.mentor.person_id, NoticeKind.UNANSWERED),
        (house.mentee.person_id, NoticeKind.UNANSWERED),
    ]
    [change] = changes(session_id)
    assert (change.step, change.actor_id) == ("lapse", None)


@pytest.mark.parametrize("came", [True, False])
def test_tick_finishes_a_live_session_a_quarter_of_an_hour_after_its_end(house: House, came: bool):
    session_id = make_session(house, at(1), status=Status.LIVE)
    with transaction() as db:
        for seat in seats(session_id).values():
            row = db.get_one(Seat, seat.id)
            row.attended = True if came or seat.is_host else None

    assert tick(at(1, 18, 14)) == 0
    assert tick(at(1, 18, 15)) == 1

    assert session(session_id).status == (Status.COMPLETED if came else Status.MISSED)
    assert session(session_id).finished_at == at(1, 18, 15)
    assert seats(session_id)[house.mentee.person_id].attended is came


def test_tick_misses_an_online_session_that_nobody_entered(house: House):
    session_id = make_session(house, at(1))

    assert tick(at(1, 17, 59)) == 0
    assert tick(at(1, 18)) == 1

    assert session(session_id).status == Status.MISSED
    assert {seat.attended for seat in seats(session_id).values()} == {False}
    assert told() == []


@pytest.mark.parametrize("place", [Place.IN_PERSON, Place.CALL])
def test_tick_leaves_to_people_what_became_of_a_session_in_person(house: House, place: Place):
    session_id = make_session(house, at(1), place=place)

    assert tick(at(9)) == 0
    assert session(session_id).status == Status.SCHEDULED


def test_tick_leaves_deleted_final_and_waiting_sessions_alone(house: House):
    make_session(house, at(1), status=Status.PENDING, deleted_at=at(0))
    make_session(house)
    for status in (Status.COMPLETED, Status.MISSED, Status.CANCELLED):
        make_session(house, at(1), status=status)

    assert tick(at(9)) == 0


def test_tick_goes_on_to_the_others_where_one_session_cannot_be_taken(house: House):
    odd, usual = (make_session(house, at(day), status=Status.PENDING) for day in (1, 2))
    with transaction() as db:
        key = f"{NoticeKind.UNANSWERED}:{odd}.2:1:{house.mentor.person_id}"
        who = house.mentor.person_id
        db.add(Notice(kind=NoticeKind.UNANSWERED, person_id=who, dedupe_key=key, created_at=NOW, due_at=NOW))

    assert tick(at(9)) == 1

    assert (session(odd).status, session(usual).status) == (Status.PENDING, Status.CANCELLED)


def test_tick_takes_each_step_once(house: House):
    make_session(house, at(1), status=Status.PENDING)
    make_session(house, at(2), status=Status.LIVE)
    make_session(house, at(3))
    make_group(house, at(4), [make_person()])

    assert tick(at(9)) == 4
    assert tick(at(9)) == 0
    assert len(told()) == 2
