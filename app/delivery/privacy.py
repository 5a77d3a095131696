"""The door through which a person's data are given out (P8): one JSON file, to them or to a manager."""

import asyncio
import json

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import web
from app.models import clock
from app.models.database import reading
from app.models.errors import NotFound
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.personal_data import load_personal_data


async def give(request: Request) -> Response:
    """Give everything that is kept about one person."""
    viewer = await web.viewer_at(request)
    try:
        if viewer is None:
            raise NotFound("person")
        text = await asyncio.to_thread(_read, viewer, as_id(request.path_params["person_id"]))
    except NotFound:
        return PlainTextResponse("This page was not found.", 404)
    headers = {"content-disposition": 'attachment; filename="personal-data.json"', "cache-control": "no-store"}
    return Response(text, media_type="application/json", headers=headers)


def _read(viewer: Viewer, person_id: int) -> str:
    with reading() as db:
        return json.dumps(load_personal_data(db, viewer, clock.now(), person_id), ensure_ascii=False, indent=2)


ROUTES: list[BaseRoute] = [Route("/people/{person_id}/data.json", give, methods=["GET"])]
