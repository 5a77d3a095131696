"""The live public profile of somebody who hosts group sessions. It reads, and nothing more."""

import asyncio
from functools import partial

import reflex as rx

from app.models import clock, hub
from app.models.database import reading
from app.models.errors import NotFound
from app.models.queries.public_look import browser_zone
from app.models.queries.public_mentor import PublicMentor, load_public_mentor
from app.state.group import LOOKS_AGAIN, slug_of
from app.state.login import cookies_of, public

SETTLES_SECONDS = 1.0


class MentorPublicState(rx.State):
    """The page; nothing is shown before it is `ready`. A profile without a name is none."""

    ready: bool = False
    title: str = ""
    mentor: PublicMentor = PublicMentor()

    @rx.event(background=True)
    @public
    async def watch(self):
        """Show the profile of this address, and again after each change, while the page is open."""
        async with self:
            slug, zone = slug_of(self), browser_zone(cookies_of(self))
            self.ready = self.ready and self.mentor.slug == slug
        shown: PublicMentor | None = None
        while True:
            mark = hub.seen()
            found = await rx.run_in_thread(partial(read_mentor, slug, zone))
            if found != shown:
                async with self:
                    self._show(found)
                shown = found
            await hub.news(mark, within=LOOKS_AGAIN)
            await asyncio.sleep(SETTLES_SECONDS)

    def _show(self, found: PublicMentor) -> None:
        self.mentor, self.ready = found, True
        self.title = f"{found.name} · {found.organisation}" if found.name else "There is no such profile"


def read_mentor(slug: str, zone: str) -> PublicMentor:
    """Read a profile in a connection of its own; an empty one where there is none."""
    with reading() as db:
        try:
            return load_public_mentor(db, slug, zone, clock.now())
        except NotFound:
            return PublicMentor()
