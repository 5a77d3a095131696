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
from app.models.errors import NotFound
from app.models.queries.public_mentor import PublicMentor, look_at_mentor


async def show(request: Request) -> Response:
    """Show the profile; 404 for whoever hosts nothing."""
    try:
        mentor = await asyncio.to_thread(look_at_mentor, slug_of(request), web.cookies_of(request))
    except NotFound:
        return message_page(await house(), "There is no such profile", "The link may be cut off.", 404)
    block = render("mentor.html", m=mentor, organisation=mentor.organisation, logo=mentor.logo)
    return HTMLResponse(first_html.whole(_head(mentor), block), 200, UNCACHED)


def _head(mentor: PublicMentor) -> str:
    said = " ".join("".join(piece.text for piece in mentor.bio).split())[:200]
    said = said or "Upcoming group sessions"
    return preview(mentor.name, mentor.organisation, said, f"/m/{mentor.slug}", logo=mentor.logo)


ROUTES: list[BaseRoute] = [*web.both_ways("/m/{slug}", show, "GET")]
