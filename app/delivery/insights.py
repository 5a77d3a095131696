"""The door of the insights' files: one CSV for each part of the page, with the page's filters in its address."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.delivery import downloads
from app.models import clock
from app.models.database import reading
from app.models.errors import NotFound
from app.models.insights import Asked, Part, read_asked
from app.models.permissions import Viewer
from app.models.queries.insights_sheets import file_of


async def give(request: Request) -> Response:
    """Give one part as CSV."""
    asked = read_asked(dict(request.query_params))
    return await downloads.give(request, partial(_file, asked, request.path_params["part"]))


def _file(asked: Asked, part: str, viewer: Viewer) -> Response:
    if part not in list(Part):
        raise NotFound
    with reading() as db:
        sheet = file_of(db, viewer, clock.now(), asked, Part(part))
    return downloads.table(sheet.headings, sheet.rows, f"insights-{part}", "csv")


ROUTES: list[BaseRoute] = [Route("/insights/{part}.csv", give, methods=["GET"])]
