"""Gives back what the closed tabs of strangers hold in memory.

Reflex keeps every tab's state for an hour, so that a page that comes back finds what was typed. A stranger's
pages keep nothing here, and whoever opens one socket after another would fill the memory of everybody.
It must not touch a tab that is open, or somebody's who is signed in.
"""

import asyncio
import time
from collections.abc import Collection

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex.state import BaseState

from app.state.shell import LoginState

LOOKS_EVERY = 20.0
KEPT_SECONDS = 60.0
"""So long a stranger's closed tab may come back, from a tunnel perhaps."""


async def clear_away(app: rx.App) -> None:
    """Let go of strangers' closed tabs, for as long as the server runs. In Redis they take no memory of ours."""
    while True:
        await asyncio.sleep(LOOKS_EVERY)
        sockets = app.event_namespace
        if sockets is not None and isinstance(manager := app.state_manager, StateManagerMemory):
            forget_strangers(manager, sockets.token_to_sid, time.time())


def forget_strangers(manager: StateManagerMemory, is_open: Collection[str], now: float) -> None:
    """Forget the tabs of strangers that are not open, and that nothing was heard of for a while."""
    for until, token in list(manager._token_expires_at.values()):  # pyright: ignore[reportPrivateUsage]
        silent = now - (until - manager.token_expiration)
        root, lock = manager.states.get(token.cache_key), manager._states_locks.get(token.lock_key)  # pyright: ignore[reportPrivateUsage]
        is_busy = lock is not None and lock.locked()
        if silent > KEPT_SECONDS and not is_busy and token.ident not in is_open and is_strangers(root):
            manager._purge_token(token)  # pyright: ignore[reportPrivateUsage]


def is_strangers(root: object) -> bool:
    """Whether a tab's state is nobody's who is signed in."""
    if not isinstance(root, BaseState):
        return False
    login = root.get_substate(LoginState.get_full_name().split("."))
    return isinstance(login, LoginState) and login._holder == 0  # pyright: ignore[reportPrivateUsage]
