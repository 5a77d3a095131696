"""The search of the header: what is found, by whom, in which order, and with how many statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa
from sqlmodel import col

from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.queries.search import Found, More, search
from app.models.tables import Membership, Relationship
from app.models.words import Rank, Role, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_house,
    make_member,
    make_person,
    make_program,
    make_session,
    viewer,
)


@pytest.fixture
def house() -> House:
    return make_house(name="Élan reading")


def look(who: Viewer, typed: str) -> Found:
    with reading() as db:
        return search(db, who, NOW, typed)


def people(who: Viewer, typed: str) -> list[str]:
    return [hit.name for hit in look(who, typed).people]


def sessions(who: Viewer, typed: str) -> list[int]:
    return [hit.id for hit in look(who, typed).sessions]


@pytest.mark.parametrize("typed", ["mia", "MENTEE mi", "Mía", "mia metnee", "  mia   ", "mentte"])
def test_person_is_found_by_parts_accents_and_slips(house: House, typed: str):
    assert people(house.manager, typed) == ["Mia Mentee"]


def test_person_is_found_by_email(house: House):
    assert people(house.manager, house.mentee.email) == ["Mia Mentee"]


@pytest.mark.parametrize("typed", ["", " ", "m", "%", "_%"])
def test_too_little_finds_nothing_and_says_so(house: House, typed: str):
    assert look(house.manager, typed) == Found(typed.strip())


def test_person_leads_to_their_page(house: House):
    (hit,) = look(house.manager, "mia").people
    assert (hit.href, hit.initials, hit.note) == (f"/people/{house.mentee.person_id}", "MM", "Mentee, Élan reading")


@pytest.mark.parametrize("typed", ["elan", "élan", "READING", "elna", "raeding el"])
def test_programme_is_found_by_parts_accents_and_slips(house: House, typed: str):
    assert [hit.name for hit in look(house.manager, typed).programs] == ["Élan reading"]


def test_programme_leads_managers_to_its_page_and_others_to_its_sessions(house: House):
    leads = {part: look(house.part(part), "elan").programs[0].href for part in ("manager", "mentor", "mentee")}
    calendar = f"/calendar?program={house.program_id}"
    assert leads == {"manager": f"/programs/{house.program_id}", "mentor": calendar, "mentee": calendar}


def test_archived_programme_is_not_found(house: House):
    owner = viewer(make_person(rank=Rank.OWNER))
    make_program(name="Élan of old", archived_at=NOW)
    assert [hit.name for hit in look(owner, "elan").programs] == ["Élan reading"]


@pytest.mark.parametrize("typed", ["übungen", "ubungen", "UBUNGEN", "ngen", "mia ubung", "max mia"])
def test_session_is_found_by_title_accents_and_names(house: House, typed: str):
    wanted = make_session(house, at(2), title="Übungen zur Algebra")
    assert sessions(house.mentor, typed) == [wanted]


def test_session_is_found_by_the_middle_of_an_address(house: House):
    other = make_person("Nina New", email="n.new@example.org")
    make_member(house.program_id, other, Role.MENTEE)
    make_session(house, at(2), title="Chess")
    wanted = make_session(house, at(3), title="Chess", mentee_id=other)
    assert sessions(house.manager, "new@ chess") == [wanted]


def test_session_is_found_by_a_mistyped_name(house: House):
    wanted = make_session(house, at(2))
    assert sessions(house.manager, "mia metnee") == [wanted]


def test_next_sessions_come_first_then_the_latest(house: House):
    old, older, soon, later = (make_session(house, at(day), title="Chess") for day in (-1, -9, 1, 5))
    assert sessions(house.mentee, "chess") == [soon, later, old, older]


def test_session_says_when_with_whom_and_how_it_stands(house: House):
    make_session(house, at(2), title="Chess", status=Status.CANCELLED)
    (hit,) = look(house.mentee, "chess").sessions
    assert (hit.note, hit.status, hit.status_word) == (
        "Wed 4 Mar 2026, 17:00–18:00 · Max Mentor and Mia Mentee",
        "cancelled",
        "Cancelled",
    )


def test_deleted_session_is_not_found(house: House):
    make_session(house, at(2), title="Chess", status=Status.CANCELLED, deleted_at=NOW)
    assert sessions(house.manager, "chess") == []


def test_strangers_find_nothing_of_others(house: House):
    make_session(house, at(2), title="Chess")
    elsewhere = make_house(name="Singing")
    for part in ("manager", "mentor", "mentee"):
        who = elsewhere.part(part)
        assert sessions(who, "chess") == []
        assert [hit.id for hit in look(who, "mia").people if hit.id == house.mentee.person_id] == []
        assert look(who, "elan").programs == []


def test_who_left_the_programme_is_found_without_their_address(house: House):
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW
        db.execute(sa.delete(Membership).where(col(Membership.person_id) == house.mentor.person_id))
    assert [(hit.name, hit.note) for hit in look(house.mentee, "max").people] == [("Max Mentor", "")]
    owner = viewer(make_person(rank=Rank.OWNER))
    assert [hit.note for hit in look(owner, "max").people] == [house.mentor.email]


def test_mentor_finds_only_their_own_people(house: House):
    fellow = make_person("Mira Fellow")
    make_member(house.program_id, fellow, Role.MENTEE)
    assert people(house.mentor, "mi") == ["Mia Mentee"]
    assert people(house.manager, "mi") == ["Mia Mentee", "Mira Fellow"]


def test_more_of_a_kind_than_are_shown_is_said(house: House):
    for number in range(7):
        make_member(house.program_id, make_person(f"Mia{number} Chess"), Role.MENTEE)
        make_session(house, at(number + 1), title="Mia and the pawns")
    found = look(house.manager, "mia")
    assert (len(found.people), found.more_people) == (5, More("and 3 more", "/people?q=mia"))
    assert (len(found.sessions), found.more_sessions) == (6, More("and 1 more"))
    assert look(house.manager, "mia0").more_people == More()


def test_more_people_are_counted_among_the_mistyped_too(house: House):
    for number in range(6):
        make_member(house.program_id, make_person(f"Gustav {number}"), Role.MENTEE)
    assert look(house.manager, "gusatv").more_people == More("and 1 more", "/people?q=gusatv")


def test_more_than_anybody_counted_is_called_many(house: House):
    for number in range(61):
        make_session(house, at(number + 1), title="Chess")
    assert look(house.mentee, "chess").more_sessions == More("and many more")


@pytest.mark.parametrize(("count", "statements"), [(1, 4), (30, 5), (60, 5)])
def test_search_asks_the_same_however_much_is_found(
    house: House, count_reads: Callable[[], AbstractContextManager[list[str]]], count: int, statements: int
):
    """One more where there are more people than are shown, to count them."""
    for day in range(count):
        make_session(house, at(day + 1), title="Chess with Mia")
        make_member(house.program_id, make_person(f"Mia{day} Chess"), Role.MENTEE)
    with count_reads() as seen:
        look(house.manager, "mia")
    assert len(seen) == statements
