"""What the forms about a person start from, and who may read them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from app.models.database import reading, transaction
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.person_form import PersonForm, load_ending, load_fits, load_form, load_leaving
from app.models.queries.person_handing import HandLine, load_holding
from app.models.tables import Membership, Person, PersonTag, Program
from app.models.words import Rank, Role, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_member,
    make_person,
    make_program,
    make_relationship,
    make_session,
    viewer,
)

Reads = Callable[[], AbstractContextManager[list[str]]]


def form(who: Viewer, person_id: int) -> PersonForm:
    with reading() as db:
        return load_form(db, who, person_id)


def fits(who: Viewer, mentor_id: int, mentee_id: int) -> tuple[list[str], int]:
    with reading() as db:
        found, only = load_fits(db, who, mentor_id, mentee_id)
    return [one.name for one in found], only


@pytest.mark.parametrize("nobody", [0, -(2**53), 2**31, 2**53])
def test_pair_with_an_id_that_nobody_can_have_is_not_found(house: House, nobody: int) -> None:
    for two in ((house.mentor.person_id, nobody), (nobody, house.mentee.person_id)):
        with pytest.raises(NotFound):
            fits(house.manager, *two)


def test_form_offers_every_role_of_managed_programmes_their_own_first(house: House) -> None:
    make_program(name="Elsewhere")
    kept = {"program_id": house.program_id, "person_id": make_person(), "role": Role.MENTOR}
    with transaction() as db:
        db.add(PersonTag(person_id=house.mentor.person_id, name="piano"))
        db.add(Membership(**kept, cohort="A", created_at=NOW))
    found = form(house.manager, house.mentor.person_id)
    assert [(role.name, role.label, role.is_on) for role in found.roles] == [
        (f"{house.program_id}:mentor", "Mentor", True),
        (f"{house.program_id}:mentee", "Mentee", False),
        (f"{house.program_id}:manager", "Manager", False),
    ]
    assert (found.own_tags, found.cohorts, found.tags, found.ranks) == ("piano", ["A"], [], [])


def test_form_lets_owners_set_the_rank_and_managers_not_that_of_owners(owner: Viewer, house: House) -> None:
    boss = viewer(make_person("Bo Boss", rank=Rank.MANAGER))
    assert form(owner, house.mentor.person_id).ranks == ["", "manager", "owner"]
    assert form(boss, house.mentor.person_id).ranks == ["", "manager"]
    assert form(boss, owner.person_id).ranks == []


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_form_and_what_is_held_are_for_managers(house: House, part: str) -> None:
    for read in (load_form, load_leaving, load_holding):
        args = () if read is load_form else (NOW,)
        with reading() as db, pytest.raises(NotFound):
            read(db, house.part(part), *args, house.mentor.person_id)
    with reading() as db, pytest.raises(NotFound):
        load_ending(db, house.part(part), NOW, house.relationship_id)


def test_form_about_a_manager_of_the_organisation_is_refused_to_a_programmes(house: House) -> None:
    with transaction() as db:
        db.get_one(Person, house.mentor.person_id).rank = Rank.MANAGER
    with pytest.raises(Refusal):
        form(house.manager, house.mentor.person_id)


def test_programme_in_which_both_have_their_roles_is_proposed(owner: Viewer, house: House) -> None:
    mentee = make_person("Mo")
    make_member(house.program_id, mentee, Role.MENTEE)
    half = make_program(name="Half")
    make_member(half, mentee, Role.MENTEE)
    make_program(name="Neither")
    assert fits(owner, house.mentor.person_id, mentee) == (["Reading", "Half"], house.program_id)


def test_programme_of_one_of_them_is_proposed_where_it_is_the_only_one(owner: Viewer, house: House) -> None:
    mentee = make_person("Mo")
    make_program(name="Neither")
    assert fits(owner, house.mentor.person_id, mentee) == (["Reading"], house.program_id)


def test_two_programmes_that_fit_are_left_to_choose(owner: Viewer, house: House) -> None:
    second = make_program(name="Second")
    mentee = make_person("Mo")
    for program in (house.program_id, second):
        make_member(program, mentee, Role.MENTEE)
    make_member(second, house.mentor.person_id, Role.MENTOR)
    assert fits(owner, house.mentor.person_id, mentee) == (["Reading", "Second"], 0)


def test_programme_in_which_they_work_together_already_is_left_out(house: House) -> None:
    assert fits(house.manager, house.mentor.person_id, house.mentee.person_id) == ([], 0)


def test_closed_and_foreign_programmes_are_left_out(house: House) -> None:
    with transaction() as db:
        db.get_one(Program, house.program_id).archived_at = NOW
    make_program(name="Foreign")
    assert fits(house.manager, house.mentor.person_id, make_person()) == ([], 0)


def test_holding_lists_running_pairs_and_group_sessions_to_come(house: House) -> None:
    make_relationship(house.program_id, house.mentor.person_id, make_person(), ended_at=NOW)
    chess = make_group(house, at(3))
    make_group(house, at(-3), status=Status.COMPLETED)
    with reading() as db:
        found = load_holding(db, house.manager, NOW, house.mentor.person_id)
    assert found.pairs == [HandLine(house.relationship_id, "Mia Mentee", "Reading")]
    assert found.groups == [HandLine(chess, "Chess", "Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)")]


@pytest.mark.parametrize("many", [1, 30])
def test_forms_ask_as_often_for_one_as_for_many(owner: Viewer, house: House, many: int, count_reads: Reads) -> None:
    for number in range(many):
        program = make_program(name=f"P{number}")
        make_member(program, house.mentor.person_id, Role.MENTOR)
        make_relationship(program, house.mentor.person_id, make_person())
        make_session(house, at(number + 1))
        make_group(replace(house, program_id=program), at(number + 1, 9))
    counts = []
    for read, args in (
        (load_form, ()),
        (load_leaving, (NOW,)),
        (load_holding, (NOW,)),
    ):
        with reading() as db, count_reads() as seen:
            read(db, owner, *args, house.mentor.person_id)
        counts.append(len(seen))
    assert counts == [6, 4, 3]
