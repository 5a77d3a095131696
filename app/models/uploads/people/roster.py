"""What is stored of the people whom a file names: read at once, however many rows name them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.permissions import Viewer, visible_people
from app.models.queries.organisation import usual_words
from app.models.tables import Membership, Organisation, Person, PersonTag, Program, Relationship, Session
from app.models.words import ProgramWords, Rank, Role, Status

T = TypeVar("T")
AT_ONCE = 500
Pair = tuple[int, int, int]
"""Programme, mentor, mentee."""


@dataclass
class Known:
    """Somebody who is here. `is_seen`: the viewer may see them; `is_visitor`: they only registered for a session.

    `is_named`: an earlier row of the sheet gave their name.
    """

    id: int
    email: str
    first_name: str
    last_name: str
    zone: str
    is_seen: bool
    is_visitor: bool
    is_active: bool
    tags: set[str] = field(default_factory=set[str])
    roles: dict[tuple[int, Role], str] = field(default_factory=dict[tuple[int, Role], str])
    is_named: bool = False

    @property
    def name(self) -> str:
        """Give their name, the address where there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.email


@dataclass(frozen=True)
class Roster:
    """Everything checking looks up. `pairs` are the active relationships, with how many sessions lie ahead."""

    people: dict[str, Known]
    programs: dict[int, Program]
    words: ProgramWords
    pairs: dict[Pair, int]

    def named(self, name: str) -> list[Program]:
        """Find the programmes of this name."""
        return [one for one in self.programs.values() if one.name.casefold() == name.casefold()]


def read_programs(db: Db, viewer: Viewer) -> dict[int, Program]:
    """Read the running programmes that the viewer may fill, by id, in order of their names."""
    query = select(Program).where(col(Program.archived_at).is_(None)).order_by(col(Program.name), col(Program.id))
    return {one.id or 0: one for one in db.exec(query) if viewer.manages(one.id or 0)}


def read_words(db: Db) -> ProgramWords:
    """Read what the organisation usually calls its people."""
    return usual_words(db.get(Organisation, 1))


def read_roster(db: Db, viewer: Viewer, now: datetime, emails: Collection[str]) -> Roster:
    """Read all that is stored of these addresses, a few hundred at a time."""
    programs = read_programs(db, viewer)
    people: dict[str, Known] = {}
    for some in _portions(sorted(emails)):
        people |= _people(db, viewer, some, programs.keys())
    ids = sorted(person.id for person in people.values())
    pairs: dict[Pair, int] = {}
    for some in _portions(ids):
        pairs |= _pairs(db, now, some, programs.keys())
    return Roster(people, programs, read_words(db), pairs)


def _people(db: Db, viewer: Viewer, emails: list[str], programs: Collection[int]) -> dict[str, Known]:
    seen = visible_people(viewer).label("is_seen")
    query = sa.select(
        col(Person.id), col(Person.email), col(Person.first_name), col(Person.last_name), col(Person.zone),
        col(Person.rank), col(Person.password_hash).is_not(None), col(Person.deactivated_at), seen,
    ).where(col(Person.email).in_(emails))  # fmt: skip
    found: dict[int, Known] = {}
    has_access: set[int] = set()
    for person_id, email, first, last, zone, rank, password, gone, is_seen in db.execute(query):
        found[person_id] = Known(person_id, email, first, last, zone, bool(is_seen), False, gone is None)
        if password or rank != Rank.NONE:
            has_access.add(person_id)
    roles = select(Membership).where(col(Membership.person_id).in_(list(found)))
    for row in db.exec(roles):
        has_access.add(row.person_id)
        if row.program_id in programs:
            found[row.person_id].roles[row.program_id, Role(row.role)] = row.cohort
    tags = select(PersonTag.person_id, PersonTag.name).where(col(PersonTag.person_id).in_(list(found)))
    for person_id, name in db.exec(tags):
        found[person_id].tags.add(name)
    for person in found.values():
        person.is_visitor = person.id not in has_access and person.is_active
    return {person.email: person for person in found.values()}


def _pairs(db: Db, now: datetime, mentees: list[int], programs: Collection[int]) -> dict[Pair, int]:
    ahead = sa.and_(
        col(Session.relationship_id) == col(Relationship.id),
        col(Session.deleted_at).is_(None),
        col(Session.status).in_((Status.PENDING, Status.SCHEDULED)),
        col(Session.end_at) > now,
    )
    named = (col(Relationship.program_id), col(Relationship.mentor_id), col(Relationship.mentee_id))
    query = (
        sa.select(*named, sa.func.count(col(Session.id)))
        .outerjoin(Session, ahead)
        .where(col(Relationship.mentee_id).in_(mentees), col(Relationship.ended_at).is_(None))
        .group_by(col(Relationship.id), *named)
    )
    return {(program, mentor, mentee): n for program, mentor, mentee, n in db.execute(query) if program in programs}


def _portions(items: Iterable[T]) -> Iterator[list[T]]:
    kept = list(items)
    for start in range(0, len(kept), AT_ONCE):
        yield kept[start : start + AT_ONCE]
