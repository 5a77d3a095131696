"""The list of group sessions, and repeating one on other dates."""

from functools import partial
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models import clock
from app.models.commands.duplicating import duplicate
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts.groups import MOST_DATES, DuplicateDraft
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.group_forms import Repeated, list_programs, read_repeated
from app.models.queries.group_outlook import Foresight, foresee_dates
from app.models.queries.groups import AHEAD, PAGE, PAST, GroupLine, GroupList, list_groups, runs_groups
from app.state.ask import ask
from app.state.book_form import text_of
from app.state.focus import focus_soon
from app.state.group_fields import read_dates
from app.state.live import keep_up
from app.state.login import signed_in, viewer_of

MOST = 1_000
FIRST_DATES = 3
DAYS = tuple(f"day-{number}" for number in range(MOST_DATES))
NAMES = frozenset({"at", *DAYS})
"""The fields of the window that asks for dates."""


class GroupsState(rx.State):
    """The list as one browser tab shows it."""

    is_ready: bool = False
    is_for_me: bool = True
    can_create: bool = False
    part: str = AHEAD
    lines: rx.Field[list[GroupLine]] = rx.field(default_factory=list)
    has_more: bool = False
    repeated: Repeated = Repeated()
    dates: int = FIRST_DATES
    outlook: Foresight = Foresight()
    error: str = ""
    _most: int = PAGE
    _key: str = ""
    _typed: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @signed_in
    async def opened(self):
        """Show the part of the list that the address names."""
        wanted = self.router.url.query_parameters.get("show", AHEAD)
        self.part, self._most = (PAST if wanted == PAST else AHEAD), PAGE
        self.repeated = Repeated()
        await self._list(viewer_of(self))
        duplicated = as_id(self.router.url.query_parameters.get("duplicate", ""))
        return await self._begin(duplicated) if duplicated else None

    @rx.event(background=True)
    @signed_in
    async def follow(self):
        """Read the list again after each change, while the page is open."""
        await keep_up(self, self._list)

    @rx.event
    @signed_in
    async def show_more(self):
        """Show more of the list."""
        self._most = min(self._most + PAGE, MOST)
        await self._list(viewer_of(self))

    @rx.event
    @signed_in
    async def ask_dates(self, session_id: int):
        """Ask for the dates to repeat a session on; 0 closes the window."""
        if session_id <= 0:
            self._end()
            return None
        return await self._begin(session_id)

    @rx.event
    @signed_in
    async def look_ahead(self, name: str, typed: str):
        """Take over the hour or a date, and say at once how all of them would go."""
        if text_of(name) not in NAMES:
            return
        self._typed = self._typed | {name: text_of(typed)}
        viewer, session, form = viewer_of(self), self.repeated.id, self._typed
        self.outlook, self.error = await rx.run_in_thread(partial(_look_ahead, viewer, session, form)), ""

    @rx.event
    @signed_in
    async def add_date(self):
        """Offer one date more."""
        self.dates = min(self.dates + 1, MOST_DATES)
        return focus_soon(f"day-{self.dates - 1}")

    @rx.event
    @signed_in
    async def repeat(self, form: Any):
        """Create the session again on the dates of the form."""
        viewer, session, key = viewer_of(self), self.repeated.id, self._key
        try:
            count = await rx.run_in_thread(partial(_repeat, viewer, key, session, form))
        except Refusal as refusal:
            self.error = " ".join(str(problem) for problem in refusal.problems)
            return None
        self._end()
        await self._list(viewer)
        return rx.toast.success("Created!" if count == 1 else f"Created {count} sessions!")

    def _end(self) -> None:
        self.repeated, self.outlook, self.error = Repeated(), Foresight(), ""

    async def _begin(self, session_id: int):
        viewer = viewer_of(self)
        try:
            self.repeated = await ask(read_repeated, viewer, session_id)
        except NotFound as error:
            return rx.toast.error(str(error))
        self._key, self._typed, self.dates = uuid4().hex, {"at": self.repeated.at}, FIRST_DATES
        self.outlook, self.error = Foresight(), ""
        return None

    async def _list(self, viewer: Viewer) -> None:
        found, can_create = await rx.run_in_thread(partial(_read_list, viewer, self.part, self._most))
        if found.lines != self.lines:
            self.lines = found.lines
        self.has_more = found.has_more
        self.is_for_me, self.can_create, self.is_ready = runs_groups(viewer), can_create, True


def _repeat(viewer: Viewer, key: str, session_id: int, form: object) -> int:
    made = perform(duplicate, viewer, key, session_id, _draft(viewer, form)) or {}
    return len(made.get("session_ids", []))


def _look_ahead(viewer: Viewer, session_id: int, form: object) -> Foresight:
    try:
        draft = _draft(viewer, form)
    except Refusal:  # nothing is chosen yet
        return Foresight()
    with reading() as db:
        return foresee_dates(db, viewer, clock.now(), session_id, draft)


def _draft(viewer: Viewer, form: object) -> DuplicateDraft:
    sent: dict[str, Any] = form if isinstance(form, dict) else {}
    days = [str(sent.get(day, ""))[:20] for day in DAYS]
    return read_dates(days, str(sent.get("at", ""))[:20], viewer.zone)


def _read_list(viewer: Viewer, part: str, most: int) -> tuple[GroupList, bool]:
    with reading() as db:
        # Managers have a list of their own, of all sessions.
        found = GroupList() if viewer.is_manager else list_groups(db, viewer, clock.now(), part, most)
        return found, bool(list_programs(db, viewer))
