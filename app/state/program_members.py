"""The members of one programme: who they are, and bringing them in and out. Cohorts too."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import uuid4

import reflex as rx

from app.models.commands.programs import add_member, change_member, remove_member, rename_cohort
from app.models.commands.run import perform
from app.models.drafts import read
from app.models.drafts.programs import CohortDraft, MembershipDraft
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.people import PersonFound, find_people
from app.models.queries.programs import Member, MemberFilter, Members, list_members
from app.models.words import Role
from app.state.ask import ask
from app.state.finder import NOBODY, Finder
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import manager_only, viewer_of

NO_ERRORS = {"person_id": "", "role": "", "cohort": "", "name": "", "form": ""}
NO_MEMBER = Member(0, 0, "", "", "", "", "", "", "", "", False)


@dataclass(frozen=True)
class Asked:
    """The open window: "" none, add, cohort, remove or rename; whom or which cohort it is about."""

    what: str = ""
    member: Member = NO_MEMBER
    cohort: str = ""


class ProgramMembersState(rx.State):
    """What one manager sees of a programme's members."""

    found: Members = Members()
    wanted: MemberFilter = MemberFilter()
    is_ready: bool = False
    asked: Asked = Asked()
    errors: dict[str, str] = NO_ERRORS
    chosen: PersonFound = NOBODY
    finder: Finder = Finder()
    _program: int = 0
    _key: str = ""

    @rx.event
    @manager_only
    async def opened(self):
        """Read the members of this address's programme."""
        program = as_id(self.router.url.path.rstrip("/").rpartition("/")[2])
        if program != self._program:
            self._program, self.wanted, self.found, self.is_ready = program, MemberFilter(), Members(), False
        self.asked = Asked()
        await self._read(viewer_of(self))

    @rx.event(background=True)
    @manager_only
    async def watch(self):
        """Read again after each change, while the page is open."""
        await keep_up(self, self._again, managers=True)

    async def _again(self, viewer: Viewer) -> None:
        if self._program:
            await self._read(viewer)

    @rx.event
    @manager_only
    async def look_for(self, typed: str):
        """Narrow the list to names and e-mails."""
        await self._narrow(typed=typed[:200])

    @rx.event
    @manager_only
    async def choose_role(self, role: str):
        """Narrow the list to a role, "" for all."""
        await self._narrow(role=role if role in set(Role) else "")

    @rx.event
    @manager_only
    async def choose_cohort(self, cohort: str):
        """Narrow the list to a cohort, "" for all."""
        await self._narrow(cohort=cohort[:100])

    @rx.event
    @manager_only
    async def go_to(self, page: int):
        """Show another page."""
        self.wanted = replace(self.wanted, page=page)
        await self._read(viewer_of(self))

    @rx.event
    @manager_only
    async def ask(self, what: str, member_id: int, cohort: str):
        """Open a window, about a member of the list or a cohort."""
        member = next((row for row in self.found.rows if row.id == member_id), NO_MEMBER)
        self.asked, self.errors, self.chosen = Asked(what, member, cohort), NO_ERRORS, NOBODY
        self.finder, self._key = Finder(), uuid4().hex

    @rx.event
    @manager_only
    async def close(self):
        """Close the window."""
        self.asked = Asked()

    @rx.event
    @manager_only
    async def search(self, typed: str):
        """Look for somebody to add."""
        viewer = viewer_of(self)
        self.finder = Finder("person_id", typed, await ask(find_people, viewer, typed))

    @rx.event
    @manager_only
    async def close_search(self):
        """Close the list of people found."""
        self.finder = Finder()

    @rx.event
    @manager_only
    async def choose(self, person_id: int):
        """Take one of the people found; 0 takes them away again."""
        self.chosen = next((one for one in self.finder.found if one.id == person_id), NOBODY)
        self.finder = Finder()
        return focus_soon("role" if self.chosen.id else "person_id-search")

    @rx.event
    @manager_only
    async def add(self, form: dict[str, Any]):
        """Bring the chosen person in."""
        raw = {"program_id": self._program, "person_id": self.chosen.id or None}
        raw |= {name: form.get(name) for name in ("role", "cohort")}
        return await self._do(lambda: (add_member, read(MembershipDraft, raw)), f"{self.chosen.name} is a member now.")

    @rx.event
    @manager_only
    async def save_cohort(self, form: dict[str, Any]):
        """Put the member of the window into a cohort."""
        member, cohort = self.asked.member, str(form.get("cohort") or "")
        return await self._do(lambda: (change_member, member.id, cohort), "Saved.")

    @rx.event
    @manager_only
    async def remove(self):
        """Take the member of the window out of the programme."""
        member = self.asked.member
        return await self._do(
            lambda: (remove_member, member.id), f"{member.name} is no {member.role_word.lower()} here any more."
        )

    @rx.event
    @manager_only
    async def rename(self, form: dict[str, Any]):
        """Give the cohort of the window another name."""
        raw = {"program_id": self._program, "cohort": self.asked.cohort, "name": str(form.get("name") or "")}
        return await self._do(lambda: (rename_cohort, read(CohortDraft, raw)), "Saved.")

    async def _do(self, request: Any, words: str):
        viewer, key, self.errors = viewer_of(self), self._key, NO_ERRORS
        try:
            command, *args = request()
            await rx.run_in_thread(partial(perform, command, viewer, key, *args))
        except Refusal as refusal:
            self.errors = NO_ERRORS | refusal.by_field("form")
            return None
        self.asked = Asked()
        await self._read(viewer)
        return rx.toast.success(words)

    async def _narrow(self, **values: str) -> None:
        self.wanted = replace(self.wanted, page=1, **values)
        await self._read(viewer_of(self))

    async def _read(self, viewer: Viewer) -> None:
        program, wanted = self._program, self.wanted
        try:
            found = await ask(list_members, viewer, program, wanted)
        except NotFound:
            found = Members()
        if found != self.found:
            self.found = found
        self.is_ready = True
