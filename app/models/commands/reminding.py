"""Reminding people of what is coming (N4): as long before as the programme says, once, and only of what stands.

A reminder is written when it falls due, not when the session is booked, so that a moved session
reminds anew and a cancelled one never. Whoever came later than that, or whose session did, is
not reminded late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.commands.apart import each_apart
from app.models.commands.standing import standing_since
from app.models.database import lock_rows, reading, transaction
from app.models.notices import tell_each
from app.models.tables import Notice, Program, Seat, Session
from app.models.words import NoticeKind, SeatStatus, Status

LATEST = timedelta(hours=3)
"""How late a reminder is still written after the server stood still, but never past half of its time."""
AT_ONCE = 500


@dataclass(frozen=True)
class Due:
    """A reminder that falls due: `lead` before the session's start. `until` is when the next one takes its place."""

    session_id: int
    start_at: datetime
    lead: timedelta
    until: datetime

    @property
    def at(self) -> datetime:
        """When it falls due."""
        return self.start_at - self.lead

    @property
    def key(self) -> str:
        """Name it by session, start and lead time."""
        return f"reminder:{self.session_id}:{self.start_at:%Y%m%d%H%M%S}:{self.lead // timedelta(minutes=1)}"


def remind(now: datetime) -> int:
    """Write every reminder that is due at `now`, each session's in a transaction of its own; give how many."""
    with reading() as db:
        due = find_due(db, now)
    return each_apart("write the reminders of", _write, due, now)


def find_due(db: Db, now: datetime) -> list[Due]:
    """List what is due and was not written yet, the earliest start first. Five queries."""
    found = _in_time(db, now)
    written = _written(db, found)
    left = [one for one in found if one.key not in written][:AT_ONCE]
    since = standing_since(db, [one.session_id for one in left]) if left else {}
    return [one for one in left if since[one.session_id] <= one.at]


def _in_time(db: Db, now: datetime) -> list[Due]:
    leads = {program_id: sorted(set(minutes)) for program_id, minutes in _reminders(db)}
    windows = [
        sa.and_(
            col(Session.program_id).in_([one for one, minutes in leads.items() if lead in minutes]),
            col(Session.start_at) <= now + timedelta(minutes=lead),
            col(Session.start_at) > now + timedelta(minutes=lead) - _lateness(lead),
        )
        for lead in {one for minutes in leads.values() for one in minutes}
    ]
    if not windows:
        return []
    ahead = _stands(now)
    rows = db.execute(
        sa.select(col(Session.id), col(Session.program_id), col(Session.start_at))
        .where(ahead, sa.or_(*windows))
        .order_by(col(Session.start_at), col(Session.id))
    ).all()
    return [
        one
        for session_id, program_id, start_at in rows
        for one in _of_session(session_id, start_at, leads[program_id])
        if one.at <= now < one.at + _lateness(one.lead // timedelta(minutes=1))
    ]


def _of_session(session_id: int, start_at: datetime, leads: Sequence[int]) -> list[Due]:
    nexts = [0, *leads]
    return [
        Due(session_id, start_at, timedelta(minutes=lead), start_at - timedelta(minutes=shorter))
        for shorter, lead in zip(nexts, leads, strict=False)
    ]


def _reminders(db: Db) -> Iterable[tuple[int, list[int]]]:
    rows = db.exec(select(Program.id, Program.reminder_minutes)).all()
    return [(program_id or 0, [one for one in minutes if one > 0]) for program_id, minutes in rows if minutes]


def _lateness(lead: int) -> timedelta:
    return min(timedelta(minutes=lead) / 2, LATEST)


def _stands(now: datetime) -> sa.ColumnElement[bool]:
    stands = (col(Session.status) == Status.SCHEDULED, col(Session.deleted_at).is_(None), col(Session.start_at) > now)
    return sa.and_(*stands)


def _written(db: Db, due: Sequence[Due]) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(due), AT_ONCE):
        keys = [one.key for one in due[first : first + AT_ONCE]]
        found |= set(db.exec(select(Notice.batch_id).where(col(Notice.batch_id).in_(keys)).distinct()))
    return found


def _write(due: Due, now: datetime) -> bool:
    """Write one session's reminders, if nobody else did and it still stands at that time."""
    with transaction() as db:
        lock_rows(db, Session, [due.session_id])
        still = (Session.id == due.session_id, Session.start_at == due.start_at, _stands(now))
        session = db.exec(select(Session).where(*still)).one_or_none()
        if session is None or _written(db, [due]):
            return False
        seats = select(Seat.person_id).where(
            Seat.session_id == due.session_id, Seat.status == SeatStatus.ENROLLED, col(Seat.since) <= due.at
        )
        people = db.exec(seats.order_by(col(Seat.person_id))).all()
        facts = {"start_at": due.start_at.isoformat()}
        tell_each(db, NoticeKind.REMINDER, session, people, facts, key=due.key, now=now, useful_until=due.until)
    return bool(people)
