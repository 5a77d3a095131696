"""Editing this, this and following, or all."""

from datetime import time

import pytest
import time_machine

from app.models import clock
from app.models.commands.booking import book
from app.models.commands.changing import edit
from app.models.database import transaction
from app.models.drafts import Repetition
from app.models.errors import Clash, Refusal
from app.models.tables import Session
from app.models.words import NoticeKind, Repeat, Scope, Status
from tests.models.factories import (
    BERLIN,
    House,
    at,
    booking,
    do,
    editing,
    make_house,
    make_session,
    moves,
    notices,
    session,
    sessions,
    starts,
    told,
    viewer,
)


def test_edit_this_leaves_the_others(house: House, weekly: list[int]):
    do(edit, house.mentor, weekly[1], editing(at(9, 18)))

    assert starts(weekly) == [at(1), at(9, 18), at(15), at(22), at(29)]
    assert session(weekly[1]).recurrence_at == at(8)


@pytest.mark.zones
def test_edit_following_shifts_days_and_hour_in_wall_time(house: House, weekly: list[int]):
    result = do(edit, house.mentor, weekly[1], editing(at(9, 18), 90, scope=Scope.FOLLOWING))

    assert result == {"moved": 4, "changed": 0}
    assert starts(weekly) == [at(1), at(9, 18), at(16, 18), at(23, 18), at(30, 18)]
    assert [session(one).recurrence_at for one in weekly] == [at(1), at(8), at(15), at(22), at(29)]
    assert len({session(one).uid for one in weekly}) == 1
    assert [session(one).sequence for one in weekly] == [0, 1, 1, 1, 1]
    assert [len(moves(one)) for one in weekly] == [0, 1, 1, 1, 1]
    assert len(sessions()) == 5


def test_edit_all_is_one_notice_a_person(house: House, weekly: list[int]):
    do(edit, house.mentor, weekly[2], editing(at(16), scope=Scope.ALL))

    assert told() == [(house.mentor.person_id, NoticeKind.MOVED), (house.mentee.person_id, NoticeKind.MOVED)]
    assert len(notices()[0].facts["sessions"]) == 5


def test_edit_all_leaves_past_started_and_final_ones(house: House, weekly: list[int], clock_at: time_machine.Traveller):
    with transaction() as db:
        for one, status in zip(weekly[1:3], (Status.LIVE, Status.CANCELLED), strict=True):
            db.get_one(Session, one).status = status
    clock_at.move_to(at(1, 17, 30))

    do(edit, house.mentor, weekly[4], editing(at(29, 19), scope=Scope.ALL))

    assert starts(weekly) == [at(1), at(8), at(15), at(22, 19), at(29, 19)]


def test_edit_all_carries_only_what_differs(house: House, weekly: list[int]):
    do(edit, house.mentor, weekly[1], editing(at(8), title="Algebra", details="Bring a ruler"))
    do(edit, house.mentor, weekly[3], editing(at(23, 9), title="Algebra"))

    do(edit, house.mentor, weekly[2], editing(at(15), title="Geometry", scope=Scope.ALL))

    assert [session(one).title for one in weekly] == ["Geometry"] * 5
    assert session(weekly[1]).details == "Bring a ruler"
    assert session(weekly[3]).start_at == at(23, 9)


def test_edit_all_lists_the_clashing_dates_and_changes_nothing(house: House, weekly: list[int]):
    other = make_house()
    for day in (8, 22):
        make_session(other, at(day, 19), mentee_id=house.mentee.person_id, relationship_id=None, title=f"Day {day}")

    with pytest.raises(Clash) as refused:
        do(edit, viewer(house.manager.person_id), weekly[0], editing(at(1, 19), scope=Scope.ALL))

    assert len(refused.value.problems) == 2
    assert starts(weekly) == [at(1), at(8), at(15), at(22), at(29)]


def test_edit_all_refuses_to_put_two_of_the_series_in_one_hour(house: House, weekly: list[int]):
    """The second is moved into the third's day, at another hour; one hour for all would make them meet."""
    do(edit, house.mentor, weekly[1], editing(at(15, 9)))

    with pytest.raises(Clash, match="“Algebra”"):
        do(edit, house.mentor, weekly[0], editing(at(1, 12), scope=Scope.ALL))


def test_edit_all_refuses_dates_that_would_have_passed(house: House, weekly: list[int]):
    with pytest.raises(Refusal, match="23:00 on 23 February 2026 has passed"):
        do(edit, house.mentor, weekly[1], editing(at(0, 23), scope=Scope.ALL))


@pytest.mark.zones
def test_edit_all_names_the_date_on_which_the_hour_does_not_occur(house: House):
    repetition = Repetition(repeat=Repeat.DAILY, times=3)
    ids = do(book, house.manager, booking(house, at(26), repetition=repetition))["session_ids"]

    with pytest.raises(Refusal, match="02:30 on 29 March 2026 does not exist"):
        do(edit, house.mentor, ids[0], editing(at(26, 2, 30), scope=Scope.ALL))


@pytest.mark.zones
def test_edit_all_keeps_the_wall_time_of_each_ones_own_zone(house: House):
    """A manager in New York moves a series of Berlin: Berlin's hour is kept over Berlin's clock change."""
    repetition = Repetition(repeat=Repeat.WEEKLY, times=5)
    ids = do(book, house.manager, booking(house, repetition=repetition))["session_ids"]
    noon_in_new_york = editing(at(1)).model_copy(
        update={"at": time(12), "zone": "America/New_York", "scope": Scope.ALL, "title": ""}
    )

    do(edit, house.manager, ids[0], noon_in_new_york)

    walls = [clock.wall(start, BERLIN).time() for start in starts(ids) if start]
    assert walls == [time(18)] * 5
