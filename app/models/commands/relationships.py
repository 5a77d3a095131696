"""Assigning mentors to mentees, and the numbered sessions between them."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import islice
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

Pair = tuple[int, int, int]
"""Programme, mentor and mentee."""
Numbered = tuple[Relationship, int]
"""A session to be made, by its relationship and number."""


def assign_all(
    db: Db,
    viewer: Viewer,
    now: datetime,
    pairs: Sequence[tuple[Program, int, int]],
    *,
    batch_id: str = "",
    continues: Relationship | None = None,
) -> list[Relationship]:
    """Make the active relationships of mentors and mentees, with their numbered sessions to be arranged.

    For `assigning` and `handing_over` alone, which have checked that the viewer manages the
    programmes and that no pair has one, and hold the people's rows. Memberships that are
    missing are made. Tells nobody.
    What `continues` another goes on with its numbers and gets no sessions of its own.
    """
    roles = Role.MENTOR, Role.MENTEE
    join(db, now, [(one.id or 0, *part) for one, *both in pairs for part in zip(both, roles, strict=True)])
    made = [
        Relationship(
            program_id=program.id or 0,
            mentor_id=mentor_id,
            mentee_id=mentee_id,
            next_number=continues.next_number if continues else program.session_count + 1,
            created_at=now,
        )
        for program, mentor_id, mentee_id in pairs
    ]
    db.add_all(made)
    db.flush()
    if continues is None:
        numbered = [(one, number) for one in made for number in range(1, one.next_number)]
        add_numbered(db, now, viewer.person_id, numbered)
    for one in made:
        history.record(
            db,
            viewer,
            "assign",
            now=now,
            relationship_id=one.id,
            program_id=one.program_id,
            after={"mentor_id": one.mentor_id, "mentee_id": one.mentee_id},
            batch_id=batch_id,
        )
    return made


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
        _hold(db, [relationship_id])
    is_own = viewer.person_id in (relationship.mentor_id, relationship.mentee_id)
    if not is_own and not viewer.manages(relationship.program_id):
        raise NotFound("relationship")
    return relationship, db.get_one(Program, relationship.program_id)


def require_going_on(relationship: Relationship) -> None:
    """Raise Refusal where a relationship has ended: nothing new is arranged in it."""
    if relationship.ended_at is not None:
        raise Refusal.of("", "These two no longer work together.", "Assign them again first.")


def active_relationships(db: Db, pairs: Collection[Pair]) -> dict[Pair, Relationship]:
    """Read the active relationships of these pairs, by programme, mentor and mentee. One statement."""
    programs, mentors, mentees = (set(ids) for ids in zip(*pairs, strict=True))
    asked = select(Relationship).where(
        col(Relationship.program_id).in_(programs),
        col(Relationship.mentor_id).in_(mentors),
        col(Relationship.mentee_id).in_(mentees),
        col(Relationship.ended_at).is_(None),
    )
    found = {(one.program_id, one.mentor_id, one.mentee_id): one for one in db.exec(asked)}
    return {pair: found[pair] for pair in pairs if pair in found}


def take_numbers(db: Db, now: datetime, relationship: Relationship, created_by_id: int, count: int) -> list[Session]:
    """Give `count` sessions to be arranged: those with the lowest numbers, then new ones at the end (R2)."""
    return take_numbers_all(db, now, created_by_id, [(relationship, count)])[0]


def take_numbers_all(
    db: Db, now: datetime, created_by_id: int, wanted: Sequence[tuple[Relationship, int]]
) -> list[list[Session]]:
    """Give each its sessions to be arranged, as `take_numbers`; a relationship may come several times."""
    relationships = {relationship.id or 0: relationship for relationship, _ in wanted}
    counts = Counter[int]()
    for relationship, count in wanted:
        counts[relationship.id or 0] += count
    _hold(db, list(relationships))
    ready = _waiting_of(db, list(relationships), max(counts.values()))
    missing: list[Numbered] = []
    for id_, relationship in relationships.items():
        missing += _next_numbers(relationship, counts[id_] - len(ready[id_]))
    for session in add_numbered(db, now, created_by_id, missing):
        ready[session.relationship_id or 0].append(session)
    lines = {id_: iter(sessions) for id_, sessions in ready.items()}
    return [list(islice(lines[relationship.id or 0], count)) for relationship, count in wanted]


def waiting_sessions(db: Db, relationship: Relationship) -> list[Session]:
    """List the sessions still to be arranged, the lowest number first."""
    return _waiting_of(db, [relationship.id or 0])[relationship.id or 0]


def _waiting_of(db: Db, relationship_ids: Sequence[int], most: int | None = None) -> dict[int, list[Session]]:
    """List the sessions still to be arranged of each, the lowest number first; at most the first `most`."""
    rank = sa.func.row_number().over(partition_by=col(Session.relationship_id), order_by=col(Session.number))
    waiting = (
        sa.select(col(Session.id), rank.label("rank"))
        .where(
            col(Session.relationship_id).in_(relationship_ids),
            col(Session.status).concat("") == Status.TO_BE_ARRANGED,  # not by the index of statuses: many wait
            col(Session.deleted_at).is_(None),
        )
        .subquery()
    )
    asked = select(Session).join(waiting, waiting.c.id == col(Session.id)).order_by(col(Session.number))
    found: dict[int, list[Session]] = {id_: [] for id_ in relationship_ids}
    for session in db.exec(asked if most is None else asked.where(waiting.c.rank <= most)):
        found[session.relationship_id or 0].append(session)
    return found


def append_sessions(db: Db, now: datetime, relationship: Relationship, created_by_id: int, count: int) -> list[Session]:
    """Add `count` sessions to be arranged under the next numbers, which are never given twice."""
    _hold(db, [relationship.id or 0])
    return add_numbered(db, now, created_by_id, _next_numbers(relationship, count))


def _next_numbers(relationship: Relationship, count: int) -> list[Numbered]:
    first = relationship.next_number
    relationship.next_number += max(0, count)
    return [(relationship, number) for number in range(first, relationship.next_number)]


def add_numbered(db: Db, now: datetime, created_by_id: int, numbered: Sequence[Numbered]) -> list[Session]:
    """Add sessions to be arranged under these numbers, with a seat for each of the two people."""
    if not numbered:
        return []
    shared = {"kind": Kind.ONE_TO_ONE, "created_by_id": created_by_id, "created_at": now}
    # Two statements for all of them: an upload makes thousands, and a row object for each would take most of its time.
    rows: list[dict[str, Any]] = [
        shared
        | {"program_id": one.program_id, "relationship_id": one.id, "host_id": one.mentor_id}
        | {"mentee_id": one.mentee_id, "number": number, "uid": new_uid()}
        for one, number in numbered
    ]
    # By their UIDs: asked for rows in order, SQLite would be given each by itself.
    found = {row.uid: row for row in db.scalars(sa.insert(Session).returning(Session), rows)}
    made = [found[row["uid"]] for row in rows]
    seats = [
        {"session_id": row.id, "person_id": person_id, "is_host": person_id == row.host_id, "since": now}
        for row in made
        for person_id in (row.host_id, row.mentee_id)
    ]
    db.execute(sa.insert(Seat), seats)
    return made


def new_uid() -> str:
    """Make a calendar UID (RFC 5545) that no other session or series has."""
    return f"{uuid4()}@meridian"


def _hold(db: Db, relationship_ids: Sequence[int]) -> None:
    """Hold the rows that give the numbers, and read them as they are now."""
    lock_rows(db, Relationship, relationship_ids)
    asked = select(Relationship).where(col(Relationship.id).in_(relationship_ids))
    db.exec(asked.execution_options(populate_existing=True)).all()


def join(db: Db, now: datetime, parts: Collection[tuple[int, int, Role]]) -> None:
    """Make people members of programmes where they are none: programme, person and role of each."""
    people = {person_id for _, person_id, _ in parts}
    asked = select(Membership.program_id, Membership.person_id, Membership.role)
    has = set(db.exec(asked.where(col(Membership.person_id).in_(people))))
    db.add_all(
        Membership(program_id=program_id, person_id=person_id, role=role, created_at=now)
        for program_id, person_id, role in dict.fromkeys(parts)
        if (program_id, person_id, role) not in has
    )
