"""The insights. What is chosen is in the address only, so that it survives a reload and can be shared."""

from typing import Any

import reflex as rx

from app.models import clock, insights
from app.models.errors import NotFound
from app.models.ids import as_id
from app.models.insights import Asked
from app.models.permissions import Viewer
from app.models.queries.insights_page import InsightsPage, load_insights
from app.state.ask import ask
from app.state.live import keep_up
from app.state.login import manager_only, viewer_of

PAUSE = 5.0
"""So many seconds at least lie between two readings: nobody watches a week's sums by the second."""


class InsightsState(rx.State):
    """The page; `is_missing` says that the programme of the address is none of the viewer's."""

    page: InsightsPage = InsightsPage()
    is_missing: bool = False
    problem: str = ""
    _asked: Asked = Asked()
    _reads: bool = False

    @rx.event
    @manager_only
    async def opened(self) -> None:
        """Show what the address asks for."""
        params = self.router.url.query_parameters
        self._asked = insights.read_asked({str(name): str(value) for name, value in params.items()})
        self._reads, self.problem = True, ""
        await self._read(viewer_of(self))

    @rx.event(background=True)
    @manager_only
    async def watch(self) -> None:
        """Count again after changes, while the page is open."""
        await keep_up(self, self._again, managers=True, settles=PAUSE)
        async with self:
            self.page = InsightsPage()

    @rx.event
    @manager_only
    async def choose_program(self, program: str):
        """Lead to one programme only, "" to all."""
        asked = self._asked
        return rx.redirect(insights.address_of(Asked(asked.weeks, asked.first, asked.last, as_id(program))))

    @rx.event
    @manager_only
    async def choose_days(self, form: dict[str, Any]):
        """Lead to what lies between two days, or say why that cannot be."""
        first, last = (insights.read_day(str(form.get(name, ""))) for name in ("from", "to"))
        self.problem = insights.wrong_days(first, last)
        if self.problem:
            return None
        return rx.redirect(insights.address_of(Asked(first=first, last=last, program_id=self._asked.program_id)))

    async def _again(self, viewer: Viewer) -> None:
        if self._reads:
            await self._read(viewer)

    async def _read(self, viewer: Viewer) -> None:
        try:
            found = await ask(load_insights, viewer, clock.now(), self._asked)
        except NotFound:
            found = InsightsPage()
        self.is_missing = not found.is_ready
        if found != self.page:
            self.page = found
