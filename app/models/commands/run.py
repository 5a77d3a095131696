"""How a command is carried out: one transaction, once for each request key, then the pages are woken."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col

from app.models import clock, hub
from app.models.database import lock_name, transaction
from app.models.errors import NotFound
from app.models.permissions import Viewer, load_viewer
from app.models.tables import Request

REMEMBERED = timedelta(days=30)
"""How long a repeat of a request is recognised: longer than any page stays open or any form is kept."""

P = ParamSpec("P")
Result = TypeVar("Result", bound=dict[str, Any] | None)
Command = Callable[Concatenate[Db, Viewer, datetime, P], Result]


def perform(command: "Command[P, Result]", viewer: Viewer, key: str, *args: P.args, **kwargs: P.kwargs) -> Result:
    """Carry out `command(db, viewer, now, …)` in a transaction of its own and give its result.

    `key` is the sender's name for this one request of the command; a repeat of it (a double
    click, a replay after a reconnect) changes nothing and gives the first result again. Sent
    with other arguments it is another request: whoever never saw the first answer and then
    changed the form must not be told that the change was made. "" means no such guard. The
    viewer's rights are read anew inside the transaction. Raises what the command raises; then
    nothing is written.
    """
    now = clock.now()
    with transaction() as db:
        full_key = f"{viewer.person_id}:{command.__name__}:{_digest(key, args, kwargs)}" if key else ""
        if full_key:
            lock_name(db, full_key)
        if full_key and (earlier := db.get(Request, full_key)) is not None:
            return earlier.result  # pyright: ignore[reportReturnType]
        actor = load_viewer(db, viewer.person_id)
        if actor is None:
            raise NotFound
        result = command(db, actor, now, *args, **kwargs)
        if full_key:
            db.execute(sa.delete(Request).where(col(Request.at) < now - REMEMBERED))
            db.add(Request(key=full_key, person_id=actor.person_id, result=result or {}, at=now))
    hub.wake()
    return result


def _digest(key: str, args: tuple[object, ...], kwargs: dict[str, object]) -> str:
    return sha256(repr((key, args, sorted(kwargs.items()))).encode()).hexdigest()
