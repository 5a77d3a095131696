"""Writing, reading and closing a thread: who may, what is told, and when no mail is needed any more."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlmodel import col, select

from app.models.commands.account import choose_mails
from app.models.commands.messages import MAIL_WAITS, close_thread, mark_read, reopen_thread, send
from app.models.commands.run import perform
from app.models.database import reading, transaction
from app.models.drafts import read
from app.models.drafts.messages import LONGEST_MESSAGE, MessageDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.messages import count_unread
from app.models.tables import Change, Message, Notice, Person, Relationship, ThreadMark
from app.models.threads import CLOSED, ENDED
from app.models.words import MailStatus, NoticeKind, Rank, Role
from tests.models.factories import (
    NOW,
    House,
    do,
    make_member,
    make_person,
    make_relationship,
    make_strangers,
    notices,
    viewer,
)


def draft(house: House, text: str = "Hello") -> MessageDraft:
    return MessageDraft(relationship_id=house.relationship_id, text=text)


def say(house: House, who: Viewer, text: str = "Hello") -> int:
    return do(send, who, draft(house, text))["message_id"]


def messages() -> list[Message]:
    with reading() as db:
        return list(db.exec(select(Message).order_by(col(Message.id))).all())


def mails() -> list[tuple[int, str]]:
    return [(notice.person_id, notice.mail_status) for notice in notices(kind=NoticeKind.MESSAGES)]


def change(table: type[Any], row_id: int, **values: object) -> None:
    with transaction() as db:
        row = db.get_one(table, row_id)
        for name, value in values.items():
            setattr(row, name, value)


def unread(who: Viewer) -> int:
    with reading() as db:
        return count_unread(db, who)


def everybody_else(house: House) -> list[Viewer]:
    owner = make_person("Olga Owner", rank=Rank.OWNER)
    second = make_person("Sid Second")
    make_relationship(house.program_id, house.mentor.person_id, second)
    return [viewer(one) for one in (*make_strangers(house).values(), second, owner)] + [house.manager]


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_each_of_the_two_writes(house: House, part: str) -> None:
    message_id = say(house, house.part(part), "  Hello\r\nyou \x00 ")
    assert [(row.id, row.sender_id, row.text, row.sent_at) for row in messages()] == [
        (message_id, house.part(part).person_id, "Hello\nyou", NOW)
    ]


def test_nobody_else_writes_reads_or_marks(house: House) -> None:
    first = say(house, house.mentor)
    for who in everybody_else(house):
        for ask in (lambda who=who: say(house, who), lambda who=who: do(mark_read, who, house.relationship_id, first)):
            with pytest.raises(NotFound):
                ask()
    with reading() as db:
        assert db.exec(select(ThreadMark)).all() == []
    assert len(messages()) == 1


@pytest.mark.parametrize(
    ("table", "values", "why"),
    [
        (Relationship, {"ended_at": NOW}, ENDED),
        (Relationship, {"thread_closed_at": NOW}, CLOSED),
        (Person, {"deactivated_at": NOW}, "Mia Mentee has no account any more, so nothing can be written here."),
    ],
)
def test_silent_thread_refuses_and_says_why(house: House, table: type[Any], values: dict[str, Any], why: str) -> None:
    change(table, house.relationship_id if table is Relationship else house.mentee.person_id, **values)
    with pytest.raises(Refusal) as refused:
        say(house, house.mentor)
    assert refused.value.by_field() == {"text": why}
    assert messages() == []


def test_deactivated_person_writes_nothing(house: House) -> None:
    change(Person, house.mentee.person_id, deactivated_at=NOW)
    with pytest.raises(NotFound):
        say(house, house.mentee)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Write something first."),
        (" \n\t ", "Write something first."),
        ("x" * (LONGEST_MESSAGE + 1), "This is too long: at most 5,000 characters."),
    ],
)
def test_text_that_cannot_be_sent_is_refused(house: House, text: str, problem: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(MessageDraft, {"relationship_id": house.relationship_id, "text": text})
    assert refused.value.by_field() == {"text": problem}


def test_longest_text_is_sent_whole(house: House) -> None:
    say(house, house.mentor, "🎈" * LONGEST_MESSAGE)
    assert messages()[0].text == "🎈" * LONGEST_MESSAGE


def test_repeated_request_writes_once(house: House) -> None:
    sent = [perform(send, house.mentor, "a key", draft(house)) for _ in range(2)]
    assert sent[0] == sent[1]
    assert len(messages()) == 1
    perform(send, house.mentor, "a key", draft(house, "something else"))
    assert len(messages()) == 2


def test_message_leaves_no_word_in_history_or_notices(house: House) -> None:
    say(house, house.mentor, "secret words")
    with reading() as db:
        rows = [*db.exec(select(Change)).all(), *db.exec(select(Notice)).all()]
    assert "secret" not in repr(rows)


def test_reading_counts_down_and_never_back(house: House) -> None:
    ids = [say(house, house.mentor, text) for text in ("one", "two", "three")]
    counts = []
    for up_to in (ids[1], ids[0], 0, -5, 2**40, ids[2] + 100):
        do(mark_read, house.mentee, house.relationship_id, up_to)
        counts.append(unread(house.mentee))
    assert counts == [1, 1, 1, 1, 1, 0]
    say(house, house.mentor, "four")
    assert unread(house.mentee) == 1


def test_mark_of_a_thread_takes_no_message_of_another(house: House) -> None:
    pupil = make_person("Sid Second")
    second = make_relationship(house.program_id, house.mentor.person_id, pupil)
    mine = say(house, house.mentor)
    do(send, viewer(pupil), MessageDraft(relationship_id=second, text="later"))
    assert do(mark_read, house.mentee, house.relationship_id, mine + 1) == {"read_id": mine}


def test_silent_thread_is_still_marked_as_read(house: House) -> None:
    first = say(house, house.mentor)
    change(Relationship, house.relationship_id, ended_at=NOW, thread_closed_at=NOW)
    do(mark_read, house.mentee, house.relationship_id, first)
    assert unread(house.mentee) == 0


def test_one_private_mail_waits_however_much_is_written(house: House, clock_at: time_machine.Traveller) -> None:
    first = say(house, house.mentor)
    clock_at.shift(timedelta(minutes=3))
    say(house, house.mentor)
    other = make_person("Moe Mentor")
    make_member(house.program_id, other, Role.MENTOR)
    second = make_relationship(house.program_id, other, house.mentee.person_id)
    do(send, viewer(other), MessageDraft(relationship_id=second, text="from another thread"))
    waiting = notices(kind=NoticeKind.MESSAGES)
    assert [(n.person_id, n.private, n.due_at, n.mail_status, n.facts["since"]) for n in waiting] == [
        (house.mentee.person_id, True, NOW + MAIL_WAITS, MailStatus.WAITING, first)
    ]


def test_reading_everything_drops_the_mail_and_reading_a_part_does_not(house: House) -> None:
    first, second = say(house, house.mentor), say(house, house.mentor)
    do(mark_read, house.mentee, house.relationship_id, first)
    assert mails() == [(house.mentee.person_id, MailStatus.WAITING)]
    do(mark_read, house.mentee, house.relationship_id, second)
    assert mails() == [(house.mentee.person_id, MailStatus.DROPPED)]
    say(house, house.mentor)
    assert mails() == [(house.mentee.person_id, MailStatus.DROPPED), (house.mentee.person_id, MailStatus.WAITING)]


def test_what_was_mailed_is_told_only_with_what_is_new(house: House) -> None:
    say(house, house.mentor)
    mailed = notices(kind=NoticeKind.MESSAGES)[0]
    change(Notice, mailed.id or 0, mail_status=MailStatus.SENT)
    second = say(house, house.mentor)
    assert [notice.facts["since"] for notice in notices(kind=NoticeKind.MESSAGES)][1:] == [second]


def test_who_wants_no_mail_gets_none(house: House) -> None:
    change(Person, house.mentee.person_id, mails_messages=False)
    say(house, house.mentor)
    assert mails() == []
    assert unread(house.mentee) == 1


def test_manager_closes_and_reopens_and_both_are_told_by_bell(house: House) -> None:
    for _ in range(2):
        assert do(close_thread, house.manager, house.relationship_id) == {"is_closed": True}
    with pytest.raises(Refusal):
        say(house, house.mentor)
    assert do(reopen_thread, house.manager, house.relationship_id) == {"is_closed": False}
    say(house, house.mentor)
    told = [(n.person_id, n.mail_status, n.facts["is_closed"]) for n in notices(kind=NoticeKind.THREAD)]
    both = (house.mentor.person_id, house.mentee.person_id)
    assert told == [(one, MailStatus.NONE, is_closed) for is_closed in (True, False) for one in both]
    with reading() as db:
        assert [change.step for change in db.exec(select(Change).order_by(col(Change.id)))] == [
            "close_thread",
            "reopen_thread",
        ]


def test_thread_is_closed_by_its_managers_only(house: House) -> None:
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    others = [viewer(one) for one in make_strangers(house).values()]
    for who in (house.mentor, house.mentee, *others):
        for command in (close_thread, reopen_thread):
            with pytest.raises(NotFound):
                do(command, who, house.relationship_id)
    assert do(close_thread, owner, house.relationship_id) == {"is_closed": True}


def test_who_switches_mails_off_is_spared_the_one_that_waits(house: House) -> None:
    say(house, house.mentor)
    do(choose_mails, house.mentee, wants_messages=False)
    say(house, house.mentor)
    assert mails() == [(house.mentee.person_id, MailStatus.DROPPED)]
    do(choose_mails, house.mentee, wants_messages=True)
    say(house, house.mentor)
    assert mails()[1:] == [(house.mentee.person_id, MailStatus.WAITING)]
