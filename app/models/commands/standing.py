"""Since when a session has stood at its time, for the clock: what comes too late for it is left out."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.tables import Change, Session
from app.models.words import Status


def standing_since(db: Db, session_ids: Sequence[int]) -> dict[int, datetime]:
    """Give when each session was last given its time, or confirmed at it: booked, moved, accepted, reactivated.

    Two queries. Steps about one person's place are not looked at.
    """
    rows = db.exec(select(Session.id, Session.created_at).where(col(Session.id).in_(session_ids))).all()
    since = {session_id: created_at for session_id, created_at in rows if session_id}
    steps = select(Change.session_id, Change.at, Change.after).where(
        col(Change.session_id).in_(session_ids), col(Change.person_id).is_(None)
    )
    for session_id, at, after in db.exec(steps.order_by(col(Change.id))):
        if session_id in since and ("start_at" in after or after.get("status") == Status.SCHEDULED):
            since[session_id] = max(since[session_id], at)
    return since
