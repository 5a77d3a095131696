"""What waits, for whom."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.queries.dashboard import FIRST_FEW, Need, Waiting, what_waits
from app.models.tables import Notice
from app.models.words import MailStatus, NoticeKind, Place, Rank, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_person,
    make_relationship,
    make_session,
    viewer,
)

Reads = Callable[[], AbstractContextManager[list[str]]]


def waits(who: Viewer) -> dict[Need, Waiting]:
    with reading() as db:
        return {waiting.need: waiting for waiting in what_waits(db, who, NOW)}


def counts(who: Viewer) -> dict[Need, int]:
    return {need: waiting.count for need, waiting in waits(who).items()}


@pytest.fixture
def house() -> House:
    """One session of each that waits, beside others that do not."""
    house = make_house()
    make_session(house, at(2), status=Status.PENDING, asked_id=house.mentor.person_id)
    make_session(house, at(-1), place=Place.IN_PERSON)
    make_session(house, at(-2))  # online: the clock will close it
    make_session(house, at(-3), place=Place.CALL, status=Status.COMPLETED)
    make_session(house, at(-4), place=Place.CALL, deleted_at=NOW)
    make_group(house, at(1), minimum=3)
    make_group(house, at(1, 9), minimum=1)
    make_group(house, at(6), minimum=3)
    make_group(house, at(9), minimum=3)
    return house


def test_manager_sees_what_needs_somebody(house: House) -> None:
    assert counts(house.manager) == {Need.ANSWER: 1, Need.OUTCOME: 1, Need.TOO_FEW: 2}


def test_group_with_too_few_within_a_week_says_how_many_come(house: House) -> None:
    first, second = waits(house.manager)[Need.TOO_FEW].items
    said = "Max Mentor · 1 of at least 3 people, the host counted"
    assert [(one.people, one.at) for one in (first, second)] == [(said, at(1)), (said, at(6))]


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_who_manages_nothing_has_nothing_here(house: House, part: str) -> None:
    assert counts(house.part(part)) == {}


def test_manager_of_another_programme_sees_nothing_of_it(house: House) -> None:
    elsewhere = make_house()
    make_session(elsewhere, at(3))
    assert counts(elsewhere.manager) == {}


def test_pair_with_nothing_arranged_is_named_until_something_is(house: House) -> None:
    mentee = make_person("Nora New")
    pair = make_relationship(house.program_id, house.mentor.person_id, mentee)
    make_relationship(house.program_id, house.mentor.person_id, make_person("Past"), ended_at=NOW)
    (item,) = waits(house.manager)[Need.NOTHING_ARRANGED].items
    assert (item.title, item.relationship_id) == ("Max Mentor with Nora New", pair)


def test_failed_mail_is_told_to_managers_of_the_organisation_only(house: House) -> None:
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    fields = {"kind": NoticeKind.BOOKED, "person_id": house.mentee.person_id, "created_at": NOW, "due_at": NOW}
    with transaction() as db:
        db.add(Notice(dedupe_key="a", mail_status=MailStatus.FAILED, **fields))
        db.add(Notice(dedupe_key="b", mail_status=MailStatus.SENT, **fields))
    assert counts(owner)[Need.MAIL] == 1
    assert Need.MAIL not in counts(house.manager)


def test_everything_is_counted_and_the_first_few_are_named(house: House, count_reads: Reads) -> None:
    with count_reads() as few:
        counts(house.manager)
    for day in range(30):
        make_session(house, at(-5) - timedelta(days=day), place=Place.IN_PERSON)
    with count_reads() as many:
        found = waits(house.manager)[Need.OUTCOME]
    assert (found.count, len(found.items)) == (31, FIRST_FEW)
    assert len(few) == len(many)
