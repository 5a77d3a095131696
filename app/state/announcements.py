"""The announcements page: what was sent, and the one being written.

The form is uncontrolled, so that nothing that was typed is lost; whom it would reach is looked
up anew at each choice, and once more before it is sent.
"""

from functools import partial
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models.commands.announcing import announce
from app.models.commands.run import perform
from app.models.drafts import read
from app.models.drafts.announcements import AnnouncementDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.queries.announcements import PAGE, Choices, Sent, load_choices, load_sent
from app.models.queries.audiences import find_readers
from app.models.words.announcements import REACH_WORDS
from app.state.announcement_form import (
    PARTS,
    Chosen,
    Option,
    Reached,
    audience_of,
    chosen_by,
    is_offered,
    people,
    read_reached,
    replaced,
)
from app.state.ask import ask
from app.state.finder import Finder
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import manager_only, viewer_of

MOST = 300


class AnnouncementsState(rx.State):
    """What one manager sees and writes."""

    is_ready: bool = False
    sent: rx.Field[list[Sent]] = rx.field(default_factory=list)
    has_more: bool = False
    is_writing: bool = False
    is_asking: bool = False
    choices: Choices = Choices()
    reaches: rx.Field[list[Option]] = rx.field(default_factory=list)
    chosen: Chosen = Chosen()
    reached: Reached = Reached()
    finder: Finder = Finder()
    errors: dict[str, str] = {}  # noqa: RUF012  # Reflex copies it for each browser
    subject: str = ""
    _text: str = ""
    _key: str = ""
    _most: int = PAGE

    @rx.event
    @manager_only
    async def opened(self):
        """Show the list; an address such as ?session=3, ?people=1,2 or ?new=1 opens the form filled in."""
        viewer, asked = viewer_of(self), self.router.url.query_parameters
        await self._list(viewer)
        if {"session", "sessions", "people", "new", "program"} & set(asked):
            await self._begin(viewer, await rx.run_in_thread(partial(chosen_by, viewer, dict(asked))))
        else:
            self.is_writing = False

    @rx.event(background=True)
    @manager_only
    async def follow(self):
        """Read the list again after each change, while the page is open."""
        await keep_up(self, self._list, managers=True)

    @rx.event
    @manager_only
    async def show_earlier(self):
        """Show more of what was sent."""
        self._most = min(self._most + PAGE, MOST)
        await self._list(viewer_of(self))

    @rx.event
    @manager_only
    async def write(self):
        """Open an empty form."""
        await self._begin(viewer_of(self), Chosen())
        return focus_soon("subject")

    @rx.event
    @manager_only
    async def leave(self):
        """Close the form; what was typed is forgotten."""
        self.is_writing, self.is_asking, self.errors = False, False, {}
        return rx.redirect("/announcements", replace=True)

    @rx.event
    @manager_only
    async def choose(self, name: str, value: str):
        """Choose one thing of the audience."""
        if name in ("reach", *PARTS.values()):
            self.chosen = replaced(self.chosen, name, str(value)[:400])
            self.finder = Finder()
            await self._look()

    @rx.event
    @manager_only
    async def search(self, typed: str):
        """Look for somebody to add."""
        viewer, words = viewer_of(self), str(typed)[:200]
        self.finder = Finder("person", words, await ask(find_readers, viewer, words))

    @rx.event
    @manager_only
    async def close_search(self):
        """Close the list of people found."""
        self.finder = Finder()

    @rx.event
    @manager_only
    async def add_person(self, person_id: int):
        """Add one of those who were found."""
        known = {one.id: one for one in (*self.chosen.people, *self.finder.found)}
        if person_id in known:
            ids = dict.fromkeys([*(one.id for one in self.chosen.people), person_id])
            self.chosen = replaced(self.chosen, "people", [known[one] for one in ids])
        self.finder = Finder()
        await self._look()
        return [rx.set_value("person-search", ""), focus_soon("person-search")]

    @rx.event
    @manager_only
    async def drop_person(self, person_id: int):
        """Take somebody out again."""
        left = [one for one in self.chosen.people if one.id != person_id]
        self.chosen = replaced(self.chosen, "people", left)
        await self._look()
        return focus_soon("person-search")

    @rx.event
    @manager_only
    async def ask(self, form: dict[str, Any]):
        """Check what was written, and ask once whether to send it to so many."""
        self.subject, self._text = str(form.get("subject", "")), str(form.get("text", ""))
        await self._look()
        try:
            self._draft()
        except Refusal as refusal:
            return self._refused(refusal)
        self.errors = {"reach": self.reached.wrong} if self.reached.wrong else {}
        self.is_asking = not self.reached.wrong
        return None

    @rx.event
    @manager_only
    async def stay(self):
        """Go back to the form."""
        self.is_asking = False

    @rx.event
    @manager_only
    async def send(self):
        """Send it."""
        if not self.is_asking:  # the second half of a double click
            return None
        viewer, key = viewer_of(self), self._key
        try:
            draft = self._draft()
            done = await rx.run_in_thread(lambda: perform(announce, viewer, key, draft))
        except Refusal as refusal:
            await self._look()
            return self._refused(refusal)
        self.is_asking, self.is_writing, self.errors = False, False, {}
        await self._list(viewer)
        return [rx.toast.success(f"Sent to {people(done['readers'])}."), rx.redirect("/announcements", replace=True)]

    async def _begin(self, viewer: Viewer, chosen: Chosen) -> None:
        self.choices = await ask(load_choices, viewer)
        self.reaches = [Option(one, word) for one, word in REACH_WORDS.items() if is_offered(one, self.choices, chosen)]
        self.chosen, self.errors, self._key = chosen, {}, uuid4().hex
        self.subject, self._text, self.is_asking, self.is_writing = "", "", False, True
        await self._look()

    async def _list(self, viewer: Viewer) -> None:
        found = await ask(load_sent, viewer, self._most + 1)
        shown = found[: self._most]
        if shown != self.sent:
            self.sent = shown
        self.has_more, self.is_ready = len(found) > self._most and self._most < MOST, True

    async def _look(self) -> None:
        self.reached = await rx.run_in_thread(partial(read_reached, viewer_of(self), audience_of(self.chosen)))

    def _draft(self) -> AnnouncementDraft:
        said = {"subject": self.subject, "text": self._text, "readers": self.reached.count}
        return read(AnnouncementDraft, said | {"audience": audience_of(self.chosen)})

    def _refused(self, refusal: Refusal) -> Any:
        self.is_asking = False
        self.errors = {name.removeprefix("audience."): text for name, text in refusal.by_field("reach").items()}
        return focus_soon(next((name for name in ("subject", "text") if name in self.errors), "reach-everybody"))
