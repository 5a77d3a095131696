"""The live public profile of somebody who hosts group sessions. It reads, and nothing more."""

import asyncio
from functools import partial

import reflex as rx

from app.models import hub
from app.models.errors import NotFound
from app.models.queries.public_look import Cookies
from app.models.queries.public_mentor import PublicMentor, look_at_mentor
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
            slug, cookies = slug_of(self), cookies_of(self)
            self.ready = self.ready and self.mentor.slug == slug
        shown: PublicMentor | None = None
        while True:
            mark = hub.seen()
            found = await rx.run_in_thread(partial(read_mentor, slug, cookies))
            if found != shown:
                async with self:
                    self._show(found)
                shown = found
            await hub.news(mark, within=LOOKS_AGAIN)
            await asyncio.sleep(SETTLES_SECONDS)

    def _show(self, found: PublicMentor) -> None:
        self.mentor, self.ready = found, True
        self.title = f"{found.name} · {found.organisation}" if found.name else "There is no such profile"


def read_mentor(slug: str, cookies: Cookies) -> PublicMentor:
    """Read a profile; an empty one where there is none."""
    try:
        return look_at_mentor(slug, cookies)
    except NotFound:
        return PublicMentor()
