"""Ending an assignment (A5)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.models.commands.booking import arrange, book, reactivate
from app.models.commands.ending import end
from app.models.commands.relationships import add_session
from app.models.database import reading
from app.models.drafts.relationships import EndDraft
from app.models.errors import NotFound, Refusal
from app.models.queries.relationship_future import future_of
from app.models.tables import Change, Relationship
from app.models.words import NoticeKind, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    do,
    editing,
    make_session,
    notices,
    rows_of,
    session,
    sessions,
    told,
)


def ended(house: House, *cancels: int, reason: str = "Mia moves away") -> EndDraft:
    return EndDraft(relationship_id=house.relationship_id, cancels=cancels, reason=reason)


def relationship(house: House) -> Relationship:
    with reading() as db:
        return db.get_one(Relationship, house.relationship_id)


def test_end_cancels_those_named_and_keeps_the_others(house: House):
    off, kept, waiting = make_session(house, at(1)), make_session(house, at(2)), make_session(house)

    done = do(end, house.manager, ended(house, off))

    assert done == {"relationship_id": house.relationship_id, "cancelled": [off], "kept": [kept]}
    statuses = [session(one).status for one in (off, kept, waiting)]
    assert statuses == [Status.CANCELLED, Status.SCHEDULED, Status.TO_BE_ARRANGED]
    assert session(off).cancel_reason == "Mia moves away"
    assert relationship(house).ended_at == NOW


def test_end_tells_each_once_with_the_sessions_that_are_off(house: House):
    first, second = make_session(house, at(1)), make_session(house, at(2))

    do(end, house.manager, ended(house, first, second))

    both = [(house.mentor.person_id, NoticeKind.ENDED), (house.mentee.person_id, NoticeKind.ENDED)]
    assert told() == both
    assert [one["id"] for one in notices()[0].facts["sessions"]] == [first, second]
    assert {one["status"] for one in notices()[0].facts["sessions"]} == {Status.CANCELLED}


def test_end_twice_does_nothing_the_second_time(house: House):
    do(end, house.manager, ended(house))
    changes = len(rows_of(Change))

    do(end, house.manager, ended(house))

    assert (len(rows_of(Change)), len(told())) == (changes, 2)


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_end_is_for_managers(house: House, part: str):
    with pytest.raises(NotFound):
        do(end, house.part(part), ended(house))
    assert relationship(house).ended_at is None


def test_end_wants_a_reason_only_where_it_cancels(house: House):
    coming = make_session(house, at(1))
    with pytest.raises(Refusal, match="The reason is missing"):
        do(end, house.manager, ended(house, coming, reason=""))

    do(end, house.manager, ended(house, reason=""))

    assert session(coming).status == Status.SCHEDULED


def test_end_refuses_what_is_no_session_to_come_and_changes_nothing(house: House):
    live = make_session(house, NOW - timedelta(minutes=5), status=Status.LIVE)
    with pytest.raises(Refusal, match="started or changed meanwhile"):
        do(end, house.manager, ended(house, live))

    assert relationship(house).ended_at is None
    assert session(live).status == Status.LIVE


def test_end_leaves_a_live_session_running(house: House):
    live = make_session(house, NOW - timedelta(minutes=5), status=Status.LIVE)

    do(end, house.manager, ended(house))

    assert session(live).status == Status.LIVE


AFTERWARDS: list[tuple[str, Callable[[House, dict[str, int]], tuple[Any, ...]]]] = [
    ("arrange", lambda _house, ids: (arrange, ids["waiting"], editing(at(5)))),
    ("reactivate", lambda _house, ids: (reactivate, ids["cancelled"])),
    ("add", lambda house, _ids: (add_session, house.relationship_id)),
]


@pytest.mark.parametrize(("name", "given"), AFTERWARDS)
@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
def test_nothing_new_is_arranged_after_the_end(house: House, part: str, name: str, given: Any):
    ids = {"waiting": make_session(house), "cancelled": make_session(house, at(3), status=Status.CANCELLED)}
    do(end, house.manager, ended(house))
    command, *args = given(house, ids)

    with pytest.raises(Refusal):
        do(command, house.part(part), *args)


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_booking_is_closed_to_the_pair_after_the_end(house: House, part: str):
    do(end, house.manager, ended(house))

    with pytest.raises(NotFound):
        do(book, house.part(part), booking(house, at(5)))
    assert sessions() == []


def test_future_of_lists_what_can_be_cancelled_in_two_reads(house: House, count_reads: Any):
    make_session(house)
    make_session(house, at(-1))
    make_session(house, at(4), status=Status.CANCELLED)
    make_session(house, NOW - timedelta(minutes=5), status=Status.LIVE)
    later, sooner = make_session(house, at(3)), make_session(house, at(2), status=Status.PENDING)

    with count_reads() as reads, reading() as db:
        found = future_of(db, house.manager, NOW, house.relationship_id)

    assert [(one.session_id, one.status) for one in found] == [(sooner, Status.PENDING), (later, Status.SCHEDULED)]
    assert len(reads) == 2


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_future_of_is_for_managers(house: House, part: str):
    with reading() as db, pytest.raises(NotFound):
        future_of(db, house.part(part), NOW, house.relationship_id)
