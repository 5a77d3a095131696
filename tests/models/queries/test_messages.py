"""What the two read of their thread, and that nobody else does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlmodel import select

from app.models.database import reading, transaction
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.messages import (
    PAGE,
    Thread,
    ThreadLine,
    count_unread,
    earlier_start,
    list_threads,
    load_thread,
    search_thread,
)
from app.models.tables import Message, Person, Relationship, ThreadMark
from app.models.threads import CLOSED, ENDED
from app.models.words import Rank, Role
from tests.models.factories import (
    NOW,
    House,
    make_house,
    make_member,
    make_person,
    make_relationship,
    make_strangers,
    viewer,
)

CountReads = Callable[[], AbstractContextManager[list[str]]]


def write(relationship_id: int, sender: Viewer | int, *texts: str) -> list[int]:
    """Messages, written without any command, a minute apart."""
    sender_id = sender if isinstance(sender, int) else sender.person_id
    with transaction() as db:
        rows = [
            Message(
                relationship_id=relationship_id, sender_id=sender_id, text=text, sent_at=NOW + timedelta(minutes=number)
            )
            for number, text in enumerate(texts)
        ]
        for row in rows:
            db.add(row)
            db.flush()
        return [row.id or 0 for row in rows]


def mark(relationship_id: int, who: Viewer, read_id: int) -> None:
    with transaction() as db:
        db.add(ThreadMark(relationship_id=relationship_id, person_id=who.person_id, read_id=read_id))


def change(table: type[Person] | type[Relationship], row_id: int, **values: object) -> None:
    with transaction() as db:
        row = db.get_one(table, row_id)
        for name, value in values.items():
            setattr(row, name, value)


def threads(who: Viewer) -> list[ThreadLine]:
    with reading() as db:
        return list_threads(db, who)


def thread(who: Viewer, relationship_id: int, first_id: int = 0) -> Thread:
    with reading() as db:
        return load_thread(db, who, relationship_id, first_id=first_id)


def unread(who: Viewer) -> int:
    with reading() as db:
        return count_unread(db, who)


@pytest.mark.parametrize(
    ("by_mentor", "by_mentee", "read", "counts"),
    [
        (0, 0, 0, (0, 0)),
        (3, 0, 0, (0, 3)),
        (0, 2, 0, (2, 0)),
        (3, 2, 0, (2, 3)),
        (3, 2, 2, (2, 1)),
        (3, 2, 3, (2, 0)),
        (3, 2, 5, (2, 0)),
    ],
)
def test_unread_is_what_the_other_wrote_after_the_mark(
    house: House, by_mentor: int, by_mentee: int, read: int, counts: tuple[int, int]
) -> None:
    ids = write(house.relationship_id, house.mentor, *["from the mentor"] * by_mentor)
    ids += write(house.relationship_id, house.mentee, *["from the mentee"] * by_mentee)
    if read:
        mark(house.relationship_id, house.mentee, ids[read - 1])
    assert (unread(house.mentor), unread(house.mentee)) == counts
    assert thread(house.mentee, house.relationship_id).unread == counts[1]
    assert [line.unread for line in threads(house.mentee)] == [counts[1]]


def test_unread_of_several_threads_is_counted_together(house: House) -> None:
    other = make_person("Otto Other")
    make_member(house.program_id, other, Role.MENTEE)
    second = make_relationship(house.program_id, house.mentor.person_id, other)
    write(house.relationship_id, house.mentee, "one", "two")
    write(second, other, "three")
    assert {line.relationship_id: line.unread for line in threads(house.mentor)} == {
        house.relationship_id: 2,
        second: 1,
    }
    assert unread(house.mentor) == 3


def test_list_shows_the_newest_thread_first_and_empty_ones_last(house: House) -> None:
    elsewhere = make_house(name="Singing")
    empty = make_relationship(elsewhere.program_id, house.mentor.person_id, house.mentee.person_id)
    ended = make_relationship(elsewhere.program_id, house.mentor.person_id, elsewhere.mentee.person_id, ended_at=NOW)
    gone = make_relationship(elsewhere.program_id, house.mentor.person_id, elsewhere.manager.person_id, ended_at=NOW)
    write(house.relationship_id, house.mentee, "first\nwith a  second line")
    write(ended, house.mentor, "later")
    lines = threads(house.mentor)
    assert [(line.relationship_id, line.excerpt, line.is_mine, line.unread, line.is_open) for line in lines] == [
        (ended, "later", True, 0, False),
        (house.relationship_id, "first with a second line", False, 1, True),
        (empty, "", False, 0, True),
    ]
    assert gone not in [line.relationship_id for line in lines]


def test_list_of_a_manager_without_a_relationship_is_empty(house: House) -> None:
    write(house.relationship_id, house.mentee, "secret")
    assert threads(house.manager) == []
    assert unread(house.manager) == 0


def test_thread_is_read_by_both_with_their_own_side(house: House) -> None:
    first = write(house.relationship_id, house.mentor, "Hello")[0]
    second = write(house.relationship_id, house.mentee, "Hi")[0]
    mine, theirs = thread(house.mentor, house.relationship_id), thread(house.mentee, house.relationship_id)
    assert [(line.id, line.is_mine, line.text) for line in mine.lines] == [
        (first, True, "Hello"),
        (second, False, "Hi"),
    ]
    assert [line.is_mine for line in theirs.lines] == [False, True]
    assert (mine.other_name, mine.other_word) == ("Mia Mentee", "mentee")
    assert (theirs.other_name, theirs.other_word) == ("Max Mentor", "mentor")


def everybody_else(house: House) -> list[Viewer]:
    """Strangers, people of the same programme, its manager and the owner."""
    owner = make_person("Olga Owner", rank=Rank.OWNER)
    second = make_person("Sid Second")
    make_relationship(house.program_id, house.mentor.person_id, second)
    return [viewer(one) for one in (*make_strangers(house).values(), second, owner)] + [house.manager]


def test_nobody_else_reads_anything(house: House) -> None:
    first = write(house.relationship_id, house.mentor, "secret")[0]
    for who in everybody_else(house):
        with reading() as db:
            assert count_unread(db, who) == 0
            assert house.relationship_id not in [line.relationship_id for line in list_threads(db, who)]
            for ask in (
                lambda db=db, who=who: load_thread(db, who, house.relationship_id),
                lambda db=db, who=who: earlier_start(db, who, house.relationship_id, first),
                lambda db=db, who=who: search_thread(db, who, house.relationship_id, "secret"),
            ):
                with pytest.raises(NotFound):
                    ask()


@pytest.mark.parametrize("relationship_id", [0, -1, 2**40, 4711])
def test_thread_that_is_none_is_not_found(house: House, relationship_id: int) -> None:
    with pytest.raises(NotFound):
        thread(house.mentor, relationship_id)


@pytest.mark.parametrize(
    ("table", "values", "silent"),
    [
        (Relationship, {}, ""),
        (Relationship, {"ended_at": NOW}, ENDED),
        (Relationship, {"thread_closed_at": NOW}, CLOSED),
        (Person, {"deactivated_at": NOW}, "Mia Mentee has no account any more, so nothing can be written here."),
    ],
)
def test_thread_says_why_it_cannot_be_written(
    house: House, table: type[Person] | type[Relationship], values: dict[str, object], silent: str
) -> None:
    write(house.relationship_id, house.mentee, "still readable")
    change(table, house.relationship_id if table is Relationship else house.mentee.person_id, **values)
    found = thread(house.mentor, house.relationship_id)
    assert (found.silent, [line.text for line in found.lines]) == (silent, ["still readable"])


def test_thread_comes_in_parts_from_its_end(house: House) -> None:
    ids = write(house.relationship_id, house.mentor, *[str(number) for number in range(2 * PAGE + 5)])
    newest = thread(house.mentee, house.relationship_id)
    assert ([line.id for line in newest.lines], newest.has_earlier) == (ids[-PAGE:], True)
    with reading() as db:
        start = earlier_start(db, house.mentee, house.relationship_id, newest.lines[0].id)
        first = earlier_start(db, house.mentee, house.relationship_id, start)
    two = thread(house.mentee, house.relationship_id, start)
    assert ([line.id for line in two.lines], two.has_earlier) == (ids[-2 * PAGE :], True)
    whole = thread(house.mentee, house.relationship_id, first)
    assert ([line.id for line in whole.lines], whole.has_earlier) == (ids, False)


def test_search_finds_every_word_however_it_is_written(house: House) -> None:
    write(house.relationship_id, house.mentor, "Grüße an Łukasz", "Gruesse nur", "lukasz allein", "GRUSSE LUKASZ")
    with reading() as db:
        found = search_thread(db, house.mentee, house.relationship_id, "lukasz grusse")
    assert [[(one.text, one.is_hit) for one in hit.stretches] for hit in found] == [
        [("GRUSSE", True), (" ", False), ("LUKASZ", True)],
        [("Grüße", True), (" an ", False), ("Łukasz", True)],
    ]
    with reading() as db:
        assert search_thread(db, house.mentee, house.relationship_id, "  ") == []


def test_queries_are_as_many_for_thirty_as_for_one(house: House, count_reads: CountReads) -> None:
    counts = []
    for size in (1, 29):
        write(house.relationship_id, house.mentor, *["hello"] * size)
        for _ in range(size):
            pupil = make_person()
            write(make_relationship(house.program_id, house.mentor.person_id, pupil), pupil, "hello")
        with count_reads() as seen, reading() as db:
            list_threads(db, house.mentor)
            load_thread(db, house.mentor, house.relationship_id)
            search_thread(db, house.mentor, house.relationship_id, "hello")
            count_unread(db, house.mentor)
        counts.append(len(seen))
    assert counts == [9, 9]
    with reading() as db:
        assert len(db.exec(select(Relationship)).all()) == 31
