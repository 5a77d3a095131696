"""Too few people a day before: who is told, and what becomes of the session."""

from datetime import timedelta

import pytest

from app.models.commands.booking import reactivate
from app.models.commands.changing import edit
from app.models.commands.clockwork import tick
from app.models.commands.minimums import check_minimums, looks_at
from app.models.words import BelowMinimum, NoticeKind, Rank, SeatStatus, Status
from tests.models import factories as make
from tests.models.factories import NOW, House, at

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def house() -> House:
    """A programme that keeps what too few come to."""
    return make.make_house()


def too_few() -> list[tuple[int, int, int, bool]]:
    """Who was told, how many come, how many are needed, and whether it is cancelled."""
    rows = make.notices(kind=NoticeKind.TOO_FEW)
    return [(row.person_id, *(row.facts[name] for name in ("people", "minimum", "is_cancelled"))) for row in rows]


def test_host_and_manager_are_told_once_a_day_before(house: House):
    session_id = make.make_group(house, at(3), [make.make_person()], minimum=3)

    assert [check_minimums(at(3) - DAY - SECOND), check_minimums(at(3) - DAY), check_minimums(at(3))] == [0, 1, 0]
    people = sorted((house.manager.person_id, house.mentor.person_id))
    assert too_few() == [(one, 2, 3, False) for one in people]
    row = make.session(session_id)
    assert (row.status, row.minimum_checked_at, row.version) == (Status.SCHEDULED, at(3) - DAY, 1)


def test_host_counts_and_who_has_no_place_does_not(house: House):
    session_id = make.make_group(house, at(3), [make.make_person()], minimum=2)
    full = make.make_group(house, at(3), minimum=2)
    for status in (SeatStatus.INVITED, SeatStatus.WAITING, SeatStatus.DECLINED, SeatStatus.UNCONFIRMED):
        make.make_seat(full, make.make_person(), status)

    assert check_minimums(at(3) - DAY) == 1
    assert {notice.session_id for notice in make.notices()} == {full}
    assert make.session(session_id).minimum_checked_at == at(3) - DAY


def test_policy_cancels_and_everybody_is_told():
    house = make.make_house(below_minimum=BelowMinimum.CANCEL)
    guest, waiting = make.make_person(), make.make_person()
    session_id = make.make_group(house, at(3), [guest], minimum=3, maximum=3)
    make.make_seat(session_id, waiting, SeatStatus.INVITED)

    assert tick(at(3) - DAY) == 1

    row = make.session(session_id)
    assert (row.status, row.cancel_reason, row.sequence) == (Status.CANCELLED, "Too few people", 1)
    everybody = [house.mentor.person_id, guest, waiting]
    assert make.told(kind=NoticeKind.CANCELLED) == [(one, NoticeKind.CANCELLED) for one in everybody]
    assert {notice.facts["reason"] for notice in make.notices(kind=NoticeKind.CANCELLED)} == {"Too few people"}
    assert too_few() == [(house.manager.person_id, 2, 3, True)], "the host hears of it as everybody does"
    [change] = make.changes(session_id)
    assert (change.step, change.actor_id, change.reason) == ("cancel", None, "Too few people")
    assert tick(at(3) - DAY) == 0


def test_reactivated_session_is_not_cancelled_again(clock_at):
    house = make.make_house(below_minimum=BelowMinimum.CANCEL)
    session_id = make.make_group(house, at(3), minimum=3)
    check_minimums(at(3) - DAY)
    clock_at.move_to(at(3) - DAY + SECOND)
    make.do(reactivate, house.manager, session_id)

    assert check_minimums(at(3) - SECOND) == 0
    assert make.session(session_id).status == Status.SCHEDULED


def test_moved_session_is_looked_at_again(house: House, clock_at):
    session_id = make.make_group(house, at(3), minimum=3)
    check_minimums(at(3) - DAY)
    clock_at.move_to(at(3) - DAY + SECOND)
    make.do(edit, house.manager, session_id, make.editing(at(6)))

    assert [check_minimums(at(6) - DAY - SECOND), check_minimums(at(6) - DAY)] == [0, 1]


def test_session_of_the_same_day_is_looked_at_halfway(house: House):
    start = NOW + timedelta(hours=8)
    make.make_group(house, start, minimum=3)

    assert [check_minimums(NOW + timedelta(hours=4) - SECOND), check_minimums(NOW + timedelta(hours=4))] == [0, 1]


@pytest.mark.parametrize(("hours", "before"), [(100, 24), (24, 24), (20, 10), (2, 1)])
def test_moment_it_is_looked_at(hours: int, before: int):
    start = NOW + timedelta(hours=hours)

    assert looks_at(start, NOW) == start - timedelta(hours=before)


@pytest.mark.parametrize("status", [Status.LIVE, Status.CANCELLED, Status.COMPLETED])
def test_only_what_is_scheduled_is_looked_at(house: House, status: Status):
    make.make_group(house, at(3), minimum=3, status=status)

    assert check_minimums(at(3) - DAY) == 0


def test_one_to_one_has_no_minimum(house: House):
    make.make_session(house, at(3), minimum=2)

    assert check_minimums(at(3) - DAY) == 0


def test_organisation_manages_where_the_programme_has_no_manager(house: House):
    owner, gone = make.make_person(rank=Rank.OWNER), make.make_person(rank=Rank.MANAGER, deactivated_at=NOW)
    other = make.make_program()
    make.make_group(house, at(3), minimum=3, program_id=other)

    check_minimums(at(3) - DAY)

    told = [person_id for person_id, *_ in too_few()]
    assert told == sorted((owner, house.mentor.person_id))
    assert gone not in told
