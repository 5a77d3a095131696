"""Assigning on a person's page, ending an assignment, and closing the messages of a pair."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock
from app.models.commands.assigning import assign_pair
from app.models.commands.ending import end
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts import read
from app.models.drafts.relationships import EndDraft, PairDraft
from app.models.errors import Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.people import MOST, PersonFound, find_people
from app.models.queries.person_form import ComingLine, ProgramFit, load_ending, load_fits
from app.models.words import Role
from app.state.ask import ask
from app.state.book_form import text_of
from app.state.finder import NOBODY, Finder
from app.state.focus import focus_soon
from app.state.login import manager_only, signed_in, viewer_of
from app.state.person_edit import ticked

SIDES = {"instructors": Role.MENTOR, "students": Role.MENTEE}
"""Who is looked for on which part of the page."""
NO_ERRORS: dict[str, str] = dict.fromkeys(("other", "program", "form"), "")
NO_END_ERRORS: dict[str, str] = dict.fromkeys(("reason", "form"), "")


class PersonPairsState(rx.State):
    """The Assign box, and the window that ends an assignment."""

    finder: Finder = Finder()
    chosen: PersonFound = NOBODY
    programs: list[ProgramFit] = []  # noqa: RUF012  # Reflex copies it for each browser
    program: str = ""
    key: str = ""
    errors: dict[str, str] = NO_ERRORS
    ending: int = 0
    ending_name: str = ""
    coming: list[ComingLine] = []  # noqa: RUF012
    end_key: str = ""
    end_errors: dict[str, str] = NO_END_ERRORS
    _address: str = ""

    @rx.event
    @signed_in
    async def begin(self):
        """Empty the box where another person or part is opened; a mere reconnection leaves it as it is."""
        url = self.router.url
        address = f"{url.path}?{url.query_parameters.get('part', '')}"
        if address != self._address:
            self._address = address
            self._empty()
            self.ending = 0

    @rx.event
    @manager_only
    async def search(self, side: str, person_id: int, typed: str):
        """Look for whom to assign."""
        if side in SIDES:
            viewer = viewer_of(self)
            self.finder = Finder("other", typed, await rx.run_in_thread(partial(find, viewer, side, person_id, typed)))

    @rx.event
    @manager_only
    async def close_search(self):
        """Close the list of people found."""
        self.finder = Finder()

    @rx.event
    @manager_only
    async def choose(self, side: str, person_id: int, other_id: int):
        """Take one of those found, and propose the programme that fits; 0 takes them away again."""
        chosen = next((one for one in self.finder.found if one.id == other_id), NOBODY)
        self._empty()
        if not chosen.id or side not in SIDES:
            return focus_soon("other-search")
        viewer = viewer_of(self)
        self.programs, only = await rx.run_in_thread(partial(fits_of, viewer, side, person_id, other_id))
        self.chosen, self.program, self.key = chosen, str(only or ""), uuid4().hex
        return focus_soon("assign-save" if only else "program")

    @rx.event
    @manager_only
    async def choose_program(self, program_id: str):
        """Take a programme for the two."""
        self.program, self.errors = program_id, NO_ERRORS

    @rx.event
    @manager_only
    async def save(self, form: dict[str, Any]):
        """Assign the two; the list shows it in every browser that is open on it."""
        viewer, name, self.errors = viewer_of(self), self.chosen.name, NO_ERRORS
        try:
            made = await rx.run_in_thread(
                lambda: perform(assign_pair, viewer, text_of(form.get("key")), read_pair(form))
            )
        except Refusal as refusal:
            self.errors = errors_of(refusal, form)
            return focus_soon("program" if self.errors["program"] else "other-search")
        self._empty()
        new, old = rx.toast.success(f"{name} is assigned."), rx.toast.info(f"{name} was already assigned.")
        return [new if made["is_new"] else old, focus_soon("other-search")]

    @rx.event
    @manager_only
    async def open_end(self, relationship_id: int, name: str):
        """Ask what becomes of the sessions to come."""
        viewer = viewer_of(self)
        try:
            self.coming = await ask(load_ending, viewer, clock.now(), relationship_id)
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        self.ending, self.ending_name, self.end_key = relationship_id, name, uuid4().hex
        self.end_errors = NO_END_ERRORS
        return None

    @rx.event
    @manager_only
    async def submit_end(self, form: dict[str, Any]):
        """End the assignment and cancel the sessions that are ticked."""
        viewer, name = viewer_of(self), self.ending_name
        try:
            await rx.run_in_thread(lambda: perform(end, viewer, text_of(form.get("key")), read_end(form)))
        except Refusal as refusal:
            texts = refusal.by_field("form")
            reason = texts.pop("reason", "")
            self.end_errors = {"reason": reason, "form": " ".join(texts.values())}
            return focus_soon("reason" if reason else "end-error")
        self.ending = 0
        return rx.toast.success(f"The assignment of {name} has ended." if name else "The assignment has ended.")

    @rx.event
    @manager_only
    async def close_end(self):
        """Leave the assignment as it is."""
        self.ending, self.coming = 0, []

    def _empty(self) -> None:
        self.finder, self.chosen = Finder(), NOBODY
        self.programs, self.program, self.key, self.errors = [], "", "", NO_ERRORS


def read_pair(form: Mapping[str, Any]) -> PairDraft:
    """Read who is assigned to whom. Raises Refusal."""
    person, other = as_id(form.get("person_id")), as_id(form.get("other"))
    mentor, mentee = (other, person) if form.get("side") == "instructors" else (person, other)
    return read(PairDraft, {"program_id": as_id(form.get("program")), "mentor_id": mentor, "mentee_id": mentee})


def errors_of(refusal: Refusal, form: Mapping[str, Any]) -> dict[str, str]:
    """Give a refusal's texts by the fields of the Assign box."""
    theirs = "mentor_id" if form.get("side") == "instructors" else "mentee_id"
    places = {"program_id": "program", theirs: "other"}
    return NO_ERRORS | refusal.by_field("form", lambda name: places.get(name, ""))


def read_end(form: Mapping[str, Any]) -> EndDraft:
    """Read what of an assignment ends. Raises Refusal."""
    sent = {"relationship_id": as_id(form.get("relationship_id")), "reason": text_of(form.get("reason"))}
    return read(EndDraft, sent | {"cancels": ticked(form, "cancel")})


def find(viewer: Viewer, side: str, person_id: int, typed: str) -> list[PersonFound]:
    """Look for people of the role that is missing on this part of the page."""
    with reading() as db:
        found = find_people(db, viewer, typed, role=SIDES[side], limit=MOST + 1)
    return [one for one in found if one.id != person_id][:MOST]


def fits_of(viewer: Viewer, side: str, person_id: int, other_id: int) -> tuple[list[ProgramFit], int]:
    """Read the programmes for a pair in a connection of its own."""
    mentor, mentee = (other_id, person_id) if side == "instructors" else (person_id, other_id)
    with reading() as db:
        return load_fits(db, viewer, mentor, mentee)
