"""The list of people. What it shows is in its address, so that it survives a reload and can be shared."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import reflex as rx

from app.models import clock
from app.models.commands.cohorts import put_into_cohort
from app.models.commands.first_access import send_access
from app.models.commands.run import perform
from app.models.commands.tagging import tag_people
from app.models.drafts import read
from app.models.drafts.people import TagDraft
from app.models.drafts.programs import CohortOfSeveralDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.queries.directory import Directory, list_people
from app.models.queries.directory_filters import Filters, address_of, changed, read_filters, write_filters
from app.state.address import write_address
from app.state.ask import ask
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import manager_only, viewer_of
from app.state.mail_server import mails_leave

MOST_PICKED = 1_000
NO_FILTERS = write_filters(Filters())
NO_ERRORS = {"program_id": "", "cohort": "", "form": ""}
COHORT_FIELDS = {"program_id": "cohort-program", "cohort": "cohort-name"}
"""The fields of a cohort's draft, as its form calls them."""


class PeopleState(rx.State):
    """What one manager looks at. `typed_anew` grows when the search field must take over what the address says."""

    found: Directory = Directory()
    shown: dict[str, str] = NO_FILTERS
    order: str = ""
    is_ready: bool = False
    is_narrowed: bool = False
    typed_anew: int = 0
    picked: rx.Field[list[int]] = rx.field(default_factory=list)
    tag_error: str = ""
    announce_href: str = ""
    asks_cohort: bool = False
    cohort_errors: dict[str, str] = NO_ERRORS
    _filters: Filters = Filters()

    @rx.event
    @manager_only
    async def open_address(self):
        """Show what the address says: at opening, after a reload, and when the browser goes back."""
        params = {str(name): str(value) for name, value in self.router.url.query_parameters.items()}
        filters = read_filters(params)
        # Somebody quick has typed into the field already: it is drawn anew only where it would say something else.
        self.typed_anew += write_filters(filters)["q"] != self.shown["q"]
        self._pick([])
        await self._show(filters)
        self.is_ready = True

    @rx.event
    @manager_only
    async def search(self, typed: str):
        """Look for names and e-mails."""
        await self._show(changed(self._filters, "q", typed))
        return write_address(address_of(self._filters), replaces=True)

    @rx.event
    @manager_only
    async def choose(self, name: str, value: str):
        """Narrow the list by one filter, "" for any."""
        await self._show(changed(self._filters, name, value))
        return write_address(address_of(self._filters))

    @rx.event
    @manager_only
    async def choose_order(self, order: str):
        """Sort by a column; a minus behind it turns it round."""
        turned = {"sort": order.removesuffix("-"), "down": "1" if order.endswith("-") else "", "page": ""}
        await self._show(read_filters({**write_filters(self._filters), **turned}))
        return write_address(address_of(self._filters))

    @rx.event
    @manager_only
    async def go_to(self, page: int):
        """Show another page of the list."""
        await self._show(replace(self._filters, page=max(1, page)))
        return [write_address(address_of(self._filters)), focus_soon("people-count")]

    @rx.event
    @manager_only
    async def clear(self):
        """Take search and filters away."""
        self.typed_anew += 1
        await self._show(self._filters.cleared())
        return [write_address(address_of(self._filters)), focus_soon("people-search")]

    @rx.event
    @manager_only
    async def pick(self, person_id: int):
        """Choose somebody for what is done with several, or leave them out again."""
        if person_id in self.picked:
            self._pick([one for one in self.picked if one != person_id])
        elif len(self.picked) < MOST_PICKED:
            self._pick([*self.picked, person_id])

    @rx.event
    @manager_only
    async def pick_page(self):
        """Choose everybody on this page; if they all are, nobody of it."""
        here = [row.id for row in self.found.rows]
        others = [one for one in self.picked if one not in here]
        self._pick(others if set(here) <= set(self.picked) else [*others, *here][:MOST_PICKED])

    @rx.event
    @manager_only
    async def drop_picked(self):
        """Choose nobody."""
        self._pick([])

    @rx.event
    @manager_only
    async def tag(self, form: dict[str, Any]):
        """Add a tag to those chosen, or take it from them."""
        viewer, picked = viewer_of(self), list(self.picked)
        try:
            said = await rx.run_in_thread(lambda: tag_for(viewer, picked, form))
        except Refusal as refusal:
            self.tag_error = str(refusal)
            return focus_soon("tag-name")
        self.tag_error = ""
        await self._read(viewer)
        return rx.toast.success(said)

    @rx.event
    @manager_only
    async def ask_cohort(self):
        """Ask for the cohort of those chosen."""
        self.asks_cohort, self.cohort_errors = True, NO_ERRORS

    @rx.event
    @manager_only
    async def close_cohort(self):
        """Leave their cohorts as they are."""
        self.asks_cohort = False

    @rx.event
    @manager_only
    async def set_cohort(self, form: dict[str, Any]):
        """Put those chosen into a cohort, or take them out of theirs."""
        viewer, picked, programs = viewer_of(self), list(self.picked), self.found.programs
        usual = programs[0].value if len(programs) == 1 else ""
        try:
            said = await rx.run_in_thread(lambda: put_for(viewer, picked, form, usual))
        except Refusal as refusal:
            self.cohort_errors = NO_ERRORS | refusal.by_field(
                "form", lambda name: name if name in COHORT_FIELDS else ""
            )
            return focus_soon(COHORT_FIELDS["program_id" if self.cohort_errors["program_id"] else "cohort"])
        self.asks_cohort = False
        await self._read(viewer)
        return rx.toast.success(said)

    @rx.event
    @manager_only
    async def send_access(self):
        """Mail those chosen their first-access link, if they have not been here."""
        viewer, picked = viewer_of(self), list(self.picked)
        try:
            said = await rx.run_in_thread(lambda: send_for(viewer, picked))
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        return rx.toast.success(said)

    @rx.event(background=True)
    @manager_only
    async def watch(self):
        """Read again after each change, while the page is open."""
        await keep_up(self, self._again, managers=True)
        async with self:
            self.found = Directory()

    async def _again(self, viewer: Viewer) -> None:
        if self.is_ready:
            await self._read(viewer)

    def _pick(self, ids: list[int]) -> None:
        self.picked, self.tag_error = ids, ""
        self.announce_href = f"/announcements?people={','.join(map(str, ids))}" if ids else ""

    async def _show(self, filters: Filters) -> None:
        self._filters = filters
        await self._read(viewer_of(self))
        self.shown, self.is_narrowed = write_filters(self._filters), self._filters.narrows
        self.order = self._filters.sort + ("-" if self._filters.is_reversed else "")

    async def _read(self, viewer: Viewer) -> None:
        filters = self._filters
        found = await ask(list_people, viewer, clock.now(), filters)
        if found != self.found:
            self.found = found
        self._filters = replace(filters, page=found.page)


