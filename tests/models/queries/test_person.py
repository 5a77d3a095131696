"""What each viewer sees on a person's page."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlmodel import select

from app.models.commands.assigning import assign_pair
from app.models.commands.messages import send
from app.models.database import transaction
from app.models.drafts.messages import MessageDraft
from app.models.errors import NotFound
from app.models.queries.person_parts import Parts
from app.models.tables import MailedLink, Membership, Notice, PersonTag, Program
from app.models.words import MailStatus, NoticeKind, Rank, Role
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
    make_session,
    viewer,
)
from tests.models.queries.person_pages import house, page, pair_draft

__all__ = ["house"]

Reads = Callable[[], AbstractContextManager[list[str]]]


def test_page_shows_a_manager_who_somebody_is(house: House) -> None:
    with transaction() as db:
        db.add(PersonTag(person_id=house.mentor.person_id, name="piano"))
        db.exec(select(Membership).where(Membership.person_id == house.mentor.person_id)).one().cohort = "2026"
    found = page(house.manager, house.mentor.person_id)
    assert (found.name, found.email, found.initials) == ("Max Mentor", house.mentor.email, "MM")
    assert [(role.word, role.program, role.cohort) for role in found.roles] == [("Instructor", "Reading", "2026")]
    assert (found.local_time, found.zone, found.tags) == ("Monday, 10:00", "Berlin time, UTC+1", ["piano"])
    assert found.book_href == f"/book?mentor={house.mentor.person_id}"


def test_page_has_the_parts_and_the_title_of_a_student(house: House) -> None:
    found = page(house.manager, house.mentee.person_id)
    assert (found.title, found.part, found.hands_over) == ("Student Details", "details", False)
    labels = ["Details", "Instructors", "Sessions", "Relationships", "Messages", "History"]
    assert [part.label for part in found.parts] == labels
    assert found.parts[1].href == f"/people/{house.mentee.person_id}?part=instructors"


def test_page_has_the_parts_and_the_title_of_an_instructor(house: House) -> None:
    found = page(house.manager, house.mentor.person_id, Parts.STUDENTS)
    assert (found.title, found.part, found.hands_over) == ("Instructor Details", "students", True)
    assert [part.label for part in found.parts][:2] == ["Details", "Students"]
    assert [part.name for part in found.parts if part.is_here] == ["students"]


def test_page_of_somebody_who_is_both_has_both_lists(house: House) -> None:
    make_member(house.program_id, house.mentor.person_id, Role.MENTEE)
    found = page(house.manager, house.mentor.person_id)
    assert (found.title, [part.name for part in found.parts][1:3]) == ("Details", ["instructors", "students"])


def test_page_leads_to_the_details_from_a_part_that_somebody_lacks(house: House) -> None:
    assert page(house.manager, house.mentee.person_id, Parts.STUDENTS).part == "details"


def test_access_says_who_never_came_in_and_when_they_were_written_to(house: House) -> None:
    assert page(house.manager, house.mentee.person_id).access.words == (
        "They have never signed in, and no first-access link was sent."
    )
    with transaction() as db:
        kept = {"created_at": NOW - timedelta(days=1), "due_at": NOW, "mail_status": MailStatus.SENT}
        db.add(Notice(kind=NoticeKind.FIRST_ACCESS, person_id=house.mentee.person_id, dedupe_key="a", **kept))
    found = page(house.manager, house.mentee.person_id).access
    assert found.words.endswith("last sent on Sun 1 Mar 2026, 10:00.")
    assert found.is_open
    with transaction() as db:
        link = {"purpose": "first_access", "token_hash": "x", "created_at": NOW, "expires_at": NOW, "used_at": NOW}
        db.add(MailedLink(person_id=house.mentee.person_id, **link))
    assert not page(house.manager, house.mentee.person_id).access.is_open


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            MailStatus.WAITING,
            "The mail of Sun 1 Mar 2026, 10:00 with their first-access link is still waiting to be sent.",
        ),
        (MailStatus.FAILED, "The mail of Sun 1 Mar 2026, 10:00 with their first-access link could not be sent."),
        (MailStatus.DROPPED, "They have never signed in, and no first-access link was sent."),
    ],
)
def test_access_calls_no_link_sent_whose_mail_did_not_go(house: House, status: MailStatus, words: str) -> None:
    with transaction() as db:
        kept = {"created_at": NOW - timedelta(days=1), "due_at": NOW, "mail_status": status}
        db.add(Notice(kind=NoticeKind.FIRST_ACCESS, person_id=house.mentee.person_id, dedupe_key="a", **kept))
    found = page(house.manager, house.mentee.person_id).access
    assert found.words.removeprefix("They have never signed in. ") == words
    assert found.is_open


def test_page_of_a_mentor_shows_a_mentee_only_what_they_share(house: House) -> None:
    second = make_person("Mo Second")
    make_relationship(house.program_id, house.mentor.person_id, second)
    make_session(house, at(1), mentee_id=second, relationship_id=None)
    mine = make_session(house, at(2))
    make_group(house, at(3))
    foreign = make_program(name="Secret programme")
    make_member(foreign, house.mentor.person_id, Role.MENTOR)
    found = page(house.mentee, house.mentor.person_id, Parts.HISTORY)
    assert [pair.other for pair in found.pairs] == ["Mia Mentee"]
    assert [line.id for line in found.sessions] == [mine]
    assert [role.program for role in found.roles] == ["Reading"]
    assert found.email == house.mentor.email
    assert (found.is_managed, found.parts, found.history, found.tags) == (False, [], [], [])
    assert found.access.words == ""
    assert found.pairs[0].messages_href == f"/messages/{house.relationship_id}"
    assert (found.pairs[0].may_end, found.pairs[0].thread_step, found.pairs[0].has_thread) == (False, "", False)


def test_page_hides_the_email_once_the_relationship_has_ended() -> None:
    program = make_program()
    mentor, mentee = make_person("Max"), make_person("Mia")
    make_relationship(program, mentor, mentee, ended_at=NOW - timedelta(days=1))
    found = page(viewer(mentee), mentor)
    assert (found.email, found.book_href, [pair.is_active for pair in found.pairs]) == ("", "", [False])


@pytest.mark.parametrize("who", ["manager", "mentor", "mentee"])
def test_page_of_a_foreigner_is_not_found(house: House, who: str) -> None:
    other = make_house()
    with pytest.raises(NotFound):
        page(house.part(who), other.mentee.person_id)


def test_page_of_nobody_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        page(house.manager, 99_999)


def test_page_of_a_fellow_mentee_is_not_found_for_a_mentee(house: House) -> None:
    fellow = make_person("Fay Fellow")
    make_member(house.program_id, fellow, Role.MENTEE)
    with pytest.raises(NotFound):
        page(house.mentee, fellow)


def test_page_of_oneself(house: House) -> None:
    found = page(house.mentee, house.mentee.person_id)
    assert (found.is_me, found.book_href) == (True, "/book")


def test_page_of_the_deactivated_offers_no_booking(house: House) -> None:
    gone = make_person("Gone", deactivated_at=NOW)
    make_member(house.program_id, gone, Role.MENTEE)
    make_relationship(house.program_id, house.mentor.person_id, gone)
    found = page(house.manager, gone, Parts.INSTRUCTORS)
    assert (found.is_deactivated, found.book_href, found.pairs[0].book_href) == (True, "", "")
    assert found.pairs[0].thread_is_open is False


def test_pair_in_a_closed_programme_is_not_booked(house: House) -> None:
    with transaction() as db:
        db.get_one(Program, house.program_id).archived_at = NOW
    found = page(house.mentee, house.mentor.person_id)
    do(send, house.mentee, MessageDraft(relationship_id=house.relationship_id, text="Still there?"))
    assert (found.book_href, found.pairs[0].thread, found.pairs[0].thread_is_open) == ("", "Permitted", True)


@pytest.mark.parametrize(
    ("part", "reads"),
    [
        (Parts.DETAILS, 11),
        (Parts.STUDENTS, 7),
        (Parts.SESSIONS, 6),
        (Parts.RELATIONSHIPS, 7),
        (Parts.MESSAGES, 7),
        (Parts.HISTORY, 7),
    ],
)
@pytest.mark.parametrize("many", [1, 30])
def test_page_asks_as_often_for_one_as_for_many(
    house: House, many: int, part: Parts, reads: int, count_reads: Reads
) -> None:
    owner = viewer(make_person("Olga", rank=Rank.OWNER))
    for number in range(many):
        student = make_person()
        do(assign_pair, owner, pair_draft(house, student))
        make_session(house, at(number + 1))
    with count_reads() as seen:
        page(owner, house.mentor.person_id, part)
    assert len(seen) == reads


@pytest.mark.parametrize("many", [1, 30])
def test_shared_page_asks_as_often_for_one_as_for_many(house: House, many: int, count_reads: Reads) -> None:
    for number in range(many):
        make_relationship(house.program_id, house.mentor.person_id, house.mentee.person_id, ended_at=NOW)
        make_session(house, at(number + 1))
    with count_reads() as seen:
        page(house.mentee, house.mentor.person_id)
    assert len(seen) == 9
