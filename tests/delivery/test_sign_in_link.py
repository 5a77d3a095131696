"""Asking for a sign-in link tells nobody whose address is known: not by words, and not by time."""

import asyncio
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from app.delivery import doors
from tests.delivery.conftest import migrated
from tests.models.conftest import clock_at, empty
from tests.models.factories import House, make_house, make_organisation, notices

__all__ = ["clock_at", "empty", "migrated"]


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    return make_house()


async def asked(email: str) -> tuple[bytes, int]:
    """Give the answer, and how many mails were waiting at the moment at which it left."""
    body, waiting = b"", -1
    form = urlencode({"email": email}).encode()
    said = [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", str(len(form)).encode())]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/sign-in/link", "headers": said}
    scope |= {"query_string": b"", "client": ("203.0.113.7", 1), "server": ("meet.example.org", 80), "scheme": "http"}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": form}

    async def send(message: Any) -> None:
        nonlocal body, waiting
        if message["type"] == "http.response.body":
            body, waiting = body + message["body"], len(notices())

    await Starlette(routes=doors.ROUTES)(scope, receive, send)
    return body.replace(email.encode(), b"them"), waiting


def test_link_is_made_when_the_answer_has_gone(house: House) -> None:
    unknown, known = (asyncio.run(asked(email)) for email in ("nobody@example.org", house.mentee.email))
    assert known == unknown
    assert known[1] == 0
    assert [notice.person_id for notice in notices()] == [house.mentee.person_id]
