"""A person's details page: who is shown. Read anew at each opening, and whenever anybody commits a change."""

import reflex as rx

from app.models import clock, hub
from app.models.database import reading
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.person import PersonPage, load_person
from app.state.book_form import id_of
from app.state.login import find_viewer, signed_in, viewer_of


class PersonState(rx.State):
    """The page; `is_missing` says that there is nobody here for this viewer."""

    person: PersonPage = PersonPage()
    is_missing: bool = False
    _wanted: int = 0

    @rx.event
    @signed_in
    async def opened(self):
        """Show the person of this address."""
        self._wanted = id_of({"id": self.router.url.path.rstrip("/").rpartition("/")[2]}, "id")
        if self.person.id != self._wanted:
            self.person, self.is_missing = PersonPage(), False
        await self._read(viewer_of(self))

    @rx.event(background=True)
    @signed_in
    async def watch(self):
        """Read again after each change, while the page is open."""
        mark = hub.seen()
        while True:
            await hub.news(mark)
            mark = hub.seen()
            async with self:
                viewer = find_viewer(self)
                if viewer is None:
                    return
                await self._read(viewer)

    async def _read(self, viewer: Viewer) -> None:
        wanted = self._wanted
        try:
            self.person = await rx.run_in_thread(lambda: read_person(viewer, wanted))
            self.is_missing = False
        except NotFound:
            self.person, self.is_missing = PersonPage(), True


def read_person(viewer: Viewer, person_id: int) -> PersonPage:
    """Read a person's page in a connection of its own."""
    with reading() as db:
        return load_person(db, viewer, clock.now(), person_id)
