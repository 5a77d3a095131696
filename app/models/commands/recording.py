"""Writing down a session that already took place, or was missed, without having been booked (P12).

Nobody is invited to what has been: the others are only told that it was recorded.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, notices, spoken
from app.models.commands.relationships import access_relationship, require_going_on, take_numbers
from app.models.commands.steps import change, place_values
from app.models.drafts.relationships import PastDraft
from app.models.errors import Clash, Problem, Refusal, StepRefused
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.tables import Relationship, Seat, Session
from app.models.words import NoticeKind, Shown, Status

OUTCOMES = {Shown.COMPLETED: Status.COMPLETED, Shown.MISSED: Status.MISSED}


def record_past(db: Db, viewer: Viewer, now: datetime, draft: PastDraft) -> dict[str, Any]:
    """Record a session that has been: under the lowest number still to be arranged, else under a new one."""
    relationship, _ = access_relationship(db, viewer, draft.relationship_id, lock=True)
    _permit(viewer, relationship)
    if draft.outcome not in OUTCOMES:
        raise Refusal.of("outcome", "Its time has passed.", "Record it as completed or missed.")
    period = _past(draft, now)
    _refuse_taken(db, viewer, relationship, period)
    [session] = take_numbers(db, now, relationship, viewer.person_id, 1)
    marks = _mark(db, session, draft)
    change(db, viewer, session, "record_past", now, _values(draft, period, now), tells=False, marks=marks)
    db.flush()
    _tell(db, viewer, now, relationship, session)
    return {"session_id": session.id}


def _permit(viewer: Viewer, relationship: Relationship) -> None:
    if viewer.manages(relationship.program_id):
        return
    if viewer.person_id != relationship.mentor_id:
        raise StepRefused(Problem("", "It is not for you to record what has been.", "Ask the other, or a manager."))
    require_going_on(relationship)


def _past(draft: PastDraft, now: datetime) -> Period:
    """Give the time it took. Raises Refusal where it does not occur, or is not over."""
    start = clock.instant(datetime.combine(draft.day, draft.at), draft.zone)
    period = Period.lasting(start, draft.minutes)
    if period.end > now:
        raise Refusal.of("day", "This time is not over yet.", "Book a session that is still to come instead.")
    return period


def _refuse_taken(db: Db, viewer: Viewer, relationship: Relationship, period: Period) -> None:
    """Raise Clash where the mentor was in another session, or this pair has one at that time already.

    What was merely planned elsewhere does not count: it may not have taken place.
    """
    overlaps = (
        col(Session.deleted_at).is_(None),
        col(Session.start_at) < period.end,
        col(Session.end_at) > period.start,
    )
    took_place = col(Session.status).in_((Status.COMPLETED, Status.LIVE))
    in_pair = col(Session.status).in_((Status.SCHEDULED, Status.LIVE, Status.COMPLETED, Status.MISSED))
    mine = col(Session.relationship_id) == relationship.id
    held = select(Session).where(*overlaps, Session.host_id == relationship.mentor_id, took_place | (mine & in_pair))
    rows = db.exec(held.order_by(col(Session.start_at))).all()
    if rows:
        raise Clash(Problem("at", _taken_words(viewer, relationship, rows[0]), "Correct that one, or the time here."))


def _taken_words(viewer: Viewer, relationship: Relationship, session: Session) -> str:
    if session.relationship_id == relationship.id:
        return f"“{session.name}” of these two is at this time."
    if session.host_id != viewer.person_id and not viewer.manages(session.program_id):
        return "Another session is at this time."
    assert session.period is not None
    return f"“{session.name}” was at this time: {spoken.span(session.period, viewer.zone)}."


def _values(draft: PastDraft, period: Period, now: datetime) -> dict[str, Any]:
    written = {"written_up_at": now} if draft.covered or draft.next_steps else {}
    return (
        {"start_at": period.start, "end_at": period.end, "zone": draft.zone}
        | {"title": draft.title, "details": draft.details, "covered": draft.covered, "next_steps": draft.next_steps}
        | {"status": OUTCOMES[draft.outcome], "finished_at": now}
        | place_values(draft.meeting)
        | written
    )


def _mark(db: Db, session: Session, draft: PastDraft) -> dict[str, tuple[bool | None, bool]]:
    """Set who came; of a completed session both did unless the draft says otherwise."""
    marks: dict[str, tuple[bool | None, bool]] = {}
    for seat in db.exec(select(Seat).where(Seat.session_id == session.id).order_by(col(Seat.id))):
        came = draft.attended.get(seat.person_id, True if draft.outcome == Shown.COMPLETED else seat.attended)
        if came is not None and came != seat.attended:
            marks[f"attended.{seat.person_id}"] = (seat.attended, came)
            seat.attended = came
    return marks


def _tell(db: Db, viewer: Viewer, now: datetime, relationship: Relationship, session: Session) -> None:
    facts = notices.about(db, [session])
    for person_id in sorted({relationship.mentor_id, relationship.mentee_id} - {viewer.person_id}):
        key = f"{session.id}.{session.version}"
        notices.tell_person(
            db,
            NoticeKind.RECORDED,
            person_id,
            facts,
            actor=viewer,
            now=now,
            dedupe_key=key,
            session_id=session.id,
        )
