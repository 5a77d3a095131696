"""Files that leave by HTTP: who asks is known by the cookie, what they may read is the models' concern."""

import asyncio
from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.delivery import web
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.uploads.exports import as_csv, as_xlsx

TABLES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


async def give(request: Request, make: Callable[[Viewer], Response]) -> Response:
    """Give the file that `make` makes for who is signed in. Strangers get none, nor does who is told NotFound."""
    viewer = await web.viewer_at(request)
    try:
        if viewer is None:
            raise NotFound
        return await asyncio.to_thread(make, viewer)
    except NotFound:
        return not_found()


def not_found() -> Response:
    """Say that there is no such file, or door, for who asks."""
    return PlainTextResponse("This page was not found.", 404)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], name: str, ending: str) -> Response:
    """Make a file of rows, CSV or XLSX by its `ending`. Raises NotFound for another one."""
    if ending not in TABLES:
        raise NotFound
    write, media_type = TABLES[ending]
    return attached(write(headings, rows), f"{name}.{ending}", media_type)


def attached(content: bytes | str, name: str, media_type: str) -> Response:
    """Make a file to be saved under this name, and kept nowhere on its way."""
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
