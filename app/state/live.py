"""How an open page stays true: its watcher reads again after each commit, whoever made it.

A watcher is a handler in the background that a page names in its `ON_LOAD`, after the one that
reads its address. It ends by itself when this browser is signed out or loses its rights. When the
page is left, reloaded or closed, Reflex cancels it wherever it waits: it must have nothing to tidy
up. It must not know any page.
"""

import asyncio
from collections.abc import Awaitable, Callable

from reflex.state import BaseState

from app.models import hub
from app.models.permissions import Viewer
from app.state.login import find_viewer

Again = Callable[[Viewer], Awaitable[float | None]]
"""Reads what is shown again, the state's lock being held; gives in how many seconds to do so at the latest."""


async def keep_up(state: BaseState, again: Again, *, managers: bool = False, settles: float = 0.0) -> None:
    """Call `again` now and after each commit, for as long as somebody (`managers`: a manager) is signed in here.

    `settles` seconds pass between a commit and the reading, so that many commits are read at once.
    """
    while True:
        mark = hub.seen()
        async with state:
            viewer = find_viewer(state)
            if viewer is None or (managers and not viewer.is_manager):
                return
            seconds = await again(viewer)
        await hub.news(mark, within=seconds)
        await asyncio.sleep(settles)
