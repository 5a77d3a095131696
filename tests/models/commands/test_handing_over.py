"""Handing a mentor's work to another mentor (P12)."""

from datetime import timedelta
from typing import Any

import pytest

from app.models.commands.booking import arrange, book, reactivate
from app.models.commands.cancelling import cancel
from app.models.commands.handing_over import hand_over
from app.models.commands.handing_plan import Fate, outlook
from app.models.database import reading
from app.models.drafts import CancelDraft, Repetition
from app.models.drafts.relationships import HandOverDraft
from app.models.errors import Clash
from app.models.tables import Relationship
from app.models.words import NoticeKind, Repeat, Scope, SeatStatus, Status
from tests.models.commands.heirs import Heir, make_heir
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    changes,
    do,
    editing,
    make_group,
    make_person,
    make_relationship,
    make_seat,
    make_session,
    notices,
    rows_of,
    seats,
    session,
    sessions,
    told,
    viewer,
)


@pytest.fixture
def heir(house: House) -> Heir:
    return make_heir(house)


def test_hand_over_ends_the_old_and_continues_in_a_new_relationship(house: House, heir: Heir):
    [new_id] = heir.take()["relationship_ids"]

    old, new = rows_of(Relationship)
    assert (old.id, old.ended_at) == (house.relationship_id, NOW)
    assert (new.id, new.mentor_id, new.mentee_id) == (new_id, heir.id, house.mentee.person_id)
    assert (new.next_number, new.ended_at) == (6, None)
    assert sessions() == []


def test_hand_over_moves_what_is_to_come_with_its_number_and_uid(house: House, heir: Heir):
    waiting = make_session(house, number=4)
    coming = make_session(house, at(2), number=3, sequence=2)
    before = session(coming)

    [new_id] = heir.take()["relationship_ids"]

    rows = [session(one) for one in (waiting, coming)]
    assert [(row.number, row.relationship_id, row.host_id) for row in rows] == [
        (4, new_id, heir.id),
        (3, new_id, heir.id),
    ]
    assert (rows[1].uid, rows[1].start_at, rows[1].status) == (before.uid, at(2), Status.SCHEDULED)
    assert (rows[1].sequence, rows[1].version) == (3, before.version + 1)


def test_hand_over_leaves_what_has_been_and_what_goes_on(house: House, heir: Heir):
    kept = [
        make_session(house, at(-3), number=1, status=Status.COMPLETED),
        make_session(house, at(-2), number=2, status=Status.MISSED),
        make_session(house, NOW - timedelta(minutes=5), number=3, status=Status.LIVE),
        make_session(house, at(3), number=4, status=Status.CANCELLED),
    ]

    heir.take()

    assert [session(one).relationship_id for one in kept] == [house.relationship_id] * 4
    assert {session(one).host_id for one in kept} == {house.mentor.person_id}


def test_hand_over_gives_the_seat_of_the_one_to_the_other(house: House, heir: Heir):
    coming = make_session(house, at(2), number=1)

    heir.take()

    held = {person: (seat.is_host, seat.status) for person, seat in seats(coming).items()}
    assert held == {
        house.mentor.person_id: (False, SeatStatus.WITHDRAWN),
        heir.id: (True, SeatStatus.ENROLLED),
        house.mentee.person_id: (False, SeatStatus.ENROLLED),
    }


def test_hand_over_and_back_uses_the_same_seats(house: House, heir: Heir):
    coming = make_session(house, at(2), number=1)
    [new_id] = heir.take()["relationship_ids"]
    back = HandOverDraft(from_id=heir.id, to_id=house.mentor.person_id, relationship_ids=(new_id,))

    do(hand_over, house.manager, back)

    held = {person: (seat.is_host, seat.status) for person, seat in seats(coming).items()}
    assert held == {
        house.mentor.person_id: (True, SeatStatus.ENROLLED),
        heir.id: (False, SeatStatus.WITHDRAWN),
        house.mentee.person_id: (False, SeatStatus.ENROLLED),
    }
    assert len(notices(person_id=house.mentee.person_id)) == 2


def test_hand_over_takes_a_time_off_that_the_new_mentor_has_not(house: House, heir: Heir):
    heir.blocks(2)
    taken, free = make_session(house, at(2), number=1), make_session(house, at(3), number=2)

    done = heir.take()

    assert done["off"] == [taken]
    row = session(taken)
    assert (row.status, row.start_at, row.number, row.host_id) == (Status.TO_BE_ARRANGED, None, 1, heir.id)
    assert session(free).status == Status.SCHEDULED


def test_time_that_is_off_can_be_arranged_by_the_new_pair(house: House, heir: Heir):
    heir.blocks(2)
    taken = make_session(house, at(2), number=1)
    heir.take()

    do(arrange, viewer(heir.id), taken, editing(at(4)))

    assert (session(taken).status, session(taken).sequence) == (Status.SCHEDULED, 2)


def test_hand_over_to_who_has_the_mentee_already_numbers_on(house: House, heir: Heir):
    theirs = make_relationship(house.program_id, heir.id, house.mentee.person_id, next_number=8)
    waiting, coming = make_session(house, number=2), make_session(house, at(2), number=5)

    assert heir.take()["relationship_ids"] == [theirs]

    with reading() as db:
        assert db.get_one(Relationship, theirs).next_number == 10
    assert [session(one).number for one in (waiting, coming)] == [8, 9]
    assert (changes(coming)[0].before["number"], changes(coming)[0].after["number"]) == (5, 9)


