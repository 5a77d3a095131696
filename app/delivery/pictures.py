"""The doors of the pictures that sessions show: one to bring a picture by, one to look at it.

Anybody may look who knows the address, for the public page shows them; it names the content,
so it may be kept for ever. Who brings one is known by the cookie.
"""

import asyncio
from functools import partial

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import downloads, web
from app.models.commands.pictures import keep_picture, may_keep
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import Refusal
from app.models.pictures import as_photo, as_preview
from app.models.queries.groups import load_picture

AT_ONCE = asyncio.Semaphore(2)
"""Pictures made small at the same time: each may need a hundred megabytes for a moment."""
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}


async def take(request: Request) -> Response:
    """Take a picture in and give its key, or say what is wrong with it."""
    viewer = await web.viewer_at(request)
    if viewer is None or not may_keep(viewer):
        return downloads.not_found()
    try:
        content, position = await sent(request)
        async with AT_ONCE:
            photo = await asyncio.to_thread(partial(as_photo, content, position=position))
        kept = await asyncio.to_thread(perform, keep_picture, viewer, "", photo)
    except Refusal as refusal:
        return JSONResponse({"problem": str(refusal)}, 422)
    return JSONResponse(kept)


async def sent(request: Request) -> tuple[bytes, int]:
    """Read the form's file, and which part of it is to be seen. Raises Refusal."""
    try:
        async with request.form(max_files=1, max_fields=3) as form:
            file, position = form.get("file"), form.get("position", "")
            if not isinstance(file, UploadFile) or not file.filename:
                raise Refusal.of("image", "No picture was chosen.", "Choose a PNG, JPEG, WebP or GIF file.")
            content = await file.read()
    except HTTPException as error:
        raise Refusal.of("image", "This form could not be read.", "Choose the picture again.") from error
    if isinstance(position, str) and position.isascii() and position.isdigit() and len(position) < 4:
        return content, int(position)
    return content, 50


async def give(request: Request) -> Response:
    """Give a picture."""
    found = await asyncio.to_thread(_picture, request.path_params["key"])
    if found is None:
        return Response(status_code=404)
    media_type, content = found
    return Response(content, media_type=media_type, headers=FOR_EVER)


async def give_preview(request: Request) -> Response:
    """Give a picture as chats show it beside a link."""
    found = await asyncio.to_thread(_picture, request.path_params["key"])
    if found is None:
        return Response(status_code=404)
    async with AT_ONCE:
        made = await asyncio.to_thread(as_preview, found[1])
    return Response(made, media_type="image/jpeg", headers=FOR_EVER)


def _picture(key: str) -> tuple[str, bytes] | None:
    with reading() as db:
        return load_picture(db, key)


ROUTES: list[BaseRoute] = [
    *web.both_ways("/pictures", take, "POST"),
    Route("/pictures/{key}.jpg", give_preview, methods=["GET"]),
    Route("/pictures/{key}", give, methods=["GET"]),
]
