"""What holds for every HTTP request, whoever serves it: headers, origins, sizes, caches, who may see a page.

Plain ASGI around the whole application. It must not know what a page shows.
"""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from app.delivery.settings import proxy_hops, public_url
from app.delivery.sockets import measured_socket
from app.models.cookies import read_cookies
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.logins import LOGIN_COOKIE, token_hash, viewer_of_token
from app.models.signed import Purpose

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
LARGEST_BODY = 3 * 1024 * 1024
_TABLE = 11 * 1024 * 1024
LARGER_BODIES = {"/uploads/people": _TABLE, "/uploads/sessions": _TABLE, "/pictures": 9 * 1024 * 1024}
"""What files of rows and pictures may weigh on their way; what they may weigh themselves is the models' concern."""
A_YEAR = 365 * 24 * 3600
_WITH_TOKEN = re.compile(rf"^/({'|'.join([*Purpose, 'enter', 'feeds', 'welcome'])})/.+")
"""Addresses that end in a secret."""

log = logging.getLogger("meridian.web")


class Around:
    """Stands around the application: refuses foreign posts, finds pages, sends strangers to the door, adds headers."""

    def __init__(
        self, app: Asgi, *, pages: Sequence[str], private_pages: Sequence[str], error_page: Callable[[], Response]
    ) -> None:
        self.app = app
        self.folders = {route for route in pages if "[" not in route and route != "/"}
        self.private = [pattern_of(route) for route in private_pages]
        self.error_page = error_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, measured_socket(receive) if scope["type"] == "websocket" else receive, send)
            return
        await self.serve(scope, measured(receive, largest_body(scope["path"])), dress(scope, send))

    def found(self, scope: Scope) -> Scope:
        """Lead /calendar to the folder it is kept in: a redirect to /calendar/ would name the wrong host or scheme."""
        if scope["method"] not in ("GET", "HEAD") or scope["path"] not in self.folders:
            return scope
        path = scope["path"] + "/"
        return {**scope, "path": path, "raw_path": path.encode()}

    async def refusal(self, scope: Scope) -> Response | None:
        """Give what is answered instead of the page, or None."""
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE_METHODS and not is_from_here(headers):
            return PlainTextResponse("This form was sent from another site.", 403)
        length, most = headers.get("content-length", "0"), largest_body(scope["path"])
        if not length.isdigit() or int(length) > most or "chunked" in headers.get("transfer-encoding", ""):
            return PlainTextResponse("This is too large.", 413)
        if "\0" in scope["path"]:  # names nothing, and PostgreSQL fails when it is asked for it
            return PlainTextResponse("This page was not found.", 404)
        if scope["method"] in ("GET", "HEAD") and any(page.fullmatch(scope["path"]) for page in self.private):
            return await turned_away(scope)
        return None

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer; what it could not catch becomes a page in words."""
        begun = False

        async def noticing(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            answer = await self.refusal(scope) or self.app
            await answer(self.found(scope), receive, noticing)
        except Exception:
            log.exception("A request failed: %s %s", scope["method"], without_tokens(scope["path"]))
            if begun:
                raise
            await self.error_page()(scope, receive, send)


def largest_body(path: str) -> int:
    """Give how many bytes a request to this path may bring."""
    return LARGER_BODIES.get(path.rstrip("/"), LARGEST_BODY)


def measured(receive: Receive, most: int = LARGEST_BODY) -> Receive:
    """Stop a body that grows too large on its way: by HTTP/2 it may come without saying its length."""
    got = 0

    async def receiving() -> MutableMapping[str, Any]:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise HTTPException(413, "This is too large.")
        return message

    return receiving


async def turned_away(scope: Scope) -> Response | None:
    """Send a stranger to the sign-in page before anything of a page is shown to them."""
    if await viewer_at(Request(scope)) is not None:
        return None
    wanted = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return RedirectResponse("/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted)}", 303)


def pattern_of(route: str) -> re.Pattern[str]:
    """Make a pattern of a page's route such as /s/[id], with or without a slash at the end."""
    parts = [r"[^/]+" if part.startswith("[") else re.escape(part) for part in route.strip("/").split("/")]
    return re.compile("/" + "/".join(parts) + "/?" if route.strip("/") else "/")


