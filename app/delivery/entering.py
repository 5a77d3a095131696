"""Going into a group session's meeting from its public page, also for visitors without an account.

It is the same command as in the app, so that attendance is known. Who is not signed in goes by the
name they registered with: another one would tell whose address they typed.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import web
from app.delivery.doors import house
from app.delivery.papers import UNCACHED
from app.delivery.public import NAME_COOKIE, bearer, turned_away
from app.delivery.public_looks import session_page, slug_of
from app.delivery.rendering import render
from app.models.commands.meeting import enter, enter_unknown
from app.models.commands.run import perform
from app.models.drafts import clean
from app.models.errors import NotFound, Refusal
from app.models.meeting_server import SILENT, open_room
from app.models.queries.public import NotOpen
from app.models.queries.public_look import Look, look
from app.models.words import SeatStatus

LONGEST_NAME = 200
GUEST = "Guest"
"""What somebody is called in a room whose browser has forgotten their name."""


async def go_in(request: Request) -> Response:
    """Note that they are there, and lead them to the meeting."""
    try:
        seen = await asyncio.to_thread(look, slug_of(request), web.cookies_of(request))
    except (NotFound, NotOpen) as refusal:
        return await turned_away(request, refusal)
    try:
        way = await asyncio.to_thread(_enter, seen, web.cookies_of(request).get(NAME_COOKIE, ""))
    except Refusal as refusal:
        return session_page(seen, {}, {"": str(refusal)}, 422)
    if way["create"] and not await open_room(way["create"]):
        return session_page(seen, {}, {"": SILENT}, 503)
    html = render("entering.html", house=await house(), title=seen.public.title, link=way["link"])
    return HTMLResponse(html, 200, UNCACHED)


def _enter(seen: Look, name: str) -> dict[str, str]:
    if seen.viewer is not None:
        return perform(enter, seen.viewer, "", seen.public.id)
    if seen.mark is None or seen.standing.status != SeatStatus.ENROLLED:
        raise Refusal.of("", "Register first: only those who have a place can go in.")
    called = str(clean(name))[:LONGEST_NAME] or GUEST
    if viewer := bearer(seen):
        return perform(enter, viewer, "", seen.public.id, called="" if seen.mark.is_proven else called)
    return enter_unknown(seen.public.id, called)


ROUTES: list[BaseRoute] = [Route("/g/{slug}/enter", go_in, methods=["POST"])]
