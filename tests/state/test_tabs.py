"""What the closed tabs of strangers hold is given back; what anybody else's hold is kept."""

import asyncio

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken

from app.models.permissions import Viewer
from app.state.shell import hand_over
from app.state.tabs import KEPT_SECONDS, forget_strangers
from tests.models.factories import make_house, make_organisation


async def opened(viewer: Viewer) -> StateManagerMemory:
    """Let three tabs have been opened a moment ago: two by strangers, one by somebody signed in."""
    manager = StateManagerMemory()
    for name, sits in (("closed", None), ("open", None), ("theirs", viewer)):
        async with manager.modify_state(BaseStateToken(ident=name, cls=rx.State)) as root:
            await hand_over(root, sits)
    return manager


def left(seconds: float) -> list[str]:
    """Give the tabs that are still known when nothing was heard of them for so long."""
    make_organisation()
    house = make_house()

    async def pass_by() -> list[str]:
        manager = await opened(house.mentor)
        last_heard = min(until for until, _ in manager._token_expires_at.values()) - manager.token_expiration
        forget_strangers(manager, {"open"}, last_heard + seconds)
        await manager.close()
        return sorted(manager.states)

    return asyncio.run(pass_by())


def test_closed_tab_of_a_stranger_is_forgotten_soon() -> None:
    assert left(KEPT_SECONDS + 30) == ["open", "theirs"]


def test_closed_tab_may_come_back_for_a_moment() -> None:
    assert left(KEPT_SECONDS / 2) == ["closed", "open", "theirs"]


def test_tab_that_is_in_use_at_this_moment_is_kept() -> None:
    make_organisation()
    house = make_house()

    async def during_an_event() -> list[str]:
        manager = await opened(house.mentor)
        until = max(until for until, _ in manager._token_expires_at.values())
        async with manager.modify_state(BaseStateToken(ident="closed", cls=rx.State)):
            forget_strangers(manager, (), until)
        await manager.close()
        return sorted(manager.states)

    assert asyncio.run(during_an_event()) == ["closed", "theirs"]
