"""When people are taken in one week, for drawing. What clashes is decided in `scheduling`, not here."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.permissions import HOLDING, Viewer
from app.models.tables import Seat, Session
from app.models.week_strip import Busy
from app.models.words import OCCUPYING, SeatStatus


def load_busy(db: Db, viewer: Viewer, people: Sequence[int], day: date, zone: str) -> dict[int, list[Busy]]:
    """Give each person's taken time in the week of `day`. Two queries.

    What the viewer may not see is merely "busy"; whoever asks must have checked that these
    people are theirs to book.
    """
    monday = day - timedelta(days=day.weekday())
    start, end = clock.day_range(monday, monday + timedelta(days=6), zone)
    own = _own_seats(db, viewer, start, end)
    taken: dict[int, list[Busy]] = defaultdict(list)
    for session, person_id, is_host in _seats(db, people, start, end):
        if session.period is None:
            continue
        is_seen = viewer.manages(session.program_id) or session.id in own
        is_seat = session.mentee_id is None and not is_host
        taken[person_id].append(Busy(session.period, session.name if is_seen else "busy", is_seat))
    return taken


def _in_range(start: datetime, end: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Session.status).in_(OCCUPYING),
        col(Session.deleted_at).is_(None),
        col(Session.start_at) < end,
        col(Session.end_at) > start,
    )


def _seats(db: Db, people: Sequence[int], start: datetime, end: datetime) -> list[tuple[Session, int, bool]]:
    """Everybody of a one-to-one has a seat, so have hosts: the seats tell whose time it is."""
    taking = (SeatStatus.ENROLLED, SeatStatus.UNCONFIRMED)
    query = (
        select(Session, Seat.person_id, Seat.is_host)
        .join(Seat, col(Seat.session_id) == col(Session.id))
        .where(col(Seat.person_id).in_(people), col(Seat.status).in_(taking), _in_range(start, end))
        .order_by(col(Session.start_at), col(Session.id))
    )
    return list(db.exec(query))


def _own_seats(db: Db, viewer: Viewer, start: datetime, end: datetime) -> set[int]:
    query = select(Seat.session_id).join(Session, col(Session.id) == Seat.session_id)
    query = query.where(Seat.person_id == viewer.person_id, col(Seat.status).in_(HOLDING), _in_range(start, end))
    return set(db.exec(query))
