"""One programme: its settings, and putting it away. What is typed stays when somebody else saves meanwhile."""

from functools import partial
from typing import Any

import reflex as rx

from app.models.commands.programs import archive_program, edit_program, restore_program
from app.models.commands.run import perform
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.programs import ProgramPage, read_program
from app.models.words import KIND_WORDS, ProgramKind
from app.state.ask import ask
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import manager_only, viewer_of
from app.state.program_form import (
    FOCUS_OF,
    NO_ERRORS,
    ReminderFields,
    TypeRow,
    draft_of,
    moved,
    reminder_fields,
    type_rows,
)

PARTS = ("settings", "members")


class ProgramState(rx.State):
    """`stored` is what is stored now; `program` is what the form was filled with."""

    stored: ProgramPage = ProgramPage()
    program: ProgramPage = ProgramPage()
    part: str = "settings"
    is_missing: bool = False
    is_stale: bool = False
    types: list[TypeRow] = []  # noqa: RUF012  # Reflex copies it for each browser
    types_said: str = ""
    words: dict[str, str] = {}  # noqa: RUF012
    words_drawn: str = ""
    reminders: ReminderFields = ReminderFields()
    drawn: str = ""
    errors: dict[str, str] = NO_ERRORS
    asks_archive: bool = False
    _wanted: int = 0

    @rx.event
    @manager_only
    async def opened(self):
        """Show the programme of this address, and the part it names."""
        self._wanted = as_id(self.router.url.path.rstrip("/").rpartition("/")[2])
        asked = self.router.url.query_parameters.get("part", "")
        self.part = asked if asked in PARTS else "settings"
        self.asks_archive, self.errors = False, NO_ERRORS
        if self.program.id != self._wanted:
            self.program = self.stored = ProgramPage()
        await self._read(viewer_of(self))

    @rx.event(background=True)
    @manager_only
    async def watch(self):
        """Read again after each change, while the page is open."""
        await keep_up(self, self._again, managers=True)

    async def _again(self, viewer: Viewer) -> None:
        if self._wanted:
            await self._read(viewer)

    @rx.event
    @manager_only
    async def propose_words(self, kind: str):
        """Propose the words usual for a kind of programme."""
        if kind in set(ProgramKind):
            words = KIND_WORDS[ProgramKind(kind)]
            self.words = {
                "mentor_word": words.mentor,
                "mentors_word": words.mentors,
                "mentee_word": words.mentee,
                "mentees_word": words.mentees,
            }
            self.words_drawn = f"{self.drawn}:{kind}"

    @rx.event
    @manager_only
    async def move_type(self, key: int, step: int):
        """Move a session type up or down in the order."""
        self.types = moved(self.types, key, 1 if step > 0 else -1)
        place = next((place for place, row in enumerate(self.types, 1) if row.key == key), 0)
        self.types_said = f"Now number {place} of {len(self.types)}."
        at_end = place in (1, len(self.types))
        return focus_soon(f"type-{key}" if at_end else f"type-{key}-{'down' if step > 0 else 'up'}")

    @rx.event
    @manager_only
    async def add_type(self):
        """Ask for one more session type."""
        key = max((row.key for row in self.types), default=-1) + 1
        self.types = [*self.types, TypeRow(key, "")]

    @rx.event
    @manager_only
    async def remove_type(self, key: int):
        """Take a session type out of the form."""
        self.types = [row for row in self.types if row.key != key]
        return focus_soon("types-add")

    @rx.event
    @manager_only
    async def save(self, form: dict[str, Any]):
        """Keep the settings; what is refused is said at its field."""
        viewer, program, self.errors = viewer_of(self), self.program, NO_ERRORS
        try:
            draft = draft_of(form, self.types)
            await rx.run_in_thread(partial(perform, edit_program, viewer, "", program.id, draft, program.seen))
            self._fill(await ask(read_program, viewer, program.id))
        except Refusal as refusal:
            self.errors = NO_ERRORS | refusal.by_field("form")
            wrong = next((name for name in NO_ERRORS if self.errors[name]), "name")
            return focus_soon(FOCUS_OF.get(wrong, wrong))
        return [rx.toast.success("Saved. Sessions that exist stay as they are."), focus_soon("save")]

    @rx.event
    @manager_only
    async def take_stored(self):
        """Fill the form with what is stored now, in place of what was typed."""
        self.errors = NO_ERRORS
        self._fill(await ask(read_program, viewer_of(self), self._wanted))
        return focus_soon("name")

    @rx.event
    @manager_only
    async def ask_archive(self, asks: bool):
        """Ask whether the programme shall be put away, or leave the question."""
        self.asks_archive = asks

    @rx.event
    @manager_only
    async def archive(self):
        """Put the programme away."""
        self.asks_archive = False
        return await self._carry_out(archive_program, "is archived. Its sessions remain; nothing new can be booked.")

    @rx.event
    @manager_only
    async def restore(self):
        """Open the programme again."""
        return await self._carry_out(restore_program, "runs again.")

    async def _carry_out(self, command: Any, words: str):
        viewer, program_id = viewer_of(self), self._wanted
        await rx.run_in_thread(partial(perform, command, viewer, "", program_id))
        await self._read(viewer)
        return rx.toast.success(f"{self.stored.name} {words}")

    async def _read(self, viewer: Viewer) -> None:
        try:
            found = await ask(read_program, viewer, self._wanted)
        except NotFound:
            found = ProgramPage()
        self.is_missing = not found.id
        if found.id and self.program.id != found.id:
            self._fill(found)
        elif found != self.stored:
            self.stored = found
        self.is_stale = found.id != 0 and found.seen != self.program.seen

    def _fill(self, found: ProgramPage) -> None:
        self.stored = self.program = found
        self.types, self.types_said = type_rows(found.session_types), ""
        self.words = {
            name: getattr(found, name) for name in ("mentor_word", "mentors_word", "mentee_word", "mentees_word")
        }
        self.reminders = reminder_fields(found.reminder_minutes)
        self.drawn = self.words_drawn = f"{found.id}:{found.seen}"
        self.is_stale = False
