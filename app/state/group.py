"""The live public page of a group session. It reads, and nothing more: its forms go by plain HTTP.

Strangers watch it too. What reaches them is `PublicPage`, which names no participant.
"""

from dataclasses import dataclass, field
from functools import partial

import reflex as rx

from app.models import clock, hub
from app.models.database import reading
from app.models.public_watch import latest, watching
from app.models.public_words import NO_SESSION, PublicPage, gone_words, private_words, show
from app.models.queries.logins import LOGIN_COOKIE
from app.models.queries.organisation import read_house
from app.models.queries.public import NotOpen, PublicSession
from app.models.queries.public_look import Cookies, is_somebody, look_at
from app.state.login import cookies_of, public

LOOKS_AGAIN = 60.0
"""Seconds after which a page is read without news: a session ends without anybody's doing."""


@dataclass(frozen=True)
class GroupScreen:
    """What the page shows: the session, or in its place `missing`, a sentence, and the way to sign in."""

    title: str = ""
    missing: str = ""
    sign_in: str = ""
    page: PublicPage = field(default_factory=PublicPage)


class GroupState(rx.State):
    """The page; nothing is shown before it is `ready`, for the first HTML is still there."""

    ready: bool = False
    screen: GroupScreen = GroupScreen()

    @rx.event(background=True)
    @public
    async def watch(self):
        """Show the session of this address, and again after each change, while the page is open."""
        async with self:
            slug, cookies = slug_of(self), cookies_of(self)
            self.ready = self.ready and self.screen.page.slug == slug
        known: PublicSession | None = None
        shown: GroupScreen | None = None
        with watching(slug):
            while True:
                mark = hub.seen()
                found = await latest(slug)
                if shown is None or found != known or found is None or is_somebody(found, cookies):
                    screen = await rx.run_in_thread(partial(screen_for, found, cookies))
                    if screen != shown:
                        async with self:
                            self.screen, self.ready = screen, True
                    known, shown = found, screen
                await hub.news(mark, within=LOOKS_AGAIN)


def slug_of(state: rx.State) -> str:
    """Give the end of the page's address."""
    return state.router.url.path.rstrip("/").rpartition("/")[2][:200].replace("\0", "")


def screen_for(found: PublicSession | None, cookies: Cookies) -> GroupScreen:
    """Put the session in words for this browser."""
    if found is None:
        with reading() as db:
            return GroupScreen(NO_SESSION, gone_words(read_house(db).public_contact))
    try:
        seen = look_at(found, cookies)
    except NotOpen:
        href = "" if cookies.get(LOGIN_COOKIE) else f"/sign-in?next=/g/{found.slug}"
        return GroupScreen(NotOpen.TITLE, private_words(is_signed_in=not href), href)
    page = show(found, seen.standing, seen.zone, clock.now())
    return GroupScreen(f"{page.title} · {page.organisation}", page=page)
