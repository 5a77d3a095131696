"""The forms that give a session a time, a place or other words. Each submit is one command.

Fields are named `<form>_<field>`; a refusal leaves the form open with its texts at the fields.
"""

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

from app.models import clock
from app.models.commands import booking, changing, meeting
from app.models.commands.answering import propose
from app.models.drafts import EditDraft, Meeting, MoveDraft, Times, read
from app.models.errors import Refusal
from app.models.ids import as_id
from app.models.queries.session_times import TimeCheck, check_time
from app.models.spoken import later
from app.models.words import Scope
from app.state.ask import ask
from app.state.login import signed_in, viewer_of
from app.state.session_card import SessionCardState
from app.state.session_fields import FormTexts, draft_name, minutes_between, texts_by_field, texts_of

TIME_FIELDS = ("day", "at", "minutes", "zone")
MEETING_FIELDS = ("place", "session_type", "platform", "link", "passcode", "address")


class SessionEditState(SessionCardState):
    """What the time and place forms do."""

    @rx.event
    @signed_in
    async def note_typed(self, part: str, value: str) -> None:
        """Look how a typed date, start or end would go; a new start takes the end along."""
        if part == "until":
            part, value = "minutes", minutes_between(self._typed.get("at", ""), str(value))
        if part in TIME_FIELDS and self.card.id:
            self._typed = self._typed | {part: str(value)}
            await self._look()

    @rx.event
    @signed_in
    async def take_free(self, day: str, at: str):
        """Put a free time that was offered into the form."""
        form = self.form
        self._typed = self._typed | {"day": str(day), "at": str(at)}
        await self._look()
        minutes = self._typed.get("minutes", "")
        until = later(str(at), int(minutes)) if minutes.isdecimal() else str(at)
        values = {"day": str(day), "at": str(at), "until": until}
        return [rx.set_value(f"{form}_{name}", value) for name, value in values.items()]

    @rx.event
    @signed_in
    async def submit_edit(self, form: dict[str, Any]):
        """Change what is arranged."""
        self.busy = True
        yield
        yield await self._submit("edit", form, changing.edit, edit_draft, "Saved.")

    @rx.event
    @signed_in
    async def submit_arrange(self, form: dict[str, Any]):
        """Give the session a time."""
        self.busy = True
        yield
        yield await self._submit("arrange", form, booking.arrange, edit_draft, "Arranged.")

    @rx.event
    @signed_in
    async def submit_again(self, form: dict[str, Any]):
        """Arrange another session in a missed one's stead, and show it."""
        self.busy = True
        yield
        yield await self._submit("again", form, booking.arrange_again, edit_draft, "Arranged again.")

    @rx.event
    @signed_in
    async def submit_propose(self, form: dict[str, Any]):
        """Answer with another time."""
        self.busy = True
        yield
        yield await self._submit("propose", form, propose, move_draft, "Proposed.")

    @rx.event
    @signed_in
    async def submit_meeting(self, form: dict[str, Any]):
        """Change the meeting details of a live session."""
        self.busy = True
        yield
        yield await self._submit("meeting", form, meeting.edit_meeting, meeting_draft, "Saved.")

    async def _submit(
        self,
        name: str,
        form: Any,
        command: Callable[..., Any],
        shape: Callable[[FormTexts], tuple[Any, ...]],
        said: str,
    ) -> Any:
        """Shape what a form sent into its command's arguments, carry it out, and close the form if it went well."""
        sent = texts_of(form, name)
        try:
            wanted = shape(sent)
        except Refusal as refusal:
            self.errors, self.busy = texts_by_field(refusal, name), False
            return None
        kept = draft_name(name, self.card)
        result = await self._give(command, sent.get("key", ""), self.card.id, *wanted)
        if result is None:
            self._keep_form()
            return None
        return await self._done(said, result, kept)

    async def _done(self, said: str, result: Mapping[str, Any], kept: str) -> Any:
        """Close the form; a session that was added in the old one's stead is shown instead of it."""
        self._forget_form()
        made = int(result.get("session_id") or self.card.id)
        asks = result.get("asks")
        told = rx.toast.info(f"Proposed. {asks}") if asks else rx.toast.success(said)
        events: list[Any] = [rx.remove_session_storage(kept), told]
        if self._back:
            events.append(rx.redirect(self._back))
        elif made != self.card.id and not self.is_open:
            events.append(rx.redirect(f"/s/{made}"))
        elif made != self.card.id:
            await self._read(made)
        self._remember()
        return events

    def _keep_form(self) -> None:
        """Let a refused form be sent again: it now answers to the session as it is."""
        self._compare()
        self.form_version = self.card.version or self.form_version

    async def _look(self) -> None:
        viewer, session_id, typed = viewer_of(self), self.card.id, dict(self._typed)
        try:
            times = read(Times, typed)
            self.check = await ask(check_time, viewer, clock.now(), session_id, times)
        except Refusal:
            self.check = TimeCheck()


def edit_draft(sent: FormTexts) -> tuple[EditDraft]:
    """Shape the edit form, and the arrange forms that are like it."""
    words = {name: sent.get(name, "") for name in ("title", "details", "reason")}
    how = {
        "meeting": meeting_texts(sent),
        "scope": sent.get("scope") or Scope.THIS,
        "version": as_id(sent.get("version", "")) or None,
    }
    return (read(EditDraft, time_texts(sent) | words | how | {"notifies": sent.get("notifies", "on") == "on"}),)


def move_draft(sent: FormTexts) -> tuple[MoveDraft]:
    """Shape the form that proposes another time."""
    how = {"scope": sent.get("scope") or Scope.THIS, "version": as_id(sent.get("version", "")) or None}
    return (read(MoveDraft, time_texts(sent) | how),)


def meeting_draft(sent: FormTexts) -> tuple[Meeting]:
    """Shape the meeting details."""
    return (read(Meeting, meeting_texts(sent)),)


def time_texts(sent: FormTexts) -> dict[str, Any]:
    """Give a form's time; its length follows from start and end, where the form asked for the end."""
    times = {name: sent.get(name, "") for name in TIME_FIELDS}
    return times | ({"minutes": minutes_between(times["at"], sent["until"])} if "until" in sent else {})


def meeting_texts(sent: FormTexts) -> dict[str, Any]:
    """Give how a form says that people meet."""
    return {name: sent[name] for name in MEETING_FIELDS if name in sent}
