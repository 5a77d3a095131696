"""The list of relationships: who sees which, how far they are, and what is found."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.queries.relationships import PAGE_SIZE, PairFilters, PairList, Pairs, list_relationships
from app.models.tables import Relationship, Session
from app.models.words import ProgramWords, Rank, Role, Status
from tests.models import factories as make
from tests.models.factories import NOW, House, at, make_house, make_session

Reads = Callable[[], AbstractContextManager[list[str]]]


def listed(who: Viewer, **filters: Any) -> PairList:
    with reading() as db:
        return list_relationships(db, who, NOW, PairFilters(**filters))


def ids(who: Viewer, **filters: Any) -> list[int]:
    return [row.id for row in listed(who, **filters).rows]


def change(table: Any, row_id: int, **values: Any) -> None:
    with transaction() as db:
        row = db.get_one(table, row_id)
        for name, value in values.items():
            setattr(row, name, value)


@pytest.fixture
def owner() -> Viewer:
    return make.viewer(make.make_person("Olga Owner", rank=Rank.OWNER))


def test_everybody_sees_their_own_and_managers_those_of_their_programmes(house: House, owner: Viewer) -> None:
    other = make_house(name="Singing")
    assert [ids(who) for who in (house.mentor, house.mentee, house.manager)] == [[house.relationship_id]] * 3
    assert set(ids(owner)) == {house.relationship_id, other.relationship_id}
    strangers = make.make_strangers(house)
    assert [ids(make.viewer(one)) for one in strangers.values()] == [[]] * 4


def test_manager_in_personal_mode_sees_own_ones_only(house: House) -> None:
    other = make.make_person("Oda Other")
    make.make_member(house.program_id, other, Role.MENTEE)
    own = make.make_relationship(house.program_id, house.manager.person_id, other)
    assert set(ids(house.manager)) == {own, house.relationship_id}
    assert ids(house.manager, mine_only=True) == [own]


def test_progress_counts_the_completed_of_all_that_are_not_deleted(house: House) -> None:
    for day, status in enumerate([Status.COMPLETED, Status.COMPLETED, Status.MISSED, Status.CANCELLED]):
        make_session(house, at(day - 9), status=status)
    make_session(house, at(3))
    make_session(house)
    make_session(house, at(-20), status=Status.COMPLETED, deleted_at=NOW)
    [row] = listed(house.mentor).rows
    assert (row.progress, row.percent) == ("2 of 6 sessions", "33%")
    assert (row.next_words, row.is_ended, row.is_done) == ("Thu 5 Mar, 17:00", False, False)


def test_next_is_the_earliest_that_has_not_ended(house: House) -> None:
    make_session(house, at(4), status=Status.CANCELLED)
    make_session(house, at(6))
    make_session(house, at(5), status=Status.PENDING)
    assert [row.next_words for row in listed(house.mentee).rows] == ["Sat 7 Mar, 17:00"]


@pytest.fixture
def standings(house: House, owner: Viewer) -> dict[str, int]:
    """A relationship of each standing."""
    houses = {name: make_house(name=name) for name in ("next", "done", "ended")} | {"nothing": house}
    make_session(houses["next"], at(2))
    make_session(houses["done"], at(-2), status=Status.COMPLETED)
    make_session(houses["ended"], at(2))
    change(Relationship, houses["ended"].relationship_id, ended_at=NOW)
    make_session(house)
    return {name: one.relationship_id for name, one in houses.items()}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Pairs.NOTHING, {"nothing"}),
        (Pairs.NEXT, {"next"}),
        (Pairs.DONE, {"done"}),
        (Pairs.ENDED, {"ended"}),
        (Pairs.ACTIVE, {"nothing", "next", "done"}),
        (None, {"nothing", "next", "done", "ended"}),
    ],
)
def test_state_filters_by_how_they_stand(
    owner: Viewer, standings: dict[str, int], asked: Pairs | None, found: set[str]
) -> None:
    assert set(ids(owner, pairs=asked)) == {standings[name] for name in found}


def test_ended_ones_come_last(owner: Viewer, standings: dict[str, int]) -> None:
    assert ids(owner)[-1] == standings["ended"]


@pytest.mark.parametrize("typed", ["müri", "Zoe", "zoe muri", "zoe@", "max mur", "Poet", "poetry zoe"])
def test_search_finds_by_name_email_and_programme(owner: Viewer, house: House, typed: str) -> None:
    poetry = make.make_program(name="Poetry club")
    zoe = make.make_person("Zoë Müri", email="zoe@example.org")
    pair = make.make_relationship(poetry, house.mentor.person_id, zoe)
    assert ids(owner, typed=typed) == [pair]


@pytest.mark.parametrize("typed", ["%", "_", "nobody", "mia poetry"])
def test_search_finds_nothing_else(owner: Viewer, house: House, typed: str) -> None:
    assert ids(owner, typed=typed) == ([house.relationship_id] if typed in ("%", "_") else [])


def test_programme_filters_and_only_those_of_ones_own_are_offered(house: House) -> None:
    other = make_house(name="Singing")
    assert ids(house.mentor, program_id=other.program_id) == []
    assert ids(house.mentor, program_id=house.program_id) == [house.relationship_id]
    assert [one.name for one in listed(house.mentor).programs] == ["Reading"]


def test_words_are_the_programmes_where_they_agree(house: House, owner: Viewer) -> None:
    coaching = {"mentor_word": "coach", "mentors_word": "coaches", "mentee_word": "coachee", "mentees_word": "coachees"}
    other = make_house(name="Coaching", **coaching)
    assert listed(other.mentee).words == ProgramWords("coach", "coaches", "coachee", "coachees")
    assert listed(owner).words == ProgramWords()


def test_pages_follow_each_other_and_a_page_beyond_is_the_last(house: House, owner: Viewer) -> None:
    for number in range(PAGE_SIZE + 3):
        mentee = make.make_person(f"Person {number:03}")
        make.make_relationship(house.program_id, house.mentor.person_id, mentee)
    first, last = listed(owner), listed(owner, page=99)
    assert (first.total, first.pages, len(first.rows)) == (PAGE_SIZE + 4, 2, PAGE_SIZE)
    assert (last.page, len(last.rows)) == (2, 4)
    assert not {row.id for row in first.rows} & {row.id for row in last.rows}


@pytest.mark.parametrize("pairs", [None, *Pairs])
def test_number_of_reads_does_not_grow(owner: Viewer, house: House, count_reads: Reads, pairs: Pairs | None) -> None:
    def count() -> int:
        with count_reads() as seen:
            listed(owner, pairs=pairs, typed="p")
        return len(seen)

    make_session(house, at(2))
    once = count()
    for number in range(30):
        other = make_house(name=f"Programme {number}")
        make_session(other, at(2))
        make_session(other, at(-2) + timedelta(hours=number), status=Status.COMPLETED)
    assert count() == once <= 7


def test_deleted_session_is_no_next(house: House) -> None:
    session_id = make_session(house, at(2))
    change(Session, session_id, deleted_at=NOW)
    assert [(row.next_words, row.progress) for row in listed(house.mentor).rows] == [("", "0 of 0 sessions")]
