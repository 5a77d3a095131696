"""Handing a mentor's relationships and group sessions to another: what, to whom, and what would become of it (P12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock, spoken
from app.models.commands.handing_over import hand_over
from app.models.commands.handing_plan import Fate, SessionFate, outlook
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts import read
from app.models.drafts.relationships import HandOverDraft
from app.models.errors import Refusal
from app.models.ids import as_id
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.queries.people import PersonFound
from app.models.queries.person_handing import Holding, load_holding
from app.state.ask import ask
from app.state.book_form import text_of
from app.state.finder import NOBODY, Finder
from app.state.focus import focus_soon
from app.state.login import manager_only, viewer_of
from app.state.person_edit import ticked
from app.state.person_pairs import find

NO_ERRORS: dict[str, str] = dict.fromkeys(("taker", "what", "reason", "form"), "")
PLACES = {"to_id": "taker", "relationship_ids": "what", "session_ids": "what", "reason": "reason"}


@dataclass(frozen=True)
class FateLine:
    """A session whose time the other has taken, and what becomes of it."""

    id: int
    title: str
    when: str
    words: str
    why: str


@dataclass(frozen=True)
class Ahead:
    """What would happen: in a sentence, and the sessions that cannot simply go. `is_ready` once it was looked at."""

    is_ready: bool = False
    words: str = ""
    clashes: list[FateLine] = field(default_factory=list[FateLine])


class PersonHandOverState(rx.State):
    """The window; `from_id` is whose it is, 0 while it is closed."""

    from_id: int = 0
    key: str = ""
    holding: Holding = Holding()
    finder: Finder = Finder()
    taker: PersonFound = NOBODY
    ahead: Ahead = Ahead()
    errors: dict[str, str] = NO_ERRORS
    _pairs: list[int] = []  # noqa: RUF012  # Reflex copies it for each browser
    _groups: list[int] = []  # noqa: RUF012

    @rx.event
    @manager_only
    async def open_window(self, person_id: int):
        """Show what they could hand over; all of it is ticked."""
        viewer = viewer_of(self)
        try:
            self.holding = await ask(load_holding, viewer, clock.now(), person_id)
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        self._pairs, self._groups = [one.id for one in self.holding.pairs], [one.id for one in self.holding.groups]
        self.taker, self.finder, self.ahead = NOBODY, Finder(), Ahead()
        self.errors, self.key, self.from_id = NO_ERRORS, uuid4().hex, person_id
        return None

    @rx.event
    @manager_only
    async def close(self):
        """Leave everything with them."""
        self.from_id, self.holding, self.taker, self.ahead = 0, Holding(), NOBODY, Ahead()

    @rx.event
    @manager_only
    async def search(self, typed: str):
        """Look for somebody who could take it."""
        viewer, from_id = viewer_of(self), self.from_id
        found = await rx.run_in_thread(partial(find, viewer, "instructors", from_id, typed))
        self.finder = Finder("taker", typed, found)

    @rx.event
    @manager_only
    async def close_search(self):
        """Close the list of people found."""
        self.finder = Finder()

    @rx.event
    @manager_only
    async def choose(self, person_id: int):
        """Take one of those found, and look what would happen; 0 takes them away again."""
        self.taker = next((one for one in self.finder.found if one.id == person_id), NOBODY)
        self.finder = Finder()
        await self._look()
        return focus_soon("reason" if self.taker.id else "taker-search")

    @rx.event
    @manager_only
    async def tick(self, kind: str, one: int, on: bool):
        """Take a relationship or a group session in or out, and look again."""
        before = self._pairs if kind == "pair" else self._groups
        after = [other for other in before if other != one] + ([one] if on else [])
        if kind == "pair":
            self._pairs = after
        else:
            self._groups = after
        await self._look()

    @rx.event
    @manager_only
    async def submit(self, form: dict[str, Any]):
        """Hand over what is ticked."""
        viewer, name, key = viewer_of(self), self.taker.name, text_of(form.get("key"))
        try:
            await rx.run_in_thread(lambda: perform(hand_over, viewer, key, read_hand_over(form)))
        except Refusal as refusal:
            self.errors = errors_of(refusal)
            return focus_soon("taker-search" if self.errors["taker"] else "hand-over-error")
        self.from_id, self.ahead = 0, Ahead()
        return rx.toast.success(f"Handed over to {name}. Everybody concerned is told." if name else "Handed over.")

    async def _look(self) -> None:
        self.errors, self.ahead = NO_ERRORS, Ahead()
        if not self.taker.id or not (self._pairs or self._groups):
            return
        asked = (viewer_of(self), self.from_id, self.taker.id, tuple(self._pairs), tuple(self._groups))
        try:
            self.ahead = await rx.run_in_thread(partial(look_ahead, *asked))
        except Refusal as refusal:
            self.errors = errors_of(refusal)


def errors_of(refusal: Refusal) -> dict[str, str]:
    """Give a refusal's texts by the fields of this window."""
    return NO_ERRORS | refusal.by_field("form", lambda name: PLACES.get(name, ""))


def read_hand_over(form: Mapping[str, Any]) -> HandOverDraft:
    """Read who hands what to whom. Raises Refusal."""
    sent: dict[str, Any] = {"from_id": as_id(form.get("person_id")), "to_id": as_id(form.get("taker"))}
    if not sent["to_id"]:
        raise Refusal.of("to_id", "Nobody is chosen yet.", "Search by name or e-mail.")
    sent |= {"relationship_ids": ticked(form, "pair"), "session_ids": ticked(form, "group")}
    return read(HandOverDraft, sent | {"reason": text_of(form.get("reason"))})


def look_ahead(viewer: Viewer, from_id: int, to_id: int, pairs: Sequence[int], groups: Sequence[int]) -> Ahead:
    """Say in words what would become of what is ticked. Raises Refusal."""
    with reading() as db:
        found = outlook(db, viewer, clock.now(), from_id, to_id, pairs, groups)
    fates = [(one, pair.mentee_name) for pair in found.pairs for one in pair.sessions]
    fates += [(one, "Group session") for one in found.groups]
    going = sum(1 for one, _ in fates if one.fate == Fate.GOES and one.start_at is not None)
    clashes = [_fate_line(one, who, viewer.zone) for one, who in fates if one.fate != Fate.GOES]
    times = "1 session keeps its time." if going == 1 else f"{going} sessions keep their time."
    return Ahead(True, times, clashes)


def _fate_line(one: SessionFate, who: str, zone: str) -> FateLine:
    when = spoken.span(Period(one.start_at, one.end_at), zone) if one.start_at and one.end_at else ""
    words = "Becomes to be arranged" if one.fate == Fate.TIME_OFF else "Must be moved first, or left out"
    return FateLine(one.session_id, f"{one.name} · {who}", when, words, one.message)
