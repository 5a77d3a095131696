"""The form of a group session: a new one, or one that is there already.

The state is only a copy of what is in the browser, which keeps the unfinished form itself
(book.js); after a restart it is filled again from there.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from typing import Any

import reflex as rx

from app.models import clock
from app.models.commands.inviting import remove
from app.models.commands.publishing import edit_group, publish
from app.models.commands.run import perform
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.group_forms import GroupForm, GroupProgram, SeatLine, load_group_form
from app.models.queries.group_outlook import Everybody, Foresight
from app.models.queries.people import PersonFound
from app.state.ask import ask
from app.state.book_form import id_of, text_of
from app.state.finder import NOBODY, Finder
from app.state.focus import focus_soon
from app.state.group_fields import (
    DEFAULTS,
    LENGTH,
    NO_ERRORS,
    changed_fields,
    errors_of,
    everybody_of,
    new_form,
    people_of,
    read_group,
    written,
)
from app.state.group_screen import Screen, find, read_screen
from app.state.live import keep_up
from app.state.login import signed_in, viewer_of
from app.state.unfinished import ask_for_kept, forget_kept
from app.state.untouched import fill_untouched

TEXTS = frozenset(
    {"title", "details", "link", "passcode", "address", "recommended_for", "categories", "medium", "image"}
)
"""What changes nothing beside itself."""
FILLED_IN = ("program", "platform", *LENGTH)
"""What the server may have filled in; a form that leaves it so means it."""
FOCUS_OF = {"host": "host-search", "place": "place-online", "invites": "invite-search"}


class GroupFormState(rx.State):
    """The form of one browser tab; `editing` is the session's id, 0 for a new one."""

    is_ready: bool = False
    missing: str = ""
    editing: int = 0
    heading: str = ""
    shown: dict[str, str] = DEFAULTS
    version: int = 0  # grows when the server fills fields in; those are then drawn anew
    errors: dict[str, str] = NO_ERRORS
    changed: str = ""
    programs: rx.Field[list[GroupProgram]] = rx.field(default_factory=list)
    program: GroupProgram = GroupProgram()
    host: PersonFound = NOBODY
    makes_rooms: bool = False
    foresight: Foresight = Foresight()
    everybody: rx.Field[list[Everybody]] = rx.field(default_factory=list)
    groups: rx.Field[list[Everybody]] = rx.field(default_factory=list)
    people: rx.Field[list[PersonFound]] = rx.field(default_factory=list)
    invited_words: str = ""
    invited_look: str = ""
    resize_words: str = ""
    seats: rx.Field[list[SeatLine]] = rx.field(default_factory=list)
    leaving: SeatLine = SeatLine(0, "", "", "", "", "")
    finder: Finder = Finder()
    _fields: dict[str, str] = DEFAULTS
    _done: bool = False

    @rx.event
    @signed_in
    async def opened(self):
        """Ask the browser for an unfinished form of this address; it answers with `fill_in`."""
        self._done, self.changed, self.missing = False, "", ""
        self.finder, self.is_ready = Finder(), False
        return ask_for_kept(viewer_of(self), GroupFormState.fill_in)

    @rx.event
    @signed_in
    async def fill_in(self, kept: Any):
        """Fill the form from the session, and from what the browser kept, and show it."""
        draft = kept.get("fields") if isinstance(kept, Mapping) else None
        viewer, wanted = viewer_of(self), self._wanted()
        try:
            form = await ask(load_group_form, viewer, clock.now(), wanted) if wanted else None
        except NotFound as error:
            self.missing, self.is_ready = str(error), True
            return None
        if form and form.has_meeting_left:
            return rx.redirect(f"/s/{wanted}?form=meeting", replace=True)
        self.editing, self.heading, self.missing = wanted, form.title if form else "", form.closed if form else ""
        self._fields = self._begun(viewer, form, draft if isinstance(draft, Mapping) else {})
        self.errors = NO_ERRORS
        await self._refresh()
        self.version, self.is_ready = self.version + 1, True
        return None

    @rx.event
    @signed_in
    async def change(self, form: Any):
        """Take over what the form shows now, and look ahead again where it matters."""
        sent = changed_fields(self.shown, form)
        if self._done or not sent:
            return None
        self._fields = self._fields | sent
        self.errors = self.errors | dict.fromkeys(sent, "")
        if TEXTS.issuperset(sent):
            self.shown = self.shown | sent
            return None
        before = self.shown
        await self._refresh()
        filled = {name: (before[name], self.shown[name]) for name in LENGTH if before[name] != self.shown[name]}
        return fill_untouched(filled) if filled and LENGTH[0] not in sent else None

    @rx.event
    @signed_in
    async def search(self, side: str, typed: str):
        """Look for a host, or for somebody to invite."""
        if text_of(side) not in ("host", "invite"):
            return None
        viewer, program, taken = viewer_of(self), self.program.id, self._taken()
        words, begins = text_of(typed)[:200], self.finder.where != side
        found = await rx.run_in_thread(partial(find, viewer, side, program, words, taken))
        self.finder = Finder(side, words, found)
        return focus_soon("host-search") if begins and side == "host" else None

    @rx.event
    @signed_in
    async def close_search(self):
        """Close the list of people found."""
        self.finder = Finder()

    @rx.event
    @signed_in
    async def choose_host(self, person_id: int):
        """Take somebody as host; 0 is the creator again."""
        self._fields = self._fields | {"host": text_of(person_id or "")}
        self.finder = Finder()
        self.errors = self.errors | {"host": ""}
        await self._refresh()
        return focus_soon("host-search")

    @rx.event
    @signed_in
    async def invite(self, person_id: int):
        """Add somebody to those who will be invited."""
        people = [*people_of(self._fields), id_of({"id": text_of(person_id)}, "id")]
        await self._set_people(people)
        self.finder = Finder()
        return focus_soon("invite-search")

    @rx.event
    @signed_in
    async def leave_out(self, person_id: int):
        """Take somebody out of those who will be invited."""
        await self._set_people([one for one in people_of(self._fields) if one != person_id])
        return focus_soon("invite-search")

    @rx.event
    @signed_in
    async def invite_everybody(self, value: str):
        """Add everybody of a cohort, a tag or the programme."""
        kind, _, name = text_of(value).partition(":")
        await self._set_groups([*everybody_of(self._fields), (kind, name)])

    @rx.event
    @signed_in
    async def leave_out_everybody(self, value: str):
        """Take such a group out again."""
        kind, _, name = text_of(value).partition(":")
        await self._set_groups([one for one in everybody_of(self._fields) if one != (kind, name)])
        return focus_soon("invite-search")

    @rx.event
    @signed_in
    async def ask_remove(self, person_id: int):
        """Ask whether somebody should lose their seat; 0 closes the window."""
        nobody = SeatLine(0, "", "", "", "", "")
        self.leaving = next((one for one in self.seats if one.id == person_id), nobody)

    @rx.event
    @signed_in
    async def remove(self):
        """Take the seat of the one who was asked about."""
        viewer, session_id, person_id = viewer_of(self), self.editing, self.leaving.id
        self.leaving = SeatLine(0, "", "", "", "", "")
        try:
            await rx.run_in_thread(lambda: perform(remove, viewer, "", session_id, person_id))
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        await self._refresh()
        return rx.toast.success("Removed. They are told.")

    @rx.event
    @signed_in
    async def submit(self, form: Any):
        """Publish or save. What is refused is said at its field; nothing that was typed is lost."""
        if self._done:  # the second half of a double click
            return None
        sent = form if isinstance(form, Mapping) else {}
        known = {name: self.shown[name] for name in FILLED_IN}
        self._fields = self._fields | known | changed_fields(self.shown, sent)
        try:
            made = await self._send(viewer_of(self))
        except Refusal as refusal:
            return await self._show_refusal(refusal)
        self._done = True
        return leave_for(made, "Saved." if self.editing else "Created!")

    @rx.event(background=True)
    @signed_in
    async def watch(self):
        """Look ahead again whenever something was committed elsewhere, while the page is open."""
        await keep_up(self, self._again)

    async def _again(self, _viewer: Viewer) -> None:
        if self.is_ready and not self._done and not self.missing:
            await self._refresh()

    async def _send(self, viewer: Viewer) -> dict[str, Any]:
        draft, key = read_group(self._fields), self._fields["key"]
        if not self.editing:
            return await rx.run_in_thread(lambda: perform(publish, viewer, key, draft)) or {}
        known = id_of(self._fields, "version") or None
        session_id = self.editing
        return await rx.run_in_thread(lambda: perform(edit_group, viewer, key, session_id, draft, known)) or {}

    async def _show_refusal(self, refusal: Refusal):
        self.errors = errors_of(refusal)
        await self._refresh()
        wrong = next((name for name in NO_ERRORS if self.errors[name]), "form")
        return focus_soon(FOCUS_OF.get(wrong, wrong))

    async def _refresh(self) -> None:
        viewer, typed, editing = viewer_of(self), self._fields, self.editing
        try:
            self._take(await rx.run_in_thread(partial(read_screen, viewer, typed, editing)))
        except NotFound as error:
            self.missing = str(error)

    def _take(self, screen: Screen) -> None:
        for part in fields(screen):
            name, value = part.name, getattr(screen, part.name)
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _begun(self, viewer: Viewer, form: GroupForm | None, draft: Mapping[str, Any]) -> dict[str, str]:
        link = self.router.url.query_parameters
        start = dict(form.fields) if form else {"zone": viewer.zone, "program": text_of(link.get("program", ""))}
        return new_form(draft, start)

    def _wanted(self) -> int:
        parts = self.router.url.path.strip("/").split("/")
        return id_of({"id": parts[1]}, "id") if len(parts) == 3 and parts[2] == "edit" else 0

    def _taken(self) -> set[int]:
        return {*people_of(self._fields), *(one.id for one in self.seats), self.host.id}

    async def _set_people(self, people: list[int]) -> None:
        self._fields = self._fields | {"people": ",".join(map(str, dict.fromkeys(one for one in people if one)))}
        self.errors = self.errors | {"invites": ""}
        await self._refresh()

    async def _set_groups(self, groups: list[tuple[str, str]]) -> None:
        self._fields = self._fields | {"everybody": written(groups)}
        self.errors = self.errors | {"invites": ""}
        await self._refresh()


def leave_for(made: dict[str, Any], said: str) -> list[rx.event.EventSpec]:
    """Forget what the browser kept, show the session, and say what there is to say."""
    warnings = [rx.toast.warning(made["warning"], duration=10_000)] if made.get("warning") else []
    return [forget_kept(), rx.redirect(f"/s/{made['session_id']}"), rx.toast.success(said), *warnings]
