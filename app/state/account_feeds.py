"""One's private calendar links on the account page: making, showing and giving them up."""

from dataclasses import dataclass
from functools import partial

import reflex as rx

from app.models.commands.account import make_feed, revoke_feed
from app.models.commands.run import perform
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.feeds import feed_links
from app.state.login import signed_in, viewer_of


@dataclass(frozen=True)
class FeedLine:
    """One link: what it gives, and its whole address."""

    name: str
    address: str


class FeedState(rx.State):
    """The links; none until they are made. Whoever has one can read, so they are a secret of this page.

    Before links that may be in use stop working it is `asked` whether they shall: "replace", "revoke".
    """

    feeds: rx.Field[list[FeedLine]] = rx.field(default_factory=list)
    asked: str = ""

    @rx.event
    @signed_in
    async def open_feeds(self):
        """Read the links."""
        await self._read()

    @rx.event
    @signed_in
    async def ask(self, what: str):
        """Ask whether the links shall stop working, to "replace" or to "revoke" them."""
        self.asked = what if what in ("replace", "revoke") else ""

    @rx.event
    @signed_in
    async def close(self):
        """Leave the links as they are."""
        self.asked = ""

    @rx.event
    @signed_in
    async def make(self, replaces: bool):
        """Make links, or new ones in the place of those that were made before."""
        if replaces and not self._was_asked("replace"):
            return None
        await rx.run_in_thread(partial(perform, make_feed, viewer_of(self), "", replaces=replaces))
        await self._read()
        made = "New links are made. The old ones no longer work." if replaces else "Your link is made."
        return rx.toast.success(made)

    @rx.event
    @signed_in
    async def revoke(self):
        """Give the links up."""
        if not self._was_asked("revoke"):
            return None
        await rx.run_in_thread(partial(perform, revoke_feed, viewer_of(self), ""))
        await self._read()
        return rx.toast.success("The links no longer work.")

    def _was_asked(self, what: str) -> bool:
        """Whether this was asked a moment ago; the question is answered then."""
        asked, self.asked = self.asked, ""
        return asked == what

    async def _read(self) -> None:
        found = await rx.run_in_thread(partial(_links, viewer_of(self)))
        origin = self.router.url.origin
        self.feeds = [FeedLine(name, f"{origin}{path}") for name, path in found]


def _links(viewer: Viewer) -> list[tuple[str, str]]:
    with reading() as db:
        return [(link.name, link.path) for link in feed_links(db, viewer)]
