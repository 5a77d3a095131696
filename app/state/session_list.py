"""The list of all sessions, for managers. What it shows is in its address, so that it can be reloaded and shared."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote

import reflex as rx

from app.models import clock
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.queries.session_list import ChoiceGroup, SessionList, list_sessions, read_choices
from app.models.queries.session_list_filters import (
    MOST_PICKED,
    SEVERAL,
    Filters,
    Part,
    Sort,
    address_of,
    chosen_anew,
    is_same_choice,
    query_of,
    query_of_picked,
    read_filters,
    read_picked,
    sorted_by,
    without,
)
from app.models.queries.session_several import participants_of
from app.state.address import write_address
from app.state.ask import ask
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import manager_only, signed_in, viewer_of

TOO_MANY = f"One by one, {MOST_PICKED} at most. “Select all” takes everything that the filters show."


class SessionListState(rx.State):
    """What one manager looks at. `typed_anew` grows when the search field must take over what the address says.

    Chosen for what is done with several are the `picked`, or with `picks_all` everything that the filters show.
    """

    found: SessionList = SessionList()
    typed: str = ""
    per_page: str = "20"
    is_ready: bool = False
    is_narrowed: bool = False
    typed_anew: int = 0
    groups: rx.Field[list[ChoiceGroup]] = rx.field(default_factory=list)
    picked: rx.Field[list[int]] = rx.field(default_factory=list)
    picks_all: bool = False
    picked_count: int = 0
    picked_query: str = ""
    page_is_picked: bool = False
    _filters: Filters = Filters()

    @rx.event
    @signed_in
    async def open_address(self):
        """Show managers what the address says: at opening, after a reload, and when the browser goes back."""
        if not viewer_of(self).is_manager:
            return
        params = {str(name): str(value) for name, value in self.router.url.query_parameters.items()}
        self.groups = []
        choose(self, [])
        filters = read_filters(params)
        # Somebody quick has typed into the box already: it is drawn anew only where it would say something else.
        await self._show(filters, typed_anew=filters.typed != self.typed)
        self.is_ready = True

    @rx.event
    @manager_only
    async def search(self, form: dict[str, Any]):
        """Look for a title or a mentor."""
        typed = form.get("q", "")
        await self._show(replace(self._filters, typed=str(typed)[:100], page=1))
        return write_address(address_of(self._filters))

    @rx.event
    @manager_only
    async def show_part(self, part: str):
        """Show another part of the list."""
        if part in set(Part):
            await self._show(replace(self._filters, part=Part(part), statuses=(), sort=Sort.USUAL, page=1))
        return write_address(address_of(self._filters))

    @rx.event
    @manager_only
    async def sort_by(self, column: str):
        """Sort by a column, or the other way round."""
        if column in set(Sort):
            await self._show(sorted_by(self._filters, Sort(column)))
        return write_address(address_of(self._filters))

    @rx.event
    @manager_only
    async def open_filters(self):
        """Open the filters, with what there is to choose."""
        viewer, filters = viewer_of(self), self._filters
        self.groups = await ask(read_choices, viewer, filters)

    @rx.event
    @manager_only
    async def close_filters(self):
        """Leave the filters as they are."""
        self.groups = []

    @rx.event
    @manager_only
    async def apply_filters(self, form: dict[str, Any]):
        """Narrow the list to what is ticked; each box is called as its filter and its value, with a colon between."""
        ticked = [str(name).split(":", 1) for name, value in form.items() if value and ":" in str(name)]
        chosen = {name: tuple(pair[1] for pair in ticked if pair[0] == name) for name in SEVERAL}
        self.groups = []
        await self._show(read_filters(params_of(chosen_anew(self._filters, chosen))))
        return write_address(address_of(self._filters))

    @rx.event
    @manager_only
    async def drop_filter(self, name: str, value: str):
        """Take one thing away that the list is narrowed to."""
        await self._show(without(self._filters, name, value), typed_anew=name == "q")
        return [write_address(address_of(self._filters)), focus_soon("sessions-count")]

    @rx.event
    @manager_only
    async def clear(self):
        """Take search and filters away."""
        part = Part.UPCOMING if self._filters.statuses else self._filters.part
        await self._show(Filters(part=part, per_page=self._filters.per_page), typed_anew=True)
        return [write_address(address_of(self._filters)), focus_soon("sessions-count")]

    @rx.event
    @manager_only
    async def choose_per_page(self, size: str):
        """Show so many on a page."""
        await self._show(read_filters({**params_of(replace(self._filters, page=1)), "per": size}))
        return write_address(address_of(self._filters))

    @rx.event
    @manager_only
    async def go_to(self, page: int):
        """Show another page."""
        await self._show(replace(self._filters, page=max(1, page)))
        return [write_address(address_of(self._filters)), focus_soon("sessions-count")]

    @rx.event
    @manager_only
    async def pick(self, session_id: int):
        """Choose a session for what is done with several, or leave it out again."""
        here = [row.id for row in self.found.rows] if self.picks_all else self.picked
        left = [one for one in here if one != session_id]
        choose(self, left if session_id in here else [*left, session_id][:MOST_PICKED])
        return rx.toast.info(TOO_MANY) if len(left) == MOST_PICKED else None

    @rx.event
    @manager_only
    async def pick_page(self):
        """Choose all of this page; if they all are, none of it."""
        if self.picks_all:
            return choose(self, [])
        here = [row.id for row in self.found.rows]
        others = [one for one in self.picked if one not in here]
        choose(self, others if set(here) <= set(self.picked) else [*others, *here][:MOST_PICKED])
        return rx.toast.info(TOO_MANY) if len(others) + len(here) > MOST_PICKED else None

    @rx.event
    @manager_only
    async def pick_all(self):
        """Choose everything that the filters show, all pages."""
        choose(self, [], picks_all=True)
        return focus_soon("sessions-picked")

    @rx.event
    @manager_only
    async def drop_picked(self):
        """Choose none."""
        choose(self, [])
        return focus_soon("sessions-count")

    @rx.event
    @manager_only
    async def message(self):
        """Go and write to those who take part in the sessions chosen."""
        if len(self.picked) == 1:
            return rx.redirect(f"/announcements?session={self.picked[0]}")
        viewer, query = viewer_of(self), self.picked_query
        try:
            await ask(participants_of, viewer, clock.now(), *read_picked(query))
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        return rx.redirect(f"/announcements?sessions={quote(query, safe='')}")

    @rx.event(background=True)
    @signed_in
    async def watch(self):
        """Read again after each change, while the page is open before a manager."""
        await keep_up(self, self._again, managers=True)
        async with self:
            self.found = SessionList()

    async def _again(self, viewer: Viewer) -> None:
        if self.is_ready:
            await self._read(viewer)

    async def _show(self, filters: Filters, *, typed_anew: bool = False) -> None:
        if self.picks_all and not is_same_choice(filters, self._filters):
            choose(self, [])
        self._filters = filters
        await self._read(viewer_of(self))
        self.typed, self.is_narrowed = self._filters.typed, self._filters.narrows
        self.per_page = str(self._filters.per_page)
        self.typed_anew += typed_anew

    async def _read(self, viewer: Viewer) -> None:
        filters = self._filters
        found = await ask(list_sessions, viewer, clock.now(), filters)
        if found != self.found:
            self.found = found
        choose(self, self.picked, picks_all=self.picks_all)
        self._filters = replace(filters, page=found.page)


def choose(list_: SessionListState, ids: list[int], *, picks_all: bool = False) -> None:
    """Choose these sessions and no others, or everything that the filters show."""
    here = {row.id for row in list_.found.rows}
    list_.picked, list_.picks_all = ids, picks_all and bool(here)
    list_.picked_count = list_.found.total if list_.picks_all else len(ids)
    list_.picked_query = f"all=1&{list_.found.query}" if list_.picks_all else query_of_picked(ids)
    list_.page_is_picked = bool(here) and (list_.picks_all or here <= set(ids))


def params_of(filters: Filters) -> dict[str, str]:
    """Give the query of the list's address by its names."""
    return dict(parse_qsl(query_of(filters)))
