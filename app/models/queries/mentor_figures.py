"""What a mentor's work comes to, for those who manage them (L4): hosted, hours, attendance, rating; what is next."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.attendance import were_there
from app.models.permissions import Viewer
from app.models.queries.ratings import Bar, bars_of, mentor_rating
from app.models.queries.session_list import managed_by
from app.models.tables import Seat, Session
from app.models.words import OCCUPYING, SeatStatus, Status

HELD = (Status.COMPLETED, Status.MISSED)
NEXT = 3


@dataclass(frozen=True)
class NextSession:
    """A session that lies ahead, or is on; `when` is in the viewer's zone."""

    id: int
    title: str
    when: str


@dataclass(frozen=True)
class MentorFigures:
    """The figures in words. `attendance` and `rating` are "" where nothing is known."""

    hosted: int = 0
    hours: str = ""
    missed: int = 0
    attendance: str = ""
    rating: str = ""
    bars: list[Bar] = field(default_factory=list[Bar])
    next: list[NextSession] = field(default_factory=list[NextSession])


def load_figures(db: Db, viewer: Viewer, now: datetime, host_id: int) -> MentorFigures:
    """Count over the sessions that the viewer manages; the rating is over all, and names nobody. Four queries."""
    theirs = [managed_by(viewer), col(Session.host_id) == host_id]
    mine = [*theirs, col(Session.status).in_(HELD)]
    held = db.execute(sa.select(col(Session.status), col(Session.start_at), col(Session.end_at)).where(*mine)).all()
    lengths = [end - start for status, start, end in held if status == Status.COMPLETED]
    rated = mentor_rating(db, host_id)
    return MentorFigures(
        hosted=len(lengths),
        hours=_hours(sum(lengths, timedelta())),
        missed=len(held) - len(lengths),
        attendance=_attendance(db, mine),
        rating=rated.words,
        bars=bars_of(rated),
        next=_next(db, viewer, now, theirs),
    )


def _next(db: Db, viewer: Viewer, now: datetime, theirs: list[sa.ColumnElement[bool]]) -> list[NextSession]:
    ahead = (col(Session.status).in_(OCCUPYING), col(Session.end_at) > now)
    query = select(Session).where(*theirs, *ahead).order_by(col(Session.start_at), col(Session.id)).limit(NEXT)
    return [
        NextSession(one.id or 0, one.name, spoken.span(one.period, viewer.zone)) for one in db.exec(query) if one.period
    ]


def _attendance(db: Db, mine: list[sa.ColumnElement[bool]]) -> str:
    """Give how many of those with a place came."""
    query = (
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((were_there(), 1), else_=0)), 0))
        .select_from(Seat)
        .join(Session, col(Session.id) == col(Seat.session_id))
        .where(*mine, sa.not_(col(Seat.is_host)), col(Seat.status) == SeatStatus.ENROLLED)
    )
    seats, there = db.execute(query).one()
    return f"{round(100 * there / seats)}%" if seats else ""


def _hours(length: timedelta) -> str:
    return f"{length.total_seconds() / 3600:,.2f}".rstrip("0").removesuffix(".")
