"""Assigning, the one command behind booking, wizard, details page and upload."""

import pytest
from sqlmodel import select

from app.models.commands.assigning import BATCH_SETTLES, assign_pair, pair
from app.models.commands.booking import book
from app.models.database import transaction
from app.models.drafts.relationships import PairDraft
from app.models.errors import NotFound, Refusal
from app.models.tables import Membership, Notice, Person, Program, Relationship
from app.models.words import MailStatus, NoticeKind, Rank, Role, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    do,
    make_member,
    make_person,
    make_program,
    notices,
    rows_of,
    sessions,
    told,
    viewer,
)


def drafted(house: House, mentor_id: int, mentee_id: int) -> PairDraft:
    return PairDraft(program_id=house.program_id, mentor_id=mentor_id, mentee_id=mentee_id)


def newcomer(house: House, role: Role = Role.MENTEE) -> int:
    person = make_person("Nora New")
    make_member(house.program_id, person, role)
    return person


def test_assign_pair_makes_the_numbered_sessions_and_tells_both(house: House):
    mentee = newcomer(house)

    made = do(assign_pair, house.manager, drafted(house, house.mentor.person_id, mentee))

    assert made["is_new"]
    rows = sessions(relationship_id=made["relationship_id"])
    assert [(row.number, row.status) for row in rows] == [(n, Status.TO_BE_ARRANGED) for n in (1, 2, 3)]
    assert told() == [(house.mentor.person_id, NoticeKind.ASSIGNED), (mentee, NoticeKind.ASSIGNED)]
    [facts, _] = [notice.facts for notice in notices()]
    assert {name: facts[name] for name in ("program_id", "pairs", "relationship_ids")} == {
        "program_id": house.program_id,
        "pairs": [[house.mentor.person_id, mentee]],
        "relationship_ids": [made["relationship_id"]],
    }


def test_assign_pair_that_is_assigned_writes_and_tells_nothing(house: House):
    before = len(rows_of(Relationship))

    made = do(assign_pair, house.manager, drafted(house, house.mentor.person_id, house.mentee.person_id))

    assert made == {"relationship_id": house.relationship_id, "is_new": False}
    assert (len(rows_of(Relationship)), sessions(), told()) == (before, [], [])


def test_assign_pair_makes_members_of_those_who_are_none(house: House):
    chief = viewer(make_person(rank=Rank.OWNER))
    mentor, mentee = make_person(), make_person()

    do(assign_pair, chief, drafted(house, mentor, mentee))

    roles = {(row.person_id, row.role) for row in rows_of(Membership) if row.person_id in (mentor, mentee)}
    assert roles == {(mentor, Role.MENTOR), (mentee, Role.MENTEE)}


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_assign_pair_is_not_found_for_who_does_not_manage(house: House, part: str):
    with pytest.raises(NotFound):
        do(assign_pair, house.part(part), drafted(house, house.mentor.person_id, newcomer(house)))


def test_assign_pair_does_not_find_people_of_other_programmes(house: House):
    with pytest.raises(NotFound):
        do(assign_pair, house.manager, drafted(house, house.mentor.person_id, make_person()))


def test_assign_pair_refuses_oneself_the_deactivated_and_closed_programmes(house: House):
    mentor, mentee = house.mentor.person_id, newcomer(house)
    with pytest.raises(Refusal, match="Nobody meets themselves"):
        do(assign_pair, house.manager, drafted(house, mentor, mentor))
    with transaction() as db:
        db.get_one(Person, mentee).deactivated_at = NOW
    with pytest.raises(Refusal, match="Nora New is no longer active") as refused:
        do(assign_pair, house.manager, drafted(house, mentor, mentee))
    assert list(refused.value.by_field()) == ["mentee_id"]
    with transaction() as db:
        db.get_one(Person, mentee).deactivated_at = None
        db.get_one(Program, house.program_id).archived_at = NOW
    with pytest.raises(Refusal, match="This programme is closed"):
        do(assign_pair, house.manager, drafted(house, mentor, mentee))
    assert [row.id for row in rows_of(Relationship)] == [house.relationship_id]


@pytest.mark.parametrize("wrong", [-1, 0, 2**40])
def test_pair_is_not_found_for_ids_that_are_none(house: House, wrong: int):
    with pytest.raises(NotFound), transaction() as db:
        pair(db, house.manager, NOW, db.get_one(Program, house.program_id), house.mentor.person_id, wrong)


def test_pair_tells_each_person_once_a_batch(house: House):
    mentees = [newcomer(house) for _ in range(3)]
    for mentee in mentees:  # an upload writes row by row
        with transaction() as db:
            program = db.get_one(Program, house.program_id)
            pair(db, house.manager, NOW, program, house.mentor.person_id, mentee, batch_id="upload")

    told_mentor = notices(person_id=house.mentor.person_id)
    assert [notice.facts["pairs"] for notice in told_mentor] == [[[house.mentor.person_id, one] for one in mentees]]
    assert told_mentor[0].due_at == NOW + BATCH_SETTLES
    assert [len(notices(person_id=one)) for one in mentees] == [1, 1, 1]


def test_pair_begins_another_notice_once_the_mail_of_the_batch_has_left(house: House):
    first, second = newcomer(house), newcomer(house)
    for mentee in (first, second):
        with transaction() as db:
            program = db.get_one(Program, house.program_id)
            pair(db, house.manager, NOW, program, house.mentor.person_id, mentee, batch_id="upload")
            for notice in db.exec(select(Notice)):
                notice.mail_status = MailStatus.SENT

    assert [notice.facts["pairs"] for notice in notices(person_id=house.mentor.person_id)] == [
        [[house.mentor.person_id, first]],
        [[house.mentor.person_id, second]],
    ]


def test_booking_assigns_by_the_same_command(house: House):
    """A second mail would only say again what the booking's own says, so the bell alone tells of it."""
    mentee = newcomer(house)

    do(book, house.manager, booking(house, at(1), mentee_id=mentee))

    told_mentee = [(notice.kind, notice.mail_status) for notice in notices(person_id=mentee)]
    assert told_mentee == [(NoticeKind.ASSIGNED, MailStatus.NONE), (NoticeKind.BOOKED, MailStatus.WAITING)]
    assert [row.number for row in sessions(mentee_id=mentee, status=Status.SCHEDULED)] == [1]


def test_assigning_again_after_the_end_is_a_new_relationship(house: House):
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW

    made = do(assign_pair, house.manager, drafted(house, house.mentor.person_id, house.mentee.person_id))

    assert made["is_new"]
    assert made["relationship_id"] != house.relationship_id


def test_assign_pair_is_not_found_in_a_programme_that_is_none(house: House):
    make_program()
    draft = drafted(house, house.mentor.person_id, house.mentee.person_id)
    with pytest.raises(NotFound):
        do(assign_pair, house.manager, draft.model_copy(update={"program_id": 999_999}))
