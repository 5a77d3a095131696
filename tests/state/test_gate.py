"""The gate in front of every event."""

import asyncio

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken

from app.models.errors import Refusal
from app.state.gate import DROP, Meter, judge, tell_exception
from app.state.login import MANAGER, PUBLIC, SIGNED_IN
from app.state.shell import LoginState, hand_over
from tests.models.factories import make_house, make_organisation, viewer


def test_gate_drops_what_is_not_marked() -> None:
    house = make_house()
    assert judge(rx.State(), house.manager, "") is DROP
    assert judge(rx.State(), house.manager, "anything") is DROP


def test_gate_sends_strangers_to_the_sign_in_page() -> None:
    answer = judge(rx.State(), None, SIGNED_IN)
    assert answer is not None
    assert [event.name for event in answer.events] == ["_redirect"]
    assert judge(rx.State(), None, PUBLIC) is None


def test_gate_lets_only_managers_into_what_is_theirs() -> None:
    house = make_house()
    assert judge(rx.State(), house.manager, MANAGER) is None
    assert judge(rx.State(), house.mentor, SIGNED_IN) is None
    assert judge(rx.State(), house.mentor, MANAGER) is not None


def test_meter_lets_a_burst_through_and_then_so_many_a_second() -> None:
    meter = Meter(a_second=2, at_once=3)
    assert [meter.allows("tab", 0) for _ in range(5)] == [True, True, True, False, False]
    assert meter.allows("another", 0)
    assert [meter.allows("tab", 1) for _ in range(3)] == [True, True, False]


def test_tab_forgets_everything_when_somebody_else_signs_in() -> None:
    make_organisation()
    house = make_house()

    async def change_hands() -> tuple[str, str]:
        manager = StateManagerMemory()
        async with manager.modify_state(BaseStateToken(ident="tab", cls=rx.State)) as root:
            login = await root.get_state(LoginState)
            await hand_over(root, viewer(house.manager.person_id))
            login.email = house.manager.email
            await hand_over(root, viewer(house.manager.person_id))
            kept = login.email
            await hand_over(root, None)
            return kept, login.email

    assert asyncio.run(change_hands()) == (house.manager.email, "")


def test_refusal_is_told_in_its_own_words_and_a_failure_in_none() -> None:
    assert "too late" in str(tell_exception(Refusal.of("", "It is too late.")))
    assert "secret" not in str(tell_exception(RuntimeError("secret")))
