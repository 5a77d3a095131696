"""Adding and changing people: who may, what is refused, and what is written."""

from typing import Any

import pytest
from sqlmodel import col, select

from app.models.commands.people import EmailTaken, add_person, check_address, edit_person
from app.models.commands.tagging import tag_people
from app.models.database import reading, transaction
from app.models.drafts import read
from app.models.drafts.people import EditPersonDraft, NewPersonDraft, PairingDraft, RoleDraft, TagDraft
from app.models.errors import NotFound, Refusal, Stale
from app.models.permissions import Viewer
from app.models.queries.person_form import fingerprint, load_form
from app.models.tables import Change, MailedLink, Membership, Person, PersonTag, Relationship
from app.models.words import NoticeKind, Rank, Role
from tests.models.factories import (
    NOW,
    House,
    do,
    make_member,
    make_person,
    make_program,
    make_relationship,
    make_strangers,
    notices,
    sessions,
    told,
    viewer,
)


@pytest.fixture
def owner() -> Viewer:
    return viewer(make_person("Olga Owner", rank=Rank.OWNER))


def new(program_id: int, role: Role = Role.MENTEE, **values: Any) -> NewPersonDraft:
    usual = {"email": "nina@example.org", "first_name": "Nina", "last_name": "Müller"}
    return NewPersonDraft(**usual | {"roles": (RoleDraft(program_id=program_id, role=role),)} | values)


def edited(person_id: int, **values: Any) -> EditPersonDraft:
    row = person(person_id)
    facts = {"email": row.email, "first_name": row.first_name, "last_name": row.last_name, "zone": row.zone or None}
    return EditPersonDraft(**facts | values)


def person(person_id: int) -> Person:
    with reading() as db:
        return db.get_one(Person, person_id)


def roles(person_id: int) -> list[tuple[int, str, str]]:
    with reading() as db:
        rows = db.exec(select(Membership).where(Membership.person_id == person_id).order_by(col(Membership.id)))
        return [(row.program_id, row.role, row.cohort) for row in rows]


def tags(person_id: int) -> list[str]:
    with reading() as db:
        rows = select(PersonTag.name).where(PersonTag.person_id == person_id).order_by(PersonTag.name)
        return list(db.exec(rows))


def pairs() -> list[tuple[int, int, int]]:
    with reading() as db:
        rows = db.exec(select(Relationship).order_by(col(Relationship.id)))
        return [(row.program_id, row.mentor_id, row.mentee_id) for row in rows]


def steps_of(person_id: int) -> list[str]:
    with reading() as db:
        return list(db.exec(select(Change.step).where(Change.person_id == person_id).order_by(col(Change.id))))


def people_count() -> int:
    with reading() as db:
        return len(db.exec(select(Person.id)).all())


def fields_of(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.field for problem in refused.value.problems]


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


def test_edit_changes_facts_tags_and_roles_and_writes_what_changed(house: House) -> None:
    mentee = house.mentee.person_id
    wanted = (
        RoleDraft(program_id=house.program_id, role=Role.MENTEE, cohort="Autumn"),
        RoleDraft(program_id=house.program_id, role=Role.MENTOR),
    )
    draft = edited(mentee, first_name="Maria", tags=("Art",), roles=wanted)
    result = do(edit_person, house.manager, mentee, draft)
    assert result == {"person_id": mentee, "changed": ["first_name", "roles", "tags"]}
    assert (person(mentee).name, tags(mentee)) == ("Maria Mentee", ["Art"])
    assert person(mentee).search_text.startswith(" maria mentee")
    assert roles(mentee) == [(house.program_id, "mentee", "Autumn"), (house.program_id, "mentor", "")]
    assert steps_of(mentee) == ["edit_person"]


def test_edit_changes_what_is_said_about_somebody_only_where_it_is_given(house: House) -> None:
    mentee = house.mentee.person_id
    assert do(edit_person, house.manager, mentee, edited(mentee, bio="Likes chess."))["changed"] == ["bio"]
    assert do(edit_person, house.manager, mentee, edited(mentee))["changed"] == []
    assert person(mentee).bio == "Likes chess."


def test_edit_that_changes_nothing_leaves_no_history(house: House) -> None:
    mentee = house.mentee.person_id
    assert do(edit_person, house.manager, mentee, edited(mentee))["changed"] == []
    assert steps_of(mentee) == []


