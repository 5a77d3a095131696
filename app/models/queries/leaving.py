"""What stands in the way of somebody's leaving: their sessions that are still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.permissions import Viewer, access_managed_person
from app.models.tables import Person, Program, Seat, Session
from app.models.words import LIST_WORDS, Kind, SeatStatus, Status

AHEAD = (Status.PENDING, Status.SCHEDULED)


@dataclass(frozen=True)
class FutureSession:
    """A session that their leaving touches. `may_cancel` is whether the viewer may cancel it here.

    `is_live` sessions must end first. `people` are the others, `when` is in the viewer's zone.
    """

    id: int
    title: str
    when: str
    people: str
    program: str
    status: str
    status_word: str
    is_group: bool
    is_live: bool
    may_cancel: bool


def future_sessions(db: Db, viewer: Viewer, now: datetime, person_id: int) -> list[FutureSession]:
    """List what somebody holds or is held for, and has not ended. Raises what `access_managed_person` raises.

    Group sessions in which they only have a seat are not among them: it is given back without asking.
    """
    access_managed_person(db, viewer, person_id)
    sessions = load_held(db, now, person_id)
    names = _names(db, sessions)
    programs = _programs(db, sessions)
    return [_shown(viewer, one, person_id, names, programs[one.program_id]) for one in sessions]


def load_held(db: Db, now: datetime, person_id: int) -> list[Session]:
    """Read the live and coming sessions of which somebody is mentor, mentee or host, in order of time."""
    theirs = sa.or_(col(Session.host_id) == person_id, col(Session.mentee_id) == person_id)
    return _read(db, now, theirs)


def load_visited(db: Db, now: datetime, person_id: int) -> list[Session]:
    """Read the live and coming sessions in which somebody only has a seat."""
    given_back = (SeatStatus.DECLINED, SeatStatus.WITHDRAWN)
    seated = select(Seat.session_id).where(
        Seat.person_id == person_id, col(Seat.is_host).is_(False), col(Seat.status).not_in(given_back)
    )
    others = sa.and_(col(Session.kind) == Kind.GROUP, col(Session.host_id) != person_id)
    return _read(db, now, sa.and_(others, col(Session.id).in_(seated)))


def _read(db: Db, now: datetime, which: sa.ColumnElement[bool]) -> list[Session]:
    coming = sa.and_(col(Session.status).in_(AHEAD), col(Session.end_at) > now)
    open_ones = sa.or_(coming, col(Session.status) == Status.LIVE)
    query = select(Session).where(which, open_ones, col(Session.deleted_at).is_(None))
    return list(db.exec(query.order_by(col(Session.start_at), col(Session.id))))


def _names(db: Db, sessions: Sequence[Session]) -> dict[int, str]:
    ids = {one for session in sessions for one in (session.host_id, session.mentee_id) if one is not None}
    return {person.id or 0: person.name for person in db.exec(select(Person).where(col(Person.id).in_(ids)))}


def _programs(db: Db, sessions: Sequence[Session]) -> dict[int, str]:
    ids = {session.program_id for session in sessions}
    query = select(Program.id, Program.name).where(col(Program.id).in_(ids))
    return {program_id or 0: name for program_id, name in db.exec(query)}


def _shown(viewer: Viewer, session: Session, person_id: int, names: dict[int, str], program: str) -> FutureSession:
    is_group, is_live = session.kind == Kind.GROUP, session.status == Status.LIVE
    other_id = session.mentee_id if session.host_id == person_id else session.host_id
    return FutureSession(
        id=session.id or 0,
        title=session.name,
        when=spoken.span(session.period, viewer.zone) if session.period else "",
        people="Group session" if is_group else f"with {names.get(other_id or 0, '')}",
        program=program,
        status=session.status,
        status_word=LIST_WORDS[Status(session.status)],
        is_group=is_group,
        is_live=is_live,
        may_cancel=not is_live and viewer.manages(session.program_id),
    )
