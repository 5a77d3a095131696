"""Going into a group session's meeting from its public page, also for visitors without an account.

It is the same command as in the app, so that attendance is known; the meeting's own link is
told to nobody who has no place.
"""

import asyncio

import httpx
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import web
from app.delivery.papers import UNCACHED, render
from app.delivery.public import bearer, turned_away
from app.delivery.public_looks import read_the_house, session_page, slug_of
from app.models.commands.meeting import enter
from app.models.commands.run import perform
from app.models.errors import NotFound, Refusal
from app.models.queries.public import NotOpen
from app.models.queries.public_look import Look, look

ROOM_SECONDS = 10.0
SILENT = "The meeting server does not answer. Please try again in a moment."


async def go_in(request: Request) -> Response:
    """Note that they are there, and lead them to the meeting."""
    try:
        seen = await asyncio.to_thread(look, slug_of(request), web.cookies_of(request))
    except (NotFound, NotOpen) as refusal:
        return await turned_away(request, refusal)
    try:
        way = await asyncio.to_thread(_enter, seen)
    except Refusal as refusal:
        return session_page(seen, {}, {"": str(refusal)}, 422)
    if way["create"] and not await _opens(way["create"]):
        return session_page(seen, {}, {"": SILENT}, 503)
    house = await asyncio.to_thread(read_the_house)
    html = render("entering.html", house=house, title=seen.public.title, link=way["link"])
    return HTMLResponse(html, 200, UNCACHED)


def _enter(seen: Look) -> dict[str, str]:
    viewer = seen.viewer or bearer(seen)
    if viewer is None:
        raise Refusal.of("", "Register first: only those who have a place can go in.")
    return perform(enter, viewer, "", seen.public.id)


async def _opens(address: str) -> bool:
    try:
        async with httpx.AsyncClient(timeout=ROOM_SECONDS) as client:
            answer = await client.get(address)
    except httpx.HTTPError:
        return False
    return answer.is_success and "<returncode>SUCCESS</returncode>" in answer.text


ROUTES: list[BaseRoute] = [Route("/g/{slug}/enter", go_in, methods=["POST"])]
