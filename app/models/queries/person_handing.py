"""What a mentor could hand over: relationships that run, and group sessions still to come, where the viewer manages."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.permissions import Viewer, access_managed_person
from app.models.tables import Person, Program, Relationship, Session
from app.models.words import Kind, Status


@dataclass(frozen=True)
class HandLine:
    """One thing to hand over, in words."""

    id: int
    title: str
    note: str


@dataclass(frozen=True)
class Holding:
    """All that somebody holds as a mentor or host."""

    name: str = ""
    pairs: list[HandLine] = field(default_factory=list[HandLine])
    groups: list[HandLine] = field(default_factory=list[HandLine])


def load_holding(db: Db, viewer: Viewer, now: datetime, person_id: int) -> Holding:
    """List what somebody could hand over. Raises NotFound or Refusal where the viewer may not change them."""
    person = access_managed_person(db, viewer, person_id)
    return Holding(person.name, _pairs(db, viewer, person_id), _groups(db, viewer, now, person_id))


def _pairs(db: Db, viewer: Viewer, person_id: int) -> list[HandLine]:
    query = (
        select(Relationship.id, Person, Program.name)
        .join(Program, col(Program.id) == Relationship.program_id)
        .join(Person, col(Person.id) == Relationship.mentee_id)
        .where(Relationship.mentor_id == person_id, col(Relationship.ended_at).is_(None))
        .where(col(Program.archived_at).is_(None))
        .order_by(Person.search_text, col(Relationship.id))
    )
    if not viewer.is_org_manager:
        query = query.where(col(Relationship.program_id).in_(viewer.managed))
    return [HandLine(pair_id or 0, other.name, program) for pair_id, other, program in db.exec(query)]


def _groups(db: Db, viewer: Viewer, now: datetime, person_id: int) -> list[HandLine]:
    hosted = (Session.host_id == person_id, Session.kind == Kind.GROUP, col(Session.deleted_at).is_(None))
    query = (
        select(Session)
        .where(*hosted, Session.status == Status.SCHEDULED, col(Session.start_at) > now)
        .order_by(col(Session.start_at), col(Session.id))
    )
    if not viewer.is_org_manager:
        query = query.where(col(Session.program_id).in_(viewer.managed))
    rows = [(row, row.period) for row in db.exec(query)]
    return [HandLine(row.id or 0, row.name, spoken.span(period, viewer.zone)) for row, period in rows if period]
