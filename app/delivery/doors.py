"""The HTTP doors: signing in and out, the set-up, the logo, health. What must not depend on a socket.

Every form is sent by the browser itself and answered with a redirect or a whole page. Each
door reads its form, gives one command, and sets or takes the login cookie.
"""

import asyncio
import base64
import binascii
import re
from functools import partial
from urllib.parse import parse_qs

from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import papers, web
from app.delivery.settings import public_url
from app.models import clock
from app.models.commands import access, founding, organisation
from app.models.commands.account import sign_out_everywhere
from app.models.commands.guessing import TooManyTries
from app.models.commands.run import perform
from app.models.cookies import MODE_COOKIE, SAID_COOKIE, ZONE_COOKIE
from app.models.database import reading
from app.models.drafts import FounderDraft, read
from app.models.errors import NotFound, Refusal
from app.models.permissions import require_org_manager
from app.models.queries.logins import LOGIN_COOKIE, token_hash, viewer_of_token
from app.models.queries.organisation import House, database_answers, read_house, read_logo

MARK_COOKIE = "meridian_mark"
"""Proves that its person signed in at this browser before; nobody is signed in by it."""
SAID_LASTS = 60
MARK_LASTS = MODE_LASTS = 365 * 24 * 3600
LONGEST_FIELD = 10_000

Form = dict[str, str]


async def form_of(request: Request) -> Form:
    """Read a form's plain fields; what is too long for any of them is cut."""
    form = await request.form(max_files=1, max_fields=50)
    return {name: value[:LONGEST_FIELD] for name, value in form.items() if isinstance(value, str)}


def browser_of(request: Request) -> access.Browser:
    """Give what is known of the browser that asks."""
    cookies = web.cookies_of(request)
    zone, mark = cookies.get(ZONE_COOKIE, ""), cookies.get(MARK_COOKIE, "")
    return access.Browser(web.client_address(request), request.headers.get("user-agent", ""), zone, mark)


def welcome(cookie: str, path: str) -> Response:
    """Let the browser in: its cookie, and a whole new page, so that the socket carries it."""
    response = RedirectResponse(path, 303)
    take_in(response, cookie)
    return response


def first_page(cookie: str, path: str) -> str:
    """Give where somebody goes who wanted nothing in particular: who manages nothing has a day of their own."""
    if path != "/":
        return path
    with reading() as db:
        viewer = viewer_of_token(db, token_hash(cookie))
    return "/" if viewer is None or viewer.is_manager else "/me"


def take_in(response: Response, cookie: str) -> None:
    """Give the browser its login."""
    web.remember(response, LOGIN_COOKIE, cookie, int(access.LOGIN_LASTS.total_seconds()))
    web.forget(response, SAID_COOKIE)


def way_back(request: Request) -> str:
    """Give where somebody wanted to go: the sign-in page they come from has it in its address."""
    came_from = parse_qs(web.split(request.headers.get("referer", "")).query)
    return web.local_path(came_from.get("next", ["/"])[0])


def back_to_sign_in(problem: str, email: str, path: str) -> Response:
    """Show the sign-in page again, with what was wrong and the e-mail that was typed."""
    response = RedirectResponse(papers.sign_in_path(path), 303)
    web.remember(response, SAID_COOKIE, web.said(problem, email[:254]), SAID_LASTS)
    return response


async def sign_in(request: Request) -> Response:
    """Sign in by e-mail and password."""
    form = await form_of(request)
    email, path = form.get("email", ""), way_back(request)
    command = partial(access.sign_in, email, form.get("password", ""), browser_of(request), clock.now())
    try:
        cookie = await asyncio.to_thread(command)
        response = welcome(cookie, await asyncio.to_thread(first_page, cookie, path))
    except Refusal as refusal:
        return back_to_sign_in(str(refusal), email, path)
    web.remember(response, MARK_COOKIE, await asyncio.to_thread(access.mark_for, email), MARK_LASTS)
    return response


async def send_link(request: Request) -> Response:
    """Mail a sign-in link; what is said is the same for every address."""
    form = await form_of(request)
    email = form.get("email", "")
    path = way_back(request)
    if "@" not in email:
        return back_to_sign_in("Fill in your e-mail address; the link is sent there.", email, path)
    try:
        await asyncio.to_thread(access.note_link, browser_of(request), clock.now())
    except TooManyTries as refusal:
        return back_to_sign_in(str(refusal), email, path)
    answer = papers.link_sent(await house(), email)
    # A link for somebody takes longer to make than none: when the answer has gone, the time tells nothing.
    answer.background = BackgroundTask(access.send_link, email, clock.now(), public_url(), path)
    return answer


async def show_link(request: Request) -> Response:
    """Show the button that uses a mailed link up. Scanners that only look do not press it."""
    token = request.path_params["token"]
    works = await asyncio.to_thread(access.works, token, access.SIGN_IN, clock.now())
    return papers.link_button(await house()) if works else papers.link_used(await house())


async def use_link(request: Request) -> Response:
    """Sign in by a mailed link, and go on to where its reader wanted to go."""
    path = web.local_path(request.query_params.get("next", "/"))
    command = partial(access.sign_in_by_link, request.path_params["token"], browser_of(request), clock.now())
    try:
        cookie = await asyncio.to_thread(command)
        return welcome(cookie, await asyncio.to_thread(first_page, cookie, path))
    except access.LinkUsed:
        return papers.link_used(await house())


