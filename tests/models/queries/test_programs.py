"""The programmes' list, one programme's settings, and its members."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa
from sqlmodel import col

from app.models.database import reading, transaction
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.programs import (
    Group,
    MemberFilter,
    Members,
    ProgramList,
    list_members,
    list_programs,
    read_program,
)
from app.models.tables import Membership, PersonTag
from app.models.words import Role, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_house,
    make_member,
    make_person,
    make_program,
    make_session,
)


def listed(who: Viewer, *, archived: bool = False) -> ProgramList:
    with reading() as db:
        return list_programs(db, who, NOW, archived=archived)


def members(who: Viewer, program_id: int, **wanted: str | int) -> Members:
    with reading() as db:
        return list_members(db, who, program_id, MemberFilter(**wanted))  # pyright: ignore[reportArgumentType]


def put_in(cohort: str, *people: int) -> None:
    with transaction() as db:
        db.execute(sa.update(Membership).where(col(Membership.person_id).in_(people)).values(cohort=cohort))


def test_list_counts_people_pairs_and_this_months_sessions(house: House):
    make_session(house, at(1))
    make_session(house, at(40))
    make_session(house, at(3), status=Status.CANCELLED)
    (row,) = listed(house.manager).rows
    assert (row.name, row.kind, row.people, row.active, row.sessions) == (
        "Reading",
        "Mentoring",
        "1 mentor, 1 mentee",
        1,
        1,
    )


def test_list_shows_each_manager_their_own_and_owners_all(house: House, owner: Viewer):
    make_program(name="archery")
    make_program(name="Old", archived_at=NOW)
    assert [row.name for row in listed(house.manager).rows] == ["Reading"]
    assert [row.name for row in listed(owner).rows] == ["archery", "Reading"]
    assert [row.name for row in listed(owner, archived=True).rows] == ["Old"]
    assert (listed(owner).running, listed(owner).archived) == (2, 1)


def test_others_find_neither_list_nor_programme_nor_members(house: House):
    elsewhere = make_house(name="Elsewhere")
    for who in (house.mentor, house.mentee):
        with pytest.raises(NotFound):
            listed(who)
    for who in (house.mentor, elsewhere.manager):
        with reading() as db, pytest.raises(NotFound):
            read_program(db, who, house.program_id)
        with pytest.raises(NotFound):
            members(who, house.program_id)


def test_members_are_narrowed_by_name_role_and_cohort(house: House):
    put_in("Spring", house.mentee.person_id)
    assert [row.name for row in members(house.manager, house.program_id).rows] == [
        "Max Mentor",
        "Mia Mentee",
        "Mona Manager",
    ]
    assert [row.name for row in members(house.manager, house.program_id, typed="mén").rows] == [
        "Max Mentor",
        "Mia Mentee",
    ]
    assert [row.name for row in members(house.manager, house.program_id, role="manager").rows] == ["Mona Manager"]
    (mia,) = members(house.manager, house.program_id, cohort="Spring").rows
    assert (mia.role_word, mia.cohort, mia.works_with) == ("Mentee", "Spring", "1 mentor")


def test_members_come_with_cohorts_roles_and_tags_in_use(house: House):
    put_in("Spring", house.mentee.person_id, house.mentor.person_id)
    elsewhere = make_person("Else Where")
    with transaction() as db:
        db.add(PersonTag(person_id=house.mentee.person_id, name="Wheelchair"))
        db.add(PersonTag(person_id=elsewhere, name="Foreign"))
    found = members(house.manager, house.program_id)
    assert found.cohorts == [Group("Spring", 2, "Spring")]
    assert found.tags == [Group("Wheelchair", 1, "Wheelchair")]
    assert [(role.label, role.count) for role in found.roles] == [("Mentors", 1), ("Mentees", 1), ("Managers", 1)]


def test_members_are_shown_fifty_a_page(house: House):
    for number in range(60):
        make_member(house.program_id, make_person(f"Zed {number:02}"), Role.MENTEE)
    second = members(house.manager, house.program_id, page=2)
    assert (second.total, second.page, second.pages, len(second.rows)) == (63, 2, 2, 13)
    assert members(house.manager, house.program_id, page=99) == second


@pytest.mark.parametrize("count", [1, 30])
def test_pages_ask_the_same_however_much_there_is(
    owner: Viewer, count_reads: Callable[[], AbstractContextManager[list[str]]], count: int
):
    houses = [make_house(name=f"Programme {number}") for number in range(count)]
    for number in range(count):
        make_member(houses[0].program_id, make_person(f"Zed {number}"), Role.MENTEE)
    with count_reads() as seen:
        listed(owner)
    assert len(seen) == 4
    with count_reads() as seen:
        members(owner, houses[0].program_id)
    assert len(seen) == 7
