"""Moving a session by hand: a drop is rehearsed, confirmed, carried out, and can be taken back for a while.

Decides nothing: the command moves or refuses. The calendar itself is drawn anew by its watcher.
"""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models.calendar_address import date_of
from app.models.calendar_layout import View
from app.models.calendar_move import Dragged, Drop, draft_of, load_dragged, propose, rehearse
from app.models.calendar_shapes import Proposal
from app.models.commands.changing import UNDO_TIME, move, undo_move
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.words import Scope
from app.state.calendar import CalendarState
from app.state.login import signed_in, viewer_of


class CalendarMoveState(rx.State):
    """A drop on its way. `answers` grows with each answer; the browser then takes its ghost away."""

    proposal: Proposal = Proposal()
    answers: int = 0
    undo_text: str = ""

    _drop: Drop | None = None
    _dragged: Dragged | None = None
    _key: str = ""
    _batch: str = ""

    @rx.event
    @signed_in
    async def drop(self, session_id: int, day: str, minute: int, minutes: int):
        """Take a drop from the browser and ask for its confirmation; what would be refused is said at once.

        `minute` lies on the view's axis, -1 keeps the time of day; `minutes` 0 keeps the length.
        """
        viewer, calendar = viewer_of(self), await self.get_state(CalendarState)
        try:
            drop = read_drop(day, minute, minutes, calendar.view)
            dragged, proposal = await rx.run_in_thread(lambda: try_out(viewer, as_id(session_id), drop))
        except Refusal as refusal:
            return self._settle(refusal)
        self._drop, self._dragged, self._key = drop, dragged, uuid4().hex
        self.proposal = proposal
        return None

    @rx.event
    @signed_in
    async def confirm(self, form: dict[str, Any]):
        """Carry the proposed move out, as far in the series as was chosen."""
        viewer, drop, dragged, key = viewer_of(self), self._drop, self._dragged, self._key
        if drop is None or dragged is None:
            return self._settle()
        try:
            draft = draft_of(drop, dragged, viewer.zone, read_scope(form))
            result = await rx.run_in_thread(lambda: perform(move, viewer, key, dragged.session_id, draft))
        except Refusal as refusal:
            return self._settle(refusal)
        return self._offer_undo(result["batch_id"], result["moved"])

    @rx.event
    @signed_in
    async def leave(self) -> None:
        """Leave everything as it was."""
        self._settle()

    @rx.event
    @signed_in
    async def undo(self):
        """Take the last move back; nobody has been told of it yet."""
        viewer, batch = viewer_of(self), self._batch
        self._batch, self.undo_text = "", ""
        try:
            await rx.run_in_thread(lambda: perform(undo_move, viewer, f"undo:{batch}", batch))
        except Refusal as refusal:
            return self._settle(refusal)
        return rx.toast.success("Taken back. Nobody was told.")

    @rx.event(background=True)
    @signed_in
    async def forget_undo(self, batch: str) -> None:
        """Take the bar away when the time for Undo is over."""
        await asyncio.sleep(UNDO_TIME.total_seconds())
        async with self:
            if self._batch == batch:
                self._batch, self.undo_text = "", ""

    def _offer_undo(self, batch: str, moved: int) -> Any:
        said = f"{moved} sessions moved." if moved > 1 else f"Moved to {self.proposal.after}."
        self.undo_text = said if batch else ""
        self._batch = batch
        self._settle()
        return CalendarMoveState.forget_undo(batch)

    def _settle(self, refusal: Refusal | None = None) -> Any:
        self._drop, self._dragged, self._key = None, None, ""
        self.proposal = Proposal()
        self.answers += 1
        return None if refusal is None else rx.toast.error(str(refusal), duration=8000)


def read_drop(day: str, minute: int, minutes: int, view: str) -> Drop:
    """Read what the browser says of a drop. Raises Refusal for what cannot be read."""
    with suppress(ValueError, TypeError):
        at, length, wanted = int(minute), int(minutes), date_of(day)
        if wanted is not None and at <= 24 * 60 * 2 and length <= 24 * 60:
            return Drop(wanted, at if at >= 0 else None, length if length > 0 else None, View(view))
    raise Refusal.of("", "This place in the calendar cannot be read.", "Try again.")


def read_scope(form: Any) -> Scope:
    """Read how far the move reaches; this session alone where nothing was chosen."""
    with suppress(ValueError, AttributeError):
        return Scope(str(form.get("scope", "")))
    return Scope.THIS


def try_out(viewer: Viewer, session_id: int, drop: Drop) -> tuple[Dragged, Proposal]:
    """Read what is dragged and try the move. Raises Refusal as the move would."""
    with reading() as db:
        dragged = load_dragged(db, viewer, session_id)
    draft = draft_of(drop, dragged, viewer.zone)
    rehearse(viewer, session_id, draft)
    with reading() as db:
        return dragged, propose(db, viewer, dragged, draft)