def send_for(viewer: Viewer, picked: list[int]) -> str:
    """Send first-access links; give what to say of it. Raises Refusal."""
    result = perform(send_access, viewer, "", picked)
    sent, skipped = len(result["sent"]), result["skipped"]
    links = "1 link is" if sent == 1 else f"{sent:,} links are"
    said = f"{links} on the way." if mails_leave() else f"{links} made, but no mail server is set: the mails wait."
    if len(skipped) == 1:
        return f"{said} {skipped[0]['why']}"
    return f"{said} {len(skipped):,} people have a password already, or are no longer active." if skipped else said


def tag_for(viewer: Viewer, picked: list[int], form: Mapping[str, Any]) -> str:
    """Tag or untag those chosen; give what to say of it. Raises Refusal."""
    adds, name = form.get("does") != "remove", form.get("name")
    draft = read(TagDraft, {"person_ids": tuple(picked), "name": name if isinstance(name, str) else "", "adds": adds})
    result = perform(tag_people, viewer, "", draft)
    count = result["changed"]
    people = "1 person" if count == 1 else f"{count:,} people"
    return f"“{draft.name}” {'added to' if adds else 'taken from'} {people}."


def put_for(viewer: Viewer, picked: list[int], form: Mapping[str, Any], usual_program: str) -> str:
    """Put those chosen into a cohort; give what to say of it. Raises Refusal."""
    raw = {name: form.get(field) for name, field in COHORT_FIELDS.items()}
    raw |= {"person_ids": tuple(picked), "program_id": raw["program_id"] or usual_program or None}
    draft = read(CohortOfSeveralDraft, raw)
    result = perform(put_into_cohort, viewer, "", draft)
    members, others, name = result["members"], result["others"], result["program"]
    are = "1 person is" if members == 1 else f"{members:,} people are"
    said = f"{are} in {f'the cohort “{draft.cohort}”' if draft.cohort else 'no cohort'} of {name} now."
    return (
        f"{said} {others:,} of those selected {'is' if others == 1 else 'are'} not in that programme."
        if others
        else said
    )
