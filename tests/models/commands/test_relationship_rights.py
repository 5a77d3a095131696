"""The commands about relationships and first access, given by everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import Session as Db
from sqlmodel import select

from app.models import clock
from app.models.commands.arranging_all import arrange_all
from app.models.commands.assigning import assign_pair
from app.models.commands.ending import end
from app.models.commands.first_access import access_link, send_access
from app.models.commands.handing_over import hand_over
from app.models.commands.recording import record_past
from app.models.commands.relationships import add_session
from app.models.database import transaction
from app.models.drafts.relationships import ArrangeAllDraft, EndDraft, HandOverDraft, PairDraft, PastDraft
from app.models.errors import Refusal
from app.models.tables import Change
from app.models.words import Rank, Role
from tests.models.factories import (
    BERLIN,
    IN_PERSON,
    NOW,
    ONLINE,
    House,
    at,
    make_house,
    make_member,
    make_person,
    make_program,
    make_relationship,
    make_session,
    viewer,
)


@dataclass
class World:
    """The house with a session to be arranged, somebody to take over and somebody who was never here."""

    house: House
    heir: int
    newcomer: int
    people: dict[str, int]


def make_world() -> World:
    house = make_house()
    make_session(house, number=7)
    elsewhere = make_program(name="Elsewhere")
    roles = {
        "fellow mentor": (house.program_id, Role.MENTOR),
        "fellow mentee": (house.program_id, Role.MENTEE),
        "foreign manager": (elsewhere, Role.MANAGER),
        "foreign mentor": (elsewhere, Role.MENTOR),
        "heir": (house.program_id, Role.MENTOR),
        "newcomer": (house.program_id, Role.MENTEE),
    }
    people = {name: make_person() for name in roles}
    for name, (program_id, role) in roles.items():
        make_member(program_id, people[name], role)
    make_relationship(house.program_id, people["fellow mentor"], house.mentee.person_id, ended_at=NOW)
    people |= {name: house.part(name).person_id for name in ("manager", "mentor", "mentee")}
    people |= {"owner": make_person(rank=Rank.OWNER), "chief": make_person(rank=Rank.MANAGER), "nobody": make_person()}
    return World(house, people["heir"], people["newcomer"], people)


def times(day: int) -> dict[str, Any]:
    wall = clock.wall(at(day), BERLIN)
    return {"day": wall.date(), "at": wall.time(), "zone": BERLIN, "minutes": 60}


MANAGING = frozenset({"owner", "chief", "manager"})
CASES: dict[str, tuple[Callable[..., Any], Callable[[World], Any], frozenset[str]]] = {
    "assign": (
        assign_pair,
        lambda w: PairDraft(program_id=w.house.program_id, mentor_id=w.heir, mentee_id=w.newcomer),
        MANAGING,
    ),
    "end": (end, lambda w: EndDraft(relationship_id=w.house.relationship_id), MANAGING),
    "add_session": (add_session, lambda w: w.house.relationship_id, MANAGING | {"mentor", "mentee"}),
    "arrange_all": (
        arrange_all,
        lambda w: ArrangeAllDraft(relationship_id=w.house.relationship_id, meeting=ONLINE, **times(2)),
        MANAGING | {"mentor", "mentee"},
    ),
    "record_past": (
        record_past,
        lambda w: PastDraft(relationship_id=w.house.relationship_id, meeting=IN_PERSON, **times(-2)),
        MANAGING | {"mentor"},
    ),
    "hand_over": (
        hand_over,
        lambda w: HandOverDraft(
            from_id=w.house.mentor.person_id, to_id=w.heir, relationship_ids=(w.house.relationship_id,)
        ),
        MANAGING,
    ),
    "send_access": (send_access, lambda w: [w.newcomer], MANAGING),
    "access_link": (access_link, lambda w: w.newcomer, MANAGING),
}


@pytest.mark.parametrize("name", CASES)
def test_command_is_open_to_these_and_nobody_else(name: str):
    command, given, allowed = CASES[name]
    world = make_world()
    argument = given(world)
    with transaction() as db:
        found = {who for who, one in world.people.items() if is_open(db, command, one, argument)}

    assert found == allowed


def is_open(db: Db, command: Callable[..., Any], person_id: int, argument: object) -> bool:
    """Try the command and take it back; whoever is refused has written nothing."""
    trial = db.begin_nested()
    before = len(db.exec(select(Change)).all())
    try:
        command(db, viewer(person_id), NOW, argument)
    except Refusal:
        assert len(db.exec(select(Change)).all()) == before
        return False
    else:
        return len(db.exec(select(Change)).all()) > before
    finally:
        trial.rollback()
