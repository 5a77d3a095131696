"""Who is asking. The gate in front of every event, and how a handler learns its viewer.

A handler without one of the three decorators is never run. The browser is known by an
HttpOnly cookie, looked up anew for every event; nothing the page says is believed.
"""

import hashlib
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar

import reflex as rx

from app.models.database import reading
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.logins import viewer_of_token

COOKIE = "meridian_login"
PUBLIC, SIGNED_IN, MANAGER = "public", "signed_in", "manager"

Handler = TypeVar("Handler", bound=Callable[..., Any])


def public(handler: Handler) -> Handler:
    """Mark a handler that a stranger may call."""
    handler.__requires__ = PUBLIC  # pyright: ignore[reportFunctionMemberAccess]
    return handler


def signed_in(handler: Handler) -> Handler:
    """Mark a handler for anybody who is signed in; rows are still checked behind it."""
    handler.__requires__ = SIGNED_IN  # pyright: ignore[reportFunctionMemberAccess]
    return handler


def manager_only(handler: Handler) -> Handler:
    """Mark a handler for managers of the organisation or of a programme; rows are still checked behind it."""
    handler.__requires__ = MANAGER  # pyright: ignore[reportFunctionMemberAccess]
    return handler


def token_hash(token: str) -> str:
    """Give what is stored of a cookie or a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_of(state: rx.State) -> str:
    """Give the login cookie that came with the browser's socket, "" for none."""
    try:
        jar = SimpleCookie(state.router.headers.cookie)
    except CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""


def find_viewer(state: rx.State) -> Viewer | None:
    """Look up who sits at the browser now; None for a stranger. A few indexed reads, under a millisecond."""
    token = cookie_of(state)
    if not token:
        return None
    with reading() as db:
        return viewer_of_token(db, token_hash(token))


def viewer_of(state: rx.State) -> Viewer:
    """Give the signed-in viewer. Raises NotFound for a stranger (the gate has already refused them)."""
    viewer = find_viewer(state)
    if viewer is None:
        raise NotFound
    return viewer
