"""The doors of the session list's files: everything that its filters show (L2), and who is in a session (L3)."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.delivery import downloads
from app.models import clock
from app.models.database import reading
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.session_list_filters import read_picked
from app.models.queries.session_sheets import mentees_sheet, sessions_sheet


async def give_sessions(request: Request) -> Response:
    """Give the list as the address narrows it, or only the sessions chosen by `ids`."""
    query, ending = str(request.url.query), request.path_params["ending"]
    return await downloads.give(request, partial(_sessions, query, ending))


async def give_mentees(request: Request) -> Response:
    """Give the people of one session."""
    session_id, ending = as_id(request.path_params["session_id"]), request.path_params["ending"]
    return await downloads.give(request, partial(_mentees, session_id, ending))


def _sessions(query: str, ending: str, viewer: Viewer) -> Response:
    with reading() as db:
        sheet = sessions_sheet(db, viewer, clock.now(), *read_picked(query))
    return downloads.table(sheet.headings, sheet.rows, "sessions", ending)


def _mentees(session_id: int, ending: str, viewer: Viewer) -> Response:
    with reading() as db:
        sheet = mentees_sheet(db, viewer, session_id)
    return downloads.table(sheet.headings, sheet.rows, f"session-{session_id}-people", ending)


ROUTES: list[BaseRoute] = [
    Route("/sessions/export.{ending}", give_sessions, methods=["GET"]),
    Route("/sessions/{session_id}/people.{ending}", give_mentees, methods=["GET"]),
]
