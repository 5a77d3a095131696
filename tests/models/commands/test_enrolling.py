"""Taking and giving up places: who gets one, who waits, who moves up, what each is told."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.models.commands import enrolling
from app.models.commands.cancelling import cancel, delete
from app.models.database import transaction
from app.models.drafts import CancelDraft
from app.models.errors import NotFound, Refusal, StepRefused
from app.models.permissions import Viewer
from app.models.seats import HOLD, TICK
from app.models.tables import Notice, Seat
from app.models.words import Audience, NoticeKind, Role, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_house,
    make_member,
    make_person,
    make_program,
    make_seat,
    make_session,
    notices,
    rows_of,
    session,
    viewer,
)


def public(house: House, maximum: int = 3, **values: Any) -> int:
    return make_group(house, at(), **{"audience": Audience.PUBLIC, "maximum": maximum, "slug": "chess"} | values)


def private(house: House, maximum: int = 3, **values: Any) -> int:
    return make_group(house, at(), **{"audience": Audience.PRIVATE, "maximum": maximum, "slug": "chess"} | values)


def members(house: House, count: int) -> list[Viewer]:
    people = [make_person(f"Member {number}") for number in range(1, count + 1)]
    for person_id in people:
        make_member(house.program_id, person_id, Role.MENTEE)
    return [viewer(person_id) for person_id in people]


def standing(session_id: int) -> dict[int, str]:
    return {row.person_id: row.status for row in rows_of(Seat) if row.session_id == session_id and not row.is_host}


def seat_ids(session_id: int, person_id: int) -> list[int | None]:
    return [row.id for row in rows_of(Seat) if (row.session_id, row.person_id) == (session_id, person_id)]


def told() -> list[tuple[str, int]]:
    return [(row.kind, row.person_id) for row in notices()]


def test_joining_takes_places_and_then_numbers_in_the_waiting_list(house: House):
    session_id = public(house)
    given = [do(enrolling.join, one, session_id) for one in members(house, 4)]
    assert [(one["status"], one["position"]) for one in given] == [
        ("enrolled", 0),
        ("enrolled", 0),
        ("waiting", 1),
        ("waiting", 2),
    ]


def test_leaving_lets_the_first_who_waits_in_and_tells_them(house: House):
    session_id = public(house)
    one, two, three, four = members(house, 4)
    for person in (one, two, three, four):
        do(enrolling.join, person, session_id)
    do(enrolling.leave, one, session_id)

    assert standing(session_id) == {
        one.person_id: "withdrawn",
        two.person_id: "enrolled",
        three.person_id: "enrolled",
        four.person_id: "waiting",
    }
    assert told() == [
        (NoticeKind.ENROLLED, one.person_id),
        (NoticeKind.ENROLLED, two.person_id),
        (NoticeKind.WAITING, three.person_id),
        (NoticeKind.WAITING, four.person_id),
        (NoticeKind.LEFT, one.person_id),
        (NoticeKind.PROMOTED, three.person_id),
    ]


def test_who_was_let_in_may_decline_and_the_next_moves_up(house: House):
    session_id = public(house, 2)
    one, two, three = members(house, 3)
    for person in (one, two, three):
        do(enrolling.join, person, session_id)
    do(enrolling.leave, one, session_id)
    do(enrolling.decline_invitation, two, session_id)
    assert standing(session_id) == {
        one.person_id: "withdrawn",
        two.person_id: "withdrawn",
        three.person_id: "enrolled",
    }


def test_joining_again_takes_the_same_seat_row_at_the_end_of_the_line(house: House):
    session_id = public(house, 2)
    one, two, three = members(house, 3)
    for person in (one, two, three):
        do(enrolling.join, person, session_id)
    first = seat_ids(session_id, two.person_id)
    do(enrolling.leave, two, session_id)
    assert do(enrolling.join, two, session_id)["position"] == 2
    assert seat_ids(session_id, two.person_id) == first


def test_joining_twice_changes_nothing(house: House):
    session_id = public(house)
    [one] = members(house, 1)
    assert do(enrolling.join, one, session_id) == do(enrolling.join, one, session_id)
    assert told() == [(NoticeKind.ENROLLED, one.person_id)]


def test_host_attends_and_cannot_leave(house: House):
    session_id = public(house)
    assert do(enrolling.join, house.mentor, session_id)["status"] == "enrolled"
    with pytest.raises(StepRefused):
        do(enrolling.leave, house.mentor, session_id)
    assert told() == []


def test_a_running_session_can_be_joined_and_left(house: House):
    session_id = public(house, 2, status=Status.LIVE)
    one, two = members(house, 2)
    with time_machine.travel(at() + timedelta(minutes=5), tick=False):
        do(enrolling.join, one, session_id)
        do(enrolling.join, two, session_id)
        do(enrolling.leave, one, session_id)
    assert standing(session_id) == {one.person_id: "withdrawn", two.person_id: "enrolled"}


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.COMPLETED, Status.MISSED])
def test_a_session_that_does_not_take_place_any_more_is_refused(house: House, status: Status):
    session_id = public(house, status=status)
    [one] = members(house, 1)
    with pytest.raises(StepRefused):
        do(enrolling.join, one, session_id)


def test_a_session_whose_end_has_passed_is_refused(house: House):
    session_id = public(house)
    [one] = members(house, 1)
    with time_machine.travel(at() + timedelta(hours=2), tick=False), pytest.raises(StepRefused, match="over"):
        do(enrolling.join, one, session_id)


def test_a_deleted_session_and_a_one_to_one_are_not_found(house: House):
    session_id, other = public(house), make_session(house, at(3))
    do(delete, house.manager, session_id)
    for one in (session_id, other, 10**12, 0):
        with pytest.raises(NotFound):
            do(enrolling.join, house.mentee, one)


def test_nobody_moves_up_when_a_session_is_cancelled(house: House):
    session_id = public(house, 2)
    one, two = members(house, 2)
    do(enrolling.join, one, session_id)
    do(enrolling.join, two, session_id)
    do(cancel, house.manager, session_id, CancelDraft())
    with pytest.raises(StepRefused, match="cancelled"):
        do(enrolling.leave, one, session_id)
    assert standing(session_id) == {one.person_id: "enrolled", two.person_id: "waiting"}


def test_private_session_is_open_to_the_invited_only(house: House):
    session_id = private(house)
    one, two = members(house, 2)
    make_seat(session_id, one.person_id, SeatStatus.INVITED)
    assert do(enrolling.join, one, session_id)["status"] == "enrolled"
    with pytest.raises(NotFound):
        do(enrolling.join, two, session_id)


def test_members_of_other_programmes_need_the_link(house: House):
    session_id = public(house)
    stranger = make_person()
    make_member(make_program(name="Elsewhere"), stranger, Role.MENTEE)
    with pytest.raises(NotFound):
        do(enrolling.join, viewer(stranger), session_id)
    assert do(enrolling.join, viewer(stranger), session_id, slug="chess")["status"] == "enrolled"


def test_where_visitors_are_not_let_in_members_still_are():
    house = make_house(allows_visitors=False)
    session_id = public(house, 5)
    visitor, member = make_person(), make_person()
    make_member(make_program(name="Elsewhere"), member, Role.MENTEE)
    with pytest.raises(Refusal, match="members only"):
        do(enrolling.join, viewer(visitor), session_id, slug="chess")
    do(enrolling.join, viewer(member), session_id, slug="chess")
    do(enrolling.join, house.mentee, session_id)
    assert standing(session_id) == {member: "enrolled", house.mentee.person_id: "enrolled"}


def test_a_clash_with_another_session_only_warns(house: House):
    make_session(house, at())
    session_id = public(house)
    given = do(enrolling.join, house.mentee, session_id)
    assert given["status"] == "enrolled"
    assert given["warning"].startswith("You also have “Algebra” on ")


def test_declining_a_private_invitation_frees_its_place(house: House):
    session_id = private(house, 2)
    one, two = members(house, 2)
    make_seat(session_id, one.person_id, SeatStatus.INVITED)
    make_seat(session_id, two.person_id, SeatStatus.WAITING)
    assert do(enrolling.decline_invitation, one, session_id)["status"] == "declined"
    assert standing(session_id) == {one.person_id: "declined", two.person_id: "enrolled"}
    assert do(enrolling.accept_invitation, one, session_id)["status"] == "waiting"


def test_who_was_never_invited_cannot_answer(house: House):
    session_id = public(house)
    for command in (enrolling.accept_invitation, enrolling.decline_invitation, enrolling.leave, enrolling.confirm_seat):
        with pytest.raises(NotFound):
            do(command, house.mentee, session_id)


def test_a_held_place_runs_out_and_is_given_to_who_waits(house: House):
    session_id = public(house, 2)
    one, two = members(house, 2)
    make_seat(session_id, one.person_id, SeatStatus.UNCONFIRMED)
    do(enrolling.join, two, session_id)
    assert enrolling.expire_holds(NOW + HOLD - timedelta(seconds=1)) == 0
    assert enrolling.expire_holds(NOW + HOLD) == 1
    assert enrolling.expire_holds(NOW + HOLD) == 0
    assert standing(session_id) == {one.person_id: "withdrawn", two.person_id: "enrolled"}
    assert told() == [(NoticeKind.WAITING, two.person_id), (NoticeKind.PROMOTED, two.person_id)]


def test_held_places_run_out_in_the_others_where_one_session_cannot_be_settled(house: House):
    odd, usual = public(house, 2), public(house, 2, slug="draughts")
    one, two = members(house, 2)
    for session_id in (odd, usual):
        make_seat(session_id, one.person_id, SeatStatus.UNCONFIRMED)
        do(enrolling.join, two, session_id)
    with transaction() as db:
        promoted = f"{NoticeKind.PROMOTED}:{odd}.1@{NOW + HOLD + TICK:%Y%m%d%H%M%S%f}:{two.person_id}"
        db.add(
            Notice(kind=NoticeKind.PROMOTED, person_id=two.person_id, dedupe_key=promoted, created_at=NOW, due_at=NOW)
        )
    assert enrolling.expire_holds(NOW + HOLD) == 1
    assert standing(odd) == {one.person_id: "unconfirmed", two.person_id: "waiting"}
    assert standing(usual) == {one.person_id: "withdrawn", two.person_id: "enrolled"}


def test_confirming_keeps_the_place_and_too_late_asks_for_another(house: House):
    session_id = public(house, 2)
    one, two = members(house, 2)
    make_seat(session_id, one.person_id, SeatStatus.UNCONFIRMED)
    assert do(enrolling.confirm_seat, one, session_id)["status"] == "enrolled"
    assert do(enrolling.confirm_seat, one, session_id)["status"] == "enrolled"
    do(enrolling.leave, one, session_id)
    with pytest.raises(Refusal, match="given up"):
        do(enrolling.confirm_seat, one, session_id)

    make_seat(session_id, two.person_id, SeatStatus.UNCONFIRMED)
    with time_machine.travel(NOW + HOLD, tick=False):
        assert do(enrolling.confirm_seat, two, session_id)["status"] == "enrolled"


def test_confirming_too_late_in_a_full_session_is_a_number_in_the_line(house: House):
    session_id = public(house, 2)
    one, two, three = members(house, 3)
    make_seat(session_id, one.person_id, SeatStatus.UNCONFIRMED)
    do(enrolling.join, two, session_id)
    do(enrolling.join, three, session_id)
    with time_machine.travel(NOW + HOLD, tick=False):
        given = do(enrolling.confirm_seat, one, session_id)
    assert (given["status"], given["position"]) == ("waiting", 2)
    assert standing(session_id)[two.person_id] == "enrolled"


def test_signed_link_leaves_without_a_login(house: House):
    session_id = public(house)
    [one] = members(house, 1)
    do(enrolling.join, one, session_id)
    assert enrolling.leave_seat(session_id, one.person_id)["status"] == "withdrawn"
    assert session(session_id).version == 1
