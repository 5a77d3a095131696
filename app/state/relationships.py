"""The list of relationships. What it shows is in its address, so that it survives a reload and can be shared."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

import reflex as rx

from app.models import clock
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.relationships import PAIRS_WORDS, PairFilters, PairList, Pairs, list_relationships
from app.state.ask import ask
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import signed_in, viewer_of
from app.state.shell import looks_personally

PATH = "/relationships"
LONGEST = 200


class RelationshipsState(rx.State):
    """What one person looks at. `typed_anew` grows when the search field must take over what the address says."""

    found: PairList = PairList()
    typed: str = ""
    program: str = ""
    pairs: str = ""
    is_ready: bool = False
    is_filtered: bool = False
    is_personal: bool = True
    typed_anew: int = 0
    address: str = PATH
    _filters: PairFilters = PairFilters()

    @rx.event
    @signed_in
    async def open_address(self) -> None:
        """Show what the address says: at opening, after a reload, and when the browser goes back."""
        url = self.router.url
        params = {str(name): str(value) for name, value in url.query_parameters.items()}
        self.address = url.path + (f"?{url.query}" if url.query else "")
        filters = read_filters(params)
        if filters.typed != self.typed:
            self.typed_anew += 1
        await self._show(filters, writes=False)
        self.is_ready = True

    @rx.event
    @signed_in
    async def search(self, typed: str) -> None:
        """Look for names, e-mails and programmes."""
        await self._show(replace(self._filters, typed=tidy(typed), page=1))

    @rx.event
    @signed_in
    async def choose_program(self, program: str) -> None:
        """Show one programme only, "" for all."""
        await self._show(replace(self._filters, program_id=as_id(program), page=1))

    @rx.event
    @signed_in
    async def choose_pairs(self, pairs: str) -> None:
        """Show those that stand in one way only, "" for all."""
        await self._show(replace(self._filters, pairs=pairs_of(pairs), page=1))

    @rx.event
    @signed_in
    async def go_to(self, page: int) -> None:
        """Show another page of the list."""
        await self._show(replace(self._filters, page=as_id(page) or 1))

    @rx.event
    @signed_in
    async def clear(self):
        """Take search and filters away."""
        self.typed_anew += 1
        await self._show(PairFilters())
        return focus_soon("relationship-search")

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Read again after each change, while the page is open."""
        await keep_up(self, self._again)
        async with self:
            self.found = PairList()

    async def _again(self, viewer: Viewer) -> None:
        if self.is_ready:
            await self._read(viewer)

    async def _show(self, filters: PairFilters, *, writes: bool = True) -> None:
        """Read what is asked for; `writes` puts it into the address."""
        self._filters = filters
        await self._read(viewer_of(self))
        self.typed, self.program = filters.typed, str(filters.program_id or "")
        self.pairs = str(filters.pairs or "")
        self.is_filtered = bool(filters.typed or filters.program_id or filters.pairs)
        if writes:
            self.address = address_of(filters)

    async def _read(self, viewer: Viewer) -> None:
        personal = looks_personally(self, viewer)
        filters = replace(self._filters, mine_only=personal)
        found = await ask(list_relationships, viewer, clock.now(), filters)
        if found != self.found:
            self.found = found
        self.is_personal = personal or not viewer.is_manager


PAIRS_CHOICES = [(str(one), word) for one, word in PAIRS_WORDS.items()]
"""The filter's choices: its value in the address, and its word."""


def read_filters(params: Mapping[str, str]) -> PairFilters:
    """Read the query of an address; what makes no sense in it is left out."""
    return PairFilters(
        typed=tidy(params.get("q", "")),
        program_id=as_id(params.get("program", "")),
        pairs=pairs_of(params.get("state", "")),
        page=as_id(params.get("page", "")) or 1,
    )


def address_of(filters: PairFilters) -> str:
    """Write the address that shows this."""
    page = str(filters.page) if filters.page > 1 else ""
    parts = {"q": filters.typed, "program": str(filters.program_id or ""), "state": filters.pairs or "", "page": page}
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"{PATH}?{query}" if query else PATH


def tidy(typed: str) -> str:
    """Cut what was typed to one line of bearable length."""
    return " ".join(str(typed).split())[:LONGEST]


def pairs_of(text: str) -> Pairs | None:
    """Read one way to stand; None for what is none."""
    return Pairs(text) if str(text) in list(Pairs) else None
