"""One picture of each public session for all the pages of this process that show it.

Hundreds of pages may watch one session while people register for it: it is read once a change,
and not more often than they can be told. Knows nothing of who watches.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from app.models import hub
from app.models.errors import NotFound
from app.models.queries.public import PublicSession
from app.models.queries.public_look import read_public

SHORTEST_PAUSE, PAUSE_A_PAGE = 0.3, 0.004
"""Seconds between two readings of one session: longer the more pages have to be told."""
SESSIONS_KEPT = 500


class _Picture:
    """A session as it was read last; `mark` is the hub's at that moment."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.mark = -1
        self.read_at = 0.0
        self.public: PublicSession | None = None
        self.pages = 0

    async def renew(self, slug: str) -> None:
        """Read again if something was committed since."""
        if self.mark == hub.seen():
            return
        pause = max(SHORTEST_PAUSE, self.pages * PAUSE_A_PAGE)
        await asyncio.sleep(max(0.0, self.read_at + pause - time.monotonic()))
        mark = hub.seen()
        try:
            self.public = await asyncio.to_thread(read_public, slug)
        except NotFound:
            self.public = None
        self.mark, self.read_at = mark, time.monotonic()


_albums: "WeakKeyDictionary[asyncio.AbstractEventLoop, OrderedDict[str, _Picture]]" = WeakKeyDictionary()


def _picture(slug: str) -> _Picture:
    album = _albums.setdefault(asyncio.get_running_loop(), OrderedDict())
    picture = album.pop(slug, None) or _Picture()
    album[slug] = picture
    if len(album) > SESSIONS_KEPT:
        album.popitem(last=False)
    return picture


async def latest(slug: str) -> PublicSession | None:
    """Give the session as it is now, or was a moment ago; None where there is none."""
    picture = _picture(slug)
    async with picture.lock:
        await picture.renew(slug)
    return picture.public


@contextmanager
def watching(slug: str) -> Iterator[None]:
    """Count a page that shows the session, while it does."""
    picture = _picture(slug)
    picture.pages += 1
    try:
        yield
    finally:
        picture.pages -= 1
