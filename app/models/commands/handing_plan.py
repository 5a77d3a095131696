"""What handing a mentor's work over would come to: who takes what, and which times the new mentor has taken.

Reads only. `handing_over` carries out the same plan that `outlook` shows, worked out anew
while the rows are held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.database import lock_rows
from app.models.errors import NotFound, Refusal
from app.models.occupancy import Wish, obstacles
from app.models.permissions import Viewer, access_person, is_id
from app.models.tables import Person, Program, Relationship, Session
from app.models.words import Kind, Status


class Fate(StrEnum):
    """What becomes of a session that is handed over."""

    GOES = "goes"
    TIME_OFF = "time_off"  # it goes, and has to be arranged anew
    REFUSED = "refused"


@dataclass(frozen=True)
class SessionFate:
    """One session: its number now and under the new mentor, its time (UTC, None without one), what is in the way."""

    session_id: int
    name: str
    number: int | None
    new_number: int | None
    start_at: datetime | None
    end_at: datetime | None
    fate: Fate
    message: str = ""


@dataclass(frozen=True)
class PairFate:
    """One relationship, and the fate of each of its sessions."""

    relationship_id: int
    program_id: int
    program_name: str
    mentee_id: int
    mentee_name: str
    sessions: tuple[SessionFate, ...]


@dataclass(frozen=True)
class HandOver:
    """All that would go from one mentor to another."""

    pairs: tuple[PairFate, ...]
    groups: tuple[SessionFate, ...]


@dataclass
class PairPlan:
    """One relationship's rows, and the numbers its sessions get."""

    relationship: Relationship
    program: Program
    target: Relationship | None
    sessions: list[Session]
    numbers: dict[int, int | None]


@dataclass
class Plan:
    """The rows that go. `in_the_way` says, by session id, why the new mentor cannot have a time."""

    giver: Person
    taker: Person
    pairs: list[PairPlan]
    groups: list[Session]
    programs: dict[int, Program]
    in_the_way: dict[int, str]


def outlook(
    db: Db,
    viewer: Viewer,
    now: datetime,
    from_id: int,
    to_id: int,
    relationship_ids: Sequence[int],
    session_ids: Sequence[int] = (),
) -> HandOver:
    """Say beforehand what would become of each session. Raises what `hand_over` raises. Constant in queries."""
    plan = make_plan(db, viewer, now, from_id, to_id, relationship_ids, session_ids)
    names = _names(db, [pair.relationship.mentee_id for pair in plan.pairs])
    return HandOver(
        tuple(_pair_fate(plan, pair, names) for pair in plan.pairs),
        tuple(_fate(plan, one, None, Fate.REFUSED) for one in plan.groups),
    )


def make_plan(
    db: Db,
    viewer: Viewer,
    now: datetime,
    from_id: int,
    to_id: int,
    relationship_ids: Sequence[int],
    session_ids: Sequence[int],
    *,
    lock: bool = False,
) -> Plan:
    """Read and check what is to go. With `lock` people, relationships and sessions are held, in this order."""
    if not all(is_id(one) for one in (from_id, to_id, *relationship_ids, *session_ids)):
        raise NotFound
    if lock:
        _hold(db, from_id, to_id, relationship_ids, session_ids)
    giver, taker = access_person(db, viewer, from_id), access_person(db, viewer, to_id)
    _check_taker(giver, taker)
    relationships = _relationships(db, viewer, from_id, relationship_ids)
    groups = _groups(db, viewer, now, from_id, session_ids)
    if not relationships and not groups:
        raise Refusal.of("relationship_ids", "Nothing was chosen.", "Choose what to hand over.")
    programs = _programs(db, {one.program_id for one in [*relationships, *groups]})
    pairs = _pairs(db, now, taker, relationships, programs)
    timed = [one for pair in pairs for one in pair.sessions if one.start_at] + groups
    return Plan(giver, taker, pairs, groups, programs, _in_the_way(db, viewer, to_id, timed, programs))


def _hold(db: Db, from_id: int, to_id: int, relationship_ids: Sequence[int], session_ids: Sequence[int]) -> None:
    mentees = db.exec(select(Relationship.mentee_id).where(col(Relationship.id).in_(relationship_ids))).all()
    lock_rows(db, Person, [from_id, to_id, *mentees])
    taken = (Relationship.mentor_id == to_id, col(Relationship.mentee_id).in_(mentees))
    targets = db.exec(select(Relationship.id).where(*taken, col(Relationship.ended_at).is_(None))).all()
    lock_rows(db, Relationship, [*relationship_ids, *(one for one in targets if one)])
    theirs = db.exec(select(Session.id).where(col(Session.relationship_id).in_(relationship_ids))).all()
    lock_rows(db, Session, [*session_ids, *(one for one in theirs if one)])


def _check_taker(giver: Person, taker: Person) -> None:
    if giver.id == taker.id:
        raise Refusal.of("to_id", f"{giver.name} has this already.", "Choose somebody else.")
    if taker.deactivated_at is not None:
        raise Refusal.of("to_id", f"{taker.name} is no longer active.", "Choose somebody else.")


def _relationships(db: Db, viewer: Viewer, from_id: int, ids: Sequence[int]) -> list[Relationship]:
    asked = select(Relationship).where(col(Relationship.id).in_(ids), Relationship.mentor_id == from_id)
    rows = list(db.exec(asked.order_by(col(Relationship.id)).execution_options(populate_existing=True)))
    if len(rows) != len(set(ids)) or not all(viewer.manages(row.program_id) for row in rows):
        raise NotFound("relationship")
    if any(row.ended_at is not None for row in rows):
        raise Refusal.of("relationship_ids", "One of these relationships has ended.", "Look at the list again.")
    return rows


