"""What became of a session: record, write up, correct."""

import pytest
import time_machine

from app.models.commands.meeting import correct, record, write_up
from app.models.drafts import OutcomeDraft, WriteUpDraft
from app.models.errors import NotFound, Refusal, StepRefused
from app.models.words import Place, Shown, Status
from tests.models.factories import (
    House,
    at,
    changes,
    do,
    make_house,
    make_session,
    seats,
    session,
)

IN_ROOM = {"place": Place.IN_PERSON, "address": "Room 4", "link": "", "platform": ""}


@pytest.fixture
def house(clock_at: time_machine.Traveller) -> House:
    """It is five o'clock tomorrow."""
    clock_at.move_to(at(1))
    return make_house()


@pytest.mark.parametrize("outcome", [Shown.COMPLETED, Shown.MISSED])
def test_record_keeps_outcome_and_attendance(house: House, clock_at: time_machine.Traveller, outcome: Shown):
    session_id = make_session(house, at(1), **IN_ROOM)
    clock_at.move_to(at(1, 18))
    came = {house.mentor.person_id: True, house.mentee.person_id: outcome == Shown.COMPLETED, 999: True}

    do(record, house.mentor, session_id, OutcomeDraft(outcome=outcome, attended=came))

    assert session(session_id).status == outcome.value
    assert session(session_id).finished_at == at(1, 18)
    assert {person: seat.attended for person, seat in seats(session_id).items()} == {
        house.mentor.person_id: True,
        house.mentee.person_id: outcome == Shown.COMPLETED,
    }
    [change] = changes(session_id)
    assert change.after[f"attended.{house.mentor.person_id}"] is True


def test_record_is_for_host_and_manager_after_the_end(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1), **IN_ROOM)
    done = OutcomeDraft(outcome=Shown.COMPLETED)

    with pytest.raises(StepRefused):
        do(record, house.manager, session_id, done)
    clock_at.move_to(at(1, 18))
    with pytest.raises(StepRefused):
        do(record, house.mentee, session_id, done)
    with pytest.raises(Refusal, match="completed or missed"):
        do(record, house.mentor, session_id, OutcomeDraft(outcome=Shown.CANCELLED))
    do(record, house.manager, session_id, done)


def test_write_up_keeps_the_texts_and_who_came(house: House):
    session_id = make_session(house, at(0), status=Status.COMPLETED)
    draft = WriteUpDraft(covered="Fractions", next_steps="Decimals", attended={house.mentee.person_id: False})

    do(write_up, house.mentor, session_id, draft)
    do(write_up, house.mentor, session_id, draft)

    row = session(session_id)
    assert (row.covered, row.next_steps, row.written_up_at) == ("Fractions", "Decimals", at(1))
    assert seats(session_id)[house.mentee.person_id].attended is False
    assert row.status == Status.COMPLETED
    assert len(changes(session_id)) == 1
    with pytest.raises(StepRefused):
        do(write_up, house.mentee, session_id, draft)


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.MISSED, Status.CANCELLED])
@pytest.mark.parametrize("outcome", [Shown.COMPLETED, Shown.MISSED, Shown.CANCELLED])
def test_correct_sets_any_outcome_with_a_note(house: House, status: Status, outcome: Shown):
    session_id = make_session(house, at(0), status=status)

    do(correct, house.manager, session_id, OutcomeDraft(outcome=outcome, note="Mia says so"))

    assert session(session_id).status == outcome.value
    [change] = changes(session_id)
    assert (change.step, change.reason) == ("correct", "Mia says so")


def test_correct_is_refused_without_note_outcome_or_right(house: House):
    session_id = make_session(house, at(0), status=Status.COMPLETED)
    draft = OutcomeDraft(outcome=Shown.MISSED, note="Mia says so")

    with pytest.raises(Refusal, match="note is missing"):
        do(correct, house.manager, session_id, OutcomeDraft(outcome=Shown.MISSED))
    for outcome in set(Shown) - {Shown.COMPLETED, Shown.MISSED, Shown.CANCELLED}:
        with pytest.raises(Refusal, match="no outcome"):
            do(correct, house.manager, session_id, OutcomeDraft(outcome=outcome, note="x"))
    for part in ("mentor", "mentee"):
        with pytest.raises(StepRefused):
            do(correct, house.part(part), session_id, draft)
    with pytest.raises(NotFound):
        do(correct, make_house().manager, session_id, draft)
    assert session(session_id).status == Status.COMPLETED


def test_correct_before_the_end_is_refused(house: House):
    session_id = make_session(house, at(2), status=Status.CANCELLED)

    with pytest.raises(StepRefused, match="not ended"):
        do(correct, house.manager, session_id, OutcomeDraft(outcome=Shown.COMPLETED, note="x"))
