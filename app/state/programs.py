"""The list of programmes, and the form for a new one. For managers."""

from functools import partial
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock
from app.models.commands.programs import add_program
from app.models.commands.run import perform
from app.models.drafts import read
from app.models.drafts.programs import NewProgramDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.programs import ProgramList, list_programs
from app.state.ask import ask
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import manager_only, viewer_of

NO_ERRORS = {"name": "", "kind": "", "form": ""}


class ProgramsState(rx.State):
    """What one manager sees of the programmes."""

    is_ready: bool = False
    found: ProgramList = ProgramList()
    shows_archived: bool = False
    may_add: bool = False
    adds: bool = False
    errors: dict[str, str] = NO_ERRORS
    _key: str = ""

    @rx.event
    @manager_only
    async def opened(self):
        """Read the list; /programs?archived=1 shows what is put away, ?new=1 opens the form."""
        asked = self.router.url.query_parameters
        self.shows_archived = asked.get("archived", "") == "1"
        viewer = viewer_of(self)
        await self._read(viewer)
        if asked.get("new", "") == "1" and viewer.is_org_manager:
            self._open_form()

    @rx.event(background=True)
    @manager_only
    async def watch(self):
        """Read again after each change, while the page is open."""
        await keep_up(self, self._read, managers=True)

    @rx.event
    @manager_only
    async def show_archived(self, shows: bool):
        """Show the archived programmes, or those that run."""
        self.shows_archived = shows
        await self._read(viewer_of(self))

    @rx.event
    @manager_only
    async def open_new(self):
        """Ask for a new programme's name and kind."""
        self._open_form()

    @rx.event
    @manager_only
    async def close_new(self):
        """Leave the form."""
        self.adds = False

    @rx.event
    @manager_only
    async def add(self, form: dict[str, Any]):
        """Begin a programme and lead to its settings."""
        viewer, key, self.errors = viewer_of(self), self._key, NO_ERRORS
        try:
            draft = read(NewProgramDraft, {name: form.get(name) for name in ("name", "kind")})
            made = await rx.run_in_thread(partial(perform, add_program, viewer, key, draft))
        except Refusal as refusal:
            self.errors = NO_ERRORS | refusal.by_field("form")
            return focus_soon("name")
        self.adds = False
        return rx.redirect(f"/programs/{made['program_id']}")

    def _open_form(self) -> None:
        self.adds, self.errors, self._key = True, NO_ERRORS, uuid4().hex

    async def _read(self, viewer: Viewer) -> None:
        self.may_add = viewer.is_org_manager
        try:
            found = await ask(list_programs, viewer, clock.now(), archived=self.shows_archived)
        except NotFound:
            found = ProgramList()
        if found != self.found:
            self.found = found
        self.is_ready = True
