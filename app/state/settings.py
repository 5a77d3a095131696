"""The settings page of the organisation (P7). The logo goes by plain HTTP (delivery/doors.py)."""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models.commands.organisation import change_settings, send_test_mail
from app.models.commands.run import perform
from app.models.drafts import OrganisationDraft, read
from app.models.errors import NotFound, Refusal
from app.models.queries.organisation import Settings, read_settings
from app.state.ask import ask
from app.state.focus import focus_soon
from app.state.login import manager_only, viewer_of
from app.state.shell import LoginState
from app.state.sign_in import said_to

FIELDS = tuple(OrganisationDraft.model_fields)
NO_ERRORS = dict.fromkeys((*FIELDS, "form"), "")
EMPTY = Settings("", "UTC", "", "", "", "", "", "", "", False)


class SettingsState(rx.State):
    """What one manager of the organisation sees of its settings."""

    is_ready: bool = False
    missing: bool = False
    shown: Settings = EMPTY
    errors: dict[str, str] = NO_ERRORS
    logo_problem: str = ""
    drawn: str = ""  # names what the fields were filled with; another name draws them anew
    test_key: str = ""

    @manager_only
    async def open_settings(self):
        """Read the settings."""
        self.errors, self.missing = NO_ERRORS, False
        self.logo_problem, self.test_key = said_to(self).get("problem", ""), uuid4().hex
        try:
            self.shown = await ask(read_settings, viewer_of(self))
        except NotFound:
            self.missing, self.shown = True, EMPTY
        self.drawn = name_of(self.shown)
        self.is_ready = True

    @manager_only
    async def save(self, form: dict[str, Any]):
        """Keep the settings; what is refused is said at its field."""
        viewer, self.errors = viewer_of(self), NO_ERRORS
        try:
            draft = draft_of(form)
            keeps = not draft.bbb_secret
            await rx.run_in_thread(partial(perform, change_settings, viewer, "", draft, keeps_secret=keeps))
            self.shown = await ask(read_settings, viewer)
        except Refusal as refusal:
            self.errors = NO_ERRORS | refusal.by_field("form")
            return focus_soon(next((name for name in FIELDS if self.errors[name]), "name"))
        self.drawn = name_of(self.shown)
        return [LoginState.enter, rx.toast.success("Saved.")]

    @manager_only
    async def test_mail(self):
        """Send a mail to oneself."""
        viewer, key = viewer_of(self), self.test_key
        await rx.run_in_thread(partial(perform, send_test_mail, viewer, key))
        self.test_key = uuid4().hex
        return rx.toast.success(f"A test mail to {viewer.email} is on its way; the Mail page shows what became of it.")


def draft_of(form: Mapping[str, Any]) -> OrganisationDraft:
    """Read what the form sent. Raises Refusal."""
    sent = {name: _text(form.get(name)) for name in FIELDS}
    return read(OrganisationDraft, sent | {"mail_sender": sent["mail_sender"].strip() or None})


def name_of(shown: object) -> str:
    """Name what a form was filled with: the same after a restart, another after a change."""
    return sha256(repr(shown).encode()).hexdigest()[:16]


def _text(value: object) -> str:
    return value[:20_000] if isinstance(value, str) else ""
