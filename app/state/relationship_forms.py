"""The forms of a whole relationship: arrange all, record what has been, end. Each submit is one command.

Fields are named `<form>_<field>`; a refusal leaves the form open with its texts at the fields.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock, spoken
from app.models.commands.arranging_all import arrange_all
from app.models.commands.ending import end
from app.models.commands.recording import record_past
from app.models.drafts import Draft, read
from app.models.drafts.relationships import ArrangeAllDraft, EndDraft, PastDraft
from app.models.errors import Refusal
from app.models.queries.arranging import Foreseen, foresee
from app.models.queries.relationship import RelationshipPage
from app.models.queries.session_times import TimeCheck
from app.state.ask import ask
from app.state.login import manager_only, signed_in, viewer_of
from app.state.relationship import FORMS, RelationshipState, texts_of_refusal
from app.state.session_edit import meeting_texts, time_texts
from app.state.session_fields import FormTexts, minutes_between, texts_of
from app.state.session_outcome import who_came

KEPT = "keep"
TYPED = ("day", "at", "every_weeks", "skips_clashes")


class RelationshipFormsState(RelationshipState):
    """What the forms do."""

    @rx.event
    @signed_in
    async def open_form(self, name: str) -> None:
        """Open one of the forms, filled with what is likely."""
        if name not in FORMS or not self.page.id:
            return
        self.form, self.form_key, self.values = name, uuid4().hex, self.page.form
        self.errors, self.check, self.foreseen = {}, TimeCheck(), Foreseen()
        form = self.values
        self._typed = {"day": form.day, "at": form.at, "minutes": str(form.minutes), "zone": form.zone}
        if name == "all":
            await self._look()

    @rx.event
    @signed_in
    async def note_typed(self, part: str, value: str) -> None:
        """Show at once what typed dates and hours would come to."""
        if part == "until":
            part, value = "minutes", minutes_between(self._typed.get("at", ""), str(value))
        if part in (*TYPED, "minutes"):
            self._typed = self._typed | {part: str(value)}
            await self._look()

    @rx.event
    @signed_in
    async def note_skips(self, skips: bool) -> None:
        """Show what becomes of the dates if those that are taken are left out, or not."""
        self._typed = self._typed | {"skips_clashes": "on" if skips is True else ""}
        await self._look()

    @rx.event
    @signed_in
    async def submit_all(self, form: dict[str, Any]):
        """Arrange everything that is still to be arranged."""
        self.busy = True
        yield
        yield await self._submit("all", form, arrange_all, all_draft)

    @rx.event
    @signed_in
    async def submit_past(self, form: dict[str, Any]):
        """Record a session that has been."""
        self.busy = True
        yield
        yield await self._submit("past", form, record_past, past_draft)

    @rx.event
    @manager_only
    async def submit_end(self, form: dict[str, Any]):
        """End the assignment."""
        self.busy = True
        yield
        yield await self._submit("end", form, end, end_draft)

    async def _submit(
        self,
        name: str,
        form: Any,
        command: Callable[..., Any],
        shape: Callable[[RelationshipPage, FormTexts], Draft],
    ) -> Any:
        sent, kept = texts_of(form, name), self._draft_name()
        try:
            draft = shape(self.page, sent)
        except Refusal as refusal:
            self.errors, self.busy = texts_of_refusal(refusal), False
            return None
        result = await self._give(command, sent.get("key", ""), draft)
        if result is None:
            return None
        self.form = ""
        return [rx.remove_session_storage(kept), rx.toast.success(said(name, result))]

    async def _look(self) -> None:
        """Foresee the dates of the typed ones; nothing where they cannot be read yet."""
        viewer, typed, relationship_id = viewer_of(self), dict(self._typed), self.page.id
        minutes = typed.get("minutes", "")
        self.check = TimeCheck(lasts=f"Lasts {spoken.duration(int(minutes))}" if minutes.isdecimal() else "")
        if self.form != "all":
            return
        try:
            draft = read(ArrangeAllDraft, typed | _ways(typed, relationship_id))
            self.foreseen = await ask(foresee, viewer, clock.now(), draft)
        except Refusal as refusal:
            self.foreseen = Foreseen(headline=str(refusal), look="danger")


def said(name: str, result: dict[str, Any]) -> str:
    """Say what was done."""
    if name == "all":
        count = len(result["session_ids"])
        done = "proposed" if result["asks"] else "arranged"
        words = f"1 session is {done}." if count == 1 else f"{count} sessions are {done}."
        return f"{words} {result['asks']}".strip()
    return "Recorded." if name == "past" else "The assignment has ended. Both are told."


def all_draft(page: RelationshipPage, sent: FormTexts) -> ArrangeAllDraft:
    """Shape the form that arranges all."""
    values = time_texts(sent) | _ways(sent, page.id) | {"details": sent.get("details", "")}
    return read(ArrangeAllDraft, values | {"meeting": meeting_texts(sent), "notifies": sent.get("notifies") == "on"})


def past_draft(page: RelationshipPage, sent: FormTexts) -> PastDraft:
    """Shape the form that records what has been."""
    values = time_texts(sent) | {name: sent.get(name, "") for name in ("outcome", "covered", "next_steps")}
    came = who_came(sent, [page.mentor.id, page.mentee.id])
    how = {"relationship_id": page.id, "meeting": meeting_texts(sent), "attended": came}
    return read(PastDraft, values | how)


def end_draft(page: RelationshipPage, sent: FormTexts) -> EndDraft:
    """Shape the form that ends it: every session to come that is not kept is cancelled."""
    cancels = [one.id for one in page.future if sent.get(f"future_{one.id}", "cancel") != KEPT]
    return read(EndDraft, {"relationship_id": page.id, "cancels": cancels, "reason": sent.get("reason", "")})


def _ways(sent: FormTexts, relationship_id: int) -> dict[str, Any]:
    every = sent.get("every_weeks", "1")
    return {
        "relationship_id": relationship_id,
        "every_weeks": 2 if every == "2" else 1,
        "skips_clashes": sent.get("skips_clashes") == "on",
    }