def seen_by(who: Viewer, person_id: int) -> str:
    with reading() as db:
        return fingerprint(load_form(db, who, person_id))


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"email": "new@example.org"},
        {"last_name": "Miller"},
        {"zone": "Asia/Kolkata"},
        {"tags": ("Art",)},
        {},
    ],
)
def test_edit_does_not_take_back_what_another_manager_saved_meanwhile(house: House, meanwhile: dict[str, Any]) -> None:
    mentee = make_person("Nina New")
    make_member(house.program_id, mentee, Role.MENTEE)
    seen, mine = seen_by(house.manager, mentee), edited(mentee, first_name="Maria")
    part = RoleDraft(program_id=house.program_id, role=Role.MENTEE, cohort="" if meanwhile else "Spring")
    do(edit_person, house.manager, mentee, edited(mentee, roles=(part,), **meanwhile))
    before = person(mentee), tags(mentee), roles(mentee)
    with pytest.raises(Stale):
        do(edit_person, house.manager, mentee, mine, seen)
    assert (person(mentee), tags(mentee), roles(mentee)) == before
    do(edit_person, house.manager, mentee, mine, seen_by(house.manager, mentee))
    assert person(mentee).first_name == "Maria"


def test_edit_leaves_roles_elsewhere_alone(house: House) -> None:
    elsewhere = make_program(name="Elsewhere")
    mentee = house.mentee.person_id
    make_member(elsewhere, mentee, Role.MENTOR)
    wanted = (RoleDraft(program_id=house.program_id, role=Role.MENTEE, cohort="B"),)
    do(edit_person, house.manager, mentee, edited(mentee, roles=wanted))
    assert roles(mentee) == [(house.program_id, "mentee", "B"), (elsewhere, "mentor", "")]
    with pytest.raises(NotFound):
        do(
            edit_person,
            house.manager,
            mentee,
            edited(mentee, roles=(RoleDraft(program_id=elsewhere, role=Role.MENTEE),)),
        )


def test_edit_refuses_to_take_a_role_that_is_still_lived(house: House) -> None:
    with pytest.raises(Refusal, match="Max Mentor still works with Mia Mentee in Reading") as refused:
        do(edit_person, house.manager, house.mentor.person_id, edited(house.mentor.person_id, roles=()))
    assert fields_of(refused) == ["roles"]
    assert roles(house.mentor.person_id) == [(house.program_id, "mentor", "")]


def test_edit_takes_a_role_whose_relationships_have_ended(house: House) -> None:
    other = make_person("Old Pupil")
    make_member(house.program_id, other, Role.MENTEE)
    make_relationship(house.program_id, house.mentor.person_id, other, ended_at=NOW)
    do(edit_person, house.manager, other, edited(other, roles=()))
    assert roles(other) == []


def test_edit_of_the_address_ends_the_links_that_were_mailed(house: House) -> None:
    mentee = house.mentee.person_id
    with transaction() as db:
        db.add(MailedLink(person_id=mentee, purpose="sign_in", token_hash="h", created_at=NOW, expires_at=NOW))
    do(edit_person, house.manager, mentee, edited(mentee, email="new@example.org"))
    with reading() as db:
        assert db.exec(select(MailedLink.id)).all() == []
    assert person(mentee).email == "new@example.org"


def test_add_mails_a_first_access_where_it_is_asked_for(house: House) -> None:
    silent = do(add_person, house.manager, new(house.program_id, email="silent@example.org"))["person_id"]
    asked = do(add_person, house.manager, new(house.program_id, sends_access=True))["person_id"]
    assert (told(person_id=silent), told(person_id=asked)) == ([], [(asked, "first_access")])


def test_edit_of_the_address_mails_a_first_access_anew_that_nobody_used(house: House) -> None:
    asked = do(add_person, house.manager, new(house.program_id, sends_access=True))["person_id"]
    do(edit_person, house.manager, asked, edited(asked, email="right@example.org"))
    mails = [(notice.kind, notice.mail_status) for notice in notices(person_id=asked)]
    assert mails == [("first_access", "dropped"), ("first_access", "waiting")]
    with reading() as db:
        assert len(db.exec(select(MailedLink.id).where(MailedLink.person_id == asked)).all()) == 1


@pytest.mark.parametrize("values", [{"password_hash": "x"}, {"browser_zone": "Europe/Berlin"}])
def test_edit_of_the_address_is_told_at_the_former_one(house: House, values: dict[str, str]) -> None:
    mentee = make_person("Nina New", email="nina@example.org", **values)
    make_member(house.program_id, mentee, Role.MENTEE)
    do(edit_person, house.manager, mentee, edited(mentee, email="mine@example.org"))
    [notice] = notices(kind=NoticeKind.NEW_ADDRESS)
    assert (notice.person_id, notice.facts["former_email"], notice.seen_at) == (mentee, "nina@example.org", None)


