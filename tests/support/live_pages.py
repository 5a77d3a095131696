"""Live public pages without a browser: their sockets alone, as a phone with the page open holds one.

They open the page of a session, and keep every frame that the server sends.
"""

import asyncio
import json
import re
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from simple_websocket import AioClient, ConnectionClosed

FIRST, PING, PONG = "0", "2", "3"
"""What engine.io puts in front of a frame."""
_SAID = re.compile(r'"(places|waiting)":"((?:[^"\\]|\\.)*)"')


@dataclass
class LivePage:
    """One open page: the frames that came, the places and the waiting list as it shows them last."""

    frames: list[str] = field(default_factory=list[str])
    shown: dict[str, str] = field(default_factory=dict[str, str])

    def take(self, frame: str) -> None:
        """Remember a frame."""
        self.frames.append(frame)
        self.shown |= dict(_SAID.findall(frame))


class LivePages:
    """Pages that are all open while the block runs; `until_all_show` waits for what each has to say."""

    def __init__(self, base_url: str, path: str, count: int) -> None:
        self.base_url = base_url
        self.path = path
        self.pages = [LivePage() for _ in range(count)]
        self._changed = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "LivePages":
        self._tasks = [asyncio.create_task(self._watch(page)) for page in self.pages]
        await self.until_all_show("places")
        return self

    async def __aexit__(self, *_raised: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def until_all_show(self, what: str, text: str = "") -> None:
        """Wait until every page shows this text as its `what`; any at all, if `text` is ""."""
        async with self._changed:
            await self._changed.wait_for(lambda: all(_shows(page.shown.get(what, ""), text) for page in self.pages))

    async def _watch(self, page: LivePage) -> None:
        socket = await AioClient.connect(
            f"ws://{urlsplit(self.base_url).netloc}/_event/?token={uuid4()}&EIO=4&transport=websocket",
            subprotocols=[version("reflex")],
            headers={"Origin": self.base_url},
        )
        try:
            while True:
                await self._answer(socket, page, str(await socket.receive()))
        except ConnectionClosed:
            return
        finally:
            await socket.close()

    async def _answer(self, socket: AioClient, page: LivePage, frame: str) -> None:
        if frame.startswith(FIRST):
            await socket.send("40/_event," + json.dumps(self._hello()))
        elif frame == PING:
            await socket.send(PONG)
        else:
            page.take(frame)
            async with self._changed:
                self._changed.notify_all()

    def _hello(self) -> dict[str, Any]:
        """Make what a browser sends once its socket is open: load this page."""
        at = {"pathname": self.path, "asPath": self.path, "query": {"slug": self.path.rpartition("/")[2]}}
        event = {"name": "reflex___state____state.hydrate_and_load", "payload": {}, "router_data": at}
        return {"event": event}


def _shows(shown: str, wanted: str) -> bool:
    return shown == wanted if wanted else bool(shown)
