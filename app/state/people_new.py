"""The wizard for a new person: which step is shown, who is chosen, and adding the person at the end.

The state is only a copy of what is in the browser, which keeps the unfinished form itself
(book.js); after a restart it is filled again from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.models.commands.people import EmailTaken, add_person, check_address
from app.models.commands.run import perform
from app.models.drafts.people import NewPersonDraft
from app.models.errors import Refusal
from app.models.queries.people_new import Options, ProgramOption, find_others, load_options
from app.models.words import Role
from app.state.ask import ask
from app.state.finder import Finder
from app.state.focus import focus_soon
from app.state.login import manager_only, viewer_of
from app.state.mail_server import mails_leave
from app.state.people_new_form import (
    CHOOSE,
    DEFAULTS,
    DETAILS,
    MOST_CHOSEN,
    NO_ERRORS,
    REDRAWS,
    chosen_of,
    errors_of,
    new_form,
    program_of,
    read_person,
    role_of,
    steps_for,
    typed_fields,
)
from app.state.unfinished import ask_for_kept, forget_kept
from app.state.untouched import fill_untouched

NOT_SENT = "No mail was sent: no mail server is set. Copy their first-access link, and hand it on yourself."
HEADINGS = {name: f"step-{name}" for name in ("details", "choose", "check")}


@dataclass(frozen=True)
class Added:
    """Who was added; id 0 is nobody yet."""

    id: int = 0
    name: str = ""
    words: str = ""
    offers_link: bool = False
    book_href: str = ""


class PeopleNewState(rx.State):
    """The form of one browser tab."""

    is_ready: bool = False
    shown: dict[str, str] = DEFAULTS
    version: int = 0  # grows when the server fills fields in; those are then drawn anew
    errors: dict[str, str] = NO_ERRORS
    steps: rx.Field[list[str]] = rx.field(default_factory=list)
    options: Options = Options()
    program: ProgramOption = ProgramOption()
    finder: Finder = Finder()
    taken_href: str = ""
    mails_leave: bool = True
    added: Added = Added()

    @rx.event
    @manager_only
    async def opened(self):
        """Ask the browser for an unfinished form; it answers with `fill_in`."""
        self.added, self.mails_leave = Added(), mails_leave()
        return ask_for_kept(viewer_of(self), PeopleNewState.fill_in)

    @rx.event
    @manager_only
    async def fill_in(self, kept: Any):
        """Fill the form from the link and from what the browser kept, and show it; one that is shown already stays."""
        kept = kept if isinstance(kept, Mapping) else {}
        found = kept.get("fields")
        if self.is_ready and kept.get("is_shown") is True:
            self.shown = self.shown | typed_fields(found)
        else:
            link = dict(self.router.url.query_parameters)
            self.shown, self.version = new_form(link, found if isinstance(found, Mapping) else {}), self.version + 1
        self.errors, self.taken_href, self.finder = NO_ERRORS, "", Finder()
        await self._refresh()
        self.is_ready = True

    @rx.event
    @manager_only
    async def change(self, form: Any):
        """Take over what the form shows now."""
        sent = {name: text for name, text in typed_fields(form).items() if text != self.shown[name]}
        if self.added.id or not sent:
            return
        self.shown = self.shown | sent
        self.errors = self.errors | dict.fromkeys(sent, "")
        self.taken_href = "" if "email" in sent else self.taken_href
        if REDRAWS & sent.keys():
            await self._refresh()

    @rx.event
    @manager_only
    async def search(self, typed: str):
        """Look for people to work with."""
        viewer, fields = viewer_of(self), dict(self.shown)
        if not typed.strip() and chosen_of(fields):  # the focus came back: what is chosen stays in sight
            self.finder = Finder()
        elif CHOOSE in steps_for(fields) and program_of(fields):
            program, role = program_of(fields), role_of(fields) or Role.MANAGER
            found = await ask(find_others, viewer, typed, program, role, chosen_of(fields))
            self.finder = Finder("other", typed, found)

    @rx.event
    @manager_only
    async def close_search(self):
        """Close the list of people found."""
        self.finder = Finder()

    @rx.event
    @manager_only
    async def add(self, person_id: int):
        """Add one of those found; the words they were found for go, but not what was typed since."""
        ids, typed = chosen_of(self.shown), self.finder.typed
        if person_id not in ids and len(ids) < MOST_CHOSEN:
            await self._choose([*ids, person_id])
        self.finder = Finder()
        return [fill_untouched({"other-search": (typed, "")}), focus_soon("other-search")]

    @rx.event
    @manager_only
    async def remove(self, person_id: int):
        """Take somebody away again."""
        await self._choose([one for one in chosen_of(self.shown) if one != person_id])
        return focus_soon("other-search")

    @rx.event
    @manager_only
    async def go_back(self, step: str):
        """Go back to an earlier step; everything stays as it is."""
        if step in self.steps and self.steps.index(step) < self.steps.index(self.shown["step"]):
            return self._turn_to(step)
        return None

    @rx.event
    @manager_only
    async def submit(self, form: Any):
        """Go on to the next step; from the last, add the person. Nothing that was typed is lost."""
        if self.added.id:  # the second half of a double click
            return None
        self.shown = self.shown | typed_fields(form)
        await self._refresh()
        try:
            return await (self._add() if self.shown["step"] == self.steps[-1] else self._go_on())
        except Refusal as refusal:
            return self._show_refusal(refusal)

    @rx.event
    @manager_only
    async def start_again(self):
        """Empty the form, for another person of the same kind."""
        kept = {name: self.shown[name] for name in ("role", "program", "cohort", "sends_access")}
        self.shown = new_form({}, kept)
        self.added, self.errors, self.taken_href = Added(), NO_ERRORS, ""
        self.version += 1
        await self._refresh()
        return [forget_kept(), focus_soon("first_name")]

    async def _go_on(self):
        """Check the step that is left, where all of the person is asked for at first."""
        viewer, draft = viewer_of(self), read_person(self.shown)
        await ask(check_address, viewer, draft.email)
        return self._turn_to(self.steps[self.steps.index(self.shown["step"]) + 1])

    async def _add(self):
        viewer, draft, key = viewer_of(self), read_person(self.shown), self.shown["key"]
        result = await rx.run_in_thread(lambda: perform(add_person, viewer, key, draft))
        self.added = added_from(draft, result["person_id"], role_of(self.shown), len(self.options.chosen))
        return [forget_kept(), rx.toast.success(f"{self.added.name} was added."), focus_soon("added")]

    def _turn_to(self, step: str):
        self.shown = self.shown | {"step": step}
        self.errors, self.finder = NO_ERRORS, Finder()
        return focus_soon(HEADINGS[step])

    def _show_refusal(self, refusal: Refusal):
        """Say it at its field, on the step where the field is."""
        self.errors = errors_of(refusal)
        if isinstance(refusal, EmailTaken):
            self.taken_href = f"/people/{refusal.person_id}" if refusal.person_id else ""
        wrong = next((name for name in DEFAULTS if self.errors[name]), "form")
        if wrong == "form":
            return focus_soon("form")
        self.shown = self.shown | {"step": CHOOSE if wrong == "chosen" else DETAILS}
        return focus_soon({"chosen": "other-search", "role": "role-mentee"}.get(wrong, wrong))

    async def _choose(self, ids: list[int]) -> None:
        self.shown = self.shown | {"chosen": ",".join(map(str, ids))}
        self.errors = self.errors | {"chosen": ""}
        await self._refresh()

    async def _refresh(self) -> None:
        viewer, fields = viewer_of(self), dict(self.shown)
        self.options = await ask(load_options, viewer, program_of(fields), role_of(fields), chosen_of(fields))
        programs = self.options.programs
        fits = [one for one in programs if one.id == program_of(fields)] or (programs if len(programs) == 1 else [])
        self.program = fits[0] if fits else self.options.usual
        self.shown = self.shown | {"program": str(self.program.id or "")}
        self.steps = steps_for(self.shown)
        if self.shown["step"] not in self.steps:
            self.shown = self.shown | {"step": DETAILS}


def added_from(draft: NewPersonDraft, person_id: int, role: Role | None, others: int) -> Added:
    """Say who was added, and what can follow."""
    name = f"{draft.first_name} {draft.last_name}".strip()
    words = "No mail was sent. Their page has the first-access link for when they are to begin."
    if draft.sends_access:
        sent = f"A mail with their first-access link goes to {draft.email}."
        words = sent if mails_leave() else NOT_SENT
    book_href = f"/book?{role}={person_id}" if others and role else ""
    return Added(person_id, name, words, not (draft.sends_access and mails_leave()), book_href)
