"""The sessions on a person's page: those ahead and those gone by that the viewer may see, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.lifecycle import shown_as
from app.models.permissions import HOLDING, Viewer, facts_of, visible_sessions
from app.models.tables import Person, Seat, Session
from app.models.words import CALENDAR_WORDS, Status

LISTED = 20
"""So many sessions stand on one page."""


@dataclass(frozen=True)
class SessionLine:
    """One session in a list. `when` is in the viewer's zone, `status` a value of words.Shown."""

    id: int
    href: str
    title: str
    when: str
    with_whom: str
    status: str
    status_word: str


@dataclass(frozen=True)
class Sessions:
    """One page of them, and how many there are in all."""

    lines: list[SessionLine]
    count: int


def load_sessions(db: Db, viewer: Viewer, now: datetime, person_id: int, *, is_past: bool, page: int) -> Sessions:
    """List somebody's next sessions, the earliest first; or the past ones, the latest first. Two queries.

    Every session is in one of the two: a cancelled one by its hour, one that is over early among the past.
    """
    theirs = select(Seat.session_id).where(Seat.person_id == person_id, col(Seat.status).in_(HOLDING))
    is_over = sa.or_(col(Session.end_at) <= now, col(Session.status).in_((Status.COMPLETED, Status.MISSED)))
    has_hour = col(Session.start_at).is_not(None)
    wanted = (visible_sessions(viewer), col(Session.id).in_(theirs), has_hour, is_over if is_past else ~is_over)
    count = db.exec(select(sa.func.count()).select_from(Session).where(*wanted)).one()
    start = col(Session.start_at)
    host, mentee = aliased(Person), aliased(Person)
    query = (
        select(Session, host, mentee)
        .join(host, col(host.id) == col(Session.host_id))
        .outerjoin(mentee, col(mentee.id) == col(Session.mentee_id))
        .where(*wanted)
        .order_by(start.desc() if is_past else start.asc(), col(Session.id))
        .limit(LISTED)
        .offset((page - 1) * LISTED)
    )
    return Sessions([_line(viewer, now, person_id, *row) for row in db.exec(query)], count)


def _line(
    viewer: Viewer, now: datetime, person_id: int, session: Session, host: Person, mentee: Person | None
) -> SessionLine:
    period = session.period
    assert period is not None
    shown = shown_as(facts_of(session), now)
    others = [person.name for person in (host, mentee) if person is not None and person.id != person_id]
    return SessionLine(
        id=session.id or 0,
        href=f"/s/{session.id}",
        title=session.name,
        when=f"{spoken.short_day(period.start, viewer.zone)}, {spoken.hours(period, viewer.zone)}",
        with_whom=" and ".join(others) if session.mentee_id or others else "Group session",
        status=shown,
        status_word=CALENDAR_WORDS[shown],
    )
