"""Asking those who came to a group session how it was: once, an hour after its end.

A visitor has no account, and no other way to say so than the link in that mail. Whoever has rated
already is not asked; who is known to have been absent neither.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from app.models.commands.apart import each_apart
from app.models.database import lock_rows, reading, transaction
from app.models.notices import tell_each
from app.models.rating import OPEN_FOR, who_came
from app.models.tables import Notice, Seat, Session
from app.models.words import Kind, NoticeKind, Status

AFTER = timedelta(hours=1)
LATEST = timedelta(days=1)
"""Whoever was not asked by then, because the server stood still, is not asked any more."""
AT_ONCE = 500


def ask_how_it_was(now: datetime) -> int:
    """Ask after every session that it is time for; give how many. Each is a transaction of its own."""
    with reading() as db:
        due = select(Session.id).where(_is_due(now)).order_by(col(Session.finished_at)).limit(AT_ONCE)
        ids = [one for one in db.exec(due) if one]
    return each_apart("ask how it was in session", _ask, ids, now)


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    asked = select(Notice.id).where(Notice.session_id == Session.id, Notice.kind == NoticeKind.RATE)
    return sa.and_(
        col(Session.kind) == Kind.GROUP,
        col(Session.status) == Status.COMPLETED,
        col(Session.deleted_at).is_(None),
        col(Session.start_at) > now - OPEN_FOR,
        col(Session.finished_at) <= now - AFTER,
        col(Session.finished_at) > now - LATEST,
        ~asked.exists(),
        select(Seat.id).where(Seat.session_id == Session.id, _may_tell()).exists(),
    )


def _may_tell() -> sa.ColumnElement[bool]:
    """Find who came and has not rated yet."""
    return sa.and_(who_came(), col(Seat.rating).is_(None))


def _ask(session_id: int, now: datetime) -> bool:
    with transaction() as db:
        lock_rows(db, Session, [session_id])
        session = db.exec(select(Session).where(Session.id == session_id, _is_due(now))).one_or_none()
        if session is None:
            return False
        people = select(Seat.person_id).where(Seat.session_id == session_id, _may_tell()).order_by(col(Seat.person_id))
        key, until = f"rate:{session_id}", now + OPEN_FOR / 2
        tell_each(db, NoticeKind.RATE, session, db.exec(people), key=key, now=now, useful_until=until)
    return True
