"""What each viewer sees on a person's page."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from app.models.database import reading
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.person import PersonPage, load_person
from app.models.words import Rank, Role, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_member,
    make_person,
    make_program,
    make_relationship,
    make_session,
    viewer,
)

Reads = Callable[[], AbstractContextManager[list[str]]]


def page(who: Viewer, person_id: int) -> PersonPage:
    with reading() as db:
        return load_person(db, who, NOW, person_id)


@pytest.fixture
def house() -> House:
    return make_house(mentor_word="instructor", mentee_word="student")


def test_page_shows_a_manager_who_somebody_is(house: House) -> None:
    found = page(house.manager, house.mentor.person_id)
    assert (found.name, found.email, found.initials) == ("Max Mentor", house.mentor.email, "MM")
    assert [(role.word, role.program) for role in found.roles] == [("Instructor", "Reading")]
    assert (found.local_time, found.zone) == ("Monday, 10:00", "Berlin time, UTC+1")
    assert found.book_href == f"/book?mentor={house.mentor.person_id}"


def test_page_counts_the_progress_of_a_pair(house: House) -> None:
    for day, status in ((-9, Status.COMPLETED), (-2, Status.COMPLETED), (2, Status.SCHEDULED), (9, Status.SCHEDULED)):
        make_session(house, at(day), status=status)
    make_session(house)
    make_session(house, at(1), deleted_at=NOW)
    [pair] = page(house.manager, house.mentor.person_id).pairs
    assert (pair.other, pair.word, pair.progress, pair.percent) == ("Mia Mentee", "Student", "2 of 5 sessions", "40%")
    assert pair.next_words == "Next: Wed 4 Mar, 17:00"
    assert pair.book_href.endswith(f"&mentor={house.mentor.person_id}&mentee={house.mentee.person_id}")


def test_page_lists_upcoming_and_past_sessions(house: House) -> None:
    late = make_session(house, at(2))
    soon = make_session(house, at(1))
    old = make_session(house, at(-1), status=Status.COMPLETED)
    older = make_session(house, at(-8), status=Status.MISSED)
    make_session(house)
    found = page(house.manager, house.mentee.person_id)
    assert [(line.id, line.href, line.status) for line in found.upcoming] == [
        (soon, f"/s/{soon}", "scheduled"),
        (late, f"/s/{late}", "scheduled"),
    ]
    assert [(line.id, line.status_word) for line in found.past] == [(old, "Completed"), (older, "Missed")]
    assert (found.upcoming[0].with_whom, found.upcoming[0].when) == ("Max Mentor", "Tue 3 Mar 2026, 17:00–18:00")


def test_page_lists_twenty_of_each(house: House) -> None:
    for day in range(1, 25):
        make_session(house, at(day))
        make_session(house, at(-day), status=Status.COMPLETED)
    found = page(house.manager, house.mentee.person_id)
    assert (len(found.upcoming), len(found.past)) == (20, 20)


def test_page_of_a_mentor_shows_a_mentee_only_what_they_share(house: House) -> None:
    second = make_person("Mo Second")
    make_relationship(house.program_id, house.mentor.person_id, second)
    make_session(house, at(1), mentee_id=second, relationship_id=None)
    mine = make_session(house, at(2))
    make_group(house, at(3))
    foreign = make_program(name="Secret programme")
    make_member(foreign, house.mentor.person_id, Role.MENTOR)
    found = page(house.mentee, house.mentor.person_id)
    assert [pair.other for pair in found.pairs] == ["Mia Mentee"]
    assert [line.id for line in found.upcoming] == [mine]
    assert [role.program for role in found.roles] == ["Reading"]
    assert found.email == house.mentor.email


def test_page_hides_the_email_once_the_relationship_has_ended() -> None:
    program = make_program()
    mentor, mentee = make_person("Max"), make_person("Mia")
    make_relationship(program, mentor, mentee, ended_at=NOW - timedelta(days=1))
    found = page(viewer(mentee), mentor)
    assert (found.email, found.book_href, [pair.is_active for pair in found.pairs]) == ("", "", [False])


@pytest.mark.parametrize("who", ["manager", "mentor", "mentee"])
def test_page_of_a_foreigner_is_not_found(house: House, who: str) -> None:
    other = make_house()
    with pytest.raises(NotFound):
        page(house.part(who), other.mentee.person_id)


def test_page_of_nobody_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        page(house.manager, 99_999)


def test_page_of_a_fellow_mentee_is_not_found_for_a_mentee(house: House) -> None:
    fellow = make_person("Fay Fellow")
    make_member(house.program_id, fellow, Role.MENTEE)
    with pytest.raises(NotFound):
        page(house.mentee, fellow)


def test_page_of_oneself(house: House) -> None:
    found = page(house.mentee, house.mentee.person_id)
    assert (found.is_me, found.book_href) == (True, "/book")


def test_page_of_the_deactivated_offers_no_booking(house: House) -> None:
    gone = make_person("Gone", deactivated_at=NOW)
    make_member(house.program_id, gone, Role.MENTEE)
    make_relationship(house.program_id, house.mentor.person_id, gone)
    found = page(house.manager, gone)
    assert (found.is_deactivated, found.book_href, found.pairs[0].book_href) == (True, "", "")


@pytest.mark.parametrize("many", [1, 30])
def test_page_asks_as_often_for_one_as_for_many(house: House, many: int, count_reads: Reads) -> None:
    owner = viewer(make_person("Olga", rank=Rank.OWNER))
    for number in range(many):
        make_relationship(house.program_id, house.mentor.person_id, make_person())
        make_session(house, at(number + 1))
    with count_reads() as seen:
        page(owner, house.mentor.person_id)
    assert len(seen) == 6
