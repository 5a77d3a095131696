"""Assigning mentors to mentees, and the numbered sessions between them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history
from app.models.database import lock_rows
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer, is_id
from app.models.tables import Membership, Person, Program, Relationship, Seat, Session
from app.models.words import Kind, Role, Status


def assign(
    db: Db,
    viewer: Viewer,
    now: datetime,
    program: Program,
    mentor_id: int,
    mentee_id: int,
    *,
    batch_id: str = "",
    continues: Relationship | None = None,
) -> Relationship:
    """Make a pair's active relationship, with its numbered sessions to be arranged.

    For `assigning` and `handing_over` alone, which have checked that the viewer manages the
    programme and that the pair has none, and hold both people's rows. Memberships that are
    missing are made. Tells nobody.
    One that `continues` another goes on with its numbers and gets no sessions of its own.
    """
    join(db, now, program, {mentor_id: Role.MENTOR, mentee_id: Role.MENTEE})
    count = program.session_count if continues is None else 0
    relationship = Relationship(
        program_id=program.id or 0,
        mentor_id=mentor_id,
        mentee_id=mentee_id,
        next_number=continues.next_number if continues else count + 1,
        created_at=now,
    )
    db.add(relationship)
    db.flush()
    add_sessions(db, now, relationship, viewer.person_id, range(1, count + 1))
    history.record(
        db,
        viewer,
        "assign",
        now=now,
        relationship_id=relationship.id,
        program_id=program.id,
        after={"mentor_id": mentor_id, "mentee_id": mentee_id},
        batch_id=batch_id,
    )
    return relationship


def add_session(db: Db, viewer: Viewer, now: datetime, relationship_id: int) -> dict[str, Any]:
    """Add a session to be arranged, under the next number (R2)."""
    relationship, program = access_relationship(db, viewer, relationship_id, lock=True)
    require_going_on(relationship)
    if program.archived_at is not None:
        raise Refusal.of("", "This programme is closed.", "Nothing new is arranged in it.")
    [added] = append_sessions(db, now, relationship, viewer.person_id, 1)
    history.record(db, viewer, "add_session", now=now, session=added, after={"number": added.number})
    return {"session_id": added.id, "number": added.number}


def access_relationship(
    db: Db, viewer: Viewer, relationship_id: int, *, lock: bool = False
) -> tuple[Relationship, Program]:
    """Load a relationship of one's own or that one manages. Raises NotFound for a stranger.

    With `lock` the two people's rows and its own are held until the transaction ends.
    """
    relationship = db.get(Relationship, relationship_id) if is_id(relationship_id) else None
    if relationship is None:
        raise NotFound("relationship")
    if lock:
        lock_rows(db, Person, [relationship.mentor_id, relationship.mentee_id])
        _hold(db, relationship)
    is_own = viewer.person_id in (relationship.mentor_id, relationship.mentee_id)
    if not is_own and not viewer.manages(relationship.program_id):
        raise NotFound("relationship")
    return relationship, db.get_one(Program, relationship.program_id)


def require_going_on(relationship: Relationship) -> None:
    """Raise Refusal where a relationship has ended: nothing new is arranged in it."""
    if relationship.ended_at is not None:
        raise Refusal.of("", "These two no longer work together.", "Assign them again first.")


def active_relationship(db: Db, program_id: int, mentor_id: int, mentee_id: int) -> Relationship | None:
    """Read a pair's active relationship in a programme."""
    asked = select(Relationship).where(
        Relationship.program_id == program_id,
        Relationship.mentor_id == mentor_id,
        Relationship.mentee_id == mentee_id,
        col(Relationship.ended_at).is_(None),
    )
    return db.exec(asked).one_or_none()


def take_numbers(db: Db, now: datetime, relationship: Relationship, created_by_id: int, count: int) -> list[Session]:
    """Give `count` sessions to be arranged: those with the lowest numbers, then new ones at the end (R2)."""
    _hold(db, relationship)
    waiting = waiting_sessions(db, relationship)[:count]
    missing = count - len(waiting)
    return [*waiting, *append_sessions(db, now, relationship, created_by_id, missing)]


def waiting_sessions(db: Db, relationship: Relationship) -> list[Session]:
    """List the sessions still to be arranged, the lowest number first."""
    asked = select(Session).where(
        Session.relationship_id == relationship.id,
        Session.status == Status.TO_BE_ARRANGED,
        col(Session.deleted_at).is_(None),
    )
    return list(db.exec(asked.order_by(col(Session.number))))


def append_sessions(db: Db, now: datetime, relationship: Relationship, created_by_id: int, count: int) -> list[Session]:
    """Add `count` sessions to be arranged under the next numbers, which are never given twice."""
    _hold(db, relationship)
    first = relationship.next_number
    relationship.next_number += count
    return add_sessions(db, now, relationship, created_by_id, range(first, first + count))


def add_sessions(
    db: Db, now: datetime, relationship: Relationship, created_by_id: int, numbers: Sequence[int]
) -> list[Session]:
    """Add sessions to be arranged under these numbers, with a seat for each of the two."""
    if not numbers:
        return []
    people = (relationship.mentor_id, relationship.mentee_id)
    shared = {
        "kind": Kind.ONE_TO_ONE,
        "program_id": relationship.program_id,
        "relationship_id": relationship.id,
        "host_id": people[0],
        "mentee_id": people[1],
        "created_by_id": created_by_id,
        "created_at": now,
    }
    # Two statements for all of them: an upload makes thousands, and a row object for each would take most of its time.
    made = db.scalars(
        sa.insert(Session).returning(Session), [shared | {"number": number, "uid": new_uid()} for number in numbers]
    )
    rows = sorted(made, key=lambda session: session.number or 0)
    seats = [
        {"session_id": row.id, "person_id": person_id, "is_host": person_id == people[0], "since": now}
        for row in rows
        for person_id in people
    ]
    db.execute(sa.insert(Seat), seats)
    return rows


def new_uid() -> str:
    """Make a calendar UID (RFC 5545) that no other session or series has."""
    return f"{uuid4()}@meridian"


def _hold(db: Db, relationship: Relationship) -> None:
    """Hold the row that gives the numbers, and read it as it is now."""
    lock_rows(db, Relationship, [relationship.id or 0])
    db.refresh(relationship)


def join(db: Db, now: datetime, program: Program, roles: Mapping[int, Role]) -> None:
    """Make people members of a programme in these roles, by person, where they are none."""
    asked = select(Membership.person_id, Membership.role).where(
        Membership.program_id == program.id, col(Membership.person_id).in_(roles)
    )
    has = set(db.exec(asked))
    db.add_all(
        Membership(program_id=program.id or 0, person_id=person_id, role=role, created_at=now)
        for person_id, role in roles.items()
        if (person_id, role) not in has
    )
