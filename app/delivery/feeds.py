"""The door of private calendar feeds (N3): whoever has the link may read, as calendars do, without a cookie.

Calendars ask every few minutes, for ever: an answer that is still good costs them no download, and
a link that was given up says that it is gone.
"""

import asyncio
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import invitations
from app.models import clock
from app.models.database import reading
from app.models.errors import Refusal
from app.models.queries.feeds import Feed, FeedOver, read_feed

KEPT = {"cache-control": "private, max-age=300"}


async def give(request: Request) -> Response:
    """Give the calendar; 304 where the asker has it already, 410 where the link was given up."""
    try:
        feed = await asyncio.to_thread(_feed, request.path_params["token"])
    except FeedOver as over:
        return PlainTextResponse(str(over), 410)
    except Refusal:
        return PlainTextResponse("This calendar was not found.", 404)
    # To write a long calendar takes longer than to read what it is made of, so that is what is compared.
    tag = f'"{sha256(repr(feed).encode()).hexdigest()[:32]}"'
    headers = KEPT | {"etag": tag, "content-disposition": 'inline; filename="meridian.ics"'}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    text = await asyncio.to_thread(invitations.feed, feed.letter, feed.name, names_people=feed.is_of_program)
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


def _feed(token: str) -> Feed:
    with reading() as db:
        return read_feed(db, token, clock.now())


ROUTES: list[BaseRoute] = [Route("/feeds/{token}.ics", give, methods=["GET"])]
