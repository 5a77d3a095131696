"""Calling sessions off: cancel keeps them to be seen and arranged again, delete hides them for good."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models import notices
from app.models.commands.relationships import add_numbered
from app.models.commands.steps import NOBODY_ASKED, Grip, change, grip, grip_all, in_order
from app.models.drafts import CancelDraft
from app.models.errors import Refusal
from app.models.notices import News
from app.models.permissions import Viewer
from app.models.tables import Session
from app.models.words import Kind, NoticeKind, Scope, Status, Step


def cancel(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: CancelDraft) -> dict[str, Any]:
    """Cancel, as far in the series as the draft says. A one-to-one session wants a reason (C9); its number stays."""
    held = grip(db, viewer, now, session_id, Step.CANCEL, draft.scope)
    if held.pivot.kind == Kind.ONE_TO_ONE and not draft.reason:
        raise Refusal.of("reason", "The reason is missing.", "Say why: everybody concerned will read it.")
    call_off(db, viewer, now, held.sessions, Step.CANCEL, draft.reason, cancel_reason=draft.reason)
    return {"session_ids": [session.id for session in held.sessions]}


def delete(db: Db, viewer: Viewer, now: datetime, session_id: int, scope: Scope = Scope.THIS) -> dict[str, Any]:
    """Delete (L7): told as cancelled, hidden in every view, gone for good; a number is to be arranged again."""
    held = grip(db, viewer, now, session_id, Step.DELETE, scope)
    _delete(db, viewer, now, [held])
    return {"session_ids": [session.id for session in held.sessions]}


def delete_all(db: Db, viewer: Viewer, now: datetime, session_ids: Sequence[int]) -> None:
    """Delete several sessions, each by itself; all of them or, with what is wrong with one, none."""
    _delete(db, viewer, now, grip_all(db, viewer, now, session_ids, Step.DELETE))


def _delete(db: Db, viewer: Viewer, now: datetime, held: Sequence[Grip]) -> None:
    freed = [
        (one.access.relationship, session.number)
        for one in held
        for session in sorted(one.sessions, key=lambda session: session.number or 0)
        if one.access.relationship is not None and session.number is not None
    ]
    sessions = [one.sessions for one in held]
    call_off_all(db, viewer, now, sessions, Step.DELETE, "", deleted_at=now, number=None)
    add_numbered(db, now, viewer.person_id, freed)


def call_off(
    db: Db, viewer: Viewer | None, now: datetime, sessions: Sequence[Session], step: Step, reason: str, **values: Any
) -> None:
    """Take the step on sessions that are held and may take it, and tell everybody, one mail a person."""
    call_off_all(db, viewer, now, [sessions], step, reason, **values)


def call_off_all(
    db: Db,
    viewer: Viewer | None,
    now: datetime,
    held: Sequence[Sequence[Session]],
    step: Step,
    reason: str,
    **values: Any,
) -> None:
    """Call several off as `call_off` does each."""
    sessions = [session for some in held for session in some]
    notices.hasten(db, [session.id or 0 for session in sessions], now)
    for session in sessions:
        called_off = NOBODY_ASKED | {"status": Status.CANCELLED} | values
        change(db, viewer, session, step, now, called_off, reason=reason)
    db.flush()
    news = [News(NoticeKind.CANCELLED, in_order(some), reason) for some in held]
    notices.tell_all(db, news, actor=viewer, now=now)
