"""The door that stops mails about unread messages, for whoever holds such a mail; nobody signs in by it.

Looking stops nothing, for mail scanners look. A mail program posts here by itself when its reader
presses "unsubscribe" (RFC 8058); it sends no cookie and no origin.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.delivery import papers
from app.delivery.doors import house
from app.models import clock
from app.models.commands.account import choose_mails
from app.models.commands.run import perform
from app.models.database import reading
from app.models.permissions import Viewer, load_viewer
from app.models.signed import LinkBroken, Purpose, address_mark, unseal


async def show(request: Request) -> Response:
    """Show the button that stops the mails."""
    try:
        viewer = await asyncio.to_thread(_reader, request.path_params["token"])
    except LinkBroken:
        return papers.stop_gone(await house())
    return papers.stop_button(await house(), viewer.email)


async def stop(request: Request) -> Response:
    """Stop the mails. Once more does nothing more."""
    try:
        viewer = await asyncio.to_thread(_reader, request.path_params["token"])
        await asyncio.to_thread(lambda: perform(choose_mails, viewer, "", wants_messages=False))
    except LinkBroken:
        return papers.stop_gone(await house())
    return papers.stopped(await house(), viewer.email)


def _reader(token: str) -> Viewer:
    with reading() as db:
        facts = unseal(db, Purpose.STOP_MESSAGES, token, clock.now())
        viewer = load_viewer(db, facts["person"])
    if viewer is None or facts.get("to") != address_mark(viewer.email):  # the page shows the address
        raise LinkBroken
    return viewer


ROUTES: list[BaseRoute] = [
    Route("/stop-messages/{token}", show, methods=["GET"]),
    Route("/stop-messages/{token}", stop, methods=["POST"]),
]
