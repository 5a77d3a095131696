"""What ratings come to, and who may give one until when."""

from datetime import timedelta
from itertools import product

import pytest
from sqlmodel import select

from app.models.database import reading
from app.models.rating import OPEN_FOR, OVER, Rating, came, sum_up, who_came, why_not
from app.models.tables import Seat, Session
from app.models.words import SeatStatus, Status
from tests.models.factories import NOW, House, at, make_group, make_person, make_seat, rows_of


def completed(**values: object) -> Session:
    usual = {"status": Status.COMPLETED, "finished_at": NOW, "program_id": 1, "host_id": 1, "uid": "u"}
    return Session(**usual | {"created_at": NOW} | values)


def seat(**values: object) -> Seat:
    return Seat(**{"session_id": 1, "person_id": 2, "attended": True, "since": NOW} | values)


def test_ratings_are_counted_by_stars_and_averaged():
    assert sum_up([5, 4, 5, 1]) == Rating(4, 3.75, [1, 0, 0, 1, 2])
    assert sum_up([5, 4, 5, 1]).words == "3.8 of 5 stars from 4 ratings"
    assert sum_up([4]).words == "4.0 of 5 stars from 1 rating"


def test_no_ratings_say_nothing():
    assert (sum_up([]), sum_up([]).words) == (Rating(0, 0.0, [0, 0, 0, 0, 0]), "")


def test_rating_closes_two_weeks_after_the_end_to_the_moment():
    assert why_not(completed(), seat(), NOW + OPEN_FOR - timedelta(microseconds=1)) == ""
    assert why_not(completed(), seat(), NOW + OPEN_FOR) == OVER
    assert why_not(completed(finished_at=None, end_at=NOW), seat(), NOW + OPEN_FOR) == OVER


@pytest.mark.parametrize("status", [one for one in Status if one != Status.COMPLETED])
def test_only_a_completed_session_is_rated(status: Status):
    assert why_not(completed(status=status), seat(), NOW) == "A session can be rated once it is completed."


@pytest.mark.parametrize("status", [one for one in SeatStatus if one != SeatStatus.ENROLLED])
def test_who_had_no_place_does_not_rate(status: SeatStatus):
    assert why_not(completed(), seat(status=status), NOW) == "Only those who took part can rate a session."


def test_host_and_stranger_do_not_rate_and_the_absent_are_told_why():
    only = "Only those who took part can rate a session."
    assert [why_not(completed(), one, NOW) for one in (None, seat(is_host=True))] == [only, only]
    assert why_not(completed(), seat(attended=False), NOW).startswith("You are marked as absent")
    assert why_not(completed(), seat(attended=None), NOW) == ""


def test_query_finds_those_who_came(house: House):
    session_id = make_group(house, at())
    for status, is_host, attended in product(SeatStatus, (True, False), (True, False, None)):
        make_seat(session_id, make_person(), status, is_host=is_host, attended=attended)

    with reading() as db:
        found = db.exec(select(Seat.id).where(who_came()).order_by(Seat.id)).all()
    assert found == [seat.id for seat in rows_of(Seat) if came(seat)]
    assert len(found) == 2
