"""The parts of a person's page: pairs, sessions, messages, history."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from app.models.commands.assigning import assign_pair
from app.models.commands.ending import end
from app.models.database import transaction
from app.models.drafts.relationships import EndDraft, PairDraft
from app.models.queries.person_parts import Parts
from app.models.tables import Message, Relationship
from app.models.words import Rank, Role, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
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


def test_page_counts_the_progress_of_apair_draft(house: House) -> None:
    for day, status in ((-9, Status.COMPLETED), (-2, Status.COMPLETED), (2, Status.SCHEDULED), (9, Status.SCHEDULED)):
        make_session(house, at(day), status=status)
    make_session(house)
    make_session(house, at(1), deleted_at=NOW)
    [pair] = page(house.manager, house.mentor.person_id, Parts.STUDENTS).pairs
    assert (pair.other, pair.word, pair.progress, pair.percent) == ("Mia Mentee", "Student", "2 of 5 sessions", "40%")
    assert (pair.next_words, pair.since) == ("Next: Wed 4 Mar, 17:00", "Since 2 Mar 2026")
    assert pair.book_href.endswith(f"&mentor={house.mentor.person_id}&mentee={house.mentee.person_id}")
    assert (pair.href, pair.may_end) == (f"/relationships/{house.relationship_id}", True)


def test_instructors_are_the_current_ones_and_relationships_are_all(house: House) -> None:
    former = make_person("Fay Former")
    make_relationship(house.program_id, former, house.mentee.person_id, ended_at=NOW)
    mentee = house.mentee.person_id
    assert [pair.other for pair in page(house.manager, mentee, Parts.INSTRUCTORS).pairs] == ["Max Mentor"]
    everybody = page(house.manager, mentee, Parts.RELATIONSHIPS).pairs
    assert [(pair.other, pair.is_active, pair.may_end) for pair in everybody] == [
        ("Max Mentor", True, True),
        ("Fay Former", False, False),
    ]
    assert everybody[1].since == "2 Mar 2026 – 2 Mar 2026"


def test_pairs_come_fifty_a_page(house: House) -> None:
    for _ in range(50):
        make_relationship(house.program_id, house.mentor.person_id, make_person())
    first = page(house.manager, house.mentor.person_id, Parts.STUDENTS)
    second = page(house.manager, house.mentor.person_id, Parts.STUDENTS, number=2)
    assert (len(first.pairs), len(second.pairs), first.pager.count) == (50, 1, 51)
    assert (first.pager.words, first.pager.previous_href, first.pager.next_href) == (
        "Page 1 of 2",
        "",
        "?part=students&page=2",
    )
    assert (second.pager.previous_href, second.pager.next_href) == ("?part=students", "")


def test_sessions_are_those_ahead_or_those_gone_by(house: House) -> None:
    late = make_session(house, at(2))
    soon = make_session(house, at(1))
    old = make_session(house, at(-1), status=Status.COMPLETED)
    older = make_session(house, at(-8), status=Status.MISSED)
    make_session(house)
    off = make_session(house, at(3), status=Status.CANCELLED)
    ahead = page(house.manager, house.mentee.person_id, Parts.SESSIONS)
    past = page(house.manager, house.mentee.person_id, Parts.SESSIONS, is_past=True)
    assert [(line.id, line.href, line.status) for line in ahead.sessions] == [
        (soon, f"/s/{soon}", "scheduled"),
        (late, f"/s/{late}", "scheduled"),
        (off, f"/s/{off}", "cancelled"),
    ]
    assert [(line.id, line.status_word) for line in past.sessions] == [(old, "Completed"), (older, "Missed")]
    assert (ahead.sessions[0].with_whom, ahead.sessions[0].when) == ("Max Mentor", "Tue 3 Mar 2026, 17:00–18:00")


def test_sessions_come_twenty_a_page(house: House) -> None:
    for day in range(1, 25):
        make_session(house, at(-day), status=Status.COMPLETED)
    first = page(house.manager, house.mentee.person_id, Parts.SESSIONS, is_past=True)
    second = page(house.manager, house.mentee.person_id, Parts.SESSIONS, is_past=True, number=2)
    assert (len(first.sessions), len(second.sessions)) == (20, 4)
    assert first.pager.next_href == "?part=sessions&when=past&page=2"


def test_messages_tell_managers_that_there_is_a_thread_and_nothing_else(house: House) -> None:
    [before] = page(house.manager, house.mentee.person_id, Parts.MESSAGES).pairs
    with transaction() as db:
        for _ in range(7):
            row = Message(
                relationship_id=house.relationship_id, sender_id=house.mentor.person_id, text="s", sent_at=NOW
            )
            db.add(row)
    [after] = page(house.manager, house.mentee.person_id, Parts.MESSAGES).pairs
    assert (before.thread, before.thread_is_open, before.thread_step) == ("Permitted", True, "close")
    assert (before.has_thread, after.messages_href) == (False, "")
    assert after == replace(before, has_thread=True)


@pytest.mark.parametrize(
    ("values", "words", "step"),
    [
        ({"thread_closed_at": NOW}, "Not permitted: a manager closed the thread", "reopen"),
        ({"ended_at": NOW}, "Not permitted: the assignment has ended", ""),
    ],
)
def test_messages_say_why_they_are_not_permitted(
    house: House, values: dict[str, object], words: str, step: str
) -> None:
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).sqlmodel_update(values)
    [pair] = page(house.manager, house.mentor.person_id, Parts.MESSAGES).pairs
    assert (pair.thread, pair.thread_is_open, pair.thread_step) == (words, False, step)


def test_history_tells_of_the_person_and_of_their_pairs(house: House) -> None:
    student = make_person("Stu Dent")
    made = do(assign_pair, house.manager, pair_draft(house, student))
    do(end, house.manager, EndDraft(relationship_id=made["relationship_id"], reason="moved away"))
    last, first = page(house.manager, student, Parts.HISTORY).history
    href = f"/relationships/{made['relationship_id']}"
    assert (last.who, last.what, last.reason) == (
        "You",
        "ended the assignment of Max Mentor and Stu Dent",
        "moved away",
    )
    assert (first.what, first.about, first.href) == ("assigned Max Mentor and Stu Dent", "Reading", href)


def test_history_of_another_programme_is_not_told_to_its_foreign_manager(house: House) -> None:
    owner = viewer(make_person("Olga", rank=Rank.OWNER))
    elsewhere = make_program(name="Secret programme")
    make_member(house.program_id, student := make_person("Stu Dent"), Role.MENTEE)
    pair = PairDraft(program_id=elsewhere, mentor_id=house.mentor.person_id, mentee_id=student)
    do(assign_pair, owner, pair)
    assert page(house.manager, student, Parts.HISTORY).history == []
    assert len(page(owner, student, Parts.HISTORY).history) == 1
