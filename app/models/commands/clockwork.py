"""What the clock does by itself: unanswered requests lapse, live sessions end, empty ones are missed.

Places that were held too long fall free, people are reminded and asked how it was, sessions that too few come to are
seen to, and old uploads are deleted.

Each session is a transaction of its own that locks it and looks again, so that every
step happens once, however many workers tick at the same time.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import hub, lifecycle, notices
from app.models.commands import uploads
from app.models.commands.apart import each_apart
from app.models.commands.asking import ask_how_it_was
from app.models.commands.enrolling import expire_holds
from app.models.commands.meeting import close
from app.models.commands.minimums import check_minimums
from app.models.commands.reminding import remind
from app.models.commands.steps import NOBODY_ASKED, change, lock_people_of
from app.models.database import lock_rows, reading, transaction
from app.models.permissions import facts_of
from app.models.tables import Seat, Session
from app.models.words import NoticeKind, Part, Place, SeatStatus, Status, Step

CLOCK = frozenset({Part.CLOCK})
AT_ONCE = 500
"""So many sessions of each kind a tick; the rest waits for the next."""

Lapse = Callable[[Db, Session, datetime], None]


def tick(now: datetime) -> int:
    """Take every step that is due at `now`; gives how many were taken."""
    taken = 0
    for due, step, lapse in (
        (_unanswered(now), Step.LAPSE, _lapse_request),
        (_over(now), Step.FINISH, _end),
        (_empty(now), Step.LAPSE, _miss),
    ):
        with reading() as db:
            ids = db.exec(select(Session.id).where(due).order_by(col(Session.end_at)).limit(AT_ONCE)).all()
        taken += each_apart(
            f"take the step {step} of session", partial(_take, due, step, lapse), [one for one in ids if one], now
        )
    taken += expire_holds(now) + check_minimums(now) + remind(now) + ask_how_it_was(now)
    taken += uploads.sweep(now)
    if taken:
        hub.wake()
    return taken


def _take(due: sa.ColumnElement[bool], step: Step, lapse: Lapse, session_id: int, now: datetime) -> bool:
    with transaction() as db:
        lock_people_of(db, [session_id])
        lock_rows(db, Session, [session_id])
        session = db.exec(select(Session).where(Session.id == session_id, due)).one_or_none()
        if session is None or lifecycle.why_not(facts_of(session), step, CLOCK, now):
            return False
        lapse(db, session, now)
        return True


def _unanswered(now: datetime) -> sa.ColumnElement[bool]:
    return _still(Status.PENDING, col(Session.start_at) <= now)


def _over(now: datetime) -> sa.ColumnElement[bool]:
    return _still(Status.LIVE, col(Session.end_at) <= now - lifecycle.FINISHES_AFTER)


def _empty(now: datetime) -> sa.ColumnElement[bool]:
    return _still(Status.SCHEDULED, col(Session.end_at) <= now, col(Session.place) == Place.ONLINE)


def _still(status: Status, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.and_(col(Session.status) == status, col(Session.deleted_at).is_(None), *conditions)


def _lapse_request(db: Db, session: Session, now: datetime) -> None:
    notices.hasten(db, [session.id or 0], now)
    change(db, None, session, Step.LAPSE, now, NOBODY_ASKED | {"status": Status.CANCELLED})
    db.flush()
    notices.tell(db, NoticeKind.UNANSWERED, [session], actor=None, now=now)


def _end(db: Db, session: Session, now: datetime) -> None:
    seats = db.exec(select(Seat).where(Seat.session_id == session.id).order_by(col(Seat.id))).all()
    close(db, None, now, session, seats)


def _miss(db: Db, session: Session, now: datetime) -> None:
    enrolled = select(Seat).where(Seat.session_id == session.id, Seat.status == SeatStatus.ENROLLED)
    for seat in db.exec(enrolled):
        seat.attended = False
    change(db, None, session, Step.LAPSE, now, {"status": Status.MISSED, "finished_at": now}, tells=False)
