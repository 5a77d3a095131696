"""Group sessions as whoever runs them lists them, and the pictures they show. Writes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import lifecycle, spoken
from app.models.permissions import Viewer, facts_of
from app.models.tables import Person, Picture, Program, Seat, Session
from app.models.words import CALENDAR_WORDS, LIST_WORDS, OCCUPYING, Audience, Kind, SeatStatus, Shown, Status

PAGE = 50
AHEAD, PAST = "upcoming", "past"


@dataclass(frozen=True)
class GroupLine:
    """One group session of the list. `enrolled` of `places` do not count the host (L3); `link` may be shared."""

    id: int
    title: str
    when: str
    host: str
    program: str
    audience: str
    status: str
    word: str
    enrolled: int
    places: int
    invited: int
    waiting: int
    link: str


@dataclass(frozen=True)
class GroupList:
    """The sessions of one part of the list, and whether there are more of them."""

    lines: list[GroupLine] = field(default_factory=list[GroupLine])
    has_more: bool = False


def runs_groups(viewer: Viewer) -> bool:
    """Whether the list of group sessions is for this viewer at all: they manage or mentor somewhere."""
    return viewer.is_manager or bool(viewer.mentored)


def run_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition for the group sessions the viewer hosts, or manages the programme of."""
    mine = col(Session.host_id) == viewer.person_id
    managed = sa.true() if viewer.is_org_manager else col(Session.program_id).in_(viewer.managed)
    return sa.and_(col(Session.kind) == Kind.GROUP, col(Session.deleted_at).is_(None), sa.or_(mine, managed))


def list_groups(db: Db, viewer: Viewer, now: datetime, part: str = AHEAD, most: int = PAGE) -> GroupList:
    """List the group sessions the viewer runs: those to come by time, or the past ones, the latest first."""
    is_open = sa.and_(col(Session.status).in_(OCCUPYING), col(Session.end_at) > now)
    start = col(Session.start_at)
    query = (
        select(Session, Person, Program)
        .join(Person, col(Person.id) == col(Session.host_id))
        .join(Program, col(Program.id) == col(Session.program_id))
        .where(run_by(viewer), sa.not_(is_open) if part == PAST else is_open)
        .order_by(start.desc() if part == PAST else start.asc(), col(Session.id))
        .limit(most + 1)
    )
    rows = db.exec(query).all()
    counts = count_seats(db, [session.id or 0 for session, _, _ in rows[:most]])
    lines = [_line(viewer, now, *row, counts) for row in rows[:most]]
    return GroupList(lines, len(rows) > most)


def count_seats(db: Db, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Count the seats of sessions by status, without the hosts'. One query."""
    query = (
        select(Seat.session_id, Seat.status, sa.func.count())
        .where(col(Seat.session_id).in_(ids), col(Seat.is_host).is_(False))
        .group_by(col(Seat.session_id), col(Seat.status))
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for session_id, status, count in db.exec(query):
        counts[session_id][status] = count
    return counts


def load_picture(db: Db, key: str) -> tuple[str, bytes] | None:
    """Read a picture's media type and content."""
    found = db.get(Picture, key)
    return (found.media_type, found.content) if found else None


def _line(
    viewer: Viewer,
    now: datetime,
    session: Session,
    host: Person,
    program: Program,
    counts: dict[int, dict[str, int]],
) -> GroupLine:
    shown = lifecycle.shown_as(facts_of(session), now)
    taken = counts.get(session.id or 0, {})
    return GroupLine(
        id=session.id or 0,
        title=session.name,
        when=_when(session, viewer.zone),
        host="You" if host.id == viewer.person_id else host.name,
        program=program.name,
        audience="Private" if session.audience == Audience.PRIVATE else "Public",
        status=shown,
        word=CALENDAR_WORDS[shown] if shown == Shown.AWAITING else LIST_WORDS[Status(session.status)],
        enrolled=taken.get(SeatStatus.ENROLLED, 0) + taken.get(SeatStatus.UNCONFIRMED, 0),
        places=session.maximum - 1,
        invited=taken.get(SeatStatus.INVITED, 0),
        waiting=taken.get(SeatStatus.WAITING, 0),
        link=f"/g/{session.slug}" if session.slug else "",
    )


def _when(session: Session, zone: str) -> str:
    period = session.period
    return f"{spoken.short_day(period.start, zone)}, {spoken.hours(period, zone)}" if period else "No time yet"
