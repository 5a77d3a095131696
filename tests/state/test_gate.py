"""The gate in front of every event."""

import asyncio

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex_base.event import Event
from reflex_base.event.processor.base_state_processor import BaseStateEventProcessor

from app.app import app
from app.models.errors import Refusal
from app.state.gate import DROP, WATCHERS_AT_ONCE, Meter, Watchers, judge, tell_exception
from app.state.login import MANAGER, PUBLIC, SIGNED_IN
from app.state.shell import LoginState, hand_over
from tests.models.factories import make_house, make_organisation, viewer
from tests.state import callers


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


def test_tab_has_few_watchers_at_once_and_may_have_another_when_one_ends() -> None:
    async def come_and_go() -> list[bool]:
        watchers, ends = Watchers(most=2), asyncio.Event()
        one, two, three = (asyncio.create_task(ends.wait()) for _ in range(3))
        came = [watchers.let_in("tab", task) for task in (one, two, three)]
        came.append(watchers.let_in("another", three))
        one.cancel()
        await asyncio.wait({one})
        came.append(watchers.let_in("tab", three))
        ends.set()
        await asyncio.wait({two, three})
        await asyncio.sleep(0)
        return [*came, watchers.running == {}]

    assert asyncio.run(come_and_go()) == [True, True, False, True, True, True]


def test_watchers_that_are_sent_for_again_and_again_are_not_all_let_in() -> None:
    async def flood() -> int:
        heard, manager = callers.Heard(), StateManagerMemory()
        processor = BaseStateEventProcessor(middleware=app)
        processor.configure(event_namespace=heard, state_manager=manager)  # pyright: ignore[reportArgumentType]
        router = {"headers": {}, "token": "tab", "pathname": "/g/none", "path": "/g/none"}
        name = callers.handlers()["GroupState.watch"]
        async with processor:
            sent = [await processor.enqueue("tab", Event(name=name, router_data=router)) for _ in range(100)]
            running = set(sent)
            while len(running) > WATCHERS_AT_ONCE:
                _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            _, running = await asyncio.wait(running, timeout=callers.WATCHES_FOR)
            for one in running:
                one.cancel()
        return len(running)

    make_organisation()
    assert asyncio.run(flood()) == WATCHERS_AT_ONCE


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
