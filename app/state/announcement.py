"""One announcement, for those it went to and for managers. Reading it marks its notice as seen."""

import reflex as rx

from app.models.commands.bell import mark_announcement_seen
from app.models.commands.run import perform
from app.models.errors import NotFound
from app.models.ids import as_id
from app.models.queries.announcements import Opened, batch_of, open_announcement
from app.state.ask import ask
from app.state.login import signed_in, viewer_of


class AnnouncementState(rx.State):
    """The announcement of the page's address."""

    shown: Opened = Opened()
    is_missing: bool = False

    @rx.event
    @signed_in
    async def opened(self):
        """Show the announcement, and mark it as seen."""
        wanted, viewer = as_id(self.router.url.path.rstrip("/").rpartition("/")[2]), viewer_of(self)
        try:
            self.shown = await ask(open_announcement, viewer, wanted)
            self.is_missing = False
        except NotFound:
            self.shown, self.is_missing = Opened(), True
            return
        await rx.run_in_thread(lambda: perform(mark_announcement_seen, viewer, "", batch_of(wanted)))
