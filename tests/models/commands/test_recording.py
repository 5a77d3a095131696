"""Recording a session that already took place (P12)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.models import clock
from app.models.commands.ending import end
from app.models.commands.recording import record_past
from app.models.commands.relationships import add_session
from app.models.drafts.relationships import EndDraft, PastDraft
from app.models.errors import Clash, NotFound, Refusal, StepRefused
from app.models.notices import NEWS_LASTS
from app.models.words import NoticeKind, Shown, Status
from tests.models.factories import (
    BERLIN,
    IN_PERSON,
    NOW,
    House,
    at,
    changes,
    do,
    make_group,
    make_session,
    make_strangers,
    notices,
    seats,
    session,
    sessions,
    told,
    viewer,
)


def past(house: House, start: datetime | None = None, **values: Any) -> PastDraft:
    wall = clock.wall(start or at(-3), BERLIN)
    times = {"day": wall.date(), "at": wall.time(), "zone": BERLIN, "minutes": 60}
    return PastDraft(**{"relationship_id": house.relationship_id, "meeting": IN_PERSON} | times | values)


def test_record_past_takes_the_lowest_number_that_waits(house: House):
    first = do(add_session, house.manager, house.relationship_id)["session_id"]
    do(add_session, house.manager, house.relationship_id)

    recorded = do(record_past, house.mentor, past(house, covered="Fractions", next_steps="Decimals"))

    row = session(first)
    assert recorded == {"session_id": first}
    assert (row.number, row.status, row.start_at) == (1, Status.COMPLETED, at(-3))
    assert (row.covered, row.next_steps, row.written_up_at, row.finished_at) == ("Fractions", "Decimals", NOW, NOW)
    assert {seat.attended for seat in seats(first).values()} == {True}


def test_record_past_adds_a_session_where_none_waits(house: House):
    made = [do(record_past, house.manager, past(house, at(-1 - turn)))["session_id"] for turn in (1, 2)]

    assert [session(one).number for one in made] == [1, 2]


def test_record_past_as_missed_says_who_came(house: House):
    attended = {house.mentor.person_id: True, house.mentee.person_id: False}

    made = do(record_past, house.mentor, past(house, outcome=Shown.MISSED, attended=attended))["session_id"]

    assert session(made).status == Status.MISSED
    assert {person: seat.attended for person, seat in seats(made).items()} == attended


@pytest.mark.parametrize(("part", "hear"), [("mentor", ["mentee"]), ("manager", ["mentor", "mentee"])])
def test_record_past_tells_the_others_that_it_was_recorded(house: House, part: str, hear: list[str]):
    do(record_past, house.part(part), past(house))

    assert told() == [(house.part(one).person_id, NoticeKind.RECORDED) for one in hear]
    assert {notice.useful_until for notice in notices()} == {NOW + NEWS_LASTS}


def test_record_past_refuses_what_is_not_over(house: House):
    with pytest.raises(Refusal, match="not over yet") as refused:
        do(record_past, house.mentor, past(house, NOW - timedelta(minutes=30)))
    assert list(refused.value.by_field()) == ["day"]
    assert do(record_past, house.mentor, past(house, NOW - timedelta(minutes=60)))


@pytest.mark.parametrize("outcome", [Shown.CANCELLED, Shown.LIVE, Shown.SCHEDULED])
def test_record_past_refuses_other_outcomes(house: House, outcome: Shown):
    with pytest.raises(Refusal, match="completed or missed"):
        do(record_past, house.mentor, past(house, outcome=outcome))


def test_record_past_refuses_a_time_that_did_not_occur(house: House, clock_at: Any):
    clock_at.move_to(at(60))
    draft = past(house).model_copy(update={"day": at(27).date(), "at": datetime(2026, 3, 29, 2, 30).time()})  # noqa: DTZ001

    with pytest.raises(Refusal, match="hour earlier or later"):
        do(record_past, house.mentor, draft)


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.LIVE])
def test_record_past_refuses_the_time_of_another_session_that_took_place(house: House, status: Status):
    make_group(house, at(-3) + timedelta(minutes=30), status=status)

    with pytest.raises(Clash, match="Chess"):
        do(record_past, house.mentor, past(house))


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.CANCELLED, Status.MISSED, Status.PENDING])
def test_record_past_does_not_mind_what_may_not_have_taken_place(house: House, status: Status):
    make_group(house, at(-3), status=status)

    assert do(record_past, house.mentor, past(house))


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.COMPLETED, Status.MISSED])
def test_record_past_refuses_what_the_pair_has_at_this_time(house: House, status: Status):
    make_session(house, at(-3), status=status)

    with pytest.raises(Clash, match="of these two is at this time"):
        do(record_past, house.mentor, past(house))


def test_record_past_minds_no_session_that_only_touches(house: House):
    make_group(house, at(-3) + timedelta(hours=1), status=Status.COMPLETED)

    assert do(record_past, house.mentor, past(house))


def test_record_past_is_not_for_the_mentee_nor_for_strangers(house: House):
    with pytest.raises(StepRefused):
        do(record_past, house.mentee, past(house))
    for person_id in make_strangers(house).values():
        with pytest.raises(NotFound):
            do(record_past, viewer(person_id), past(house))
    assert sessions() == []


def test_record_past_after_the_end_is_for_managers(house: House):
    do(end, house.manager, EndDraft(relationship_id=house.relationship_id))

    with pytest.raises(Refusal, match="no longer work together"):
        do(record_past, house.mentor, past(house))
    assert do(record_past, house.manager, past(house))


def test_record_past_is_written_down(house: House):
    made = do(record_past, house.mentor, past(house))["session_id"]

    [step] = changes(made)
    assert (step.step, step.actor_id, step.after["status"]) == ("record_past", house.mentor.person_id, "completed")
