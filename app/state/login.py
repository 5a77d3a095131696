"""Who is asking. The gate in front of every event, and how a handler learns its viewer.

A handler without one of the three decorators is never run. The browser is known by an
HttpOnly cookie, looked up anew for every event; nothing the page says is believed.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from reflex.state import BaseState

from app.models.cookies import read_cookies
from app.models.database import reading
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.logins import LOGIN_COOKIE, token_hash, viewer_of_token

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


def cookies_of(state: BaseState) -> dict[str, str]:
    """Give the cookies that came with the browser's socket."""
    return read_cookies(state.router.headers.cookie)


def find_viewer(state: BaseState) -> Viewer | None:
    """Look up who sits at the browser now; None for a stranger. A few indexed reads, under a millisecond."""
    token = cookies_of(state).get(LOGIN_COOKIE, "")
    if not token:
        return None
    with reading() as db:
        return viewer_of_token(db, token_hash(token))


def viewer_of(state: BaseState) -> Viewer:
    """Give the signed-in viewer. Raises NotFound for a stranger (the gate has already refused them)."""
    viewer = find_viewer(state)
    if viewer is None:
        raise NotFound
    return viewer
