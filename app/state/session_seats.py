"""One's own place in a group session, and the places of others for whoever runs it; and how it was afterwards.

Each handler is one command, and the card is read again. Who gives up their place no longer sees
the card, and is led to where they can come back.
"""

from collections.abc import Callable
from typing import Any

import reflex as rx

from app.models.commands import enrolling, inviting, rating
from app.models.drafts import read
from app.models.drafts.ratings import RatingDraft
from app.models.ids import as_id
from app.models.words import SeatStatus
from app.state.login import signed_in
from app.state.session_edit import SessionEditState
from app.state.session_fields import FormTexts


class SessionSeatsState(SessionEditState):
    """What the buttons about places do. `removed` is whom the open window asks about."""

    removed: int = 0
    removed_name: str = ""

    @rx.event
    @signed_in
    async def take_place(self):
        """Take a place, or a number on the waiting list."""
        self.busy = True
        yield
        yield await self._get_in(enrolling.join, "You have a place.")

    @rx.event
    @signed_in
    async def accept_invitation(self):
        """Accept an invitation."""
        self.busy = True
        yield
        yield await self._get_in(enrolling.accept_invitation, "Accepted. You have a place.")

    @rx.event
    @signed_in
    async def submit_leave(self, form: dict[str, Any]):
        """Give up one's place, or one's number on the waiting list."""
        del form
        self.busy = True
        yield
        yield await self._get_out(enrolling.leave, "You have left the session.")

    @rx.event
    @signed_in
    async def submit_refuse(self, form: dict[str, Any]):
        """Decline an invitation."""
        del form
        self.busy = True
        yield
        yield await self._get_out(enrolling.decline_invitation, "Declined.")

    @rx.event
    @signed_in
    async def ask_remove(self, person_id: int) -> None:
        """Ask first whether somebody should be removed."""
        wanted = as_id(person_id)
        found = next((one for one in self.card.people if one.id == wanted and one.can_remove), None)
        if found is not None:
            self.removed, self.removed_name = found.id, found.name
            self._begin_form("remove")

    @rx.event
    @signed_in
    async def submit_remove(self, form: dict[str, Any]):
        """Remove whom the window asks about; they are told."""
        self.busy = True
        yield
        yield await self._submit("remove", form, inviting.remove, self._whom, "Removed. They are told.")

    @rx.event
    @signed_in
    async def submit_rate(self, form: dict[str, Any]):
        """Keep what the viewer says of a completed session."""
        self.busy = True
        yield
        yield await self._submit("rate", form, rating.rate, rating_draft, "Thank you. Your rating is kept.")

    def _whom(self, _sent: FormTexts) -> tuple[int]:
        return (self.removed,)

    async def _get_in(self, command: Callable[..., Any], said: str) -> Any:
        got = await self._give(command, "", self.card.id)
        if got is None:
            return None
        if got["status"] == SeatStatus.WAITING:
            said = f"You are number {got['position']} on the waiting list."
        warned = [rx.toast.warning(got["warning"])] if got["warning"] else []
        return [rx.toast.success(said), *warned]

    async def _get_out(self, command: Callable[..., Any], said: str) -> Any:
        link = self.card.room.link
        if await self._give(command, "", self.card.id) is None:
            return None
        self._forget_form()
        self._remember()
        if not self.missing:
            return rx.toast.success(said)
        away = SessionSeatsState.close if self.is_open else rx.redirect(link or "/me")
        return [rx.toast.success(said), away]


def rating_draft(sent: FormTexts) -> tuple[RatingDraft]:
    """Shape the rating."""
    return (read(RatingDraft, {name: sent.get(name, "") for name in ("rating", "comment")}),)