def test_hand_over_lets_the_new_mentor_answer(house: House, heir: Heir):
    asked = make_session(
        house,
        at(2),
        number=1,
        status=Status.PENDING,
        asked_id=house.mentor.person_id,
        asked_by_id=house.mentee.person_id,
    )

    heir.take()

    row = session(asked)
    assert (row.status, row.asked_id, row.asked_by_id) == (Status.PENDING, heir.id, house.mentee.person_id)


def test_hand_over_tells_each_once(house: House, heir: Heir):
    heir.blocks(2)
    taken, free = make_session(house, at(2), number=1), make_session(house, at(3), number=2)

    heir.take()

    by_person = {notice.person_id: notice for notice in notices()}
    assert sorted(told()) == sorted(
        (one, NoticeKind.HANDED_OVER) for one in (house.mentor.person_id, heir.id, house.mentee.person_id)
    )
    told_of = {one: [row["id"] for row in notice.facts["sessions"]] for one, notice in by_person.items()}
    assert told_of == {
        house.mentor.person_id: [free, taken],
        heir.id: [free],
        house.mentee.person_id: [free, taken],
    }
    assert {tuple(notice.facts["off"]) for notice in by_person.values()} == {(taken,)}
    assert {notice.facts["reason"] for notice in by_person.values()} == {"Max is ill"}


def test_hand_over_of_a_group_session_changes_its_host_and_tells_everybody(house: House, heir: Heir):
    guest = make_person("Gus Guest")
    chess = make_group(house, at(2), [guest])

    heir.take(chess, pairs=False)

    assert session(chess).host_id == heir.id
    assert seats(chess)[heir.id].is_host
    assert {person for person, _ in told()} == {house.mentor.person_id, heir.id, guest}
    assert len(told()) == 3


def test_hand_over_of_a_group_session_to_one_of_its_participants_keeps_one_seat(house: House, heir: Heir):
    chess = make_group(house, at(2))
    make_seat(chess, heir.id)

    heir.take(chess, pairs=False)

    assert (seats(chess)[heir.id].is_host, len(seats(chess))) == (True, 2)


def test_hand_over_of_a_full_group_session_to_a_participant_lets_in_who_waits(house: House, heir: Heir):
    waits = make_person("Wanda Waits")
    chess = make_group(house, at(2), [heir.id], maximum=2)
    make_seat(chess, waits, SeatStatus.WAITING)

    heir.take(chess, pairs=False)

    assert seats(chess)[waits].status == SeatStatus.ENROLLED
    assert told(kind=NoticeKind.PROMOTED) == [(waits, NoticeKind.PROMOTED)]


def test_hand_over_refuses_a_group_session_whose_time_is_taken(house: House, heir: Heir):
    heir.blocks(2)
    chess = make_group(house, at(2))

    with pytest.raises(Clash, match="Hedi Heir has") as refused:
        heir.take(chess)
    (problem,) = refused.value.problems
    assert problem.remedy == "Leave it out, move it first, or choose somebody else."
    assert rows_of(Relationship)[0].ended_at is None


def test_hand_over_of_a_series_goes_on_as_one(house: House, heir: Heir):
    weekly = Repetition(repeat=Repeat.WEEKLY, times=3)
    ids = do(book, house.manager, booking(house, repetition=weekly))["session_ids"]

    heir.take()

    assert {session(one).host_id for one in ids} == {heir.id}
    assert len({(session(one).uid, session(one).series_id) for one in ids}) == 1


def test_reactivating_a_series_brings_nothing_back_that_stayed_with_the_old_mentor(house: House, heir: Heir):
    weekly = Repetition(repeat=Repeat.WEEKLY, times=4)
    ids = do(book, house.manager, booking(house, repetition=weekly))["session_ids"]
    do(cancel, house.manager, ids[2], CancelDraft(reason="Holiday"))
    heir.take()
    do(cancel, house.manager, ids[0], CancelDraft(reason="Ill", scope=Scope.ALL))

    assert do(reactivate, house.manager, ids[0], Scope.ALL)["session_ids"] == [ids[0], ids[1], ids[3]]

    assert (session(ids[2]).status, session(ids[2]).host_id) == (Status.CANCELLED, house.mentor.person_id)


def test_outlook_says_beforehand_what_hand_over_does(house: House, heir: Heir):
    heir.blocks(2)
    make_relationship(house.program_id, heir.id, house.mentee.person_id, next_number=8)
    waiting = make_session(house, number=3)
    taken, free = make_session(house, at(2), number=4), make_session(house, at(3), number=5)
    heir.blocks(5)
    chess = make_group(house, at(5) + timedelta(minutes=30))
    with reading() as db:
        found = outlook(db, house.manager, NOW, house.mentor.person_id, heir.id, [house.relationship_id], [chess])

    [pair] = found.pairs
    assert [(one.session_id, one.new_number, one.fate) for one in pair.sessions] == [
        (waiting, 8, Fate.GOES),
        (taken, 9, Fate.TIME_OFF),
        (free, 10, Fate.GOES),
    ]
    assert pair.sessions[1].message.startswith("Hedi Heir has “Algebra” on")
    assert [(one.session_id, one.fate) for one in found.groups] == [(chess, Fate.REFUSED)]
    assert told() == []


@pytest.mark.parametrize("count", [1, 30])
def test_outlook_asks_the_database_equally_often(house: House, heir: Heir, count: int, count_reads: Any):
    heir.blocks(1)
    pairs: list[int] = []
    for number in range(count):
        mentee = make_person()
        pairs.append(make_relationship(house.program_id, house.mentor.person_id, mentee))
        make_session(house, at(1 + number), mentee_id=mentee, relationship_id=pairs[-1], number=1)
    with count_reads() as reads, reading() as db:
        outlook(db, house.manager, NOW, house.mentor.person_id, heir.id, pairs)

    assert len(reads) == 13
