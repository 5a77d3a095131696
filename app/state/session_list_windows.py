"""The windows over the list of sessions: calling several off.

Many sessions take a while. They are called off piece by piece in the background, so that the
page moves on and can be told to stop.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock
from app.models.commands.several import Refused, Several, cancel_each, delete_each, tell_together
from app.models.database import reading
from app.models.drafts import CancelDraft, read
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.queries.session_list_filters import query_of_picked, read_picked
from app.models.queries.session_several import Weight, weigh
from app.state.focus import focus_soon
from app.state.login import manager_only, signed_in, viewer_of
from app.state.session_list import SessionListState, choose

CANCEL, DELETE, RESULT = "cancel", "delete", "result"
AT_ONCE = 20
"""So many sessions are called off between two looks at whether to go on."""
MOST_NAMED = 100
"""So many of those that could not be are named."""

Step = Callable[[Viewer, str, list[int]], Several]


class SessionWindowsState(rx.State):
    """Which window stands open: `asking` is cancel, delete, result or "". The counts are those of its question."""

    asking: str = ""
    total: int = 0
    count: int = 0
    to_do: int = 0
    people: int = 0
    needs_reason: bool = False
    is_running: bool = False
    done: int = 0
    error: str = ""
    result: str = ""
    refused: rx.Field[list[Refused]] = rx.field(default_factory=list)
    _ids: rx.Field[list[int]] = rx.field(default_factory=list)
    _key: str = ""
    _stops: bool = False

    @rx.event
    @signed_in
    async def begin(self):
        """Close what stood open on another visit."""
        self._close()

    @rx.event
    @manager_only
    async def ask(self, what: str, session_id: int):
        """Ask before a session is cancelled or deleted; "" closes the window, and stops what runs behind it."""
        if self.is_running:
            self._stops = not what
        else:
            await self._ask(what, query_of_picked([session_id]) if session_id > 0 else "")

    @rx.event
    @manager_only
    async def ask_picked(self, what: str):
        """Ask before those that are chosen in the list are cancelled or deleted."""
        if not self.is_running:
            await self._ask(what, (await self.get_state(SessionListState)).picked_query)

    @rx.event(background=True)
    @manager_only
    async def cancel(self, form: dict[str, Any]):
        """Cancel them, all for one reason."""
        try:
            draft = read(CancelDraft, {"reason": str(form.get("reason", ""))})
            async with self:
                if self.needs_reason and not draft.reason:
                    raise Refusal.of("reason", "The reason is missing.", "Everybody concerned will read it.")
        except Refusal as refusal:
            async with self:
                self.error = str(refusal)
            return None
        return await self._call_off(partial(cancel_each, draft=draft), "cancelled")

    @rx.event(background=True)
    @manager_only
    async def delete(self):
        """Delete them."""
        return await self._call_off(delete_each, "deleted")

    async def _ask(self, what: str, query: str) -> None:
        self._close()
        if what not in (CANCEL, DELETE) or not query:
            return
        viewer = viewer_of(self)
        weight, only = await rx.run_in_thread(lambda: read_weight(viewer, query))
        if weight.total:
            self._ids, self._key = only or weight.ids, uuid4().hex
            self.asking, self.total, self.count, self.to_do = what, weight.total, len(weight.ids), len(self._ids)
            self.people, self.needs_reason = weight.people, weight.needs_reason

    def _close(self) -> None:
        self.asking, self.error, self.result, self.refused = "", "", "", []
        self.total, self.count, self.to_do, self.people, self.done = 0, 0, 0, 0, 0
        self._ids, self._key, self.is_running, self._stops, self.needs_reason = [], "", False, False, False

    async def _call_off(self, step: Step, word: str) -> Any:
        """Take a step on what was asked about, piece by piece, and say what came of it."""
        async with self:
            viewer, key, ids = viewer_of(self), self._key, list(self._ids)
            if self.is_running or not ids:
                return None
            self.is_running, self.error = True, ""
        done: list[int] = []
        refused: list[Refused] = []
        try:
            for first in range(0, len(ids), AT_ONCE):
                came_of_it = await rx.run_in_thread(partial(step, viewer, key, ids[first : first + AT_ONCE]))
                done, refused = [*done, *came_of_it.done], [*refused, *came_of_it.refused]
                async with self:
                    if self._stops or self._key != key:
                        break
                    self.done = len(done) + len(refused)
        finally:
            await rx.run_in_thread(partial(tell_together, key))
        async with self:
            return await self._show_outcome(Several(done, refused), word) if self._key == key else None

    async def _show_outcome(self, came_of_it: Several, word: str) -> Any:
        """Close the question, say how many are done, name what could not be, and leave only that chosen."""
        done, refused = came_of_it.done, came_of_it.refused
        left = self.to_do - len(done) - len(refused)
        count = f"{len(done):,} sessions are" if len(done) > 1 else "1 session is" if done else "No session is"
        said = f"{count} {word}." + (f" You stopped before the other {left:,}." if left else "")
        self._close()
        list_ = await self.get_state(SessionListState)
        choose(list_, [one for one in list_.picked if one not in set(done)])
        if not refused:
            return [rx.toast.success(said), focus_soon("sessions-count")]
        self.asking, self.result, self.refused = RESULT, said, refused[:MOST_NAMED]
        return None


def read_weight(viewer: Viewer, query: str) -> tuple[Weight, list[int]]:
    """Weigh what a query chooses, and list what it names one by one."""
    filters, only = read_picked(query)
    with reading() as db:
        return weigh(db, viewer, clock.now(), filters, only), list(only or ())
