"""The answer to a session that waits for one."""

import pytest
import time_machine

from app.models.commands.answering import accept, decline, propose
from app.models.commands.booking import book
from app.models.commands.ending import end
from app.models.database import reading, transaction
from app.models.drafts import Repetition
from app.models.drafts.relationships import EndDraft
from app.models.errors import Clash, Refusal, Stale, StepRefused
from app.models.queries.answering import load_question
from app.models.queries.session_card import load_card
from app.models.tables import Session
from app.models.words import NoticeKind, Repeat, Scope, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    changes,
    do,
    make_house,
    make_session,
    moves,
    moving,
    notices,
    session,
    told,
)


@pytest.fixture
def house() -> House:
    return make_house(asks_confirmation=True)


@pytest.fixture
def asked(house: House) -> int:
    """The mentor asked the mentee."""
    return do(book, house.mentor, booking(house))["session_ids"][0]


@pytest.mark.parametrize("part", ["mentee", "manager"])
def test_accept_makes_it_stand(house: House, asked: int, part: str):
    do(accept, house.part(part), asked)

    row = session(asked)
    assert (row.status, row.asked_id, row.asked_by_id) == (Status.SCHEDULED, None, None)
    assert [kind for _, kind in told()][2:] == [NoticeKind.ACCEPTED] * 2
    assert changes(asked)[-1].step == "accept"


@pytest.mark.parametrize(("command", "more"), [(accept, ()), (decline, ()), (propose, (moving(at(2)),))])
def test_answer_is_not_for_the_one_who_asked(house: House, asked: int, command, more: tuple[object, ...]):
    with pytest.raises(StepRefused, match="not for you"):
        do(command, house.mentor, asked, *more)


@pytest.mark.parametrize(("command", "more"), [(decline, ()), (propose, (moving(at(2)),))])
def test_manager_neither_declines_nor_proposes(house: House, asked: int, command, more: tuple[object, ...]):
    with pytest.raises(StepRefused, match="not for you"):
        do(command, house.manager, asked, *more)


def test_accept_refuses_an_hour_that_was_taken_all_the_same(house: House, asked: int):
    with transaction() as db:
        row = db.get_one(Session, asked)
        row.status = Status.CANCELLED
    make_session(house, at(1), title="Other")
    with transaction() as db:
        db.get_one(Session, asked).status = Status.PENDING

    with pytest.raises(Clash):
        do(accept, house.mentee, asked)


def test_accept_comes_too_late_when_the_start_has_come(house: House, asked: int, clock_at: time_machine.Traveller):
    clock_at.move_to(at(1))

    with pytest.raises(StepRefused, match="propose another time"):
        do(accept, house.mentee, asked)


def test_decline_cancels_with_the_reason(house: House, asked: int):
    do(decline, house.mentee, asked, "I am away")

    row = session(asked)
    assert (row.status, row.cancel_reason, row.asked_id) == (Status.CANCELLED, "I am away", None)
    assert [(n.kind, n.facts["reason"]) for n in notices()][2:] == [(NoticeKind.DECLINED, "I am away")] * 2


def test_decline_needs_no_reason(house: House, asked: int):
    do(decline, house.mentee, asked)

    assert session(asked).status == Status.CANCELLED


def test_propose_takes_the_new_hour_and_asks_the_other(house: House, asked: int):
    do(propose, house.mentee, asked, moving(at(2, 9)))

    row = session(asked)
    assert (row.status, row.start_at, row.end_at) == (Status.PENDING, at(2, 9), at(2, 10))
    assert (row.asked_id, row.asked_by_id) == (house.mentor.person_id, house.mentee.person_id)
    assert [trace.old_start_at for trace in moves(asked)] == [at(1)]
    assert [kind for _, kind in told()][2:] == [NoticeKind.PROPOSED] * 2
    do(accept, house.mentor, asked)
    assert session(asked).status == Status.SCHEDULED


def test_propose_refuses_the_same_time_a_taken_one_and_an_old_page(house: House, asked: int):
    make_session(house, at(2))

    with pytest.raises(Refusal, match="the time it has"):
        do(propose, house.mentee, asked, moving(at(1)))
    with pytest.raises(Clash):
        do(propose, house.mentee, asked, moving(at(2)))
    with pytest.raises(Stale):
        do(propose, house.mentee, asked, moving(at(3), version=1))


def test_answer_to_a_session_that_stands_is_refused(house: House):
    session_id = make_session(house, at(1), asked_id=house.mentee.person_id)

    for command, more in ((accept, ()), (decline, ()), (propose, (moving(at(2)),))):
        with pytest.raises(StepRefused, match="is scheduled"):
            do(command, house.mentee, session_id, *more)


def test_answer_may_mean_the_whole_series(house: House):
    repetition = Repetition(repeat=Repeat.WEEKLY, times=3)
    ids = do(book, house.mentor, booking(house, repetition=repetition))["session_ids"]

    do(accept, house.mentee, ids[0])
    assert [session(one).status for one in ids] == [Status.SCHEDULED, Status.PENDING, Status.PENDING]
    do(accept, house.mentee, ids[1], Scope.ALL)
    assert [session(one).status for one in ids] == [Status.SCHEDULED] * 3


def test_decline_may_mean_the_whole_series(house: House):
    repetition = Repetition(repeat=Repeat.WEEKLY, times=3)
    ids = do(book, house.mentor, booking(house, repetition=repetition))["session_ids"]

    do(decline, house.mentee, ids[1], "Away", Scope.FOLLOWING)

    assert [session(one).status for one in ids] == [Status.PENDING, Status.CANCELLED, Status.CANCELLED]


def test_answer_to_a_series_leaves_the_dates_that_ask_somebody_else(house: House):
    repetition = Repetition(repeat=Repeat.WEEKLY, times=3)
    ids = do(book, house.mentor, booking(house, repetition=repetition))["session_ids"]
    do(propose, house.mentee, ids[1], moving(at(9)))

    do(accept, house.mentee, ids[0], Scope.ALL)

    assert [session(one).status for one in ids] == [Status.SCHEDULED, Status.PENDING, Status.SCHEDULED]


def test_time_of_two_who_no_longer_work_together_is_not_proposed_anew(house: House, asked: int):
    do(end, house.manager, EndDraft(relationship_id=house.relationship_id))

    with pytest.raises(Refusal, match="no longer work together"):
        do(propose, house.mentee, asked, moving(at(2)))
    with reading() as db:
        card = load_card(db, house.mentee, NOW, asked)
        question = load_question(db, house.mentee, NOW, asked, whole_series=False)
    assert [step for step in card.steps if step in ("accept", "decline", "propose")] == ["accept", "decline"]
    assert (question.why_not, question.may_propose) == ("", False)
    do(accept, house.mentee, asked)
    assert session(asked).status == Status.SCHEDULED
