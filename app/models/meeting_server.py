"""Asks a BigBlueButton server to open a room: the only call that leaves for it. `bigbluebutton` makes the address."""

import httpx

SECONDS = 10.0
SILENT = "The meeting server does not answer. Please try again in a moment."


async def open_room(address: str) -> bool:
    """Call the address that makes a room; False if the server does not answer, or not with yes."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await client.get(address)
    except httpx.HTTPError:
        return False
    return answer.is_success and "<returncode>SUCCESS</returncode>" in answer.text
