"""The table of steps against the table in words, for every status, step, part, kind, place and hour."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from app.models.errors import StepRefused
from app.models.lifecycle import (
    TABLE,
    Facts,
    next_status,
    open_steps,
    shown_as,
    why_not,
)
from app.models.words import Kind, Part, Place, Shown, Status, Step
from tests.models.factories import NOW

S, P = Status, Part
PAIR = {P.MANAGER, P.MENTOR, P.MENTEE}
HOSTS = {P.MANAGER, P.HOST}
ANY_TIME = {"before", "opens", "during", "ended"}
NOT_ENDED = {"before", "opens", "during"}
EVERYWHERE = {*Place}

# (from, step): leads to, who in a one-to-one, who in a group, at what hours, at what places
EXPECTED: dict[tuple[Status, Step], tuple[Status, set[Part], set[Part], set[str], set[Place]]] = {
    (S.TO_BE_ARRANGED, Step.ARRANGE): (S.SCHEDULED, PAIR, HOSTS, ANY_TIME, EVERYWHERE),
    (S.CANCELLED, Step.ARRANGE): (S.SCHEDULED, PAIR, HOSTS, ANY_TIME, EVERYWHERE),
    (S.CANCELLED, Step.REACTIVATE): (S.SCHEDULED, PAIR, HOSTS, {"before", "opens"}, EVERYWHERE),
    (S.PENDING, Step.ACCEPT): (
        S.SCHEDULED,
        {P.ANSWERER, P.MANAGER},
        {P.ANSWERER, P.MANAGER},
        {"before", "opens"},
        EVERYWHERE,
    ),
    (S.PENDING, Step.DECLINE): (S.CANCELLED, {P.ANSWERER}, {P.ANSWERER}, ANY_TIME, EVERYWHERE),
    (S.PENDING, Step.PROPOSE): (S.PENDING, {P.ANSWERER}, {P.ANSWERER}, ANY_TIME, EVERYWHERE),
    (S.PENDING, Step.LAPSE): (S.CANCELLED, {P.CLOCK}, {P.CLOCK}, {"during", "ended"}, EVERYWHERE),
    (S.PENDING, Step.EDIT): (S.PENDING, PAIR, HOSTS, NOT_ENDED, EVERYWHERE),
    (S.PENDING, Step.MOVE): (S.PENDING, PAIR, HOSTS, NOT_ENDED, EVERYWHERE),
    (S.PENDING, Step.CANCEL): (S.CANCELLED, PAIR, HOSTS, NOT_ENDED, EVERYWHERE),
    (S.PENDING, Step.DELETE): (S.CANCELLED, {P.MANAGER}, HOSTS, NOT_ENDED, EVERYWHERE),
    (S.SCHEDULED, Step.EDIT): (S.SCHEDULED, PAIR, HOSTS, NOT_ENDED, EVERYWHERE),
    (S.SCHEDULED, Step.MOVE): (S.SCHEDULED, PAIR, HOSTS, NOT_ENDED, EVERYWHERE),
    (S.SCHEDULED, Step.CANCEL): (S.CANCELLED, PAIR, HOSTS | {P.CLOCK}, NOT_ENDED, EVERYWHERE),
    (S.SCHEDULED, Step.DELETE): (S.CANCELLED, {P.MANAGER}, HOSTS, NOT_ENDED, EVERYWHERE),
    (S.SCHEDULED, Step.ENTER): (
        S.LIVE,
        {P.HOST, P.PARTICIPANT},
        {P.HOST, P.PARTICIPANT},
        {"opens", "during"},
        {Place.ONLINE},
    ),
    (S.SCHEDULED, Step.START): (S.LIVE, {P.HOST}, {P.HOST}, {"opens", "during"}, EVERYWHERE),
    (S.SCHEDULED, Step.LAPSE): (S.MISSED, {P.CLOCK}, {P.CLOCK}, {"ended"}, {Place.ONLINE}),
    (S.SCHEDULED, Step.RECORD): (S.COMPLETED, HOSTS, HOSTS, {"ended"}, {Place.IN_PERSON, Place.CALL}),
    (S.LIVE, Step.ENTER): (
        S.LIVE,
        {P.HOST, P.PARTICIPANT},
        {P.HOST, P.PARTICIPANT},
        ANY_TIME,
        {Place.ONLINE},
    ),
    (S.LIVE, Step.EDIT_MEETING): (S.LIVE, HOSTS, HOSTS, ANY_TIME, EVERYWHERE),
    (S.LIVE, Step.MARK): (S.LIVE, set(), HOSTS, ANY_TIME, EVERYWHERE),
    (S.LIVE, Step.FINISH): (
        S.COMPLETED,
        {P.HOST, P.MANAGER, P.CLOCK},
        {P.HOST, P.MANAGER, P.CLOCK},
        ANY_TIME,
        EVERYWHERE,
    ),
    (S.COMPLETED, Step.MARK): (S.COMPLETED, set(), HOSTS, ANY_TIME, EVERYWHERE),
    (S.COMPLETED, Step.WRITE_UP): (S.COMPLETED, HOSTS, HOSTS, ANY_TIME, EVERYWHERE),
    (S.COMPLETED, Step.CORRECT): (S.COMPLETED, {P.MANAGER}, {P.MANAGER}, {"ended"}, EVERYWHERE),
    (S.MISSED, Step.CORRECT): (S.MISSED, {P.MANAGER}, {P.MANAGER}, {"ended"}, EVERYWHERE),
    (S.CANCELLED, Step.CORRECT): (S.CANCELLED, {P.MANAGER}, {P.MANAGER}, {"ended"}, EVERYWHERE),
    (S.MISSED, Step.ARRANGE_AGAIN): (S.MISSED, PAIR, set(), ANY_TIME, EVERYWHERE),
}
MOMENTS: dict[str, datetime] = {
    "before": NOW - timedelta(minutes=16),
    "opens": NOW - timedelta(minutes=15),
    "during": NOW,
    "ended": NOW + timedelta(minutes=60),
}


def facts(status: Status, kind: Kind = Kind.ONE_TO_ONE, place: Place = Place.ONLINE, **values: object) -> Facts:
    """A session of an hour that starts at NOW."""
    return Facts(kind, status, place, NOW, NOW + timedelta(hours=1), **values)  # pyright: ignore


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", Step)
def test_step_is_open_to_exactly_these_parts_at_these_hours(status: Status, step: Step):
    nobody: tuple[Status, set[Part], set[Part], set[str], set[Place]] = (status, set(), set(), set(), set())
    leads_to, one_to_one, group, hours, places = EXPECTED.get((status, step), nobody)
    for kind, place, (hour, now), part in product(Kind, Place, MOMENTS.items(), Part):
        session = facts(status, kind, place)
        parts = one_to_one if kind == Kind.ONE_TO_ONE else group
        is_open = part in parts and hour in hours and place in places
        assert (why_not(session, step, {part}, now) == "") == is_open, (kind, place, hour, part)
        assert (step in open_steps(session, {part}, now)) == is_open
        if is_open:
            assert next_status(session, step, {part}, now) == leads_to
        else:
            with pytest.raises(StepRefused):
                next_status(session, step, {part}, now)


def test_table_has_no_other_steps():
    assert {*TABLE} == {*EXPECTED}


@pytest.mark.parametrize(("status", "step"), [*TABLE])
def test_deleted_session_knows_no_step(status: Status, step: Step):
    for part in Part:
        assert why_not(facts(status, is_deleted=True), step, {part}, NOW) == "This session was deleted."


@pytest.mark.parametrize("step", [Step.EDIT, Step.MOVE, Step.CANCEL, Step.DELETE])
def test_refusal_for_a_started_session_says_so(step: Step):
    assert why_not(facts(Status.LIVE), step, {*Part}, NOW) == (
        "This session has started, so it can no longer be changed or cancelled."
    )


@pytest.mark.parametrize(("status", "step"), [*product(Status, Step)])
def test_every_refusal_is_a_sentence(status: Status, step: Step):
    for part, now in product(Part, MOMENTS.values()):
        reason = why_not(facts(status), step, {part}, now)
        assert reason == "" or (reason[0].isupper() and reason.endswith("."))
        assert "_" not in reason


def test_session_in_person_awaits_its_outcome_once_it_has_ended():
    session = facts(Status.SCHEDULED, place=Place.IN_PERSON)

    assert shown_as(session, MOMENTS["during"]) == Shown.SCHEDULED
    assert shown_as(session, MOMENTS["ended"]) == Shown.AWAITING
    assert shown_as(facts(Status.SCHEDULED), MOMENTS["ended"]) == Shown.SCHEDULED
    assert shown_as(facts(Status.MISSED, place=Place.CALL), MOMENTS["ended"]) == Shown.MISSED
