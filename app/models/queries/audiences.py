"""Whom an announcement would reach, as far as its sender may write to them.

A programme manager reaches the members of their programmes. Nobody reaches who is
deactivated, nor themself, nor a visitor who has no part in anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.drafts.announcements import AudienceDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer, is_id
from app.models.queries.people import PersonFound, find_people, shown_as_found
from app.models.tables import Membership, Person, PersonTag, Program, Seat, Session
from app.models.words import Rank, Role, SeatStatus
from app.models.words.announcements import Reach

NAMED = 6
TAKES_PART = (SeatStatus.ENROLLED, SeatStatus.INVITED, SeatStatus.WAITING)
"""Seats whose people are told; an unconfirmed visitor's address may be somebody else's."""


@dataclass(frozen=True)
class Outcome:
    """How many an audience has, the first few by name, and what it is called."""

    count: int = 0
    names: tuple[str, ...] = ()
    words: str = ""
    program_id: int | None = None


def look_up(db: Db, viewer: Viewer, audience: AudienceDraft) -> Outcome:
    """Count an audience and name its first few. Raises Refusal where something is not chosen yet."""
    words, program_id = _named(db, viewer, audience)
    wanted = _people(viewer, audience)
    count = db.execute(sa.select(sa.func.count(col(Person.id))).where(*wanted)).scalar_one()
    first = db.exec(select(Person).where(*wanted).order_by(Person.search_text, col(Person.id)).limit(NAMED)).all()
    return Outcome(count, tuple(person.name for person in first), words, program_id)


def readers_of(db: Db, viewer: Viewer, audience: AudienceDraft) -> list[int]:
    """List the ids of everybody an audience has, in order."""
    ids = db.exec(select(Person.id).where(*_people(viewer, audience)).order_by(col(Person.id))).all()
    return [one for one in ids if one is not None]


def find_readers(db: Db, viewer: Viewer, typed: str) -> list[PersonFound]:
    """Find people by name or e-mail among those the viewer may write to."""
    return find_people(db, viewer, typed, only=may_be_told(viewer))


def named_people(db: Db, viewer: Viewer, ids: Sequence[int]) -> list[PersonFound]:
    """Name the people of these ids that the viewer may write to, by name."""
    wanted = [one for one in ids if is_id(one)]
    query = select(Person).where(may_be_told(viewer), col(Person.id).in_(wanted))
    rows = db.exec(query.order_by(Person.search_text, col(Person.id))).all()
    return [shown_as_found(row) for row in rows]


def may_be_told(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition for the people a manager may write to."""
    active = sa.and_(col(Person.deactivated_at).is_(None), col(Person.id) != viewer.person_id)
    members = select(Membership.person_id).join(Program, col(Program.id) == Membership.program_id)
    members = members.where(col(Program.archived_at).is_(None))
    if not viewer.is_org_manager:
        return sa.and_(active, col(Person.id).in_(members.where(col(Membership.program_id).in_(viewer.managed))))
    return sa.and_(active, sa.or_(col(Person.rank) != Rank.NONE, col(Person.id).in_(members)))


def _people(viewer: Viewer, audience: AudienceDraft) -> list[sa.ColumnElement[bool]]:
    if audience.reach == Reach.SESSION:
        seats = select(Seat.person_id).where(Seat.session_id == audience.session_id, col(Seat.status).in_(TAKES_PART))
        active = (col(Person.deactivated_at).is_(None), col(Person.id) != viewer.person_id)
        return [*active, col(Person.id).in_(seats)]
    narrowed: dict[Reach, Any] = {
        Reach.EVERYBODY: sa.true(),
        Reach.PEOPLE: col(Person.id).in_(audience.people),
        Reach.TAG: col(Person.id).in_(select(PersonTag.person_id).where(PersonTag.name == audience.tag)),
    }
    found = narrowed.get(audience.reach)
    return [may_be_told(viewer), col(Person.id).in_(_members(viewer, audience)) if found is None else found]


def _members(viewer: Viewer, audience: AudienceDraft) -> Any:
    query = select(Membership.person_id).join(Program, col(Program.id) == Membership.program_id)
    query = query.where(col(Program.archived_at).is_(None))
    if not viewer.is_org_manager:
        query = query.where(col(Membership.program_id).in_(viewer.managed))
    if audience.program_id is not None:
        query = query.where(Membership.program_id == audience.program_id)
    if audience.reach == Reach.COHORT:
        return query.where(Membership.cohort == audience.cohort)
    return query.where(Membership.role == audience.role) if audience.role else query


def _named(db: Db, viewer: Viewer, audience: AudienceDraft) -> tuple[str, int | None]:
    """Say what an audience is called, and which programme it belongs to. Raises Refusal."""
    reach = audience.reach
    if reach == Reach.SESSION:
        return _session_words(db, viewer, audience.session_id)
    program = _program(db, viewer, audience.program_id)
    if reach == Reach.PROGRAM and program is None:
        raise Refusal.of("audience.program_id", "The programme is missing.", "Choose one.")
    if reach == Reach.PROGRAM and program is not None:
        return _program_words(program, audience.role), program.id
    missing = {Reach.PEOPLE: not audience.people, Reach.COHORT: not audience.cohort, Reach.TAG: not audience.tag}
    if missing.get(reach):
        what = {Reach.PEOPLE: "Nobody is chosen yet.", Reach.COHORT: "The cohort is missing."}
        field = f"audience.{reach}"
        raise Refusal.of(field, what.get(reach, "The tag is missing."), "Choose one.")
    if reach == Reach.COHORT:
        where = f", {program.name}" if program else ""
        return f"Cohort {audience.cohort}{where}", program.id if program else _only(viewer)
    words = {Reach.TAG: f"Tag {audience.tag}", Reach.PEOPLE: "Chosen people"}
    return words.get(reach, _everybody_words(viewer)), _only(viewer)


def _everybody_words(viewer: Viewer) -> str:
    return "Everybody" if viewer.is_org_manager else "Everybody in my programmes"


def _only(viewer: Viewer) -> int | None:
    """Give the one programme of a programme manager, so that its other managers see what was sent."""
    return next(iter(viewer.managed)) if not viewer.is_org_manager and len(viewer.managed) == 1 else None


def _program(db: Db, viewer: Viewer, program_id: int | None) -> Program | None:
    if program_id is None:
        return None
    program = db.get(Program, program_id)
    if program is None or not viewer.manages(program_id):
        raise NotFound("programme")
    return program


def _program_words(program: Program, role: Role | None) -> str:
    theirs = {Role.MENTOR: program.mentors_word, Role.MENTEE: program.mentees_word, Role.MANAGER: "managers"}
    return f"{program.name}, {theirs[role]}" if role else program.name


def _session_words(db: Db, viewer: Viewer, session_id: int | None) -> tuple[str, int]:
    session = db.get(Session, session_id) if session_id else None
    if session is None or session.deleted_at is not None or not viewer.manages(session.program_id):
        raise NotFound("session")
    return f"Participants of {session.name}", session.program_id
