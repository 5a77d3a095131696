"""Calling sessions off: cancel keeps them to be seen and arranged again, delete hides them for good."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models import notices
from app.models.commands.relationships import add_sessions
from app.models.commands.steps import NOBODY_ASKED, change, grip, in_order
from app.models.drafts import CancelDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.tables import Relationship, Session
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
    numbers = {session.id: session.number for session in held.sessions}
    call_off(db, viewer, now, held.sessions, Step.DELETE, "", deleted_at=now, number=None)
    relationship = db.get(Relationship, held.pivot.relationship_id) if held.pivot.relationship_id else None
    if relationship is not None:
        freed = sorted(number for number in numbers.values() if number is not None)
        add_sessions(db, now, relationship, viewer.person_id, freed)
    return {"session_ids": [session.id for session in held.sessions]}


def call_off(
    db: Db, viewer: Viewer | None, now: datetime, sessions: Sequence[Session], step: Step, reason: str, **values: Any
) -> None:
    """Take the step on sessions that are held and may take it, and tell everybody, one mail a person."""
    notices.hasten(db, [session.id or 0 for session in sessions], now)
    for session in sessions:
        called_off = NOBODY_ASKED | {"status": Status.CANCELLED} | values
        change(db, viewer, session, step, now, called_off, reason=reason)
    db.flush()
    notices.tell(db, NoticeKind.CANCELLED, in_order(sessions), actor=viewer, now=now, reason=reason)