def dress(scope: Scope, send: Send) -> Send:
    """Add the headers that every answer wears."""
    wanted = security_headers(Headers(scope=scope).get("host", ""))
    path = scope["path"]

    async def dressed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in wanted.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", cache_rule(path, message["status"], headers.get("content-type", "")))
        await send(message)

    return dressed


def security_headers(host: str) -> dict[str, str]:
    """Give the headers that tell a browser what it must not do. Reflex's toasts and forms need 'unsafe-eval'."""
    sockets = f" ws://{host} wss://{host}" if re.fullmatch(r"[\w.:\[\]-]{1,255}", host) else ""
    policy = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{sockets}; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
    secure = {"strict-transport-security": f"max-age={A_YEAR}"} if is_secure() else {}
    return secure | {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "x-frame-options": "DENY",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }


def cache_rule(path: str, status: int, content_type: str) -> str:
    """Say how long an answer may be kept: names under /assets/ carry a digest, pages may change at any moment."""
    if path.startswith("/assets/") and status == 200:
        return f"public, max-age={A_YEAR}, immutable"
    return "no-cache" if content_type.startswith(("text/html", "text/css", "text/javascript")) else "no-store"


def is_secure() -> bool:
    """Whether people reach Meridian by https."""
    return public_url().startswith("https://")


def is_from_here(headers: Headers) -> bool:
    """Whether a form was sent by one of our own pages. Browsers name the origin with every post; programs need not."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    if origin == public_url():
        return True
    if origin == "null":  # a browser that hides where it comes from; one in a foreign frame says "cross-site"
        return headers.get("sec-fetch-site") == "same-origin"
    sent_by = split(origin)
    return sent_by.netloc == headers.get("host") and (sent_by.hostname in LOOPBACK or not is_secure())


def client_address(request: Request) -> str:
    """Give the network address a request came from.

    MERIDIAN_PROXY_HOPS says how many reverse proxies stand in front; each adds the one it
    saw to X-Forwarded-For, and what stands further left was written by the sender.
    """
    hops = proxy_hops()
    seen = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if hops and len(seen) >= hops:
        return seen[-hops]
    return request.client.host if request.client else ""


def cookies_of(request: Request) -> dict[str, str]:
    """Give the request's cookies."""
    return read_cookies(request.headers.get("cookie", ""))


async def viewer_at(request: Request) -> Viewer | None:
    """Give who is signed in at the browser that asks, None for a stranger."""
    token = cookies_of(request).get(LOGIN_COOKIE, "")
    return await asyncio.to_thread(_viewer_of, token) if token else None


def _viewer_of(token: str) -> Viewer | None:
    with reading() as db:
        return viewer_of_token(db, token_hash(token))


def split(address: str) -> SplitResult:
    """Take an address apart; one that is none, such as "//[", has no parts."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def both_ways(path: str, door: Any, *methods: str) -> list[Route]:
    """Open a door with and without a slash at the end; a redirect between them would lose a form."""
    return [Route(one, door, methods=list(methods)) for one in (path, f"{path}/")]


def local_path(wanted: str) -> str:
    """Give `wanted` if it is a path of this site, else "/": a link must not lead elsewhere after signing in."""
    parts = split(wanted)
    is_path = wanted.startswith("/") and parts.path.startswith("/") and not (parts.netloc or parts.scheme)
    is_plain = (
        is_path
        and not wanted.startswith("//")
        and "\\" not in wanted
        and all(" " <= letter != "\x7f" for letter in wanted)
    )
    return wanted if is_plain and not parts.path.startswith("/sign-") else "/"


def remember(response: Response, name: str, value: str, seconds: int) -> None:
    """Set a cookie no script reads and no other site's post carries."""
    response.set_cookie(
        name, quote(value), max_age=seconds, path="/", httponly=True, samesite="lax", secure=is_secure()
    )


def forget(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=is_secure())


def without_tokens(path: str) -> str:
    """Give a path as it may be logged: the secret of a link or a feed is left out."""
    return _WITH_TOKEN.sub(r"/\1/…", path)


def said(problem: str, email: str = "") -> str:
    """Pack what the sign-in page says next, for a cookie of a minute."""
    return json.dumps({"problem": problem, "email": email})
