"""Every command, given by everybody, on a session of every status, before, during and after its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session as Db
from sqlmodel import select

from app.models import lifecycle
from app.models.commands.answering import accept, decline, propose
from app.models.commands.booking import arrange, arrange_again, reactivate
from app.models.commands.cancelling import cancel, delete
from app.models.commands.changing import edit, move
from app.models.commands.meeting import correct, edit_meeting, enter, finish, mark_attendance, record, start, write_up
from app.models.database import transaction
from app.models.drafts import CancelDraft, OutcomeDraft, WriteUpDraft
from app.models.errors import NotFound, StepRefused
from app.models.permissions import Viewer, facts_of
from app.models.tables import Change, Relationship, Session
from app.models.words import Kind, Part, Place, Rank, Role, Shown, Status, Step
from tests.models.factories import (
    IN_PERSON,
    ONLINE,
    House,
    at,
    do,
    editing,
    make_group,
    make_house,
    make_member,
    make_person,
    make_program,
    make_session,
    moving,
    viewer,
)


@dataclass(frozen=True)
class Case:
    """A command with a draft that nothing but a lack of right could make it refuse."""

    step: Step
    command: Callable[..., Any]
    drafts: tuple[Any, ...] = ()
    place: Place = Place.ONLINE


LATER = at(20)
CASES = [
    Case(Step.ARRANGE, arrange, (editing(LATER),)),
    Case(Step.REACTIVATE, reactivate),
    Case(Step.ACCEPT, accept),
    Case(Step.DECLINE, decline),
    Case(Step.PROPOSE, propose, (moving(LATER),)),
    Case(Step.EDIT, edit, (editing(LATER),)),
    Case(Step.MOVE, move, (moving(LATER),)),
    Case(Step.CANCEL, cancel, (CancelDraft(reason="Ill"),)),
    Case(Step.DELETE, delete),
    Case(Step.ENTER, enter),
    Case(Step.START, start),
    Case(Step.EDIT_MEETING, edit_meeting, (ONLINE.model_copy(update={"passcode": "7"}),)),
    Case(Step.FINISH, finish),
    Case(Step.RECORD, record, (OutcomeDraft(outcome=Shown.COMPLETED),), Place.CALL),
    Case(Step.MARK, mark_attendance),
    Case(Step.WRITE_UP, write_up, (WriteUpDraft(covered="Fractions"),)),
    Case(Step.CORRECT, correct, (OutcomeDraft(outcome=Shown.MISSED, note="Mia says so"),)),
    Case(Step.ARRANGE_AGAIN, arrange_again, (editing(LATER),)),
]
MOMENTS = (timedelta(hours=-1), timedelta(minutes=5), timedelta(hours=2))
"""Before, during and after, counted from the start."""
IN_A_GROUP = {
    "mentor": frozenset({Part.HOST}),
    "mentee": frozenset[Part](),
    "guest": frozenset({Part.PARTICIPANT}),
}


def everybody(house: House, guest: int) -> dict[str, tuple[int, frozenset[Part]]]:
    """Everybody there is, with the parts they play in a one-to-one; the asked one is the mentee."""
    elsewhere = make_program(name="Elsewhere")
    people = {
        "organisation's manager": make_person(rank=Rank.MANAGER),
        "foreign manager": make_person(),
        "foreign mentor": make_person(),
        "fellow mentor": make_person(),
        "fellow mentee": make_person(),
        "nobody": make_person(),
    }
    make_member(elsewhere, people["foreign manager"], Role.MANAGER)
    make_member(elsewhere, people["foreign mentor"], Role.MENTOR)
    make_member(house.program_id, people["fellow mentor"], Role.MENTOR)
    make_member(house.program_id, people["fellow mentee"], Role.MENTEE)
    managing = {"organisation's manager"}
    found = {
        name: (person, frozenset({Part.MANAGER}) if name in managing else frozenset[Part]())
        for name, person in people.items()
    }
    return found | {
        "manager": (house.manager.person_id, frozenset({Part.MANAGER})),
        "mentor": (house.mentor.person_id, frozenset({Part.MENTOR, Part.HOST})),
        "mentee": (house.mentee.person_id, frozenset({Part.MENTEE, Part.PARTICIPANT, Part.ANSWERER})),
        "guest": (guest, frozenset()),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.step)
@pytest.mark.parametrize("kind", Kind)
def test_command_is_open_to_whom_the_table_says(case: Case, kind: Kind):
    house = make_house()
    guest = make_person()
    people = [(name, viewer(one), parts) for name, (one, parts) in everybody(house, guest).items()]
    made = {status: make_one(house, kind, status, case.place, guest) for status in Status}
    with transaction() as db:
        for (status, session_id), moment in product(made.items(), MOMENTS):
            facts = facts_of(db.get_one(Session, session_id))
            now = (facts.start_at or at(1)) + moment
            for name, who, parts in people:
                own = parts if kind == Kind.ONE_TO_ONE else IN_A_GROUP.get(name, parts)
                expected = lifecycle.why_not(facts, case.step, own, now) if own else "not found"
                assert outcome(db, case, who, now, session_id) == expected, (status, now, name)


def outcome(db: Db, case: Case, who: Viewer, now: datetime, session_id: int) -> str:
    """Try the command, take it back, and say why it was refused; "" if it was not."""
    trial = db.begin_nested()
    try:
        case.command(db, who, now, session_id, *case.drafts)
    except StepRefused as refused:
        return str(refused)
    except NotFound:
        return "not found"
    else:
        written = db.exec(select(Change).where(Change.session_id == session_id)).all()
        return "" if written else "nothing was written down"
    finally:
        trial.rollback()


def make_one(house: House, kind: Kind, status: Status, place: Place, guest: int) -> int:
    """Make the session that is tried; each status has a day of its own, so that none is in another's way."""
    start = at(1 + [*Status].index(status)) if status != Status.TO_BE_ARRANGED else None
    values: dict[str, Any] = {"status": status, "place": place, "asked_id": house.mentee.person_id}
    if kind == Kind.ONE_TO_ONE:
        return make_session(house, start, **values)
    return make_group(house, start, [guest], **values)


def test_every_step_of_the_table_has_a_command_or_is_the_clocks():
    assert {case.step for case in CASES} | {Step.LAPSE} == {step for _, step in lifecycle.TABLE}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.step)
@pytest.mark.parametrize("wrong", [0, -1, 999_999, 2**31, 2**70])
def test_command_is_not_found_for_an_id_that_is_none(case: Case, wrong: int):
    owner = viewer(make_person(rank=Rank.OWNER))

    with pytest.raises(NotFound):
        do(case.command, owner, wrong, *case.drafts)


def test_parts_of_the_pair_end_with_their_relationship():
    house = make_house()
    session_id = make_session(house, at(1))
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = at(0)

    for part in (house.mentor, house.mentee):
        with pytest.raises(StepRefused):
            do(edit, part, session_id, editing(at(2), meeting=IN_PERSON))
    do(edit, house.manager, session_id, editing(at(2), meeting=IN_PERSON))
