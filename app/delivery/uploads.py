"""The doors of uploaded files: taking one in, giving the sample and the result out.

They go by plain HTTP, for a file must not pass through a socket; who asks is known by the
cookie, and that the form is our own by its origin (`web`). What is in a file is the models' concern.
"""

import asyncio
from functools import partial
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import downloads, web
from app.delivery.doors import SAID_LASTS
from app.models.commands.run import perform
from app.models.commands.uploads import open_upload
from app.models.cookies import SAID_COOKIE
from app.models.database import reading
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.upload_results import may_upload, result_of, sample_of
from app.models.uploads.reading import LARGEST_FILE, read_table, refused, too_large
from app.models.words import UploadKind

PAGES = {UploadKind.PEOPLE: "/people/upload", UploadKind.SESSIONS: "/sessions/bulk"}
AT_ONCE = asyncio.Semaphore(2)
"""Files read at the same time: each may need some hundred megabytes for a moment."""


async def take(request: Request) -> Response:
    """Take a file in; the page of its kind then shows what is in it."""
    viewer, kind = await web.viewer_at(request), _kind(request)
    if viewer is None or kind is None or not may_upload(viewer, kind):
        return downloads.not_found()
    try:
        upload_id = await taken(request, viewer, kind)
    except Refusal as refusal:
        return answer(request, PAGES[kind], str(refusal))
    return answer(request, f"{PAGES[kind]}?id={upload_id}")


async def taken(request: Request, viewer: Viewer, kind: UploadKind) -> int:
    """Read the form's file and write its rows down; give the upload's id. Raises Refusal."""
    try:
        async with request.form(max_files=1, max_fields=5) as form:
            sent, program = form.get("file"), form.get("program", "")
            if not isinstance(sent, UploadFile) or not sent.filename:
                raise refused("No file was chosen.", "Choose a CSV or XLSX file.")
            if (sent.size or 0) > LARGEST_FILE:
                raise too_large()
            name, content = sent.filename, await sent.read()
    except HTTPException as error:
        raise refused("This form could not be read.", "Choose the file again.") from error
    program_id = as_id(program) if isinstance(program, str) and program else None
    async with AT_ONCE:
        table = await asyncio.to_thread(read_table, content)
    opened = await asyncio.to_thread(lambda: perform(open_upload, viewer, "", kind, name, table, program_id))
    return opened["upload_id"]


def answer(request: Request, path: str, problem: str = "") -> Response:
    """Answer our own script in JSON, and a browser without it by leading it on."""
    if "application/json" in request.headers.get("accept", ""):
        told: dict[str, Any] = {"problem": problem} if problem else {"path": path}
        return JSONResponse(told, 422 if problem else 200)
    response = RedirectResponse(path, 303)
    if problem:
        web.remember(response, SAID_COOKIE, web.said(problem), SAID_LASTS)
    return response


async def give_result(request: Request) -> Response:
    """Give what became of each row, to whoever may see the upload."""
    number, ending = as_id(request.path_params["number"]), request.path_params["ending"]
    return await downloads.give(request, partial(_result, number, ending))


async def give_sample(request: Request) -> Response:
    """Give the sample file, in the organisation's words."""
    return await downloads.give(request, partial(_sample, _kind(request), request.path_params["ending"]))


def _kind(request: Request) -> UploadKind | None:
    """Give the kind that the address names."""
    name = request.path_params["kind"]
    return UploadKind(name) if name in set(UploadKind) else None


def _result(number: int, ending: str, viewer: Viewer) -> Response:
    with reading() as db:
        headings, rows = result_of(db, viewer, number)
    return downloads.table(headings, rows, f"meridian-upload-{number}-result", ending)


def _sample(kind: UploadKind | None, ending: str, viewer: Viewer) -> Response:
    if kind is None or not may_upload(viewer, kind):
        raise NotFound
    with reading() as db:
        headings, rows = sample_of(db, kind)
    return downloads.table(headings, rows, f"meridian-{kind}-sample", ending)


ROUTES: list[BaseRoute] = [
    *web.both_ways("/uploads/{kind}", take, "POST"),
    Route("/uploads/{kind}/sample.{ending}", give_sample, methods=["GET"]),
    Route("/uploads/{number}/result.{ending}", give_result, methods=["GET"]),
]
