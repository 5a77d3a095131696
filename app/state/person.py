"""A person's details page: who is shown, and which part. Read anew at each opening and after anybody's change."""

import reflex as rx

from app.models import clock
from app.models.errors import NotFound
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.person import PersonPage, load_person
from app.models.queries.person_parts import Asked, read_asked
from app.state.ask import ask
from app.state.live import keep_up
from app.state.login import signed_in, viewer_of


class PersonState(rx.State):
    """The page; `is_missing` says that there is nobody here for this viewer."""

    person: PersonPage = PersonPage()
    is_missing: bool = False
    _wanted: int = 0
    _asked: Asked = Asked()

    @rx.event
    @signed_in
    async def opened(self):
        """Show the person of this address, and the part it names."""
        url = self.router.url
        self._wanted = as_id(url.path.rstrip("/").rpartition("/")[2])
        self._asked = read_asked({str(name): str(value) for name, value in url.query_parameters.items()})
        if self.person.id != self._wanted:
            self.person, self.is_missing = PersonPage(), False
        await self._read(viewer_of(self))

    @rx.event(background=True)
    @signed_in
    async def watch(self):
        """Read again after each change, while the page is open."""
        await keep_up(self, self._again)

    async def _again(self, viewer: Viewer) -> None:
        if self._wanted:
            await self._read(viewer)

    async def _read(self, viewer: Viewer) -> None:
        try:
            found = await ask(load_person, viewer, clock.now(), self._wanted, self._asked)
        except NotFound:
            found = PersonPage()
        if found != self.person:
            self.person = found
        self.is_missing = not found.id
