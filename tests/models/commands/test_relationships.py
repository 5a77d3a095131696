"""Pairs and the numbers of their sessions."""

import pytest

from app.models.commands.relationships import active_relationships, add_session, assign_all, new_uid, take_numbers
from app.models.database import reading, transaction
from app.models.errors import NotFound, Refusal
from app.models.tables import Program, Relationship
from app.models.words import Status
from tests.models.factories import (
    NOW,
    House,
    at,
    changes,
    do,
    make_house,
    make_person,
    make_session,
    make_strangers,
    session,
    sessions,
    viewer,
)


def take(house: House, count: int) -> list[int | None]:
    with transaction() as db:
        pair = db.get_one(Relationship, house.relationship_id)
        return [row.number for row in take_numbers(db, NOW, pair, house.manager.person_id, count)]


def test_assign_makes_the_programmes_number_of_sessions():
    house, mentee = make_house(session_count=4), make_person()
    with transaction() as db:
        program = db.get_one(Program, house.program_id)
        [made] = assign_all(db, house.manager, NOW, [(program, house.mentor.person_id, mentee)])

    assert made.next_number == 5
    rows = sessions(mentee_id=mentee)
    assert [(row.number, row.status) for row in rows] == [(n, Status.TO_BE_ARRANGED) for n in (1, 2, 3, 4)]


def test_active_relationship_is_none_once_it_ended():
    house = make_house()
    pair = (house.program_id, house.mentor.person_id, house.mentee.person_id)
    with reading() as db:
        assert list(active_relationships(db, [pair])) == [pair]
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW
    with reading() as db:
        assert active_relationships(db, [pair]) == {}


def test_numbers_are_never_given_twice():
    """Sessions 1 and 2 are gone with their numbers; the next is 3 all the same."""
    house = make_house()
    take(house, 2)
    with transaction() as db:
        for row in sessions():
            gone = db.merge(row)
            gone.deleted_at, gone.number = NOW, None

    assert take(house, 2) == [3, 4]


def test_numbers_that_wait_are_taken_lowest_first():
    house = make_house()
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).next_number = 10
    for number in (7, 3, 5):
        make_session(house, number=number)
    make_session(house, at(1), number=1)
    make_session(house, number=2, deleted_at=NOW)

    assert take(house, 5) == [3, 5, 7, 10, 11]


def test_uids_differ():
    assert len({new_uid() for _ in range(100)}) == 100


@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
def test_add_session_gives_the_next_number(part: str):
    house = make_house()
    take(house, 2)

    added = do(add_session, house.part(part), house.relationship_id)

    assert added["number"] == 3
    assert session(added["session_id"]).status == Status.TO_BE_ARRANGED
    assert [(one.step, one.after) for one in changes(added["session_id"])] == [("add_session", {"number": 3})]


def test_add_session_is_refused_where_the_programme_is_closed():
    house = make_house(archived_at=NOW)
    for part in ("mentor", "mentee", "manager"):
        with pytest.raises(Refusal, match="This programme is closed"):
            do(add_session, house.part(part), house.relationship_id)
    assert sessions() == []


def test_add_session_is_not_found_for_strangers():
    house = make_house()
    for person_id in make_strangers(house).values():
        with pytest.raises(NotFound):
            do(add_session, viewer(person_id), house.relationship_id)
    assert sessions() == []
