"""The door of the insights' files: one CSV for each part of the page, with the page's filters in its address.

Who asks is known by the cookie; what they may count is the models' concern.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import web
from app.models import clock
from app.models.database import reading
from app.models.errors import NotFound
from app.models.insights import Asked, Part, read_asked
from app.models.permissions import Viewer
from app.models.queries.insights_sheets import Sheet, file_of
from app.models.uploads.exports import as_csv


async def give(request: Request) -> Response:
    """Give one part as CSV."""
    viewer, part = await web.viewer_at(request), request.path_params["part"]
    try:
        if viewer is None or part not in list(Part):
            raise NotFound
        sheet = await asyncio.to_thread(_read, viewer, read_asked(dict(request.query_params)), Part(part))
    except NotFound:
        return PlainTextResponse("This page was not found.", 404)
    content = await asyncio.to_thread(as_csv, sheet.headings, sheet.rows)
    headers = {"content-disposition": f'attachment; filename="insights-{part}.csv"', "cache-control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _read(viewer: Viewer, asked: Asked, part: Part) -> Sheet:
    with reading() as db:
        return file_of(db, viewer, clock.now(), asked, part)


ROUTES: list[BaseRoute] = [Route("/insights/{part}.csv", give, methods=["GET"])]
