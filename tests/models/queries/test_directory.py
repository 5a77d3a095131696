"""The list of people: who is in it for whom, its filters, its order, its pages, and how its address says so."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from app.models.database import reading, transaction
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.directory import Directory, list_people
from app.models.queries.directory_filters import Filters, address_of, changed, read_filters
from app.models.tables import Membership, PersonTag
from app.models.words import Role, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_program,
    make_relationship,
    make_session,
    make_strangers,
)

Counter = Callable[[], AbstractContextManager[list[str]]]


def directory(who: Viewer, **filters: Any) -> Directory:
    with reading() as db:
        return list_people(db, who, NOW, Filters(**filters))


def names(who: Viewer, **filters: Any) -> list[str]:
    return [row.name for row in directory(who, **filters).rows]


def tag(person_id: int, name: str) -> None:
    with transaction() as db:
        db.add(PersonTag(person_id=person_id, name=name))


def join(program_id: int, person_id: int, role: Role, cohort: str) -> None:
    with transaction() as db:
        db.add(Membership(program_id=program_id, person_id=person_id, role=role, cohort=cohort, created_at=NOW))


def test_list_shows_an_owner_everybody_and_a_manager_their_programmes(house: House, owner: Viewer) -> None:
    make_strangers(house)
    assert names(house.manager) == ["fellow mentor", "Max Mentor", "Mia Mentee", "Mona Manager"]
    assert len(names(owner)) == 8


def test_list_tells_a_programme_manager_nothing_of_sessions_in_other_programmes(house: House, owner: Viewer) -> None:
    elsewhere, mentee = make_house(name="Singing"), house.mentee.person_id
    make_member(elsewhere.program_id, mentee, Role.MENTEE)
    make_session(house, at(-3), status=Status.COMPLETED)
    make_session(elsewhere, at(-1), status=Status.COMPLETED, mentee_id=mentee)
    make_session(elsewhere, at(1), mentee_id=mentee)

    def times(who: Viewer) -> list[tuple[str, str]]:
        return [(row.last_words, row.next_words) for row in directory(who).rows if row.id == mentee]

    assert times(house.manager) == [("Fri 27 Feb, 17:00", "")]
    assert times(owner) == [("Sun 1 Mar, 17:00", "Tue 3 Mar, 17:00")]
    other = make_person("Nina New")
    make_member(house.program_id, other, Role.MENTEE)
    make_session(house, at(-2), status=Status.COMPLETED, mentee_id=other)
    assert names(house.manager, sort="last", role="mentee") == ["Nina New", "Mia Mentee"]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_list_is_for_managers(house: House, who: str) -> None:
    with pytest.raises(NotFound):
        directory(house.part(who))


def test_list_tells_a_manager_only_of_what_they_manage(house: House) -> None:
    elsewhere = make_program(name="Elsewhere")
    mentee = house.mentee.person_id
    join(elsewhere, mentee, Role.MENTOR, "Secret cohort")
    make_relationship(elsewhere, mentee, make_person("Somebody Else"))
    found = directory(house.manager)
    [row] = [row for row in found.rows if row.id == mentee]
    assert [(role.word, role.program) for role in row.roles] == [("Mentee", "Reading")]
    assert (row.assigned, found.cohorts, [one.label for one in found.programs]) == (1, [], ["Reading"])
    assert names(house.manager, cohort="Secret cohort") == []
    assert names(house.manager, program_id=elsewhere) == []


def test_list_shows_roles_cohort_tags_pairs_and_sessions(house: House, owner: Viewer) -> None:
    mentee = house.mentee.person_id
    join(house.program_id, mentee, Role.MENTOR, "Spring")
    tag(mentee, "Chess")
    tag(mentee, "Art")
    make_session(house, at(-2), status=Status.COMPLETED)
    make_group(house, at(2), [mentee])
    [row] = [row for row in directory(owner).rows if row.id == mentee]
    assert [(role.word, role.program, role.cohort) for role in row.roles] == [
        ("Mentee", "Reading", ""),
        ("Mentor", "Reading", "Spring"),
    ]
    assert (row.tags, row.assigned) == (["Art", "Chess"], 1)
    assert (row.last_words, row.next_words) == ("Sat 28 Feb, 17:00", "Wed 4 Mar, 17:00")


def test_list_names_who_has_no_role(house: House, owner: Viewer) -> None:
    make_person("Vera Visitor")
    make_person("Nora Norole", password_hash="kept")
    roles = {row.name: [role.word for role in row.roles] for row in directory(owner, role="none").rows}
    assert roles == {"Vera Visitor": ["Visitor"], "Nora Norole": ["No role"]}


def test_list_finds_by_names_and_address_without_accents_and_forgives_a_slip(house: House) -> None:
    for name in ("Jörg Müller", "Łukasz Nowak"):
        make_member(house.program_id, make_person(name), Role.MENTEE)
    assert names(house.manager, typed="mull jorg") == ["Jörg Müller"]
    assert names(house.manager, typed="lukasz") == ["Łukasz Nowak"]
    assert names(house.manager, typed=house.mentor.email) == ["Max Mentor"]
    slip = directory(house.manager, typed="Nowka")
    assert ([row.name for row in slip.rows], slip.forgave) == (["Łukasz Nowak"], True)
    assert (names(house.manager, typed="zzzzzz"), names(house.manager, typed="%_")) == ([], [])


def test_list_filters_by_role_programme_and_cohort_of_one_membership(house: House, owner: Viewer) -> None:
    other = make_program(name="Singing")
    two = make_person("Two Fold")
    join(house.program_id, two, Role.MENTEE, "Spring")
    join(other, two, Role.MENTOR, "Autumn")
    assert names(owner, role="mentee", cohort="Spring") == ["Two Fold"]
    assert names(owner, role="mentor", cohort="Spring") == []
    assert names(owner, program_id=other) == ["Two Fold"]
    assert names(owner, program_id=other, role="mentee") == []
    assert names(owner, role="manager") == ["Mona Manager", "Olga Owner"]
    make_person("No Body")
    assert names(owner, role="none") == ["No Body"]


def test_list_filters_by_tag_assignment_and_standing(house: House, owner: Viewer) -> None:
    lonely, gone = make_person("Lonely Learner"), make_person("Gone Away", deactivated_at=NOW)
    for one in (lonely, gone):
        make_member(house.program_id, one, Role.MENTEE)
    tag(lonely, "Chess")
    assert names(house.manager, tag="Chess") == ["Lonely Learner"]
    assert names(house.manager, assigned="yes") == ["Max Mentor", "Mia Mentee"]
    assert names(house.manager, assigned="no", role="mentee") == ["Lonely Learner"]
    assert names(house.manager, standing="deactivated") == ["Gone Away"]
    assert len(names(house.manager, standing="all")) == 5


def test_list_sorts_by_name_address_added_and_last_session(house: House) -> None:
    late = make_person("Zoe Last", email="a@example.org", deactivated_at=None)
    make_member(house.program_id, late, Role.MENTEE)
    pair = make_relationship(house.program_id, house.mentor.person_id, late)
    make_session(house, at(-1), status=Status.COMPLETED)
    make_session(house, at(-5), status=Status.COMPLETED, mentee_id=late, relationship_id=pair)
    make_session(house, at(1))
    everybody = ["Max Mentor", "Mia Mentee", "Mona Manager", "Zoe Last"]
    assert names(house.manager) == everybody
    assert names(house.manager, is_reversed=True) == everybody[::-1]
    assert names(house.manager, sort="email")[0] == "Zoe Last"
    assert names(house.manager, sort="last") == ["Max Mentor", "Mia Mentee", "Zoe Last", "Mona Manager"]
    assert names(house.manager, sort="last", is_reversed=True) == [
        "Zoe Last",
        "Max Mentor",
        "Mia Mentee",
        "Mona Manager",
    ]


def test_list_has_pages_and_gives_the_nearest(house: House) -> None:
    for number in range(42):
        make_member(house.program_id, make_person(f"Pupil {number:02}"), Role.MENTEE)
    last = directory(house.manager, page=9, per_page=20)
    assert (last.page, last.pages, last.total, last.range_words) == (3, 3, 45, "41–45 of 45")
    assert len(last.rows) == 5


def test_list_takes_as_many_reads_for_thirty_as_for_one(house: House, owner: Viewer, count_reads: Counter) -> None:
    with count_reads() as few:
        directory(owner)
    for number in range(30):
        person_id = make_person(f"Pupil {number:02}")
        make_member(house.program_id, person_id, Role.MENTEE)
        pair = make_relationship(house.program_id, house.mentor.person_id, person_id)
        make_session(house, at(2) + timedelta(hours=number), mentee_id=person_id, relationship_id=pair)
        tag(person_id, f"Tag {number}")
    with count_reads() as many:
        directory(owner)
    assert len(many) == len(few)


def test_list_of_a_new_organisation_leads_on(owner: Viewer) -> None:
    make_organisation()
    empty = directory(owner)
    assert (empty.has_nobody, empty.has_programs, empty.may_add_programs) == (True, False, True)
    make_house()
    furnished = directory(owner)
    assert (furnished.has_nobody, furnished.has_programs) == (False, True)
    assert not directory(owner, typed="zzzz").has_nobody


def test_address_says_what_is_shown_and_leaves_out_what_is_usual() -> None:
    address = "/people?q=m%C3%BCller&program=3&role=mentee&assigned=no&show=all&sort=last&down=1&page=2&per=20"
    params = {"q": "müller", "program": "3", "role": "mentee", "assigned": "no", "show": "all"}
    params |= {"sort": "last", "down": "1", "page": "2", "per": "20"}
    assert address_of(read_filters(params)) == address
    assert address_of(Filters()) == "/people"


def test_address_makes_sense_of_nonsense() -> None:
    nonsense = {"program": "x", "role": "king", "assigned": "?", "show": "?", "sort": "?", "page": "-1", "per": "7"}
    assert read_filters(nonsense) == Filters()


def test_changing_a_filter_goes_to_the_first_page() -> None:
    assert changed(Filters(page=4, tag="Chess"), "role", "mentor") == Filters(tag="Chess", role="mentor")
    assert changed(Filters(page=4), "password", "x") == Filters(page=4)
