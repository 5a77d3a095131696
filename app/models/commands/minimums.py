"""Group sessions to which too few people come (G10): host and managers are told, the programme's policy is applied.

Each session is looked at once, a day before it begins. One that was published or moved later than
that is looked at halfway between then and its start, so that it has had its chance.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import lifecycle, notices
from app.models.commands.apart import each_apart
from app.models.commands.cancelling import call_off
from app.models.commands.seating import read_seating
from app.models.commands.standing import standing_since
from app.models.commands.steps import lock_people_of
from app.models.database import lock_rows, reading, transaction
from app.models.permissions import facts_of
from app.models.tables import Membership, Person, Program, Session
from app.models.words import BelowMinimum, Kind, NoticeKind, Part, Rank, Role, SeatStatus, Status, Step

BEFORE = timedelta(days=1)
TOO_FEW_PEOPLE = "Too few people"
AT_ONCE = 500


def looks_at(start_at: datetime, since: datetime) -> datetime:
    """Say when a session is looked at that begins at `start_at` and has stood there since `since`."""
    usual = start_at - BEFORE
    return usual if since <= usual else since + (start_at - since) / 2


def check_minimums(now: datetime) -> int:
    """Look at every session that it is time for; give how many had too few. Each is a transaction of its own."""
    with reading() as db:
        rows = db.exec(select(Session.id, Session.start_at).where(_unchecked(now)).limit(AT_ONCE)).all()
        since = standing_since(db, [session_id for session_id, _ in rows if session_id]) if rows else {}
    ready = [one for one, start_at in rows if one and start_at and looks_at(start_at, since[one]) <= now]
    return each_apart("check the minimum of session", _check, ready, now)


def _unchecked(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Session.kind) == Kind.GROUP,
        col(Session.status) == Status.SCHEDULED,
        col(Session.deleted_at).is_(None),
        col(Session.minimum_checked_at).is_(None),
        col(Session.start_at) > now,
        col(Session.start_at) <= now + BEFORE,
    )


def _check(session_id: int, now: datetime) -> bool:
    with transaction() as db:
        lock_people_of(db, [session_id])
        lock_rows(db, Session, [session_id])
        session = db.exec(select(Session).where(Session.id == session_id, _unchecked(now))).one_or_none()
        if session is None:
            return False
        session.minimum_checked_at = now
        people = 1 + read_seating(db, session).count(SeatStatus.ENROLLED)
        if people < session.minimum:
            _apply_policy(db, session, people, now)
        return people < session.minimum


def _apply_policy(db: Db, session: Session, people: int, now: datetime) -> None:
    """Cancel where the programme says so; its host hears of that as everybody does, so only the managers do twice."""
    program = db.get_one(Program, session.program_id)
    is_off = program.below_minimum == BelowMinimum.CANCEL
    if is_off:
        lifecycle.next_status(facts_of(session), Step.CANCEL, {Part.CLOCK}, now)
        call_off(db, None, now, [session], Step.CANCEL, TOO_FEW_PEOPLE, cancel_reason=TOO_FEW_PEOPLE)
    db.flush()
    facts = notices.about(db, [session]) | {"people": people, "minimum": session.minimum, "is_cancelled": is_off}
    told = _managers(db, session.program_id) - {session.host_id}
    for person_id in sorted(told if is_off else told | {session.host_id}):
        notices.tell_person(
            db,
            NoticeKind.TOO_FEW,
            person_id,
            facts | {"reason": ""},
            actor=None,
            now=now,
            dedupe_key=f"{session.id}.{session.version}",
            session_id=session.id,
            useful_until=session.start_at,
        )


def _managers(db: Db, program_id: int) -> set[int]:
    """List the programme's managers; where it has none, the organisation's."""
    active = col(Person.deactivated_at).is_(None)
    its = (
        select(Membership.person_id)
        .join(Person)
        .where(Membership.program_id == program_id, Membership.role == Role.MANAGER, active)
    )
    ranks = (Rank.OWNER, Rank.MANAGER)
    found = set(db.exec(its))
    return found or {one or 0 for one in db.exec(select(Person.id).where(col(Person.rank).in_(ranks), active))}
