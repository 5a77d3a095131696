"""The sessions on a person's page: the next and the last ones that the viewer may see."""

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
from app.models.words import CALENDAR_WORDS, OCCUPYING

MOST = 20


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


def load_upcoming(db: Db, viewer: Viewer, now: datetime, person_id: int) -> list[SessionLine]:
    """List the next sessions of somebody, the earliest first."""
    ahead = sa.and_(col(Session.status).in_(OCCUPYING), col(Session.end_at) > now)
    return _load(db, viewer, now, person_id, ahead, col(Session.start_at).asc())


def load_past(db: Db, viewer: Viewer, now: datetime, person_id: int) -> list[SessionLine]:
    """List the last sessions of somebody, the latest first; those that were cancelled are among them."""
    return _load(db, viewer, now, person_id, col(Session.end_at) <= now, col(Session.start_at).desc())


def _load(
    db: Db,
    viewer: Viewer,
    now: datetime,
    person_id: int,
    condition: sa.ColumnElement[bool],
    order: sa.UnaryExpression[datetime | None],
) -> list[SessionLine]:
    theirs = select(Seat.session_id).where(Seat.person_id == person_id, col(Seat.status).in_(HOLDING))
    host, mentee = aliased(Person), aliased(Person)
    query = (
        select(Session, host, mentee)
        .join(host, col(host.id) == col(Session.host_id))
        .outerjoin(mentee, col(mentee.id) == col(Session.mentee_id))
        .where(visible_sessions(viewer), col(Session.id).in_(theirs), condition)
        .order_by(order, col(Session.id))
        .limit(MOST)
    )
    return [_line(viewer, now, person_id, *row) for row in db.exec(query)]


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