def _groups(db: Db, viewer: Viewer, now: datetime, from_id: int, ids: Sequence[int]) -> list[Session]:
    hosted = (Session.host_id == from_id, Session.kind == Kind.GROUP, col(Session.deleted_at).is_(None))
    asked = select(Session).where(col(Session.id).in_(ids), *hosted)
    rows = list(db.exec(asked.order_by(col(Session.start_at)).execution_options(populate_existing=True)))
    if len(rows) != len(set(ids)) or not all(viewer.manages(row.program_id) for row in rows):
        raise NotFound("session")
    if any(row.status != Status.SCHEDULED or row.start_at is None or row.start_at <= now for row in rows):
        raise Refusal.of("session_ids", "One of these sessions has started or is off.", "Look at the list again.")
    return rows


def _programs(db: Db, ids: set[int]) -> dict[int, Program]:
    rows = db.exec(select(Program).where(col(Program.id).in_(ids))).all()
    for row in rows:
        if row.archived_at is not None:
            raise Refusal.of("", f"The programme “{row.name}” is closed.", "Leave it out.")
    return {row.id or 0: row for row in rows}


def _pairs(
    db: Db, now: datetime, taker: Person, relationships: Sequence[Relationship], programs: dict[int, Program]
) -> list[PairPlan]:
    targets = _targets(db, taker, relationships)
    theirs = _sessions(db, now, [one.id or 0 for one in relationships])
    plans: list[PairPlan] = []
    for one in relationships:
        if one.mentee_id == taker.id:
            word = programs[one.program_id].mentee_word
            raise Refusal.of("to_id", f"{taker.name} is the {word} here.", "Nobody meets themselves.")
        sessions = [row for row in theirs if row.relationship_id == one.id]
        target = targets.get((one.program_id, one.mentee_id))
        plans.append(PairPlan(one, programs[one.program_id], target, sessions, _numbers(target, sessions)))
    return plans


def _targets(db: Db, taker: Person, given: Sequence[Relationship]) -> dict[tuple[int, int], Relationship]:
    """Find the relationships that the new mentor has already with these mentees."""
    asked = select(Relationship).where(
        Relationship.mentor_id == taker.id,
        col(Relationship.mentee_id).in_([one.mentee_id for one in given]),
        col(Relationship.ended_at).is_(None),
    )
    rows = db.exec(asked.execution_options(populate_existing=True))
    return {(row.program_id, row.mentee_id): row for row in rows}


def _sessions(db: Db, now: datetime, relationship_ids: Sequence[int]) -> list[Session]:
    """List what is not over and has not begun; the rest stays with whom it was."""
    coming = sa.and_(col(Session.status).in_((Status.PENDING, Status.SCHEDULED)), col(Session.start_at) > now)
    asked = select(Session).where(
        col(Session.relationship_id).in_(relationship_ids),
        col(Session.deleted_at).is_(None),
        sa.or_(col(Session.status) == Status.TO_BE_ARRANGED, coming),
    )
    return list(db.exec(asked.order_by(col(Session.number)).execution_options(populate_existing=True)))


def _numbers(target: Relationship | None, sessions: Sequence[Session]) -> dict[int, int | None]:
    """Number the sessions: as they are in a new relationship, next in line in one that exists."""
    if target is None:
        return {one.id or 0: one.number for one in sessions}
    return {one.id or 0: target.next_number + place for place, one in enumerate(sessions)}


def _in_the_way(
    db: Db, viewer: Viewer, to_id: int, sessions: Sequence[Session], programs: dict[int, Program]
) -> dict[int, str]:
    """Say which times the new mentor cannot have. Their open hours are not asked: a manager decides."""
    wishes = [
        Wish(one.period, to_id, one.mentee_id, programs[one.program_id].allows_back_to_back, one.id or 0)
        for one in sessions
        if one.period is not None
    ]
    found = obstacles(db, viewer, wishes, minds_hours=False)
    return {wishes[one.wish].session_id: one.message for one in found if not one.only_warns}


def _names(db: Db, ids: Sequence[int]) -> dict[int, str]:
    return {row.id or 0: row.name for row in db.exec(select(Person).where(col(Person.id).in_(ids)))}


def _pair_fate(plan: Plan, pair: PairPlan, names: dict[int, str]) -> PairFate:
    one = pair.relationship
    return PairFate(
        relationship_id=one.id or 0,
        program_id=one.program_id,
        program_name=pair.program.name,
        mentee_id=one.mentee_id,
        mentee_name=names[one.mentee_id],
        sessions=tuple(_fate(plan, row, pair.numbers[row.id or 0], Fate.TIME_OFF) for row in pair.sessions),
    )


def _fate(plan: Plan, session: Session, number: int | None, otherwise: Fate) -> SessionFate:
    """Tell a session's fate; `otherwise` is what happens where its time is taken."""
    message = plan.in_the_way.get(session.id or 0, "")
    return SessionFate(
        session_id=session.id or 0,
        name=session.name,
        number=session.number,
        new_number=number,
        start_at=session.start_at,
        end_at=session.end_at,
        fate=otherwise if message else Fate.GOES,
        message=message,
    )
