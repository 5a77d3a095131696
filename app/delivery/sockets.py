"""How much one socket may send. Our pages send little; to read what is sent takes the time of everybody else's.

Plain ASGI. It must not know what an event is.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from time import monotonic
from typing import Any

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

AT_ONCE = 2 * 1024 * 1024
A_SECOND = 256 * 1024
"""Characters. A long text goes over whole at each pause in the typing."""
TOO_BIG = 1009
"""The close code for too much data (RFC 6455, §7.4.1)."""


def measured_socket(receive: Receive) -> Receive:
    """Let a socket send so much at once and so much a second; one that sends more is closed, and may be opened anew."""
    left, since = float(AT_ONCE), monotonic()

    async def receiving() -> MutableMapping[str, Any]:
        nonlocal left, since
        message = await receive()
        if message["type"] == "websocket.receive":
            moment = monotonic()
            left, since = min(AT_ONCE, left + (moment - since) * A_SECOND), moment
            left -= len(message.get("text") or message.get("bytes") or "")
        return message if left >= 0 else {"type": "websocket.disconnect", "code": TOO_BIG}

    return receiving
