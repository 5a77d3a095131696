"""Asks the HTTP doors without a server: one request, one answer, no script."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp


class Asking:
    """A client of some routes, or of all that stands around them. It follows no redirect."""

    def __init__(self, doors: Sequence[BaseRoute] | ASGIApp, **headers: str) -> None:
        self.app = doors if callable(doors) else Starlette(routes=doors)
        self.headers = headers

    def get(self, path: str, **values: Any) -> httpx.Response:
        """Look."""
        return self.ask("GET", path, **values)

    def head(self, path: str, **values: Any) -> httpx.Response:
        """Look whether there is something to look at."""
        return self.ask("HEAD", path, **values)

    def post(self, path: str, **values: Any) -> httpx.Response:
        """Send a form (`data`) or files (`files`)."""
        return self.ask("POST", path, **values)

    def ask(self, method: str, path: str, **values: Any) -> httpx.Response:
        """Ask once."""
        return asyncio.run(self._ask(method, path, values))

    async def _ask(self, method: str, path: str, values: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://meet.example.org") as client:
            return await client.request(method, path, headers=self.headers | values.pop("headers", {}), **values)
