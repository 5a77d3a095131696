"""Finding people: by what, and by whom."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import perf_counter

import pytest
from sqlmodel import select

from app.models.database import reading, transaction
from app.models.folding import search_text
from app.models.permissions import Viewer
from app.models.queries.people import find_people, find_to_book
from app.models.tables import Membership, Person
from app.models.words import Role
from tests.models.factories import (
    NOW,
    House,
    make_house,
    make_member,
    make_person,
    make_program,
    make_relationship,
    viewer,
)

Reads = Callable[[], AbstractContextManager[list[str]]]


def found(who: Viewer, typed: str, **options) -> list[str]:
    with reading() as db:
        return [person.name for person in find_people(db, who, typed, **options)]


def to_book(who: Viewer, typed: str, role: Role, **options) -> list[str]:
    with reading() as db:
        return [person.name for person in find_to_book(db, who, typed, role, **options)]


@pytest.mark.parametrize(
    "typed",
    [
        "Łukasz",
        "lukasz",
        "LUK",
        "kowal",
        "Kowalski Łuk",
        "luk kow",
        "l.kowalski@",
        "example.org kow",
        "kowlaski",
        "Ľukas",
        "kowalski@",
        "kowalski@exa",
        "Kowalski, Łukasz",
        "Łukasz Kowalski <l.kowalski@example.org>",
    ],
)
def test_find_people_by_part_of_name_or_email(owner: Viewer, typed: str) -> None:
    make_person("Łukasz Kowalski", email="l.kowalski@example.org")
    make_person("Ana Nowak", email="nowak@example.org")
    assert found(owner, typed) == ["Łukasz Kowalski"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "@", ",", "' OR 1=1 --", "zzz", "🎹", "<script>"])
def test_find_people_takes_wildcards_and_nonsense_as_text(owner: Viewer, typed: str) -> None:
    make_person("Ana Nowak")
    assert found(owner, typed) == []


def test_find_people_by_an_address_with_an_underscore(owner: Viewer) -> None:
    make_person("Ana Nowak", email="ana_nowak@example.org")
    make_person("Anna Nowak", email="anna.nowak@example.org")
    assert found(owner, "ana_nowak@example.org") == ["Ana Nowak"]


def test_find_people_prefers_exact_over_forgiven(owner: Viewer) -> None:
    make_person("Maria Exact")
    make_person("Marie Near")
    assert found(owner, "Maria") == ["Maria Exact"]


def test_find_people_leaves_out_the_deactivated(owner: Viewer) -> None:
    make_person("Gone Person", deactivated_at=NOW)
    assert found(owner, "gone") == []


def test_find_people_with_nothing_typed_lists_the_first(owner: Viewer) -> None:
    for name in ("Zoe Z", "Ana A"):
        make_person(name)
    assert found(owner, "  ") == ["Ana A", "Olga Owner", "Zoe Z"]


def test_find_people_by_a_manager_stays_in_their_programmes(house: House) -> None:
    other = make_house()
    assert found(house.manager, "") == ["Max Mentor", "Mia Mentee", "Mona Manager"]
    with reading() as db:
        ids = {person.id for person in find_people(db, house.manager, "M")}
    assert ids.isdisjoint({other.mentor.person_id, other.mentee.person_id, other.manager.person_id})


def test_find_people_by_a_mentee_gives_their_mentor_and_themselves(house: House) -> None:
    make_member(house.program_id, make_person("Mina Other"), Role.MENTEE)
    assert found(house.mentee, "M") == ["Max Mentor", "Mia Mentee"]


def test_find_people_by_a_stranger_gives_nobody_else(house: House) -> None:
    stranger = viewer(make_person("Sam Stranger"))
    assert found(stranger, "") == ["Sam Stranger"]


def test_find_people_in_a_role_leaves_out_the_others(house: House, owner: Viewer) -> None:
    assert found(owner, "", role=Role.MENTOR) == ["Max Mentor"]
    assert found(owner, "M", role=Role.MENTEE, program_id=house.program_id) == ["Mia Mentee"]


def test_find_people_says_what_they_are(house: House, owner: Viewer) -> None:
    with reading() as db:
        [line] = find_people(db, owner, "Max")
    assert (line.note, line.initials) == ("Mentor, Reading", "MM")


def test_find_to_book_gives_a_manager_everybody_of_the_role(house: House) -> None:
    make_member(house.program_id, make_person("Mina Other"), Role.MENTEE)
    make_house()
    assert to_book(house.manager, "", Role.MENTEE) == ["Mia Mentee", "Mina Other"]
    assert to_book(house.manager, "", Role.MENTOR) == ["Max Mentor"]


def test_find_to_book_gives_a_mentor_only_their_own_mentees(house: House) -> None:
    make_member(house.program_id, make_person("Mina Other"), Role.MENTEE)
    assert to_book(house.mentor, "M", Role.MENTEE) == ["Mia Mentee"]
    assert to_book(house.mentor, "M", Role.MENTOR) == ["Max Mentor"]


def test_find_to_book_leaves_out_ended_relationships() -> None:
    program = make_program()
    mentor, mentee = make_person("Max Mentor"), make_person("Mia Mentee")
    make_member(program, mentor, Role.MENTOR)
    make_relationship(program, mentor, mentee, ended_at=NOW)
    assert to_book(viewer(mentor), "", Role.MENTEE) == []


def test_find_to_book_puts_the_assigned_first_and_says_so(house: House) -> None:
    make_member(house.program_id, make_person("Ada First"), Role.MENTEE)
    with reading() as db:
        lines = find_to_book(db, house.manager, "", Role.MENTEE, other_id=house.mentor.person_id)
    assert [(line.name, line.note) for line in lines] == [
        ("Mia Mentee", "Assigned"),
        ("Ada First", ""),
    ]


def test_find_to_book_never_offers_the_same_person_twice(house: House) -> None:
    make_member(house.program_id, house.mentor.person_id, Role.MENTEE)
    assert to_book(house.manager, "", Role.MENTEE, other_id=house.mentor.person_id) == ["Mia Mentee"]


@pytest.mark.parametrize("people", [1, 30])
def test_find_people_asks_as_often_for_one_as_for_many(owner: Viewer, people: int, count_reads: Reads) -> None:
    program = make_program()
    for number in range(people):
        make_member(program, make_person(f"Same {number}"), Role.MENTEE)
    with reading() as db, count_reads() as statements:
        find_people(db, owner, "same")
        find_to_book(db, owner, "same", Role.MENTEE, other_id=owner.person_id)
    assert len(statements) == 4


def test_find_people_is_quick_among_ten_thousand(owner: Viewer) -> None:
    program = make_program()
    with transaction() as db:
        for number in range(10_000):
            name = f"Name{number % 97} Family{number % 89}"
            first, last = name.split()
            email = f"n{number}@example.org"
            person = Person(
                email=email,
                first_name=first,
                last_name=last,
                slug=f"n{number}",
                created_at=NOW,
                search_text=search_text(first, last, email),
            )
            db.add(person)
        db.flush()
        for person_id in db.exec(select(Person.id).where(Person.first_name != "Olga")).all():
            db.add(Membership(program_id=program, person_id=person_id or 0, role=Role.MENTEE, created_at=NOW))
    took = []
    for typed in ("family12", "nama12 famliy13", "nobody at all"):
        began = perf_counter()
        to_book(owner, typed, Role.MENTEE)
        took.append(perf_counter() - began)
    assert max(took) < 0.5
