"""One session's card on screen: which one is open, which of its forms, and the steps that need no form.

The card is read for whoever the cookie says, at each opening, at each change anybody commits,
and when the clock opens or closes a step. What is typed stays in the browser until it is sent.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock, hub
from app.models.commands.answering import accept
from app.models.commands.meeting import enter, start
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.meeting_server import SILENT, open_room
from app.models.permissions import Viewer
from app.models.queries.session_card import SessionCard, load_card, next_of_series
from app.models.queries.session_times import TimeCheck
from app.state.ask import ask
from app.state.login import find_viewer, signed_in, viewer_of
from app.state.session_fields import ABOUT_PEOPLE, STEP_OF_FORM, draft_name, texts_by_field

CLOCK_SECONDS = 15.0
"""So often an open card looks whether the clock has opened or closed a step."""
SETTLES_SECONDS = 0.5
"""So long a group's card waits before it is read again: many join in the same minute."""
BY_ADDRESS = ("edit", "meeting")
"""The forms that an address may open: those that the list of sessions leads to."""


class SessionCardState(rx.State):
    """The open card. `opened` lives in the browser's tab, so that a reload or a restart opens it again."""

    card: SessionCard = SessionCard()
    is_open: bool = False
    missing: bool = False
    form: str = ""
    form_key: str = ""
    form_version: int = 0
    errors: dict[str, str] = {}  # noqa: RUF012  # Reflex copies it for each browser
    changed: str = ""
    busy: bool = False
    check: TimeCheck = TimeCheck()
    opened: str = rx.SessionStorage("", name="meridian_card")
    _typed: dict[str, str] = {}  # noqa: RUF012
    _ticked: dict[int, bool] = {}  # noqa: RUF012  # who had a tick when the form about who came was opened
    _back: str = ""  # where a form that went well leads, on a page that shows one form at a time

    @rx.event
    @signed_in
    async def open_session(self, session_id: int) -> None:
        """Open a session's card over the page."""
        self._forget_form()
        self.is_open, self._back = True, ""
        await self._read(as_id(session_id))
        self._remember()

    @rx.event
    @signed_in
    async def close(self) -> None:
        """Close the card."""
        self._forget_form()
        self.is_open, self.missing, self.card = False, False, SessionCard()
        self._remember()

    @rx.event
    @signed_in
    async def load_page(self):
        """Read the session whose own page was opened, and open the form that was open before a reload.

        An address such as /s/7?form=edit opens a form, once.
        """
        wanted = as_id(self.router.url.path.rstrip("/").rpartition("/")[2])
        if "next" in self.router.url.query_parameters and (now := await self._next_of(wanted)) != wanted:
            return rx.redirect(f"/s/{now}", replace=True)
        self.is_open, self._back = False, ""
        if wanted != self.card.id:
            self._forget_form()
        await self._read(wanted)
        self._reopen_form()
        asked = str(self.router.url.query_parameters.get("form", ""))
        if asked in BY_ADDRESS and not self.form and self._may(STEP_OF_FORM[asked]):
            self._begin_form(asked)
        self._remember()
        return rx.redirect(f"/s/{wanted}", replace=True) if asked else None

    @rx.event
    @signed_in
    async def resume(self) -> None:
        """Open the card again that was open on this page before a reload or a restart of the server."""
        where, session_id, _ = self._remembered()
        self._back = ""
        is_here = where == self.router.url.path and as_id(session_id) > 0
        if not is_here:
            self._forget_form()
            self.is_open, self.card = False, SessionCard()
            return
        await self._read(as_id(session_id))
        self.is_open, self.missing = self.card.id > 0, False
        self._reopen_form()

    @rx.event(background=True)
    @signed_in
    async def follow(self) -> None:
        """Read the open card again whenever something was committed, as long as the page is open."""
        while True:
            mark = hub.seen()
            async with self:
                if not await self._refresh():
                    return
            await hub.news(mark, within=CLOCK_SECONDS)
            if self.card.is_group:
                await asyncio.sleep(SETTLES_SECONDS)

    @rx.event
    @signed_in
    async def open_form(self, name: str) -> None:
        """Open one of the card's forms, filled with what the session is now."""
        await self._read(self.card.id)
        if name in STEP_OF_FORM and self._may(STEP_OF_FORM[name]):
            self._begin_form(name)

    @rx.event
    @signed_in
    async def close_form(self):
        """Close the form and forget what was typed in it."""
        kept = self._draft_name()
        self._forget_form()
        self._remember()
        return rx.remove_session_storage(kept)

    @rx.event
    @signed_in
    async def join(self):
        """Go in, and open the meeting in a new tab. The card then shows its link too."""
        self.busy = True
        yield
        yield await self._go_in(enter)

    @rx.event
    @signed_in
    async def start_session(self):
        """Start as the host."""
        self.busy = True
        yield
        yield await self._go_in(start)

    @rx.event
    @signed_in
    async def accept(self):
        """Accept the time; of a series it is asked which dates."""
        if self.card.form.in_series:
            self._begin_form("accept")
            return
        self.busy = True
        yield
        if await self._give(accept, self._key("accept"), self.card.id) is not None:
            self._forget_form()
            yield rx.toast.success("Accepted. Everybody is told.")

    async def _go_in(self, command: Callable[..., dict[str, Any]]) -> Any:
        way = await self._give(command, "", self.card.id)
        if not way or not way["link"]:
            return None
        if way["create"] and not await open_room(way["create"]):
            self.errors = {"": SILENT}
            return None
        return rx.redirect(way["link"], is_external=True)

    async def _give(self, command: Callable[..., Any], key: str, *args: Any) -> dict[str, Any] | None:
        """Carry out one command and read again. A refusal goes to its fields; then the result is None."""
        viewer = viewer_of(self)
        self.errors = {}
        try:
            result = await rx.run_in_thread(lambda: perform(command, viewer, key, *args))
        except Refusal as refusal:
            self.errors = texts_by_field(refusal, self.form)
            result = None
        finally:
            self.busy = False
        await self._read(self.card.id)
        return result

    async def _read(self, session_id: int) -> None:
        viewer = viewer_of(self)
        try:
            card = await ask(load_card, viewer, clock.now(), session_id)
        except NotFound:
            self.missing, self.card = True, SessionCard()
            return
        self.missing = False
        if card != self.card:
            self.card = card

    async def _next_of(self, session_id: int) -> int:
        viewer = viewer_of(self)
        return await rx.run_in_thread(lambda: find_next(viewer, session_id))

    async def _refresh(self) -> bool:
        """Read the shown card again; False when nobody is signed in any more."""
        if find_viewer(self) is None:
            self._forget_form()
            self.is_open, self.card = False, SessionCard()
            return False
        if self.card.id:
            await self._read(self.card.id)
            self._compare()
        return True

    def _compare(self) -> None:
        """Say that the session changed under an open form."""
        if not self.form or self.form in ABOUT_PEOPLE or self.card.version == self.form_version:
            return
        now = f"{self.card.day}, {self.card.hours}".rstrip(", ")
        self.changed = (
            f"Somebody changed this session meanwhile. It is now: {self.card.word}, {now}, {self.card.place}."
        )

    def _begin_form(self, name: str) -> None:
        self.form, self.form_key, self.form_version = name, uuid4().hex, self.card.version
        self.errors, self.changed, self.check = {}, "", TimeCheck()
        form = self.card.form
        self._typed = {"day": form.day, "at": form.at, "minutes": str(form.minutes), "zone": form.zone}
        self._ticked = {person.id: person.attended for person in self.card.people}
        self._remember()

    def _forget_form(self) -> None:
        self.form, self.errors, self.changed, self.check, self.busy = "", {}, "", TimeCheck(), False

    def _reopen_form(self) -> None:
        form = self._remembered()[2]
        if form in STEP_OF_FORM and not self.form and self._may(STEP_OF_FORM[form]):
            self._begin_form(form)

    def _may(self, step: str) -> bool:
        return self.card.id > 0 and (not step or step in self.card.steps or step in self.card.room.steps)

    def _key(self, step: str) -> str:
        return f"{step}:{self.card.id}:{self.card.version}"

    def _draft_name(self) -> str:
        return draft_name(self.form, self.card)

    def _remember(self) -> None:
        shown = self.card.id and (self.is_open or self.form)
        self.opened = f"{self.router.url.path}|{self.card.id}|{self.form}" if shown else ""

    def _remembered(self) -> tuple[str, str, str]:
        parts = [*str(self.opened).split("|"), "", "", ""]
        return parts[0], parts[1], parts[2]


def find_next(viewer: Viewer, session_id: int) -> int:
    """Find the session of its series that is on or comes next; the same one for a stranger, who is told nothing."""
    with suppress(NotFound), reading() as db:
        return next_of_series(db, viewer, clock.now(), session_id)
    return session_id
