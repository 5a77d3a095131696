"""Calling several sessions off at once: each is a transaction of its own, so that one refusal stops no other.

The mails wait until `tell_together`, which makes one a person of them (N6). Should it never be
called, each leaves by itself after a while.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.batches import hold_back, join_some, last_notice
from app.models.commands.cancelling import cancel, delete
from app.models.commands.run import perform
from app.models.database import reading, transaction
from app.models.drafts import CancelDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.tables import Session

HELD = timedelta(minutes=5)
"""So long the mails wait to become one; a server that dies meanwhile sends each by itself then."""
BROKEN = "The database did not answer. Try this one again."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refused:
    """A session that was left as it is, and why. Its number stands for one that the person may not see."""

    session_id: int
    title: str
    why: str


@dataclass(frozen=True)
class Several:
    """What became of several sessions."""

    done: list[int] = field(default_factory=list[int])
    refused: list[Refused] = field(default_factory=list[Refused])


def cancel_each(viewer: Viewer, key: str, session_ids: Sequence[int], draft: CancelDraft) -> Several:
    """Cancel each for the same reason. Those that cannot be are named, and never raise."""
    return _each(session_ids, lambda one: perform(_held(cancel, key), viewer, key, one, draft))


def delete_each(viewer: Viewer, key: str, session_ids: Sequence[int]) -> Several:
    """Delete each (L7). Those that cannot be are named, and never raise."""
    return _each(session_ids, lambda one: perform(_held(delete, key), viewer, key, one))


def tell_together(key: str) -> None:
    """Send each person the mails of one request as one; where the database does not answer they leave one by one."""
    try:
        while _join_some(key):
            pass
    except DBAPIError:
        log.exception("The mails of %s could not be joined", key)


def _join_some(key: str) -> bool:
    with transaction() as db:
        return join_some(db, clock.now(), key)


def _held(command: Callable[..., dict[str, Any]], key: str) -> Callable[..., dict[str, Any]]:
    """Let the mails of a command wait for `tell_together`."""

    @wraps(command)
    def step(db: Db, viewer: Viewer, now: datetime, *args: Any) -> dict[str, Any]:
        after = last_notice(db)
        result = command(db, viewer, now, *args)
        hold_back(db, now, key, after, HELD)
        return result

    return step


def _each(session_ids: Sequence[int], step: Callable[[int], object]) -> Several:
    done: list[int] = []
    hindered: dict[int, Refusal] = {}
    for one in session_ids:
        try:
            step(one)
            done.append(one)
        except Refusal as refusal:
            hindered[one] = refusal
        except DBAPIError:
            log.exception("Session %s could not be called off", one)
            hindered[one] = Refusal.of("", BROKEN)
    titles = _titles([one for one, why in hindered.items() if not isinstance(why, NotFound)])
    return Several(done, [Refused(one, titles.get(one, f"Session {one}"), str(why)) for one, why in hindered.items()])


def _titles(session_ids: Sequence[int]) -> dict[int, str]:
    with reading() as db:
        rows = db.exec(select(Session).where(col(Session.id).in_(session_ids))) if session_ids else []
        return {row.id or 0: row.name for row in rows}