async def sign_out(request: Request) -> Response:
    """Forget this browser."""
    await asyncio.to_thread(access.sign_out, web.cookies_of(request).get(LOGIN_COOKIE, ""), clock.now())
    return farewell()


async def leave_everywhere(request: Request) -> Response:
    """Forget every browser of the person, this one too."""
    viewer = await web.viewer_at(request)
    if viewer is not None:
        await asyncio.to_thread(perform, sign_out_everywhere, viewer, "")
    return farewell()


def farewell() -> Response:
    """Show the sign-in page to somebody who left."""
    response = RedirectResponse("/sign-in?left=1", 303)
    web.forget(response, LOGIN_COOKIE)
    return response


async def choose_mode(request: Request) -> Response:
    """Remember whether a manager looks at everything or at their own sessions, and lead to the home of that."""
    mode = "personal" if (await form_of(request)).get("mode") == "personal" else "manager"
    response = RedirectResponse("/me" if mode == "personal" else "/", 303)
    web.remember(response, MODE_COOKIE, mode, MODE_LASTS)
    return response


async def show_setup(request: Request) -> Response:
    """Offer the two ways to begin, to whoever has the printed link."""
    token = request.query_params.get("token", "")
    if not await asyncio.to_thread(founding.may_set_up, token, clock.now()):
        return papers.setup_closed(await house())
    return papers.setup(token, {}, {})


async def set_up(request: Request) -> Response:
    """Create the organisation and its owner, or say what is missing in the form."""
    form = await form_of(request)
    token = form.get("token", "")
    try:
        draft = read(FounderDraft, {name: form.get(name, "") for name in FounderDraft.model_fields})
        command = partial(founding.found, token, draft, form.get("password", ""), browser_of(request), clock.now())
        return welcome(await asyncio.to_thread(command), "/")
    except access.LinkUsed:
        return papers.setup_closed(await house())
    except Refusal as refusal:
        return papers.setup(token, form, refusal.by_field())


async def explore(request: Request) -> Response:
    """Fill the installation with demo data, sign in as its manager and show everybody's password."""
    token = (await form_of(request)).get("token", "")
    try:
        command = partial(founding.explore, token, browser_of(request), clock.now())
        cookie, signs = await asyncio.to_thread(command)
    except Refusal:
        return papers.setup_closed(await house())
    response = papers.demo_ready(await house(), signs)
    take_in(response, cookie)
    return response


async def save_logo(request: Request) -> Response:
    """Take a new logo, or none, from the settings page."""
    viewer = await web.viewer_at(request)
    response = RedirectResponse("/settings#logo", 303)
    try:
        if viewer is None:
            raise NotFound
        require_org_manager(viewer)
        sent = (await request.form(max_files=1, max_fields=3)).get("logo")
        content = await sent.read() if isinstance(sent, UploadFile) else b""
        made = await asyncio.to_thread(organisation.logo_of, content)
        await asyncio.to_thread(perform, organisation.change_logo, viewer, "", made)
    except Refusal as refusal:
        web.remember(response, SAID_COOKIE, web.said(str(refusal)), SAID_LASTS)
    return response


async def logo(_request: Request) -> Response:
    """Give the organisation's picture; its address changes with it."""
    data = await asyncio.to_thread(_logo)
    found = re.fullmatch(r"data:(image/(?:png|jpeg|webp));base64,(.+)", data, re.DOTALL)
    if found is None:
        return Response(status_code=404)
    try:
        picture = base64.b64decode(found[2], validate=True)
    except binascii.Error:
        return Response(status_code=404)
    return Response(picture, media_type=found[1], headers={"cache-control": "public, max-age=31536000, immutable"})


async def health(_request: Request) -> Response:
    """Say whether the database answers. Needs no login and tells nothing else."""
    ok = await asyncio.to_thread(database_answers)
    return JSONResponse({"ok": ok, "database": "answers" if ok else "does not answer"}, 200 if ok else 503)


async def house() -> House:
    """Read what anybody may see of the organisation."""
    return await asyncio.to_thread(_read_house)


def _read_house() -> House:
    with reading() as db:
        return read_house(db)


def _logo() -> str:
    with reading() as db:
        return read_logo(db)


ROUTES: list[BaseRoute] = [
    *web.both_ways("/sign-in", sign_in, "POST"),
    *web.both_ways("/sign-in/link", send_link, "POST"),
    *web.both_ways("/sign-out", sign_out, "POST"),
    *web.both_ways("/sign-out/everywhere", leave_everywhere, "POST"),
    *web.both_ways("/mode", choose_mode, "POST"),
    *web.both_ways("/enter/{token}", show_link, "GET"),
    *web.both_ways("/enter/{token}", use_link, "POST"),
    *web.both_ways("/setup", show_setup, "GET"),
    *web.both_ways("/setup", set_up, "POST"),
    *web.both_ways("/setup/demo", explore, "POST"),
    *web.both_ways("/settings/logo", save_logo, "POST"),
    Route("/logo/{name}", logo, methods=["GET"]),
    Route("/health", health, methods=["GET"]),
]
