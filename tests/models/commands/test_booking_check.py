"""How a booking would go, said beforehand."""

from datetime import timedelta

import pytest

from app.models.commands.booking import check
from app.models.commands.dates import Verdict
from app.models.database import reading
from app.models.drafts import Repetition
from app.models.errors import NotFound
from app.models.words import Repeat, Role
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    make_member,
    make_person,
    make_session,
    make_strangers,
    viewer,
    wall,
)

WEEKLY = Repetition(repeat=Repeat.WEEKLY, times=3)


def test_check_judges_every_date_and_offers_the_next_free_times(house: House):
    make_session(house, at(1))

    with reading() as db:
        outlook = check(db, house.manager, NOW, booking(house, repetition=WEEKLY))

    assert [(one.wall, one.verdict) for one in outlook.findings] == [
        (wall(2026, 3, 3, 17), Verdict.CLASH),
        (wall(2026, 3, 10, 17), Verdict.FREE),
        (wall(2026, 3, 17, 17), Verdict.FREE),
    ]
    assert outlook.free_times == [at(1, 18, 30), at(1, 19), at(1, 19, 30)]
    assert [finding.can_be_booked for finding in outlook.findings] == [False, True, True]


def test_check_offers_nothing_where_the_hour_is_free(house: House):
    with reading() as db:
        assert check(db, house.manager, NOW, booking(house)).free_times == []


def test_check_offers_times_ahead_for_an_hour_that_has_passed(house: House):
    with reading() as db:
        outlook = check(db, house.manager, NOW, booking(house, NOW - timedelta(days=3)))

    assert [one.verdict for one in outlook.findings] == [Verdict.PAST]
    assert len(outlook.free_times) == 3
    assert all(free > NOW for free in outlook.free_times)


def test_check_is_not_found_for_strangers(house: House):
    for person_id in make_strangers(house).values():
        with reading() as db, pytest.raises(NotFound):
            check(db, viewer(person_id), NOW, booking(house))


def test_check_writes_nothing(house: House):
    newcomer = make_person()
    make_member(house.program_id, newcomer, Role.MENTEE)

    with reading() as db:
        check(db, house.manager, NOW, booking(house, mentee_id=newcomer))
        assert not db.new
        assert not db.dirty
