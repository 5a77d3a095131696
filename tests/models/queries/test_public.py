"""What the world sees of a group session, and where somebody stands in it: rows, order, a constant number of reads."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlmodel import col, update

from app.models import clock
from app.models.commands.enrolling import join, leave, leave_seat
from app.models.commands.inviting import remove
from app.models.database import reading, transaction
from app.models.errors import NotFound
from app.models.place_marks import PlaceMark
from app.models.queries.public import NotOpen, PublicSession, Standing, load_public, load_standing
from app.models.tables import Seat
from app.models.words import Audience, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_person,
    make_seat,
    viewer,
)
from tests.models.organised import house

__all__ = ["house"]

CountReads = Callable[[], AbstractContextManager[list[str]]]


def chess(house: House, **values: object) -> int:
    return make_group(house, at(3), **{"slug": "chess", "audience": Audience.PUBLIC, "maximum": 5} | values)


def public() -> PublicSession:
    with reading() as db:
        return load_public(db, "chess", clock.now())


def stands(person_id: int) -> Standing:
    with reading() as db:
        found = load_public(db, "chess", clock.now())
        return load_standing(db, found, None, PlaceMark(found.id, person_id, SeatStatus.ENROLLED, is_proven=True))


@pytest.mark.parametrize(
    ("status", "left", "waiting"),
    [
        (SeatStatus.ENROLLED, 3, 0),
        (SeatStatus.UNCONFIRMED, 3, 0),
        (SeatStatus.WAITING, 0, 1),
        (SeatStatus.INVITED, 4, 0),
        (SeatStatus.DECLINED, 4, 0),
        (SeatStatus.WITHDRAWN, 4, 0),
    ],
)
def test_places_left_count_who_has_one(house: House, status: SeatStatus, left: int, waiting: int) -> None:
    make_seat(chess(house), make_person(), status)
    assert (public().left, public().waiting) == (left, waiting)


def test_invited_people_have_a_place_in_a_private_session(house: House) -> None:
    make_seat(chess(house, audience=Audience.PRIVATE), make_person(), SeatStatus.INVITED)
    assert public().left == 3


def test_held_place_counts_for_half_an_hour(house: House) -> None:
    make_seat(chess(house), make_person(), SeatStatus.UNCONFIRMED)
    with transaction() as db:
        db.execute(update(Seat).where(col(Seat.is_host).is_(False)).values(since=NOW - timedelta(minutes=30)))
    assert public().left == 4


def test_lowered_maximum_leaves_no_negative_places(house: House) -> None:
    session_id = chess(house, maximum=2)
    for _ in range(3):
        make_seat(session_id, make_person())
    assert public().left == 0


def test_position_is_by_time_then_by_row(house: House) -> None:
    session_id, people = chess(house, maximum=2), [make_person() for _ in range(3)]
    for person_id in people:
        make_seat(session_id, person_id, SeatStatus.WAITING)
    assert [stands(person_id).position for person_id in people] == [1, 2, 3]


def test_mark_of_nobody_is_answered_as_a_newcomer_would_be(house: House) -> None:
    session_id = chess(house, maximum=2)
    first, second = make_person(), make_person()
    for person_id, status in ((first, SeatStatus.ENROLLED), (second, SeatStatus.WAITING)):
        make_seat(session_id, person_id, status)
    mark = PlaceMark(session_id, 0, SeatStatus.WAITING, 9)
    with reading() as db:
        assert load_standing(db, public(), None, mark) == Standing(SeatStatus.WAITING, 2)
    leave_seat(session_id, second)
    leave_seat(session_id, first)
    with reading() as db:
        assert load_standing(db, public(), None, mark) == Standing(SeatStatus.ENROLLED)


def test_private_session_is_open_to_those_who_have_a_part(house: House) -> None:
    session_id = chess(house, audience=Audience.PRIVATE)
    invited = make_person()
    make_seat(session_id, invited, SeatStatus.INVITED)
    with reading() as db:
        found = load_public(db, "chess", clock.now())
        assert load_standing(db, found, house.manager, None).is_manager
        assert load_standing(db, found, house.mentor, None).is_host
        for viewer, mark in ((None, None), (house.mentee, None), (None, PlaceMark(found.id, 999, SeatStatus.INVITED))):
            with pytest.raises(NotOpen):
                load_standing(db, found, viewer, mark)
    assert stands(invited).status == SeatStatus.INVITED


def test_private_session_is_closed_to_whom_it_was_taken_from(house: House) -> None:
    session_id, person = chess(house, audience=Audience.PRIVATE), make_person()
    make_seat(session_id, person)
    do(leave, viewer(person), session_id)
    assert stands(person).status == SeatStatus.WITHDRAWN
    do(join, viewer(person), session_id)
    do(remove, house.mentor, session_id, person)
    with pytest.raises(NotOpen):
        stands(person)


def test_invitation_is_not_told_to_who_only_typed_the_address(house: House) -> None:
    invited = make_person()
    make_seat(chess(house), invited, SeatStatus.INVITED)
    with reading() as db:
        mark = PlaceMark(public().id, invited, SeatStatus.WITHDRAWN)
        assert load_standing(db, public(), None, mark) == Standing()
    assert stands(invited).status == SeatStatus.INVITED


@pytest.mark.parametrize("values", [{"deleted_at": NOW, "status": Status.CANCELLED}, {"slug": "other"}])
def test_deleted_and_unknown_are_not_found(house: House, values: dict[str, object]) -> None:
    chess(house, **values)
    with pytest.raises(NotFound):
        public()


@pytest.mark.parametrize("people", [1, 30])
def test_page_needs_five_statements(house: House, count_reads: CountReads, people: int) -> None:
    session_id = chess(house, maximum=2)
    waiting = [make_person() for _ in range(people)]
    for person_id in waiting:
        make_seat(session_id, person_id, SeatStatus.WAITING)
    with count_reads() as seen:
        assert stands(waiting[-1]).position == people
    assert len(seen) == 5
