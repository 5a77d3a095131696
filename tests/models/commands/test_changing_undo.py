"""A drag, and taking it back."""

from datetime import timedelta

import pytest
import time_machine

from app.models.commands.booking import book
from app.models.commands.cancelling import cancel
from app.models.commands.changing import edit, move, undo_move
from app.models.database import transaction
from app.models.drafts import CancelDraft
from app.models.errors import Clash, NotFound, Refusal, Stale
from app.models.tables import Notice
from app.models.words import MailStatus, NoticeKind, Scope, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    changes,
    do,
    editing,
    make_house,
    make_session,
    moves,
    moving,
    notices,
    session,
    starts,
    told,
)


def test_move_waits_ten_seconds_with_its_notices(house: House):
    session_id = make_session(house, at(1))

    batch_id = do(move, house.mentee, session_id, moving(at(2, 9)))["batch_id"]

    assert session(session_id).end_at == at(2, 10), "the length is kept"
    assert [(notice.batch_id, notice.due_at) for notice in notices()] == [(batch_id, NOW + timedelta(seconds=10))] * 2
    assert moves(session_id)[0].undoable_until == NOW + timedelta(seconds=10)


def test_move_may_change_the_length(house: House):
    session_id = make_session(house, at(1))

    do(move, house.mentee, session_id, moving(at(1), 120))

    assert session(session_id).end_at == at(1, 19)


def test_move_to_where_it_is_does_nothing(house: House):
    session_id = make_session(house, at(1))

    assert do(move, house.mentee, session_id, moving(at(1)))["batch_id"] == ""
    assert (told(), changes(session_id)) == ([], [])


def test_undo_leaves_neither_trace_nor_notice_but_a_note_in_the_history(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1), sequence=2)
    batch_id = do(move, house.mentee, session_id, moving(at(2), 90))["batch_id"]
    clock_at.shift(9)

    do(undo_move, house.mentee, batch_id)

    row = session(session_id)
    assert (row.start_at, row.end_at, row.sequence) == (at(1), at(1, 18), 4), "a feed may have shown the move"
    assert (moves(session_id), notices()) == ([], [])
    assert [change.step for change in changes(session_id)] == ["move", "undo"]
    assert row.version == 3, "a page that was read in between is old"


def test_undo_gives_a_series_back(house: House, weekly: list[int]):
    batch_id = do(move, house.mentor, weekly[1], moving(at(9, 18), scope=Scope.FOLLOWING))["batch_id"]

    do(undo_move, house.mentor, batch_id)

    assert starts(weekly) == [at(1), at(8), at(15), at(22), at(29)]
    assert [len(moves(one)) for one in weekly] == [0] * 5
    assert notices() == []


def test_undo_keeps_earlier_moves(house: House):
    session_id = make_session(house, at(1))
    do(edit, house.mentee, session_id, editing(at(2)))
    batch_id = do(move, house.mentee, session_id, moving(at(3)))["batch_id"]

    do(undo_move, house.mentee, batch_id)

    assert [trace.new_start_at for trace in moves(session_id)] == [at(2)]


def test_undo_gives_back_who_was_asked():
    house = make_house(asks_confirmation=True)
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentor, session_id, moving(at(2)))["batch_id"]
    assert session(session_id).status == Status.PENDING

    do(undo_move, house.mentor, batch_id)

    assert (session(session_id).status, session(session_id).asked_id) == (Status.SCHEDULED, None)


def test_undo_is_refused_once_the_time_is_over(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    clock_at.shift(16)

    with pytest.raises(Refusal, match="cannot be undone"):
        do(undo_move, house.mentee, batch_id)


@pytest.mark.parametrize("status", [MailStatus.SENDING, MailStatus.SENT])
def test_undo_is_refused_once_a_mail_is_on_its_way(house: House, status: MailStatus):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    with transaction() as db:
        db.get_one(Notice, notices()[0].id).mail_status = status

    with pytest.raises(Refusal, match="cannot be undone"):
        do(undo_move, house.mentee, batch_id)
    assert session(session_id).start_at == at(2)


def test_undo_is_for_the_mover_alone(house: House):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]

    for other in (house.manager, house.mentor):
        with pytest.raises(NotFound):
            do(undo_move, other, batch_id)
    with pytest.raises(NotFound):
        do(undo_move, house.mentee, "")


def test_undo_is_refused_when_the_session_was_changed_since(house: House):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    do(edit, house.manager, session_id, editing(at(2), title="Geometry"))

    with pytest.raises(Stale):
        do(undo_move, house.mentee, batch_id)


def test_undo_twice_is_refused(house: House):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    do(undo_move, house.mentee, batch_id)

    with pytest.raises(Stale):
        do(undo_move, house.mentee, batch_id)


def test_hour_freed_by_a_move_is_free_for_others_and_then_undo_is_refused(house: House):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    do(book, house.manager, booking(house, at(1)))

    with pytest.raises(Clash):
        do(undo_move, house.mentee, batch_id)
    assert session(session_id).start_at == at(2)


def test_later_change_lets_the_notices_of_a_drag_go_first(house: House):
    session_id = make_session(house, at(1))
    do(move, house.mentee, session_id, moving(at(2)))

    do(cancel, house.mentee, session_id, CancelDraft(reason="Ill"))

    assert [(notice.kind, notice.due_at) for notice in notices()] == [
        (NoticeKind.MOVED, NOW),
        (NoticeKind.MOVED, NOW),
        (NoticeKind.CANCELLED, NOW),
        (NoticeKind.CANCELLED, NOW),
    ]
