"""The lines of the list of people: what is shown of each. The caller has found them and may see them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.permissions import HOLDING, Viewer
from app.models.queries.people import role_word
from app.models.tables import Membership, Person, PersonTag, Program, Relationship, Seat, Session
from app.models.words import OCCUPYING, Rank, Status
from app.models.words.programs import NO_ROLE_WORD, VISITOR_WORD

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class RoleLine:
    """What somebody is in one programme, in its words. `program` is "" for a manager of the organisation, or nobody."""

    word: str
    program: str = ""
    cohort: str = ""


@dataclass(frozen=True)
class PersonRow:
    """One line of the list. `assigned` counts active relationships; `next_words` and `last_words` may be ""."""

    id: int
    name: str
    email: str
    initials: str
    roles: list[RoleLine]
    tags: list[str]
    assigned: int
    next_words: str
    last_words: str
    added: str
    is_deactivated: bool


def in_managed(viewer: Viewer, program_id: Any) -> list[Condition]:
    """Limit rows of a table by its column `program_id` to what the viewer manages."""
    return [] if viewer.is_org_manager else [col(program_id).in_(viewer.managed)]


def last_met(viewer: Viewer, now: datetime) -> sa.ColumnElement[datetime]:
    """When somebody's last session in what the viewer manages took place, as mentor, host or mentee."""
    latest = [
        sa.select(col(Session.start_at))
        .where(side == Person.id, col(Session.start_at) <= now, col(Session.status) == Status.COMPLETED)
        .where(col(Session.deleted_at).is_(None), *in_managed(viewer, Session.program_id))
        .order_by(col(Session.start_at).desc())
        .limit(1)  # by the index on the side and the start; max() would read them all
        .correlate(Person)
        .scalar_subquery()
        for side in (col(Session.host_id), col(Session.mentee_id))
    ]
    hosted, attended = latest
    # The larger of two that may be missing; SQLite's max() and PostgreSQL's greatest() differ over NULL.
    later = sa.or_(attended.is_(None), hosted >= attended)
    return sa.case((hosted.is_(None), attended), (later, hosted), else_=attended)


def read_rows(db: Db, viewer: Viewer, now: datetime, people: Sequence[Person]) -> list[PersonRow]:
    """Read the lines of these people in five queries."""
    ids = [person.id or 0 for person in people]
    roles, tags, assigned = _roles(db, viewer, people), _tags_of(db, ids), _assigned(db, viewer, ids)
    coming, last = _coming(db, viewer, now, ids), _last(db, viewer, now, ids)
    return [
        PersonRow(
            id=person.id or 0,
            name=person.name,
            email=person.email,
            initials=spoken.initials(person.name),
            roles=roles[person.id or 0],
            tags=tags[person.id or 0],
            assigned=assigned[person.id or 0],
            next_words=_moment(coming.get(person.id or 0), viewer.zone, now),
            last_words=_moment(last.get(person.id or 0), viewer.zone, now),
            added=spoken.short_day(person.created_at, viewer.zone),
            is_deactivated=person.deactivated_at is not None,
        )
        for person in people
    ]


def _moment(at: datetime | None, zone: str, now: datetime) -> str:
    return spoken.brief_moment(at, zone, now) if at else ""


def _roles(db: Db, viewer: Viewer, people: Sequence[Person]) -> dict[int, list[RoleLine]]:
    query = (
        select(Membership, Program)
        .join(Program, col(Program.id) == Membership.program_id)
        .where(col(Membership.person_id).in_([person.id for person in people]))
        .order_by(Program.name, Membership.role)
    )
    lines: dict[int, list[RoleLine]] = defaultdict(list)
    for person in people:
        if person.rank != Rank.NONE:
            lines[person.id or 0].append(RoleLine(person.rank.capitalize()))
    members = db.exec(query).all()
    for row, program in members:
        if viewer.manages(row.program_id):
            lines[row.person_id].append(RoleLine(role_word(program, row.role).capitalize(), program.name, row.cohort))
    belong = {row.person_id for row, _ in members}
    for person in people:
        if person.rank == Rank.NONE and person.id not in belong:
            lines[person.id or 0].append(RoleLine(VISITOR_WORD if person.password_hash is None else NO_ROLE_WORD))
    return lines


def _tags_of(db: Db, ids: Sequence[int]) -> dict[int, list[str]]:
    query = select(PersonTag).where(col(PersonTag.person_id).in_(ids)).order_by(PersonTag.name)
    tags: dict[int, list[str]] = defaultdict(list)
    for row in db.exec(query):
        tags[row.person_id].append(row.name)
    return tags


def _assigned(db: Db, viewer: Viewer, ids: Sequence[int]) -> dict[int, int]:
    pair = (col(Relationship.mentor_id), col(Relationship.mentee_id))
    query = select(Relationship.mentor_id, Relationship.mentee_id).where(
        col(Relationship.ended_at).is_(None),
        sa.or_(*(side.in_(ids) for side in pair)),
        *in_managed(viewer, Relationship.program_id),
    )
    counts: dict[int, int] = defaultdict(int)
    for two in db.exec(query):
        for one in two:
            counts[one] += 1
    return counts


def _coming(db: Db, viewer: Viewer, now: datetime, ids: Sequence[int]) -> dict[int, datetime]:
    """When each one's next session in what the viewer manages starts, whatever part they have in it."""
    query = (
        select(Seat.person_id, sa.func.min(Session.start_at))
        .join(Session, col(Session.id) == Seat.session_id)
        .where(col(Seat.person_id).in_(ids), col(Seat.status).in_(HOLDING))
        .where(col(Session.status).in_(OCCUPYING), col(Session.end_at) > now, col(Session.deleted_at).is_(None))
        .where(*in_managed(viewer, Session.program_id))
        .group_by(col(Seat.person_id))
    )
    return {person_id: at for person_id, at in db.exec(query) if at}


def _last(db: Db, viewer: Viewer, now: datetime, ids: Sequence[int]) -> dict[int, datetime]:
    query = select(Person.id, last_met(viewer, now)).where(col(Person.id).in_(ids))
    return {person_id or 0: at for person_id, at in db.exec(query) if at}
