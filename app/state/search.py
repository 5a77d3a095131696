"""The search in the header (A3): what was found for what was typed. The browser opens and closes it (search.js)."""

import reflex as rx

from app.models import clock
from app.models.queries.search import Found, search
from app.state.ask import ask
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
        self.found = await ask(search, viewer, clock.now(), typed)
        count = self.found.count
        self.count_words = f"{count} result{'' if count == 1 else 's'}" if self.found.is_long_enough else ""

    @rx.event
    @signed_in
    async def forget(self):
        """Forget what was found, for the search is closed."""
        self.found, self.count_words = Found(), ""
