"""The forms that end a session, bring it back, or say how it went. Each submit is one command."""

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx

from app.models.commands import answering, booking, cancelling, meeting
from app.models.drafts import CancelDraft, Draft, OutcomeDraft, Text, WriteUpDraft, read
from app.models.words import Scope
from app.state.login import signed_in
from app.state.session_edit import SessionEditState
from app.state.session_fields import FormTexts

CAME = "came_"


class Reason(Draft):
    """A form that asks how much of a series is meant, and why."""

    scope: Scope = Scope.THIS
    reason: Text = ""


class SessionOutcomeState(SessionEditState):
    """What the closing forms do."""

    @rx.event
    @signed_in
    async def submit_cancel(self, form: dict[str, Any]):
        """Cancel; everybody concerned is told."""
        self.busy = True
        yield
        yield await self._submit("cancel", form, cancelling.cancel, cancel_draft, "Cancelled. Everybody is told.")

    @rx.event
    @signed_in
    async def submit_delete(self, form: dict[str, Any]):
        """Delete; the card goes with it."""
        self.busy = True
        yield
        yield await self._submit("delete", form, cancelling.delete, scope_of, "Deleted. Everybody is told.")
        if self.missing and self.is_open:
            yield SessionOutcomeState.close

    @rx.event
    @signed_in
    async def submit_accept(self, form: dict[str, Any]):
        """Accept dates of a series."""
        self.busy = True
        yield
        yield await self._submit("accept", form, answering.accept, scope_of, "Accepted. Everybody is told.")

    @rx.event
    @signed_in
    async def submit_decline(self, form: dict[str, Any]):
        """Decline; the session is cancelled."""
        self.busy = True
        yield
        yield await self._submit("decline", form, answering.decline, reason_and_scope, "Declined. Everybody is told.")

    @rx.event
    @signed_in
    async def submit_reactivate(self, form: dict[str, Any]):
        """Bring it back at its old time."""
        self.busy = True
        yield
        yield await self._submit("reactivate", form, booking.reactivate, scope_of, "Reactivated. Everybody is told.")

    @rx.event
    @signed_in
    async def submit_finish(self, form: dict[str, Any]):
        """End a live session."""
        self.busy = True
        yield
        shape = partial(attendance_of, people=self._attendees() if self.card.place_kind != "online" else [])
        yield await self._submit("finish", form, meeting.finish, shape, "The session has ended.")

    @rx.event
    @signed_in
    async def submit_record(self, form: dict[str, Any]):
        """Record what became of it."""
        self.busy = True
        yield
        yield await self._submit("record", form, meeting.record, self._outcome_shape(), "Recorded.")

    @rx.event
    @signed_in
    async def submit_correct(self, form: dict[str, Any]):
        """Put the outcome right."""
        self.busy = True
        yield
        yield await self._submit("correct", form, meeting.correct, self._outcome_shape(), "Corrected.")

    @rx.event
    @signed_in
    async def submit_after(self, form: dict[str, Any]):
        """Keep the post-session details."""
        self.busy = True
        yield
        people = [] if self.card.is_group else self._attendees()
        shape = partial(write_up_draft, people=people)
        yield await self._submit("after", form, meeting.write_up, shape, "Saved.")

    @rx.event
    @signed_in
    async def submit_mark(self, form: dict[str, Any]):
        """Keep who came to a group."""
        self.busy = True
        yield
        shape = partial(marks_of, people=self._attendees(), before=self._ticks())
        yield await self._submit("mark", form, meeting.mark_attendance, shape, "Saved.")

    def _ticks(self) -> dict[int, bool]:
        """Say how the boxes stood before they were touched; of those who came in meanwhile, how they stand now."""
        return {person.id: person.attended for person in self.card.people} | self._ticked

    def _attendees(self) -> list[int]:
        return [person.id for person in self.card.people if not person.seat]

    def _outcome_shape(self) -> Callable[[FormTexts], tuple[OutcomeDraft]]:
        return partial(outcome_draft, people=self._attendees())


def cancel_draft(sent: FormTexts) -> tuple[CancelDraft]:
    """Shape the cancel form."""
    return (read(CancelDraft, _reason(sent)),)


def scope_of(sent: FormTexts) -> tuple[Scope]:
    """Shape a form that only asks how much of a series is meant."""
    return (read(Reason, _reason(sent)).scope,)


def reason_and_scope(sent: FormTexts) -> tuple[str, Scope]:
    """Shape the form that declines."""
    draft = read(Reason, _reason(sent))
    return draft.reason, draft.scope


def outcome_draft(sent: FormTexts, *, people: list[int]) -> tuple[OutcomeDraft]:
    """Shape the outcome and the correction."""
    texts = {"outcome": sent.get("outcome", ""), "note": sent.get("note", "")}
    return (read(OutcomeDraft, texts | {"attended": who_came(sent, people)}),)


def write_up_draft(sent: FormTexts, *, people: list[int]) -> tuple[WriteUpDraft]:
    """Shape the post-session details."""
    texts = {name: sent.get(name, "") for name in ("covered", "next_steps")}
    return (read(WriteUpDraft, texts | {"attended": who_came(sent, people)}),)


def attendance_of(sent: FormTexts, *, people: list[int]) -> tuple[dict[int, bool]]:
    """Shape the form that ends a session."""
    return (who_came(sent, people),)


def who_came(sent: FormTexts, people: list[int]) -> dict[int, bool]:
    """Read the ticked boxes: whoever was asked about and is not ticked did not come."""
    return {person: sent.get(f"{CAME}{person}") == "on" for person in people}


def marks_of(sent: FormTexts, *, people: list[int], before: dict[int, bool]) -> tuple[dict[int, bool]]:
    """Shape the form about who came: only the boxes that were touched, for others join while it is open."""
    now = who_came(sent, people)
    return ({person: came for person, came in now.items() if came != before.get(person)},)


def _reason(sent: FormTexts) -> dict[str, str]:
    return {"reason": sent.get("reason", ""), "scope": sent.get("scope") or Scope.THIS}
