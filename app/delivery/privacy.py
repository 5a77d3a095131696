"""The door through which a person's data are given out (P8): one JSON file, to them or to a manager."""

import json
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.delivery import downloads
from app.models import clock
from app.models.database import reading
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.personal_data import load_personal_data


async def give(request: Request) -> Response:
    """Give everything that is kept about one person."""
    return await downloads.give(request, partial(_file, as_id(request.path_params["person_id"])))


def _file(person_id: int, viewer: Viewer) -> Response:
    with reading() as db:
        known = load_personal_data(db, viewer, clock.now(), person_id)
    text = json.dumps(known, ensure_ascii=False, indent=2)
    return downloads.attached(text, "personal-data.json", "application/json")


ROUTES: list[BaseRoute] = [Route("/people/{person_id}/data.json", give, methods=["GET"])]
