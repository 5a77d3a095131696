"""The search in the header (A3): what was found for what was typed. The browser opens and closes it (search.js)."""

import reflex as rx

from app.models import clock
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.search import Found, search
from app.state.login import signed_in, viewer_of


class SearchState(rx.State):
    """What one tab looks for."""

    found: Found = Found()
    count_words: str = ""

    @rx.event
    @signed_in
    async def look(self, typed: str):
        """Look for what was typed."""
        viewer = viewer_of(self)
        self.found = await rx.run_in_thread(lambda: look_for(viewer, typed))
        count = self.found.count
        self.count_words = f"{count} result{'' if count == 1 else 's'}" if self.found.is_long_enough else ""

    @rx.event
    @signed_in
    async def forget(self):
        """Forget what was found, for the search is closed."""
        self.found, self.count_words = Found(), ""


def look_for(viewer: Viewer, typed: str) -> Found:
    """Look in a connection of its own."""
    with reading() as db:
        return search(db, viewer, clock.now(), typed)
