"""The public profile of somebody who hosts group sessions, /m/<slug>: its first HTML, whole without any script."""

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from app.delivery import first_html, web
from app.delivery.doors import house
from app.delivery.papers import UNCACHED
from app.delivery.public_looks import message_page, preview, slug_of
from app.delivery.rendering import render
from app.models import clock
from app.models.database import reading
from app.models.errors import NotFound
from app.models.queries.public_look import browser_zone
from app.models.queries.public_mentor import PublicMentor, load_public_mentor


async def show(request: Request) -> Response:
    """Show the profile; 404 for whoever hosts nothing."""
    zone = browser_zone(web.cookies_of(request))
    try:
        mentor = await asyncio.to_thread(_read, slug_of(request), zone)
    except NotFound:
        return message_page(await house(), "There is no such profile", "The link may be cut off.", 404)
    block = render("mentor.html", m=mentor, organisation=mentor.organisation, logo=mentor.logo)
    return HTMLResponse(first_html.whole(_head(mentor), block), 200, UNCACHED)


def _read(slug: str, zone: str) -> PublicMentor:
    with reading() as db:
        return load_public_mentor(db, slug, zone, clock.now())


def _head(mentor: PublicMentor) -> str:
    said = " ".join("".join(piece.text for piece in mentor.bio).split())[:200]
    return preview(mentor.name, mentor.organisation, said or "Upcoming group sessions", f"/m/{mentor.slug}")


ROUTES: list[BaseRoute] = [*web.both_ways("/m/{slug}", show, "GET")]
