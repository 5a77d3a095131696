"""Closing and reopening the messages of a pair, for managers. It reads no message."""

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx

from app.models.commands.messages import close_thread, reopen_thread
from app.models.commands.run import perform
from app.models.errors import Refusal
from app.state.login import manager_only, viewer_of


class PersonThreadsState(rx.State):
    """It remembers nothing; the page is read again after each change."""

    @rx.event
    @manager_only
    async def close_thread(self, relationship_id: int):
        """Let the two write no more."""
        return await self._give(close_thread, relationship_id, "The thread is closed; the two are told.")

    @rx.event
    @manager_only
    async def reopen_thread(self, relationship_id: int):
        """Let the two write again."""
        return await self._give(reopen_thread, relationship_id, "The two can write to each other again.")

    async def _give(self, command: Callable[..., Any], relationship_id: int, done: str) -> Any:
        try:
            await rx.run_in_thread(partial(perform, command, viewer_of(self), "", relationship_id))
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        return rx.toast.success(done)
