"""The forms about one person: their facts, roles and tags; leaving and coming back.

Whom a form is about travels in it as a hidden field; the commands check who may.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock
from app.models.commands.leaving import deactivate, reactivate_person
from app.models.commands.people import edit_person
from app.models.commands.run import perform
from app.models.drafts import read
from app.models.drafts.people import DeactivateDraft, EditPersonDraft
from app.models.errors import Refusal
from app.models.ids import as_id
from app.models.queries.person_form import ComingLine, PersonForm, fingerprint, load_form, load_leaving
from app.state.ask import ask
from app.state.book_form import text_of
from app.state.focus import focus_soon
from app.state.login import manager_only, viewer_of

NO_ERRORS: dict[str, str] = dict.fromkeys(
    ("first_name", "last_name", "email", "zone", "bio", "tags", "roles", "rank", "reason", "form"), ""
)


class PersonEditState(rx.State):
    """Which window is open ("edit", "deactivate" or none), about whom, and what it starts from."""

    window: str = ""
    person_id: int = 0
    key: str = ""
    form: PersonForm = PersonForm()
    coming: list[ComingLine] = []  # noqa: RUF012  # Reflex copies it for each browser
    errors: dict[str, str] = NO_ERRORS

    @rx.event
    @manager_only
    async def open_edit(self, person_id: int):
        """Open the form, filled with what they are now."""
        viewer = viewer_of(self)
        try:
            self.form = await ask(load_form, viewer, person_id)
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        self._show("edit", person_id)
        return None

    @rx.event
    @manager_only
    async def submit_edit(self, form: dict[str, Any]):
        """Save what was changed; what is refused is said at its field."""
        shown = self.form
        if not await self._give(edit_person, form, lambda: [read_edit(shown, form), fingerprint(shown)]):
            wrong = next((name for name in NO_ERRORS if self.errors[name]), "form")
            return focus_soon("edit-error" if wrong == "form" else wrong)
        return rx.toast.success("Saved.")

    @rx.event
    @manager_only
    async def open_deactivate(self, person_id: int):
        """Ask what becomes of their future sessions."""
        viewer = viewer_of(self)
        try:
            self.coming = await ask(load_leaving, viewer, clock.now(), person_id)
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        self._show("deactivate", person_id)
        return None

    @rx.event
    @manager_only
    async def submit_deactivate(self, form: dict[str, Any]):
        """Deactivate, and cancel the sessions that are ticked."""
        if await self._give(deactivate, form, lambda: [read_deactivate(form)]):
            return rx.toast.success("Deactivated. They can no longer sign in.")
        return focus_soon("reason" if self.errors["reason"] else "deactivate-error")

    @rx.event
    @manager_only
    async def reactivate(self, person_id: int):
        """Let them sign in again."""
        if await self._give(reactivate_person, {"person_id": person_id}, list):
            return rx.toast.success("They can sign in again.")
        return rx.toast.error(self.errors["form"])

    @rx.event
    @manager_only
    async def close(self):
        """Close the window and forget what it showed."""
        self._show("")

    def _show(self, window: str, person_id: int = 0) -> None:
        self.window, self.person_id, self.errors = window, person_id, NO_ERRORS
        self.key = uuid4().hex if window else ""

    async def _give(self, command: Callable[..., Any], form: Mapping[str, Any], rest: Callable[[], list[Any]]) -> bool:
        """Carry out a command about the form's person and close the window; False where it was refused."""
        viewer, self.errors = viewer_of(self), NO_ERRORS
        key, person_id = text_of(form.get("key")), as_id(form.get("person_id"))
        try:
            args = rest()
            await rx.run_in_thread(lambda: perform(command, viewer, key, person_id, *args))
        except Refusal as refusal:
            self.errors = errors_of(refusal)
            return False
        self._show("")
        return True


def errors_of(refusal: Refusal) -> dict[str, str]:
    """Give a refusal's texts by the fields of these forms; what has no field there is said of the whole."""
    return NO_ERRORS | refusal.by_field("form", _place)


def _place(field: str) -> str:
    name = field.split(".", maxsplit=1)[0]
    return name if name in NO_ERRORS else ""


def read_edit(shown: PersonForm, form: Mapping[str, Any]) -> EditPersonDraft:
    """Read the form about their facts. Raises Refusal."""
    sent = {name: text_of(form.get(name)) for name in ("first_name", "last_name", "email", "zone")}
    bio = text_of(form["bio"]) if "bio" in form else None
    tags = [tag for tag in (one.strip() for one in text_of(form.get("tags")).split(",")) if tag]
    roles = [_role(one.name, form) for one in shown.roles if form.get(f"role-{one.name}")]
    rank = text_of(form.get("rank")) if shown.ranks and "rank" in form else None
    more = {"zone": sent["zone"] or None, "bio": bio, "tags": tags, "roles": roles, "rank": rank}
    return read(EditPersonDraft, sent | more)


def _role(name: str, form: Mapping[str, Any]) -> dict[str, Any]:
    program_id, _, role = name.partition(":")
    return {"program_id": program_id, "role": role, "cohort": text_of(form.get(f"cohort-{name}"))}


def read_deactivate(form: Mapping[str, Any]) -> DeactivateDraft:
    """Read which sessions go with them, and why. Raises Refusal."""
    return read(DeactivateDraft, {"cancels": ticked(form, "cancel"), "reason": text_of(form.get("reason"))})


def ticked(form: Mapping[str, Any], prefix: str) -> list[int]:
    """Give the ids of the ticked boxes named "prefix-id"."""
    return [
        as_id(name.removeprefix(f"{prefix}-"))
        for name, value in form.items()
        if value and name.startswith(f"{prefix}-")
    ]
