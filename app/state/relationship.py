"""One relationship's page: who and how far, its sessions, and which of its forms is open.

Read anew at each opening, and whenever anybody commits a change. What is typed stays in the browser.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock
from app.models.commands.relationships import add_session
from app.models.commands.run import perform
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.arranging import Foreseen
from app.models.queries.relationship import RelationshipPage, load_relationship
from app.models.queries.session_forms import CardForm
from app.models.queries.session_times import TimeCheck
from app.state.ask import ask
from app.state.live import keep_up
from app.state.login import signed_in, viewer_of

ADDRESS = re.compile(r"/relationships/(\d{1,9})/?")
FORMS = ("all", "past", "end")


class RelationshipState(rx.State):
    """The page. `values` are what an open form began with, so that a refresh does not disturb it."""

    page: RelationshipPage = RelationshipPage()
    is_missing: bool = False
    form: str = ""
    form_key: str = ""
    values: CardForm = CardForm()
    errors: dict[str, str] = {}  # noqa: RUF012  # Reflex copies it for each browser
    busy: bool = False
    check: TimeCheck = TimeCheck()
    foreseen: Foreseen = Foreseen()
    _wanted: int = 0
    _typed: dict[str, str] = {}  # noqa: RUF012
    _add_key: str = ""

    @rx.event
    @signed_in
    async def opened(self) -> None:
        """Show the relationship of this address."""
        found = ADDRESS.fullmatch(self.router.url.path)
        self._wanted = as_id(found[1]) if found else 0
        if self.page.id != self._wanted:
            self.page, self.is_missing, self.form = RelationshipPage(), False, ""
        await self._read(viewer_of(self))
        self._add_key = uuid4().hex

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Read again after each change, while the page is open."""
        await keep_up(self, self._again)
        async with self:
            self.page, self.form = RelationshipPage(), ""

    async def _again(self, viewer: Viewer) -> None:
        if self._wanted:
            await self._read(viewer)

    @rx.event
    @signed_in
    async def close_form(self):
        """Close the form and forget what was typed in it."""
        kept = self._draft_name()
        self.form, self.errors, self.foreseen = "", {}, Foreseen()
        return rx.remove_session_storage(kept)

    @rx.event
    @signed_in
    async def add(self):
        """Add a session to be arranged; its Edit leads to the form that arranges it."""
        self.busy = True
        yield
        result = await self._give(add_session, self._add_key, self.page.id or self._wanted)
        if result is not None:
            self._add_key = uuid4().hex
            yield rx.toast.success(f"Session {result['number']} was added.")

    async def _give(self, command: Callable[..., Any], key: str, *args: Any) -> dict[str, Any] | None:
        """Carry out one command and read again. A refusal goes to its fields; then the result is None."""
        viewer = viewer_of(self)
        self.errors = {}
        try:
            result = await rx.run_in_thread(lambda: perform(command, viewer, key, *args))
        except Refusal as refusal:
            self.errors = texts_of_refusal(refusal)
            return None
        finally:
            self.busy = False
        await self._read(viewer)
        return result

    async def _read(self, viewer: Viewer) -> None:
        try:
            found = await ask(load_relationship, viewer, clock.now(), self._wanted)
        except NotFound:
            found = RelationshipPage()
        if found != self.page:
            self.page = found
        self.is_missing = not found.id

    def _draft_name(self) -> str:
        return f"draft:{self.form}:{self.page.id}:{self.page.viewer_id}"


def texts_of_refusal(refusal: Refusal) -> dict[str, str]:
    """Give a refusal's texts by the fields of the forms; a length is said at the end, which is what is asked for."""
    known = {"minutes": "until"} | {name: name for name in ("day", "at", "until", "place", "link", "passcode")}
    known |= {name: name for name in ("address", "reason", "outcome", "covered", "next_steps", "title", "details")}
    return refusal.by_field(name_of=lambda name: known.get(name.rpartition(".")[2], ""))
