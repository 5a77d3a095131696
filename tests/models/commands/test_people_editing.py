"""Changing people: who may, what is refused, and what is written."""

from typing import Any

import pytest
from sqlmodel import select

from app.models.commands.people import EmailTaken, add_person, edit_person
from app.models.database import reading, transaction
from app.models.drafts.people import RoleDraft
from app.models.errors import NotFound, Refusal, Stale
from app.models.permissions import Viewer
from app.models.queries.person_form import fingerprint, load_form
from app.models.tables import MailedLink
from app.models.words import NoticeKind, Rank, Role
from tests.models.commands.people_rows import edited, fields_of, new, person, roles, steps_of, tags
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_house,
    make_member,
    make_person,
    make_program,
    make_relationship,
    make_strangers,
    notices,
    viewer,
)


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


@pytest.mark.parametrize("part", ["member", "former partner", "guest"])
def test_edit_of_the_address_is_refused_for_somebody_who_also_has_a_part_elsewhere(house: House, part: str) -> None:
    mentee = house.mentee.person_id
    elsewhere = make_house(name="Elsewhere")
    if part == "member":
        make_member(elsewhere.program_id, mentee, Role.MANAGER)
    elif part == "guest":
        make_group(elsewhere, at(1), [mentee])
    else:
        make_relationship(elsewhere.program_id, elsewhere.mentor.person_id, mentee, ended_at=NOW)
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
