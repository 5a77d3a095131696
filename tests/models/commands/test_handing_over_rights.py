"""Handing a mentor's work to another mentor: who may, and what is refused."""

from datetime import timedelta

import pytest

from app.models.commands.handing_over import hand_over
from app.models.database import transaction
from app.models.errors import NotFound, Refusal
from app.models.tables import Person, Program
from app.models.words import Status
from tests.models.commands.heirs import Heir, make_heir
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_person,
    make_strangers,
    viewer,
)


@pytest.fixture
def heir(house: House) -> Heir:
    return make_heir(house)


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_hand_over_is_for_managers(house: House, heir: Heir, part: str):
    with pytest.raises(NotFound):
        do(hand_over, house.part(part), heir.draft())


def test_hand_over_is_not_found_for_strangers(house: House, heir: Heir):
    chess = make_group(house, at(2))
    for person_id in make_strangers(house).values():
        for draft in (heir.draft(), heir.draft(chess, pairs=False)):
            with pytest.raises(NotFound):
                do(hand_over, viewer(person_id), draft)


def test_hand_over_refuses_who_cannot_take_it(house: House, heir: Heir):
    draft = heir.draft()
    with pytest.raises(Refusal, match="Max Mentor has this already"):
        do(hand_over, house.manager, draft.model_copy(update={"to_id": house.mentor.person_id}))
    with pytest.raises(Refusal, match="Mia Mentee is the mentee here"):
        do(hand_over, house.manager, draft.model_copy(update={"to_id": house.mentee.person_id}))
    with pytest.raises(NotFound):
        do(hand_over, house.manager, draft.model_copy(update={"to_id": make_person()}))
    with transaction() as db:
        db.get_one(Person, heir.id).deactivated_at = NOW
    with pytest.raises(Refusal, match="Hedi Heir is no longer active"):
        do(hand_over, house.manager, draft)


def test_hand_over_refuses_nothing_at_all_and_what_has_ended(house: House, heir: Heir):
    with pytest.raises(Refusal, match="Nothing was chosen"):
        heir.take(pairs=False)
    heir.take()
    with pytest.raises(Refusal, match="has ended"):
        heir.take()


def test_hand_over_refuses_a_group_session_that_has_started(house: House, heir: Heir):
    live = make_group(house, NOW - timedelta(minutes=5), status=Status.LIVE)

    with pytest.raises(Refusal, match="has started or is off"):
        heir.take(live, pairs=False)


def test_hand_over_refuses_a_closed_programme(house: House, heir: Heir):
    with transaction() as db:
        db.get_one(Program, house.program_id).archived_at = NOW

    with pytest.raises(Refusal, match="is closed"):
        heir.take()


def test_hand_over_finds_only_what_is_the_givers(house: House, heir: Heir):
    foreign = heir.blocks(4)
    with pytest.raises(NotFound):
        heir.take(foreign, pairs=False)
    with pytest.raises(NotFound):
        do(hand_over, house.manager, heir.draft().model_copy(update={"relationship_ids": (999_999,)}))
