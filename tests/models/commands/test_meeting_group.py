"""A room of many: joined without its host, marked by hand, ended by whoever may."""

from datetime import timedelta

import pytest
import time_machine

from app.models.commands import clockwork, enrolling
from app.models.commands.meeting import enter, finish, mark_attendance, start
from app.models.errors import NotFound, StepRefused
from app.models.permissions import Viewer
from app.models.words import Audience, Place, Role, SeatStatus, Status
from tests.models.factories import (
    House,
    at,
    changes,
    do,
    make_group,
    make_house,
    make_member,
    make_person,
    make_seat,
    make_strangers,
    notices,
    seats,
    session,
    viewer,
)


@pytest.fixture
def house(clock_at: time_machine.Traveller) -> House:
    """It is a quarter of an hour before five o'clock tomorrow."""
    clock_at.move_to(at(1) - timedelta(minutes=15))
    return make_house()


@pytest.fixture
def guests() -> list[Viewer]:
    return [viewer(make_person(f"Guest {number}")) for number in range(3)]


def room(house: House, guests: list[Viewer], **values: object) -> int:
    return make_group(house, at(1), [guest.person_id for guest in guests], **values)


def attended(session_id: int, guests: list[Viewer]) -> list[bool | None]:
    return [seats(session_id)[guest.person_id].attended for guest in guests]


def test_first_participant_makes_it_live_without_the_host(house: House, guests: list[Viewer]):
    session_id = room(house, guests)
    do(enter, guests[1], session_id)
    assert (session(session_id).status, attended(session_id, guests)) == (Status.LIVE, [None, True, None])


def test_host_starts_it_and_all_the_others_join(house: House, guests: list[Viewer]):
    session_id = room(house, guests)
    do(start, house.mentor, session_id)
    for guest in guests:
        do(enter, guest, session_id)
    assert attended(session_id, [house.mentor, *guests]) == [True, True, True, True]
    assert notices() == []


@pytest.mark.parametrize("status", [one for one in SeatStatus if one != SeatStatus.ENROLLED])
def test_who_has_no_place_does_not_get_in(house: House, status: SeatStatus):
    other = make_person()
    session_id = room(house, [])
    make_seat(session_id, other, status)
    with pytest.raises((StepRefused, NotFound)):
        do(enter, viewer(other), session_id)


def test_late_comer_takes_a_place_while_it_is_live_and_joins(house: House, guests: list[Viewer]):
    session_id = room(house, guests, audience=Audience.PUBLIC)
    do(enter, guests[0], session_id)
    late = viewer(make_person("Late"))
    make_member(house.program_id, late.person_id, Role.MENTEE)
    late = viewer(late.person_id)

    assert do(enrolling.join, late, session_id)["status"] == SeatStatus.ENROLLED
    do(enter, late, session_id)
    do(enrolling.leave, guests[1], session_id)

    assert attended(session_id, [late]) == [True]
    assert seats(session_id)[guests[1].person_id].status == SeatStatus.WITHDRAWN


@pytest.mark.parametrize(("by", "expected"), [("manager", Status.COMPLETED), ("mentor", Status.COMPLETED)])
def test_host_or_manager_ends_it_and_who_never_joined_was_absent(
    house: House, guests: list[Viewer], by: str, expected: Status
):
    session_id = room(house, guests)
    do(enter, guests[0], session_id)
    do(finish, house.part(by), session_id)
    assert (session(session_id).status, attended(session_id, guests)) == (expected, [True, False, False])


def test_clock_ends_it_without_the_host(house: House, guests: list[Viewer], clock_at: time_machine.Traveller):
    session_id = room(house, guests)
    do(enter, guests[2], session_id)
    clock_at.move_to(at(1) + timedelta(minutes=75))
    clockwork.tick(at(1) + timedelta(minutes=75))
    assert (session(session_id).status, attended(session_id, [house.mentor])) == (Status.COMPLETED, [False])


def test_room_with_nobody_but_the_host_was_missed(house: House, guests: list[Viewer]):
    session_id = room(house, guests)
    do(start, house.mentor, session_id)
    do(finish, house.mentor, session_id)
    assert session(session_id).status == Status.MISSED


def test_participant_does_not_end_it(house: House, guests: list[Viewer]):
    session_id = room(house, guests)
    do(enter, guests[0], session_id)
    with pytest.raises(StepRefused):
        do(finish, guests[0], session_id)


@pytest.mark.parametrize("by", ["manager", "mentor"])
def test_many_are_marked_at_once_in_one_step(house: House, guests: list[Viewer], by: str):
    session_id = room(house, guests, status=Status.LIVE, place=Place.IN_PERSON)
    marks = {guests[0].person_id: True, guests[1].person_id: False}

    assert do(mark_attendance, house.part(by), session_id, marks) == {"changed": 2}

    assert attended(session_id, guests) == [True, False, None]
    (change,) = changes(session_id)
    assert change.after["attended." + str(guests[1].person_id)] is False
    assert notices() == []


def test_all_came_marks_everybody_with_a_place_and_nobody_else(house: House, guests: list[Viewer]):
    session_id = room(house, guests, status=Status.LIVE)
    waiting = make_person()
    make_seat(session_id, waiting, SeatStatus.WAITING)
    do(mark_attendance, house.mentor, session_id)
    assert attended(session_id, guests) == [True, True, True]
    assert seats(session_id)[waiting].attended is None


def test_marking_the_same_again_leaves_no_trace(house: House, guests: list[Viewer]):
    session_id = room(house, guests, status=Status.LIVE)
    do(mark_attendance, house.mentor, session_id)
    assert do(mark_attendance, house.mentor, session_id) == {"changed": 0}
    assert len(changes(session_id)) == 1


def test_marks_by_hand_outlive_the_end(house: House, guests: list[Viewer]):
    session_id = room(house, guests, status=Status.LIVE)
    do(mark_attendance, house.mentor, session_id, {guests[1].person_id: True})
    do(finish, house.mentor, session_id)
    assert attended(session_id, guests) == [False, True, False]
    do(mark_attendance, house.mentor, session_id, {guests[0].person_id: True})
    assert attended(session_id, guests) == [True, True, False]


def test_participant_and_stranger_mark_nobody(house: House, guests: list[Viewer]):
    session_id = room(house, guests, status=Status.LIVE)
    with pytest.raises(StepRefused):
        do(mark_attendance, guests[0], session_id)
    for person_id in make_strangers(house).values():
        with pytest.raises(NotFound):
            do(mark_attendance, viewer(person_id), session_id)
