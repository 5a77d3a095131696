"""The booking page: the form being filled, what it would come to, and sending it.

The state is only a copy of what is in the browser, which keeps the unfinished form itself
(book.js); after a restart it is filled again from there.
"""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from app.models.commands.booking import book
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.queries.booking import SIDES, Party, ProgramChoice
from app.models.queries.outlook import Outlook
from app.models.queries.people import find_to_book
from app.state.book_booked import Booked, booked_from
from app.state.book_form import (
    DEFAULTS,
    NO_ERRORS,
    TEXTS,
    changed_fields,
    errors_of,
    id_of,
    new_form,
    read_booking,
    sent_form,
    text_of,
)
from app.state.book_screen import Screen, read_screen
from app.state.finder import Finder
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import signed_in, viewer_of
from app.state.unfinished import ask_for_kept, forget_kept

FOCUS_OF = {"mentor": "mentor-search", "mentee": "mentee-search", "place": "place-online", "ends": "times"}


class BookState(rx.State):
    """The form and the panel of one browser tab."""

    is_ready: bool = False
    shown: dict[str, str] = DEFAULTS
    version: int = 0  # grows when the server fills fields in; those are then drawn anew
    errors: dict[str, str] = NO_ERRORS
    fixed: str = ""
    mentor: Party = Party()
    mentee: Party = Party()
    programs: rx.Field[list[ProgramChoice]] = rx.field(default_factory=list)
    program: ProgramChoice = ProgramChoice()
    makes_rooms: bool = False
    zones: rx.Field[list[str]] = rx.field(default_factory=list)
    may_choose_zone: bool = False
    finder: Finder = Finder()
    outlook: Outlook = Outlook()
    booked: Booked = Booked()
    _fields: dict[str, str] = DEFAULTS

    @rx.event
    @signed_in
    async def opened(self):
        """Ask the browser for an unfinished form of this address; it answers with `fill_in`."""
        self.booked = Booked()
        return ask_for_kept(viewer_of(self), BookState.fill_in)

    @rx.event
    @signed_in
    async def fill_in(self, kept: Any):
        """Fill the form from the link and from what the browser kept, and show it."""
        kept = kept if isinstance(kept, Mapping) else {}
        draft = kept.get("fields")
        link = self.router.url.query_parameters
        self._fields = new_form(dict(link), draft if isinstance(draft, Mapping) else {})
        self.errors = NO_ERRORS
        await self._refresh()
        self.version += 0 if kept.get("is_shown") is True and self.is_ready else 1
        self.is_ready = True

    @rx.event
    @signed_in
    async def change(self, form: Any):
        """Take over what the form shows now, and look ahead again where it matters."""
        sent = changed_fields(self.shown, form)
        if self.booked.session_id or not sent:
            return
        self._fields = self._fields | sent
        self.errors = self.errors | dict.fromkeys(sent, "")
        if not TEXTS.issuperset(sent):
            await self._refresh()

    @rx.event
    @signed_in
    async def choose_program(self, program_id: str):
        """Take a programme, "" for none yet."""
        self._fields = self._fields | {"program": text_of(program_id)}
        self.errors = self.errors | {"program": ""}
        await self._refresh()

    @rx.event
    @signed_in
    async def search(self, side: str, typed: str):
        """Look for people on one side of the booking."""
        if text_of(side) not in SIDES:
            return
        viewer, other = viewer_of(self), id_of(self.shown, "mentee" if side == "mentor" else "mentor")
        program = 0 if other else id_of(self._fields, "program")
        self.finder = await rx.run_in_thread(lambda: find(viewer, side, text_of(typed), other, program))

    @rx.event
    @signed_in
    async def close_search(self):
        """Close the list of people found."""
        self.finder = Finder()

    @rx.event
    @signed_in
    async def choose(self, side: str, person_id: int):
        """Take a person for one side; 0 takes them away again."""
        if text_of(side) not in SIDES:
            return None
        self._fields = self._fields | {side: text_of(person_id or "")}
        self.finder = Finder()
        self.errors = self.errors | {side: ""}
        await self._refresh()
        return focus_soon(self._next_focus(side) if person_id else f"{side}-search")

    @rx.event
    @signed_in
    async def take_time(self, date: str, time: str):
        """Take over a free time, or only another day."""
        taken = {"date": text_of(date)} | ({"time": text_of(time)} if time else {})
        self._fields = self._fields | taken
        self.errors = self.errors | {"date": "", "time": ""}
        self.version += 1
        await self._refresh()
        return focus_soon("time" if time else "date")

    @rx.event
    @signed_in
    async def submit(self, form: Any):
        """Book. What is refused is said at its field; nothing that was typed is lost."""
        if self.booked.session_id:  # the second half of a double click
            return None
        self._fields = self._fields | sent_form(form)
        try:
            self.booked = await self._book(viewer_of(self))
        except Refusal as refusal:
            return await self._show_refusal(refusal)
        self._fields = new_form({}, {})
        return [forget_kept(), rx.toast.success(self.booked.toast), focus_soon("booked-title")]

    @rx.event
    @signed_in
    async def start_again(self):
        """Empty the form, for another booking or because it went wrong."""
        self._fields = new_form({}, {})
        self.booked, self.errors, self.finder = Booked(), NO_ERRORS, Finder()
        self.version += 1
        await self._refresh()
        return forget_kept()

    @rx.event(background=True)
    @signed_in
    async def watch(self):
        """Look ahead again whenever something was booked or moved elsewhere, while the page is open."""
        await keep_up(self, self._again)

    async def _again(self, _viewer: Viewer) -> None:
        if self.is_ready and not self.booked.session_id:
            await self._refresh()

    async def _book(self, viewer: Viewer) -> Booked:
        draft = read_booking(self._fields)
        key = self._fields["key"]
        result = await rx.run_in_thread(lambda: perform(book, viewer, key, draft))
        asks = self.program.asks_confirmation and not viewer.manages(draft.program_id)
        return booked_from(draft, result or {}, self.mentor, self.mentee, asks=asks)

    async def _refresh(self) -> None:
        viewer, fields = viewer_of(self), self._fields
        self._take(viewer, await rx.run_in_thread(lambda: read_screen(viewer, fields)))

    def _take(self, viewer: Viewer, screen: Screen) -> None:
        self.shown, self.program, self.outlook = screen.shown, screen.program, screen.outlook
        choices = screen.choices
        self.mentor, self.mentee, self.fixed = choices.mentor, choices.mentee, choices.fixed
        self.programs, self.makes_rooms = choices.programs, choices.makes_rooms
        self.zones, self.may_choose_zone = choices.zones, viewer.is_manager

    async def _show_refusal(self, refusal: Refusal):
        self.errors = errors_of(refusal, self.program.mentor, self.program.mentee)
        await self._refresh()
        wrong = next((name for name in DEFAULTS if self.errors[name]), "form")
        return focus_soon(FOCUS_OF.get(wrong, wrong))

    def _next_focus(self, side: str) -> str:
        if side == "mentor" and not self.mentee.id:
            return "mentee-search"
        return "program" if len(self.programs) > 1 and not self.program.id else "date"


def find(viewer: Viewer, side: str, typed: str, other_id: int, program_id: int) -> Finder:
    """Look for people who may be booked on one side."""
    with reading() as db:
        found = find_to_book(db, viewer, typed, SIDES[side], other_id=other_id or None, program_id=program_id or None)
    return Finder(side, typed, found)
