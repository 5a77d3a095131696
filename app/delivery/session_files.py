"""The doors of the session list's files: everything that its filters show (L2), and who is in a session (L3).

Who asks is known by the cookie; what they may read is the models' concern.
"""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import web
from app.models import clock
from app.models.database import reading
from app.models.errors import NotFound
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.session_list_filters import read_picked
from app.models.queries.session_sheets import Sheet, mentees_sheet, sessions_sheet
from app.models.uploads.exports import as_csv, as_xlsx

MAKERS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


async def give_sessions(request: Request) -> Response:
    """Give the list as the address narrows it, or only the sessions chosen by `ids`."""
    query = str(request.url.query)
    return await _give(request, "sessions", lambda viewer: _sessions(viewer, query))


async def give_mentees(request: Request) -> Response:
    """Give the people of one session."""
    session_id = as_id(request.path_params["session_id"])
    return await _give(request, f"session-{session_id}-people", lambda viewer: _mentees(viewer, session_id))


async def _give(request: Request, name: str, read: Callable[[Viewer], Sheet]) -> Response:
    viewer, ending = await web.viewer_at(request), request.path_params["ending"]
    try:
        if viewer is None or ending not in MAKERS:
            raise NotFound
        content = await asyncio.to_thread(_written, ending, lambda: read(viewer))
    except NotFound:
        return PlainTextResponse("This page was not found.", 404)
    headers = {"content-disposition": f'attachment; filename="{name}.{ending}"', "cache-control": "no-store"}
    return Response(content, media_type=MAKERS[ending][1], headers=headers)


def _written(ending: str, read: Callable[[], Sheet]) -> bytes:
    sheet = read()
    return MAKERS[ending][0](sheet.headings, sheet.rows)


def _sessions(viewer: Viewer, query: str) -> Sheet:
    with reading() as db:
        return sessions_sheet(db, viewer, clock.now(), *read_picked(query))


def _mentees(viewer: Viewer, session_id: int) -> Sheet:
    with reading() as db:
        return mentees_sheet(db, viewer, session_id)


ROUTES: list[BaseRoute] = [
    Route("/sessions/export.{ending}", give_sessions, methods=["GET"]),
    Route("/sessions/{session_id}/people.{ending}", give_mentees, methods=["GET"]),
]
