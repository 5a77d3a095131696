"""A socket sends so much and no more; what our pages send is little."""

import asyncio
from typing import Any

import pytest

from app.delivery import sockets
from app.delivery.sockets import A_SECOND, AT_ONCE, TOO_BIG
from app.delivery.web import Around

CLOSED = {"type": "websocket.disconnect", "code": TOO_BIG}


def heard(monkeypatch: pytest.MonkeyPatch, sent: list[tuple[float, dict[str, Any]]]) -> list[Any]:
    """Give what the application hears of what a socket sends, each message at its second."""
    now, waiting, got = 0.0, iter(sent), list[Any]()

    async def receive() -> Any:
        nonlocal now
        now, message = next(waiting)
        return message

    async def application(_scope: Any, receiving: Any, _send: Any) -> None:
        got.extend([await receiving() for _ in sent])

    monkeypatch.setattr(sockets, "monotonic", lambda: now)
    around = Around(application, pages=[], private_pages=[], error_page=lambda: None)  # pyright: ignore[reportArgumentType]
    asyncio.run(around({"type": "websocket"}, receive, receive))  # pyright: ignore[reportArgumentType]
    return got


def text(length: int) -> dict[str, Any]:
    return {"type": "websocket.receive", "text": "x" * length}


def test_socket_that_sends_too_much_at_once_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    half = text(AT_ONCE // 2)
    sent = [(0.0, {"type": "websocket.connect"}), (0.0, half), (0.1, half), (0.2, half), (0.3, text(1))]
    assert heard(monkeypatch, sent) == [{"type": "websocket.connect"}, half, half, CLOSED, CLOSED]


def test_bytes_count_as_texts_do(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {"type": "websocket.receive", "bytes": b"x" * (AT_ONCE + 1), "text": None}
    assert heard(monkeypatch, [(0.0, sent)]) == [CLOSED]


def test_socket_may_send_as_much_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text(AT_ONCE)
    later = AT_ONCE / A_SECOND
    assert heard(monkeypatch, [(0.0, whole), (later, whole), (later + 1, whole)]) == [whole, whole, CLOSED]
