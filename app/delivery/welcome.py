"""The door of a first-access link (P9): greets, takes a password, lets in. A native form, without any socket."""

import asyncio
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from app.delivery import papers, web
from app.delivery.doors import MARK_COOKIE, MARK_LASTS, browser_of, form_of, house, welcome
from app.models import clock
from app.models.commands import access, first_access
from app.models.errors import Refusal


async def show(request: Request) -> Response:
    """Show the form; scanners that only look use nothing up."""
    return await greet(request.path_params["token"], {})


async def take(request: Request) -> Response:
    """Take the password and let the person in, or say what is wrong with it."""
    token = request.path_params["token"]
    password = (await form_of(request)).get("password", "")
    newcomer = await asyncio.to_thread(first_access.newcomer_of, token, clock.now())
    command = partial(first_access.choose_password, token, password, browser_of(request), clock.now())
    try:
        response = welcome(await asyncio.to_thread(command), "/")
    except access.LinkUsed:
        return papers.welcome_over(await house())
    except Refusal as refusal:
        return await greet(token, refusal.by_field())
    if newcomer is not None:
        mark = await asyncio.to_thread(access.mark_for, newcomer.email)
        web.remember(response, MARK_COOKIE, mark, MARK_LASTS)
    return response


async def greet(token: str, problems: dict[str, str]) -> Response:
    """Show the form, with what was wrong; a link that no longer works shows how to go on."""
    newcomer = await asyncio.to_thread(first_access.newcomer_of, token, clock.now())
    if newcomer is None:
        return papers.welcome_over(await house())
    return papers.welcome(await house(), newcomer, problems)


ROUTES: list[BaseRoute] = [
    *web.both_ways("/welcome/{token}", show, "GET"),
    *web.both_ways("/welcome/{token}", take, "POST"),
]
