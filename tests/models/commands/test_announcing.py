"""Announcements: who gets them, who may send them, and that each person gets one."""

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from app.models.commands.announcing import announce
from app.models.commands.run import perform
from app.models.database import reading, transaction
from app.models.drafts.announcements import AnnouncementDraft, AudienceDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.audiences import Outcome, look_up
from app.models.tables import Announcement, Membership, PersonTag
from app.models.words import MailStatus, NoticeKind, Rank, Role, SeatStatus
from app.models.words.announcements import Reach
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_house,
    make_member,
    make_person,
    make_seat,
    notices,
    viewer,
)


def announcement(reach: Reach, *, readers: int | None = None, **audience: object) -> AnnouncementDraft:
    said = {"subject": "Holidays", "text": "We are closed.\n\nSee you in May."}
    return AnnouncementDraft(**said, audience=AudienceDraft(reach=reach, **audience), readers=readers)  # pyright: ignore[reportArgumentType]


def reached(who: Viewer, reach: Reach, **audience: object) -> list[int]:
    """Who was told, by person id."""
    do(announce, who, announcement(reach, **audience))
    newest = max(notice.batch_id for notice in notices(kind=NoticeKind.ANNOUNCEMENT))
    return [notice.person_id for notice in notices(batch_id=newest)]


@pytest.fixture
def house() -> House:
    """The house; beside it a programme of others, a deactivated member, and a visitor without any role."""
    house = make_house()
    make_house(name="Singing")
    gone = make_person("Gone Away", deactivated_at=NOW)
    make_member(house.program_id, gone, Role.MENTEE)
    make_person("Only Visitor")
    return house


@pytest.fixture
def owner(house: House) -> Viewer:
    return viewer(make_person("Olga Owner", rank=Rank.OWNER))


def everybody_of(house: House) -> list[int]:
    return [house.manager.person_id, house.mentor.person_id, house.mentee.person_id]


def test_everybody_is_whoever_has_a_part_and_is_active_but_not_the_sender(house: House, owner: Viewer) -> None:
    with reading() as db:
        active = db.exec(select(Membership.person_id).distinct()).all()
    told = reached(owner, Reach.EVERYBODY)
    assert len(told) == len(active) - 1
    assert set(told) < set(active)
    assert set(everybody_of(house)) < set(told)


def test_everybody_of_a_programme_manager_is_their_programmes(house: House) -> None:
    assert reached(house.manager, Reach.EVERYBODY) == [house.mentor.person_id, house.mentee.person_id]


def test_programme_and_role_choose_its_members(house: House, owner: Viewer) -> None:
    assert reached(owner, Reach.PROGRAM, program_id=house.program_id) == everybody_of(house)
    assert reached(owner, Reach.PROGRAM, program_id=house.program_id, role=Role.MENTEE) == [house.mentee.person_id]


def test_cohort_and_tag_choose_those_who_have_them(house: House, owner: Viewer) -> None:
    with transaction() as db:
        of_mentee = col(Membership.person_id) == house.mentee.person_id
        db.execute(sa.update(Membership).where(of_mentee).values(cohort="Spring"))
        db.add(PersonTag(person_id=house.mentor.person_id, name="evening"))
    assert reached(owner, Reach.COHORT, cohort="Spring") == [house.mentee.person_id]
    assert reached(owner, Reach.TAG, tag="evening") == [house.mentor.person_id]


def test_chosen_people_beyond_a_programme_managers_reach_are_left_out(house: House) -> None:
    others = make_house(name="Chess")
    chosen = (house.mentee.person_id, others.mentee.person_id)
    assert reached(house.manager, Reach.PEOPLE, people=chosen) == [house.mentee.person_id]


def test_participants_of_a_session_are_host_and_seats_that_hold(house: House, owner: Viewer) -> None:
    people = {status: make_person(str(status)) for status in SeatStatus}
    group = make_group(house, at(2))
    for status, person in people.items():
        make_seat(group, person, status)
    told = [people[status] for status in (SeatStatus.ENROLLED, SeatStatus.INVITED, SeatStatus.WAITING)]
    assert reached(owner, Reach.SESSION, session_id=group) == sorted([house.mentor.person_id, *told])


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_who_manages_nothing_announces_nothing(house: House, part: str) -> None:
    with pytest.raises(NotFound):
        do(announce, house.part(part), announcement(Reach.EVERYBODY))


def test_programme_manager_reaches_no_other_programme_and_no_session_of_one(house: House) -> None:
    others = make_house(name="Chess")
    for audience in ({"program_id": others.program_id}, {"program_id": 9999}):
        with pytest.raises(NotFound):
            do(announce, house.manager, announcement(Reach.PROGRAM, **audience))
    with pytest.raises(NotFound):
        do(announce, house.manager, announcement(Reach.SESSION, session_id=make_group(others, at(1))))
    assert notices() == []


@pytest.mark.parametrize("reach", [Reach.PEOPLE, Reach.PROGRAM, Reach.COHORT, Reach.TAG])
def test_what_is_not_chosen_yet_is_refused_at_its_field(house: House, owner: Viewer, reach: Reach) -> None:
    with pytest.raises(Refusal) as refused:
        do(announce, owner, announcement(reach))
    field = "audience.program_id" if reach == Reach.PROGRAM else f"audience.{reach}"
    assert list(refused.value.by_field()) == [field]


def test_nobody_to_tell_and_another_number_than_shown_are_refused(house: House, owner: Viewer) -> None:
    with pytest.raises(Refusal, match="Nobody would get this"):
        do(announce, owner, announcement(Reach.TAG, tag="none has it"))
    with pytest.raises(Refusal, match="It would now go to 3 people"):
        do(announce, owner, announcement(Reach.PROGRAM, program_id=house.program_id, readers=2))
    assert notices() == []


def test_announcement_keeps_what_was_said_and_to_whom(house: House, owner: Viewer) -> None:
    done = do(announce, owner, announcement(Reach.PROGRAM, program_id=house.program_id, role=Role.MENTEE, readers=1))
    with reading() as db:
        row = db.get_one(Announcement, done["announcement_id"])
    assert (row.sender_id, row.program_id, row.subject, row.readers) == (
        owner.person_id,
        house.program_id,
        "Holidays",
        1,
    )
    assert row.audience == {
        "reach": "program", "program_id": house.program_id, "role": "mentee", "words": "Reading, mentees",
    }  # fmt: skip
    [notice] = notices(kind=NoticeKind.ANNOUNCEMENT)
    assert (notice.mail_status, notice.seen_at, notice.facts["text"]) == (MailStatus.WAITING, None, row.text)


def test_double_click_tells_everybody_once(house: House) -> None:
    draft = announcement(Reach.EVERYBODY)
    results = [perform(announce, house.manager, "k" * 32, draft) for _ in range(2)]
    assert results[0] == results[1]
    assert len(notices()) == 2


def test_look_up_names_the_first_few(house: House, owner: Viewer) -> None:
    with reading() as db:
        found = look_up(db, owner, AudienceDraft(reach=Reach.PROGRAM, program_id=house.program_id))
    assert found == Outcome(3, ("Max Mentor", "Mia Mentee", "Mona Manager"), "Reading", house.program_id)
