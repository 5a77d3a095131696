"""Adding people: who may, what is refused, and what is written."""

from typing import Any

import pytest
from sqlmodel import col, select

from app.models.commands.people import EmailTaken, add_person, check_address
from app.models.database import reading
from app.models.drafts import read
from app.models.drafts.people import NewPersonDraft, PairingDraft, RoleDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.tables import Person, Relationship
from app.models.words import Rank, Role
from tests.models.commands.people_rows import fields_of, new, person, roles, steps_of, tags
from tests.models.factories import (
    NOW,
    House,
    do,
    make_member,
    make_person,
    make_program,
    make_strangers,
    sessions,
    told,
    viewer,
)


def pairs() -> list[tuple[int, int, int]]:
    with reading() as db:
        rows = db.exec(select(Relationship).order_by(col(Relationship.id)))
        return [(row.program_id, row.mentor_id, row.mentee_id) for row in rows]


def people_count() -> int:
    with reading() as db:
        return len(db.exec(select(Person.id)).all())


def test_add_writes_the_person_tags_role_and_history(house: House) -> None:
    role = RoleDraft(program_id=house.program_id, role=Role.MENTEE, cohort="Spring")
    draft = new(house.program_id, roles=(role,), tags=("Chess", "chess", "Art"), zone="Europe/Berlin")
    person_id = do(add_person, house.manager, draft)["person_id"]
    row = person(person_id)
    assert (row.email, row.name, row.zone) == ("nina@example.org", "Nina Müller", "Europe/Berlin")
    assert row.search_text == " nina muller nina@example.org example org"
    assert (roles(person_id), tags(person_id)) == ([(house.program_id, "mentee", "Spring")], ["Art", "chess"])
    assert steps_of(person_id) == ["add_person"]


def test_add_assigns_to_several_and_tells_each_once(house: House) -> None:
    second = make_person("Ada Second")
    make_member(house.program_id, second, Role.MENTOR)
    chosen = [house.mentor.person_id, second]
    pairings = tuple(PairingDraft(program_id=house.program_id, other_id=one, as_role=Role.MENTEE) for one in chosen)
    person_id = do(add_person, house.manager, new(house.program_id, assignments=pairings))["person_id"]
    assert pairs()[1:] == [(house.program_id, one, person_id) for one in chosen]
    assert [session.number for session in sessions(mentee_id=person_id, host_id=second)] == [1, 2, 3]
    assert sorted(told(kind="assigned")) == sorted((one, "assigned") for one in [*chosen, person_id])


def test_add_assigns_a_mentor_to_mentees(house: House) -> None:
    pairing = PairingDraft(program_id=house.program_id, other_id=house.mentee.person_id, as_role=Role.MENTOR)
    person_id = do(add_person, house.manager, new(house.program_id, Role.MENTOR, assignments=(pairing,)))["person_id"]
    assert pairs()[1:] == [(house.program_id, person_id, house.mentee.person_id)]


def test_add_writes_nothing_when_one_assignment_is_refused(house: House) -> None:
    gone = make_person("Gone Away", deactivated_at=NOW)
    make_member(house.program_id, gone, Role.MENTOR)
    ids = (house.mentor.person_id, gone)
    pairings = tuple(PairingDraft(program_id=house.program_id, other_id=one, as_role=Role.MENTEE) for one in ids)
    before = people_count()
    with pytest.raises(Refusal, match="Gone Away is no longer active"):
        do(add_person, house.manager, new(house.program_id, assignments=pairings))
    assert (people_count(), len(pairs()), told()) == (before, 1, [])


def test_add_refuses_a_taken_address_and_names_whom_the_viewer_may_see(house: House) -> None:
    email = house.mentee.email.upper()
    with pytest.raises(EmailTaken, match="Mia Mentee already has this address") as refused:
        do(add_person, house.manager, read(NewPersonDraft, {"email": email, "first_name": "X"} | belongs(house)))
    assert (refused.value.person_id, fields_of(refused)) == (house.mentee.person_id, ["email"])


def belongs(house: House) -> dict[str, Any]:
    return {"roles": ({"program_id": house.program_id, "role": "mentee"},)}


def test_add_does_not_name_a_stranger_who_has_the_address(house: House) -> None:
    foreign = make_strangers(house)["foreign mentor"]
    with pytest.raises(EmailTaken, match="Somebody already has this address") as refused:
        do(add_person, house.manager, new(house.program_id, email=person(foreign).email))
    assert refused.value.person_id is None


def test_add_takes_over_a_visitor(house: House) -> None:
    visitor = make_person("Visi Tor", email="visitor@example.org")
    person_id = do(add_person, house.manager, new(house.program_id, email="visitor@example.org"))["person_id"]
    assert (person_id, person(visitor).name) == (visitor, "Nina Müller")


def test_check_address_says_the_same_without_writing(house: House) -> None:
    with reading() as db:
        check_address(db, house.manager, "free@example.org")
        with pytest.raises(EmailTaken):
            check_address(db, house.manager, house.mentee.email)
        with pytest.raises(NotFound):
            check_address(db, house.mentor, "free@example.org")


@pytest.mark.parametrize("who", ["mentor", "mentee", "nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_add_is_for_the_managers_of_the_programme(house: House, who: str) -> None:
    strangers = make_strangers(house)
    actor = viewer(strangers[who]) if who in strangers else house.part(who)
    before = people_count()
    with pytest.raises(NotFound):
        do(add_person, actor, new(house.program_id))
    assert people_count() == before


def test_add_by_a_programme_manager_gives_no_rank(house: House, owner: Viewer) -> None:
    with pytest.raises(NotFound):
        do(add_person, house.manager, new(house.program_id, rank=Rank.MANAGER))
    person_id = do(add_person, owner, new(house.program_id, rank=Rank.MANAGER))["person_id"]
    assert person(person_id).rank == Rank.MANAGER


def test_add_by_a_manager_of_the_organisation_makes_no_owner(house: House) -> None:
    manager = viewer(make_person("Mark Manager", rank=Rank.MANAGER))
    with pytest.raises(NotFound):
        do(add_person, manager, new(house.program_id, rank=Rank.OWNER))


def test_add_refuses_a_person_who_would_be_nothing(house: House) -> None:
    with pytest.raises(Refusal, match="no role yet"):
        do(add_person, house.manager, new(house.program_id, roles=()))


def test_add_refuses_a_closed_programme(owner: Viewer) -> None:
    closed = make_program(archived_at=NOW)
    with pytest.raises(NotFound):
        do(add_person, owner, new(closed))


def test_add_mails_a_first_access_where_it_is_asked_for(house: House) -> None:
    silent = do(add_person, house.manager, new(house.program_id, email="silent@example.org"))["person_id"]
    asked = do(add_person, house.manager, new(house.program_id, sends_access=True))["person_id"]
    assert (told(person_id=silent), told(person_id=asked)) == ([], [(asked, "first_access")])