def test_edit_of_the_address_of_who_has_never_been_here_tells_no_stranger(house: House) -> None:
    mentee = house.mentee.person_id
    do(edit_person, house.manager, mentee, edited(mentee, email="right@example.org"))
    assert notices(kind=NoticeKind.NEW_ADDRESS) == []


def test_edit_of_the_address_is_refused_for_somebody_who_also_belongs_elsewhere(house: House) -> None:
    mentee = house.mentee.person_id
    make_member(make_program(name="Elsewhere"), mentee, Role.MANAGER)
    with pytest.raises(Refusal, match="You cannot change the address"):
        do(edit_person, house.manager, mentee, edited(mentee, email="mine@example.org"))
    assert person(mentee).email == house.mentee.email


def test_edit_refuses_a_taken_address(house: House) -> None:
    mentee = house.mentee.person_id
    with pytest.raises(EmailTaken, match="Max Mentor already has this address"):
        do(edit_person, house.manager, mentee, edited(mentee, email=house.mentor.email))


@pytest.mark.parametrize("who", ["mentor", "nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_edit_is_for_the_managers_of_a_person(house: House, who: str) -> None:
    strangers = make_strangers(house)
    actor = viewer(strangers[who]) if who in strangers else house.part(who)
    with pytest.raises(NotFound):
        do(edit_person, actor, house.mentee.person_id, edited(house.mentee.person_id, first_name="Taken"))
    assert person(house.mentee.person_id).first_name == "Mia"


def test_edit_of_a_manager_of_the_organisation_is_not_for_programme_managers(house: House, owner: Viewer) -> None:
    make_member(house.program_id, owner.person_id, Role.MENTOR)
    with pytest.raises(Refusal, match="manages the organisation"):
        do(edit_person, house.manager, owner.person_id, edited(owner.person_id, first_name="Taken"))


def test_edit_of_an_owners_address_is_for_owners(owner: Viewer) -> None:
    manager = viewer(make_person("Mark Manager", rank=Rank.MANAGER))
    with pytest.raises(Refusal, match="cannot change the address"):
        do(edit_person, manager, owner.person_id, edited(owner.person_id, email="mine@example.org"))


def test_edit_gives_and_takes_rank_as_far_as_the_viewer_has_it(house: House, owner: Viewer) -> None:
    mentee, manager = house.mentee.person_id, viewer(make_person("Mark Manager", rank=Rank.MANAGER))
    with pytest.raises(NotFound):
        do(edit_person, house.manager, mentee, edited(mentee, rank=Rank.MANAGER))
    with pytest.raises(Refusal, match="Only an owner"):
        do(edit_person, manager, mentee, edited(mentee, rank=Rank.OWNER))
    do(edit_person, manager, mentee, edited(mentee, rank=Rank.MANAGER))
    assert person(mentee).rank == Rank.MANAGER
    with pytest.raises(Refusal, match="only owner"):
        do(edit_person, owner, owner.person_id, edited(owner.person_id, rank=Rank.NONE))


def test_edit_lets_no_programme_manager_lose_their_own_part(house: House) -> None:
    me = house.manager.person_id
    with pytest.raises(Refusal, match="your own part"):
        do(edit_person, house.manager, me, edited(me, roles=()))


def test_tag_adds_and_takes_without_minding_capitals(house: House) -> None:
    both = (house.mentor.person_id, house.mentee.person_id)
    assert do(tag_people, house.manager, TagDraft(person_ids=both, name="Chess")) == {"changed": 2}
    assert do(tag_people, house.manager, TagDraft(person_ids=both, name="chess")) == {"changed": 0}
    assert do(tag_people, house.manager, TagDraft(person_ids=both[:1], name="CHESS", adds=False)) == {"changed": 1}
    assert (tags(both[0]), tags(both[1])) == ([], ["Chess"])


@pytest.mark.parametrize("who", ["mentor", "foreign manager"])
def test_tag_is_for_managers_of_all_of_them(house: House, who: str) -> None:
    strangers = make_strangers(house)
    actor = viewer(strangers[who]) if who in strangers else house.part(who)
    with pytest.raises(NotFound):
        do(tag_people, actor, TagDraft(person_ids=(house.mentee.person_id,), name="Mine"))
    assert tags(house.mentee.person_id) == []
