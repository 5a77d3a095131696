"""The calendar on screen: view, day and filters as the address says them, and what is drawn of it.

What is shown can always be read again from the address; nothing here is the truth. Only what
changed is sent.
"""

from dataclasses import fields
from datetime import date
from typing import Any

import reflex as rx

from app.models import clock
from app.models.calendar_address import Screen, address, date_of, read_address, without
from app.models.calendar_layout import View, step
from app.models.calendar_picture import Look, Picture, changed, draw, draw_day, draw_filters, why_empty
from app.models.calendar_shapes import Choice, Chosen, Column, Section, Tick, Week
from app.models.cookies import MODE_COOKIE
from app.models.permissions import Viewer
from app.models.queries.calendar_filters import Filters
from app.state.ask import ask
from app.state.focus import focus_soon
from app.state.live import keep_up
from app.state.login import cookies_of, signed_in, viewer_of

NARROW_COOKIE = "meridian_narrow"
"""Set by theme.js before the socket opens: whether the screen is a phone's."""
CLOCK_SECONDS = 60.0
"""So often the line for now moves, though nobody changed anything."""


class CalendarState(rx.State):
    """One browser's calendar."""

    is_ready: bool = False
    view: str = View.MONTH.value
    day: str = ""
    today: str = ""
    address: str = ""
    heading: str = ""
    weeks: list[Week] = []  # noqa: RUF012  # Reflex copies defaults for each browser
    columns: list[Column] = []  # noqa: RUF012
    ticks: list[Tick] = []  # noqa: RUF012
    sections: list[Section] = []  # noqa: RUF012
    line: float = -1.0
    first_minute: int = 0
    is_empty: bool = False
    why_empty: str = ""
    opened_day: Section = Section("", "", "", [], 0)
    day_is_open: bool = False
    keys_are_open: bool = False

    statuses: list[Choice] = []  # noqa: RUF012
    kinds: list[Choice] = []  # noqa: RUF012
    programs: list[Choice] = []  # noqa: RUF012
    chosen: list[Chosen] = []  # noqa: RUF012
    mentor_word: str = ""
    mentee_word: str = ""
    mentor: str = ""
    mentee: str = ""
    typed_anew: int = 0  # grows when the name fields must take over what the server says

    _screen: Screen | None = None

    @rx.event
    @signed_in
    async def open_address(self) -> None:
        """Show what the address says: at opening, after a reload, and when the browser goes back."""
        url = self.router.url
        look = self._look()
        params = {str(name): str(value) for name, value in url.query_parameters.items()}
        self.address = url.path + (f"?{url.query}" if url.query else "")
        self.day_is_open = False
        screen = read_address(params, look.today, is_narrow=look.is_narrow)
        # Somebody quick has typed into a field already: they are drawn anew only where they would say something else.
        self.typed_anew += (screen.filters.mentor, screen.filters.mentee) != (self.mentor, self.mentee)
        await self._show(screen, look, writes=False)
        self.is_ready = True

    @rx.event
    @signed_in
    async def turn(self, by: int) -> None:
        """Go to the next page, or to the previous one."""
        screen = self._now_shown()
        await self._show(screen.at(step(screen.view, screen.day, 1 if by == 1 else -1)), self._look())

    @rx.event
    @signed_in
    async def show_today(self) -> None:
        """Go to today."""
        look = self._look()
        await self._show(self._now_shown().at(look.today), look)

    @rx.event
    @signed_in
    async def show_view(self, view: str) -> None:
        """Look at the same days in another way."""
        if view in list(View):
            screen = self._now_shown()
            await self._show(Screen(View(view), screen.day, screen.filters), self._look())

    @rx.event
    @signed_in
    async def show_day(self, day: str) -> None:
        """Look at one day alone."""
        screen = self._now_shown()
        wanted = date_of(day)
        if wanted is not None:
            await self._show(Screen(View.DAY, wanted, screen.filters), self._look())

    @rx.event
    @signed_in
    async def choose(self, name: str, value: str) -> None:
        """Turn one value of a filter on or off, or take over a typed name."""
        await self._filter(changed(self._now_shown().filters, str(name), str(value)))

    @rx.event
    @signed_in
    async def drop_filter(self, name: str, value: str):
        """Take one filter away; the focus goes to the first filter, for the chip is gone."""
        self.typed_anew += 1
        await self._filter(without(self._now_shown().filters, str(name), str(value)))
        return focus_soon("filter-status")

    @rx.event
    @signed_in
    async def clear_filters(self):
        """Take all filters away."""
        self.typed_anew += 1
        await self._filter(Filters())
        return focus_soon("filter-status")

    @rx.event
    @signed_in
    async def open_day(self, day: str) -> None:
        """Open a whole day in place."""
        look, screen = self._look(), self._now_shown()
        wanted = date_of(day)
        if wanted is not None:
            self.opened_day = await ask(draw_day, look, screen, wanted)
            self.day_is_open = True

    @rx.event
    @signed_in
    async def close_day(self) -> None:
        """Close the day that was opened in place."""
        self.day_is_open = False

    @rx.event
    @signed_in
    async def show_keys(self) -> None:
        """Show what the keys do."""
        self.keys_are_open = True

    @rx.event
    @signed_in
    async def hide_keys(self) -> None:
        """Close the keys."""
        self.keys_are_open = False

    @rx.event(background=True)
    @signed_in
    async def watch(self) -> None:
        """Draw again whenever something was committed, or a minute passed, as long as the page is open."""
        await keep_up(self, self._again)
        async with self:
            self._put(Picture())
            self.day_is_open, self.opened_day = False, Section("", "", "", [], 0)

    async def _again(self, _viewer: Viewer) -> float:
        if self._screen is not None:
            look = self._look()
            await self._show(self._screen, look, writes=False)
            if self.day_is_open:
                wanted, screen = date.fromisoformat(self.opened_day.date), self._screen
                self._set("opened_day", await ask(draw_day, look, screen, wanted))
        return CLOCK_SECONDS

    async def _filter(self, filters: Filters) -> None:
        screen = self._now_shown()
        await self._show(Screen(screen.view, screen.day, filters), self._look())

    async def _show(self, screen: Screen, look: Look, *, writes: bool = True) -> None:
        """Read and draw a screen; `writes` puts it into the address."""
        filters_differ = self._screen is None or self._screen.filters != screen.filters
        picture = await ask(draw, look, screen)
        self._screen = screen
        self._put(picture)
        for name, value in (("view", screen.view.value), ("day", screen.day.isoformat())):
            self._set(name, value)
        self._set("today", look.today.isoformat())
        if filters_differ or not self.statuses:
            await self._show_filters(look, screen.filters)
        self._set("why_empty", why_empty(self.chosen, picture.heading) if picture.is_empty else "")
        if writes:
            self._set("address", address(screen))

    async def _show_filters(self, look: Look, filters: Filters) -> None:
        bar = await ask(draw_filters, look, filters)
        for one in fields(bar):
            self._set(one.name, getattr(bar, one.name))
        self._set("mentor", filters.mentor)
        self._set("mentee", filters.mentee)

    def _put(self, picture: Picture) -> None:
        for one in fields(picture):
            self._set(one.name, getattr(picture, one.name))

    def _set(self, name: str, value: Any) -> None:
        """Set a var only if it changed: what is set is sent."""
        if getattr(self, name) != value:
            setattr(self, name, value)

    def _look(self) -> Look:
        viewer, cookies = viewer_of(self), cookies_of(self)
        mine_only = viewer.is_manager and cookies.get(MODE_COOKIE) == "personal"
        return Look(viewer, clock.now(), mine_only, cookies.get(NARROW_COOKIE) == "1")

    def _now_shown(self) -> Screen:
        if self._screen is None:
            look = self._look()
            return read_address({}, look.today, is_narrow=look.is_narrow)
        return self._screen
