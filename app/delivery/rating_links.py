"""The signed door of the mail that asks how a group session was. Nobody signs in for it.

Looking changes nothing; what is sent goes to the same command as in the app. The link is for one
person and one session.
"""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import web
from app.delivery.doors import form_of, house
from app.delivery.papers import UNCACHED, answer_gone
from app.delivery.rendering import render
from app.delivery.seat_links import Place, place_of
from app.models import clock
from app.models.commands.rating import rate
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts import read
from app.models.drafts.ratings import RatingDraft
from app.models.errors import Refusal
from app.models.public_words import show
from app.models.queries.public_look import zone_for
from app.models.queries.ratings import OwnRating, load_own
from app.models.signed import Purpose

NOTHING: Mapping[str, str] = {}


async def show_rating(request: Request) -> Response:
    """Show the session and the form, with what was said already."""
    return await _paper(request)


async def take_rating(request: Request) -> Response:
    """Keep the rating, and thank for it; a refused one is shown again with what was typed."""
    form = await form_of(request)
    try:
        await asyncio.to_thread(_rate, request.path_params["token"], form)
    except Refusal as refusal:
        return await _paper(request, given=form, problems=refusal.by_field())
    return await _paper(request, is_said=True)


def _read(token: str) -> tuple[Place, OwnRating]:
    place = place_of(Purpose.RATING, token)
    with reading() as db:
        return place, load_own(db, place.viewer, place.public.id, clock.now())


def _rate(token: str, form: Mapping[str, str]) -> None:
    place = place_of(Purpose.RATING, token)
    perform(rate, place.viewer, "", place.public.id, read(RatingDraft, form))


async def _paper(
    request: Request,
    *,
    given: Mapping[str, str] = NOTHING,
    problems: Mapping[str, str] = NOTHING,
    is_said: bool = False,
) -> Response:
    try:
        place, own = await asyncio.to_thread(_read, request.path_params["token"])
    except Refusal:
        return answer_gone(await house())
    zone = zone_for(place.public, place.viewer, web.cookies_of(request))
    page = show(place.public, place.standing, zone, clock.now())
    thanks = f"Thank you. You can change it until {own.until}." if is_said else ""
    words = {"note": own.why_not or thanks, "problems": problems}
    typed = {"rating": str(own.stars or ""), "comment": own.comment, **given}
    html = render("rating.html", house=await house(), title=page.title, p=page, own=own, given=typed, **words)
    return HTMLResponse(html, 422 if problems else 200, UNCACHED)


ROUTES: list[BaseRoute] = [
    Route("/rating/{token}", show_rating, methods=["GET"]),
    Route("/rating/{token}", take_rating, methods=["POST"]),
]
