"""Ending an assignment: its history stays, booking and messages close (A5). Assigning again makes a new one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history, notices
from app.models.commands.assigning import pair_facts, tell_of_pairs
from app.models.commands.relationships import access_relationship
from app.models.commands.steps import NOBODY_ASKED, change, in_order
from app.models.database import lock_rows
from app.models.drafts.relationships import EndDraft
from app.models.errors import NotFound, Problem, Refusal
from app.models.permissions import Viewer
from app.models.tables import Session
from app.models.words import NoticeKind, Status, Step


def end(db: Db, viewer: Viewer, now: datetime, draft: EndDraft, *, batch_id: str = "") -> dict[str, Any]:
    """End a relationship and cancel those of its future sessions that the draft names; the others take place.

    Ended already: nothing is written, nobody is told. With a `batch_id` each person is told
    once of all of theirs that end with it.
    """
    relationship, _ = access_relationship(db, viewer, draft.relationship_id, lock=True)
    if not viewer.manages(relationship.program_id):
        raise NotFound("relationship")
    if relationship.ended_at is not None:
        return {"relationship_id": relationship.id, "cancelled": [], "kept": []}
    future = future_sessions(db, now, relationship.id or 0)
    cancelled = _chosen(future, draft)
    call_off(db, viewer, now, cancelled, draft.reason)
    relationship.ended_at = now
    history.record(
        db,
        viewer,
        "end",
        now=now,
        relationship_id=relationship.id,
        program_id=relationship.program_id,
        after={"mentor_id": relationship.mentor_id, "mentee_id": relationship.mentee_id},
        reason=draft.reason,
        batch_id=batch_id,
    )
    db.flush()
    kept = [session for session in future if session not in cancelled]
    facts = pair_facts([relationship]) | notices.about(db, cancelled) | {"kept": len(kept), "reason": draft.reason}
    tell_of_pairs(db, viewer, now, NoticeKind.ENDED, [(relationship, facts)], batch_id=batch_id)
    return {
        "relationship_id": relationship.id,
        "cancelled": [session.id for session in cancelled],
        "kept": [session.id for session in kept],
    }


def future_sessions(db: Db, now: datetime, relationship_id: int) -> list[Session]:
    """Hold and list the sessions that are still to come and have not started, in order of time."""
    asked = select(Session).where(
        Session.relationship_id == relationship_id,
        col(Session.deleted_at).is_(None),
        col(Session.status).in_((Status.PENDING, Status.SCHEDULED)),
        col(Session.end_at) > now,
    )
    lock_rows(db, Session, [row.id or 0 for row in db.exec(asked)])
    # Read anew: one of them may have started, or been moved, while its row was waited for.
    return in_order(db.exec(asked.execution_options(populate_existing=True)).all())


def call_off(db: Db, viewer: Viewer, now: datetime, sessions: Sequence[Session], reason: str) -> None:
    """Cancel sessions whose rows are held, without telling: the caller tells once of all."""
    notices.hasten(db, [session.id or 0 for session in sessions], now)
    for session in sessions:
        called_off = NOBODY_ASKED | {"status": Status.CANCELLED, "cancel_reason": reason}
        change(db, viewer, session, Step.CANCEL, now, called_off, reason=reason)


def _chosen(future: Sequence[Session], draft: EndDraft) -> list[Session]:
    """Give the sessions to cancel. Raises Refusal where one is none of those to come, or the reason is missing."""
    wanted = set(draft.cancels)
    if not wanted <= {session.id for session in future}:
        raise Refusal(
            Problem("cancels", "One of these sessions has started or changed meanwhile.", "Look at the list again.")
        )
    if wanted and not draft.reason:
        raise Refusal.of("reason", "The reason is missing.", "Say why: everybody concerned will read it.")
    return [session for session in future if session.id in wanted]
