"""The other party's answer to a session that waits for it (R7): accept, decline, propose another time."""

from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models import notices
from app.models.commands.changing import leave_moves, new_periods
from app.models.commands.steps import NOBODY_ASKED, change, grip, in_order
from app.models.drafts import MoveDraft
from app.models.errors import Refusal
from app.models.occupancy import Wish, refuse_clashes
from app.models.permissions import Viewer
from app.models.words import NoticeKind, Scope, Status, Step


def accept(
    db: Db,
    viewer: Viewer,
    now: datetime,
    session_id: int,
    scope: Scope = Scope.THIS,
    *,
    version: int | None = None,
) -> dict[str, Any]:
    """Agree to the time. Raises Clash if it is no longer free, Stale if `version` shows that another one was read."""
    held = grip(db, viewer, now, session_id, Step.ACCEPT, scope, version=version)
    refuse_clashes(db, viewer, [Wish.of(session, held.program) for session in held.sessions], minds_hours=False)
    notices.hasten(db, [session.id or 0 for session in held.sessions], now)
    for session in held.sessions:
        change(db, viewer, session, Step.ACCEPT, now, NOBODY_ASKED | {"status": Status.SCHEDULED})
    db.flush()
    notices.tell(db, NoticeKind.ACCEPTED, in_order(held.sessions), actor=viewer, now=now)
    return {"session_ids": [session.id for session in held.sessions]}


def decline(
    db: Db,
    viewer: Viewer,
    now: datetime,
    session_id: int,
    reason: str = "",
    scope: Scope = Scope.THIS,
    *,
    version: int | None = None,
) -> dict[str, Any]:
    """Say no: the session is cancelled. The reason may be left out. Raises Stale as `accept` does."""
    held = grip(db, viewer, now, session_id, Step.DECLINE, scope, version=version)
    notices.hasten(db, [session.id or 0 for session in held.sessions], now)
    for session in held.sessions:
        values = NOBODY_ASKED | {"status": Status.CANCELLED, "cancel_reason": reason}
        change(db, viewer, session, Step.DECLINE, now, values, reason=reason)
    db.flush()
    notices.tell(db, NoticeKind.DECLINED, in_order(held.sessions), actor=viewer, now=now, reason=reason)
    return {"session_ids": [session.id for session in held.sessions]}


def propose(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: MoveDraft) -> dict[str, Any]:
    """Propose another time: the session takes it, and now waits for the other party's answer."""
    held = grip(db, viewer, now, session_id, Step.PROPOSE, draft.scope, version=draft.version)
    periods = new_periods(held, draft, now)
    if not periods:
        raise Refusal.of("at", "This is the time it has.", "Accept it, or choose another one.")
    moved = [session for session in held.sessions if session.id in periods]
    refuse_clashes(db, viewer, [Wish.of(s, held.program, periods[s.id or 0]) for s in moved], minds_hours=False)
    moves = leave_moves(db, viewer, now, moved, periods)
    notices.hasten(db, list(periods), now)
    for session in moved:
        period = periods[session.id or 0]
        other = session.mentee_id if viewer.person_id == session.host_id else session.host_id
        values = {"start_at": period.start, "end_at": period.end, "asked_id": other}
        change(db, viewer, session, Step.PROPOSE, now, values | {"asked_by_id": viewer.person_id})
    db.flush()
    notices.tell(db, NoticeKind.PROPOSED, in_order(moved), actor=viewer, now=now, moves=moves)
    return {"session_ids": [session.id for session in moved]}
