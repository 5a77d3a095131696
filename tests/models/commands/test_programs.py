"""Programmes: who may begin, change and archive them, and bring people in."""

from typing import Any

import pytest
from sqlmodel import col, select

from app.models.commands.booking import book
from app.models.commands.programs import (
    add_member,
    add_program,
    archive_program,
    change_member,
    edit_program,
    remove_member,
    rename_cohort,
    restore_program,
)
from app.models.database import reading, transaction
from app.models.drafts import read
from app.models.drafts.programs import CohortDraft, MembershipDraft, NewProgramDraft, ProgramDraft
from app.models.errors import NotFound, Refusal, Stale
from app.models.permissions import Viewer
from app.models.queries.programs import read_program
from app.models.tables import Change, Membership, Program, Relationship
from app.models.words import ProgramKind, Role
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    do,
    make_member,
    make_person,
    make_program,
    make_session,
    session,
    viewer,
)

SETTINGS: dict[str, Any] = {
    "name": "Reading",
    "kind": "mentoring",
    "mentor_word": "mentor",
    "mentors_word": "mentors",
    "mentee_word": "mentee",
    "mentees_word": "mentees",
    "session_count": 3,
    "default_minutes": 60,
    "session_types": ["Online", "Call"],
}


def settings(**values: Any) -> ProgramDraft:
    return read(ProgramDraft, SETTINGS | values)


def program(program_id: int) -> Program:
    with reading() as db:
        return db.get_one(Program, program_id)


def seen(who: Viewer, program_id: int) -> str:
    with reading() as db:
        return read_program(db, who, program_id).seen


def edit(who: Viewer, program_id: int, **values: Any) -> dict[str, Any]:
    return do(edit_program, who, program_id, settings(**values), seen(who, program_id))


def member(house: House, role: Role) -> Membership:
    with reading() as db:
        query = select(Membership).where(Membership.program_id == house.program_id, Membership.role == role)
        return db.exec(query.order_by(col(Membership.id))).first() or Membership(program_id=0, person_id=0, role=role)


def steps(program_id: int) -> list[str]:
    with reading() as db:
        return list(db.exec(select(Change.step).where(Change.program_id == program_id).order_by(col(Change.id))))


def test_new_programme_has_the_words_and_settings_of_its_kind(owner: Viewer):
    made = do(add_program, owner, NewProgramDraft(name=" Summer  coaching ", kind=ProgramKind.COACHING))
    row = program(made["program_id"])
    assert (row.name, row.mentor_word, row.mentees_word) == ("Summer coaching", "coach", "coachees")
    assert (row.session_types, row.reminder_minutes) == (["Online", "Face-to-face", "Skype", "Call"], [1440, 60])
    assert steps(row.id or 0) == ["add_program"]


def test_programme_of_a_name_that_runs_is_refused_until_that_is_archived(owner: Viewer):
    first = do(add_program, owner, NewProgramDraft(name="Café"))["program_id"]
    with pytest.raises(Refusal, match="of this name already"):
        do(add_program, owner, NewProgramDraft(name="CAFE"))
    do(archive_program, owner, first)
    do(add_program, owner, NewProgramDraft(name="CAFE"))
    with pytest.raises(Refusal, match="of this name already"):
        do(restore_program, owner, first)


def test_settings_change_and_are_written_down(house: House):
    wanted = {
        "kind": "tutoring",
        "mentor_word": "Tutor",
        "session_types": ["Video", "Online"],
        "reminder_minutes": [60, 4320, 60],
        "asks_confirmation": True,
        "below_minimum": "cancel",
    }
    assert edit(house.manager, house.program_id, **wanted)["changed"] >= 6
    row = program(house.program_id)
    assert (row.kind, row.mentor_word, row.session_types) == ("tutoring", "tutor", ["Video", "Online"])
    assert (row.reminder_minutes, row.asks_confirmation, row.below_minimum) == ([4320, 60], True, "cancel")
    assert steps(house.program_id) == ["edit_program"]


def test_settings_leave_sessions_as_they_are(house: House):
    before = session(make_session(house, at(2), session_type="Online"))
    edit(house.manager, house.program_id, default_minutes=90, session_types=["Video"], asks_confirmation=True)
    assert session(before.id or 0) == before


