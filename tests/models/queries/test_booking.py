"""Who may be booked in what, for whom."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.models.commands.booking import book
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.booking import Choices, load_choices, load_defaults
from app.models.words import ProgramKind, Rank, Role
from tests.models.factories import (
    LINK,
    NOW,
    House,
    at,
    booking,
    do,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_program,
    make_relationship,
    make_session,
    viewer,
)

Reads = Callable[[], AbstractContextManager[list[str]]]


def choices(who: Viewer, mentor: int = 0, mentee: int = 0) -> Choices:
    with reading() as db:
        return load_choices(db, who, mentor, mentee)


def test_choices_of_a_manager_start_with_nobody_and_every_programme_of_theirs(house: House) -> None:
    make_house(name="Foreign")
    found = choices(house.manager)
    assert (found.mentor.id, found.mentee.id, found.fixed) == (0, 0, "")
    assert [program.name for program in found.programs] == ["Reading"]


def test_choices_of_a_mentor_fix_them_and_their_only_mentee(house: House) -> None:
    found = choices(house.mentor)
    assert (found.fixed, found.mentor.is_me, found.mentee.name) == ("mentor", True, "Mia Mentee")
    assert [program.is_assigned for program in found.programs] == [True]


def test_choices_of_a_mentee_fix_them_and_their_only_mentor(house: House) -> None:
    found = choices(house.mentee)
    assert (found.fixed, found.mentee.is_me, found.mentor.name) == ("mentee", True, "Max Mentor")


def test_choices_of_a_mentor_with_two_mentees_leave_the_choice(house: House) -> None:
    make_relationship(house.program_id, house.mentor.person_id, make_person("Mo Second"))
    assert choices(house.mentor).mentee.id == 0


def test_choices_of_a_mentor_cannot_be_somebody_else(house: House) -> None:
    other = make_house()
    found = choices(house.mentor, other.mentor.person_id, other.mentee.person_id)
    assert (found.mentor.id, found.mentee.id) == (house.mentor.person_id, 0)


def test_choices_of_a_manager_leave_out_foreign_people(house: House) -> None:
    other = make_house()
    found = choices(house.manager, other.mentor.person_id, house.mentee.person_id)
    assert (found.mentor.id, found.mentee.id) == (0, house.mentee.person_id)


def test_choices_of_somebody_in_both_parts_follow_the_other(house: House) -> None:
    both = house.mentor.person_id
    make_member(house.program_id, both, Role.MENTEE)
    teacher = make_person("Tara Teacher")
    make_relationship(house.program_id, teacher, both)
    found = choices(viewer(both), mentor=teacher)
    assert (found.fixed, found.mentor.id, found.mentee.id) == ("", teacher, both)


def test_choices_narrow_the_programmes_to_the_pair() -> None:
    owner = viewer(make_person("Olga", rank=Rank.OWNER))
    one, two = make_house(name="One"), make_house(name="Two")
    make_member(two.program_id, one.mentee.person_id, Role.MENTEE)
    assert [p.name for p in choices(owner, two.mentor.person_id, one.mentee.person_id).programs] == ["Two"]


def test_choices_of_a_pair_without_a_common_programme_offer_both() -> None:
    owner = viewer(make_person("Olga", rank=Rank.OWNER))
    one, two = make_house(name="One"), make_house(name="Two")
    found = choices(owner, one.mentor.person_id, two.mentee.person_id)
    assert [(p.name, p.is_assigned) for p in found.programs] == [("One", False), ("Two", False)]


def test_choices_leave_out_closed_programmes() -> None:
    house = make_house(archived_at=NOW)
    assert choices(house.manager).programs == []
    assert choices(house.mentor).mentee.id == 0


def test_choices_name_the_session_that_will_be_filled(house: House) -> None:
    make_session(house, number=4)
    [program] = choices(house.mentor).programs
    assert program.next_title == "Session 4"


def test_choices_of_an_unassigned_pair_start_at_one(house: House) -> None:
    newcomer = make_person("Nia New")
    make_member(house.program_id, newcomer, Role.MENTEE)
    [program] = choices(house.manager, house.mentor.person_id, newcomer).programs
    assert (program.is_assigned, program.next_title) == (False, "Session 1")


def test_choices_list_the_zones_at_hand() -> None:
    make_organisation(zone="America/New_York")
    house = make_house()
    asha = make_person("Asha", zone="Asia/Kolkata")
    make_member(house.program_id, asha, Role.MENTEE)
    found = choices(house.manager, house.mentor.person_id, asha)
    assert found.zones == ["Europe/Berlin", "Asia/Kolkata", "America/New_York"]


def test_words_are_the_programmes_own_where_they_agree_else_the_organisations() -> None:
    make_organisation(kind=ProgramKind.TUTORING)
    owner = viewer(make_person("Olga", rank=Rank.OWNER))
    make_program(name="A", mentor_word="coach", mentee_word="coachee")
    agreed = choices(owner).words
    make_program(name="B")
    differing = choices(owner).words
    assert (agreed.mentor, agreed.mentee) == ("coach", "coachee")
    assert (differing.mentor, differing.mentee) == ("instructor", "student")


def test_defaults_repeat_how_the_pair_met_last(house: House) -> None:
    do(book, house.manager, booking(house, at()))
    found = choices(house.mentor)
    with reading() as db:
        usual = load_defaults(db, found.programs[0], found.mentor, found.mentee)
    assert (usual["platform"], usual["link"], usual["minutes"]) == ("zoom", LINK, "60")


@pytest.mark.parametrize("pairs", [1, 30])
def test_choices_ask_as_often_for_one_pair_as_for_many(house: House, pairs: int, count_reads: Reads) -> None:
    for _ in range(pairs):
        make_relationship(house.program_id, house.mentor.person_id, make_person())
    with count_reads() as seen:
        choices(house.mentor, 0, house.mentee.person_id)
    assert len(seen) == 5
