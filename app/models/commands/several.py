"""Calling several sessions off at once: each is a transaction of its own, so that one refusal stops no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select

from app.models.commands.cancelling import cancel, delete
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts import CancelDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.tables import Session


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
    return _each(session_ids, lambda one: perform(cancel, viewer, key, one, draft))


def delete_each(viewer: Viewer, key: str, session_ids: Sequence[int]) -> Several:
    """Delete each (L7). Those that cannot be are named, and never raise."""
    return _each(session_ids, lambda one: perform(delete, viewer, key, one))


def _each(session_ids: Sequence[int], step: Callable[[int], object]) -> Several:
    done: list[int] = []
    hindered: dict[int, Refusal] = {}
    for one in session_ids:
        try:
            step(one)
            done.append(one)
        except Refusal as refusal:
            hindered[one] = refusal
    titles = _titles([one for one, why in hindered.items() if not isinstance(why, NotFound)])
    return Several(done, [Refused(one, titles.get(one, f"Session {one}"), str(why)) for one, why in hindered.items()])


def _titles(session_ids: Sequence[int]) -> dict[int, str]:
    with reading() as db:
        rows = db.exec(select(Session).where(col(Session.id).in_(session_ids))) if session_ids else []
        return {row.id or 0: row.name for row in rows}