def test_second_of_two_who_save_is_told_to_look_again(house: House, owner: Viewer):
    read_before = seen(owner, house.program_id)
    edit(house.manager, house.program_id, session_count=8)
    with pytest.raises(Stale, match="changed this programme"):
        do(edit_program, owner, house.program_id, settings(session_count=9), read_before)
    assert program(house.program_id).session_count == 8


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("mentor_word", ""),
        ("session_count", 0),
        ("session_count", 201),
        ("default_minutes", 15),
        ("session_types", []),
        ("session_types", ["Online", " online "]),
        ("session_types", ["Online", ""]),
        ("reminder_minutes", [1]),
        ("reminder_minutes", [60 * 24 * 29]),
        ("below_minimum", "perhaps"),
    ],
)
def test_settings_that_make_no_sense_are_refused_at_their_field(field: str, value: Any):
    with pytest.raises(Refusal) as refused:
        settings(**{field: value})
    assert list(refused.value.by_field()) == [field]


def test_archived_programme_takes_no_bookings_and_no_people(house: House, owner: Viewer):
    kept = session(make_session(house, at(2)))
    do(archive_program, owner, house.program_id)
    for who in (owner, house.manager, house.mentor, house.mentee):
        with pytest.raises(Refusal):
            do(book, who, booking(house, at(5)))
    joins = MembershipDraft(program_id=house.program_id, person_id=owner.person_id, role=Role.MENTEE)
    with pytest.raises(Refusal, match="is archived"):
        do(add_member, owner, joins)
    assert session(kept.id or 0) == kept
    do(restore_program, owner, house.program_id)
    do(book, house.mentor, booking(house, at(5)))


def test_member_joins_changes_cohort_and_leaves(house: House):
    draft = MembershipDraft(program_id=house.program_id, person_id=house.mentor.person_id, role=Role.MANAGER)
    made = do(add_member, house.manager, draft)["membership_id"]
    do(change_member, house.manager, made, " Spring  2026 ")
    with reading() as db:
        assert db.get_one(Membership, made).cohort == "Spring 2026"
    do(remove_member, house.manager, made)
    with reading() as db:
        assert db.get(Membership, made) is None
    assert steps(house.program_id) == ["add_member", "change_member", "remove_member"]


def test_member_joins_a_role_once(house: House):
    draft = MembershipDraft(program_id=house.program_id, person_id=house.mentor.person_id, role=Role.MENTOR)
    with pytest.raises(Refusal, match="Max Mentor is already a mentor here"):
        do(add_member, house.manager, draft)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE])
def test_member_who_works_with_somebody_stays_and_the_other_is_named(house: House, role: Role):
    other = "Mia Mentee" if role == Role.MENTOR else "Max Mentor"
    with pytest.raises(Refusal, match=f"still works with {other} in Reading"):
        do(remove_member, house.manager, member(house, role).id)
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW
    do(remove_member, house.manager, member(house, role).id)


def test_manager_does_not_take_their_own_part_away(house: House, owner: Viewer):
    mine = member(house, Role.MANAGER).id
    with pytest.raises(Refusal, match="your own part"):
        do(remove_member, house.manager, mine)
    do(remove_member, owner, mine)


def test_cohort_is_renamed_and_united_with_another(house: House):
    for role, cohort in ((Role.MENTOR, "A"), (Role.MENTEE, "B")):
        do(change_member, house.manager, member(house, role).id, cohort)
    renamed = do(rename_cohort, house.manager, CohortDraft(program_id=house.program_id, cohort="A", name="B"))
    assert renamed == {"members": 1}
    assert [member(house, role).cohort for role in (Role.MENTOR, Role.MENTEE)] == ["B", "B"]
    with pytest.raises(NotFound):
        do(rename_cohort, house.manager, CohortDraft(program_id=house.program_id, cohort="A", name="C"))


def test_programmes_manager_neither_creates_nor_archives(house: House):
    with pytest.raises(NotFound):
        do(add_program, house.manager, NewProgramDraft(name="Another"))
    for command in (archive_program, restore_program):
        with pytest.raises(NotFound):
            do(command, house.manager, house.program_id)


def test_others_find_no_programme(house: House):
    elsewhere = make_program(name="Elsewhere")
    foreign = make_person("Fay Foreign")
    make_member(elsewhere, foreign, Role.MANAGER)
    mine, cohort = member(house, Role.MENTEE).id, CohortDraft(program_id=house.program_id, cohort="A", name="B")
    joins = MembershipDraft(program_id=house.program_id, person_id=foreign, role=Role.MENTEE)
    for who in (house.mentor, house.mentee, viewer(foreign)):
        for command, args in (
            (edit_program, (house.program_id, settings(), "")),
            (add_member, (joins,)),
            (change_member, (mine, "B")),
            (remove_member, (mine,)),
            (rename_cohort, (cohort,)),
        ):
            with pytest.raises(NotFound):
                do(command, who, *args)


def test_programmes_manager_brings_in_only_people_they_know(house: House):
    unknown = make_person("Una Unknown")
    with pytest.raises(NotFound):
        do(add_member, house.manager, MembershipDraft(program_id=house.program_id, person_id=unknown, role=Role.MENTEE))
