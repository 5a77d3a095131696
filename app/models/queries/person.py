"""One person's details page, for one viewer: who they are, whom they work with, and their sessions.

A manager sees everything of their programmes; others see of a person only what the two of
them share. A constant number of queries.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, spoken
from app.models.permissions import Viewer, access_person, zone_of
from app.models.queries.people import role_word
from app.models.queries.person_sessions import SessionLine, load_past, load_upcoming
from app.models.tables import Membership, Person, Program, Relationship, Session
from app.models.words import OCCUPYING, Rank, Role, Status


@dataclass(frozen=True)
class RoleLine:
    """What somebody is in one programme, in its words."""

    word: str
    program: str


@dataclass(frozen=True)
class PairLine:
    """Somebody they work with, seen from them. `book_href` is "" where the viewer may not book the two."""

    id: int
    other: str
    other_href: str
    initials: str
    word: str
    program: str
    progress: str
    percent: str
    next_words: str
    is_active: bool
    book_href: str


@dataclass(frozen=True)
class PersonPage:
    """The page; id 0 is nobody. `email` is "" where the viewer has no dealings with them now."""

    id: int = 0
    name: str = ""
    initials: str = ""
    email: str = ""
    is_me: bool = False
    is_deactivated: bool = False
    rank: str = ""
    zone: str = ""
    local_time: str = ""
    bio: str = ""
    roles: list[RoleLine] = field(default_factory=list[RoleLine])
    pairs: list[PairLine] = field(default_factory=list[PairLine])
    upcoming: list[SessionLine] = field(default_factory=list[SessionLine])
    past: list[SessionLine] = field(default_factory=list[SessionLine])
    book_href: str = ""


def load_person(db: Db, viewer: Viewer, now: datetime, person_id: int) -> PersonPage:
    """Read somebody's page. Raises NotFound for a stranger."""
    person = access_person(db, viewer, person_id)
    roles = _roles(db, viewer, person_id)
    pairs = _pairs(db, viewer, now, person)
    is_me = person_id == viewer.person_id
    zone = zone_of(db, person)
    deals = is_me or _manages(viewer, roles) or any(pair.is_active for pair in pairs)
    return PersonPage(
        id=person_id,
        name=person.name,
        initials=spoken.initials(person.name),
        email=person.email if deals else "",
        is_me=is_me,
        is_deactivated=person.deactivated_at is not None,
        rank="" if person.rank == Rank.NONE else person.rank.capitalize(),
        zone=clock.zone_words(now, zone),
        local_time=f"{clock.wall(now, zone):%A, %H:%M}",
        bio=person.bio,
        roles=[RoleLine(role_word(program, role).capitalize(), program.name) for role, program in roles],
        pairs=pairs,
        upcoming=load_upcoming(db, viewer, now, person_id),
        past=load_past(db, viewer, now, person_id),
        book_href=_book_href(viewer, person, roles, pairs),
    )


Roles = Sequence[tuple[str, Program]]


def _manages(viewer: Viewer, roles: Roles) -> bool:
    return viewer.is_org_manager or any(viewer.manages(program.id or 0) for _, program in roles)


def _roles(db: Db, viewer: Viewer, person_id: int) -> Roles:
    query = (
        select(Membership.role, Program)
        .join(Program, col(Program.id) == Membership.program_id)
        .where(Membership.person_id == person_id)
        .order_by(Program.name, Membership.role)
    )
    if not viewer.is_org_manager:
        query = query.where(col(Program.id).in_(viewer.managed | viewer.mentored | viewer.attended))
    return list(db.exec(query))


def _book_href(viewer: Viewer, person: Person, roles: Roles, pairs: Sequence[PairLine]) -> str:
    """Lead to the form with this person filled in, on the side that they usually take."""
    if person.deactivated_at is not None:
        return ""
    if person.id == viewer.person_id:
        return "/book" if any(pair.is_active for pair in pairs) else ""
    for side in (Role.MENTEE, Role.MENTOR):
        if any(role == side and viewer.manages(program.id or 0) for role, program in roles):
            return f"/book?{side}={person.id}"
    return next((pair.book_href for pair in pairs if pair.book_href), "")


def _pairs(db: Db, viewer: Viewer, now: datetime, person: Person) -> list[PairLine]:
    person_id = person.id or 0
    mine = sa.or_(col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id) == person_id)
    query = (
        select(Relationship, Program, Person)
        .join(Program, col(Program.id) == Relationship.program_id)
        .join(Person, sa.and_(_is_other(person_id)))
        .where(mine, _shared(viewer))
        .order_by(col(Relationship.ended_at).is_not(None), Person.search_text, col(Relationship.id))
    )
    rows = list(db.exec(query))
    progress = _progress(db, now, [pair.id or 0 for pair, _, _ in rows])
    return [_pair_line(viewer, person, row, progress[row[0].id or 0]) for row in rows]


def _is_other(person_id: int) -> sa.ColumnElement[bool]:
    other = sa.case(
        (col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id)), else_=col(Relationship.mentor_id)
    )
    return col(Person.id) == other


def _shared(viewer: Viewer) -> sa.ColumnElement[bool]:
    if viewer.is_org_manager:
        return sa.true()
    me = viewer.person_id
    return sa.or_(
        col(Relationship.program_id).in_(viewer.managed),
        col(Relationship.mentor_id) == me,
        col(Relationship.mentee_id) == me,
    )


@dataclass(frozen=True)
class _Progress:
    done: int = 0
    all: int = 0
    next_at: datetime | None = None


def _progress(db: Db, now: datetime, relationships: Sequence[int]) -> dict[int, _Progress]:
    """Count the sessions of each relationship: Completed of all that are not deleted (R2)."""
    completed = sa.case((col(Session.status) == Status.COMPLETED, 1), else_=0)
    is_ahead = sa.and_(col(Session.status).in_(OCCUPYING), col(Session.end_at) > now)
    ahead = sa.case((is_ahead, col(Session.start_at)))
    query = (
        select(Session.relationship_id, sa.func.sum(completed), sa.func.count(), sa.func.min(ahead))
        .where(col(Session.relationship_id).in_(relationships), col(Session.deleted_at).is_(None))
        .group_by(col(Session.relationship_id))
    )
    found: dict[int, _Progress] = defaultdict(_Progress)
    for relationship_id, done, count, next_at in db.exec(query):
        found[relationship_id or 0] = _Progress(int(done or 0), count, next_at)
    return found


def _pair_line(
    viewer: Viewer, person: Person, row: tuple[Relationship, Program, Person], progress: _Progress
) -> PairLine:
    pair, program, other = row
    runs = pair.ended_at is None and program.archived_at is None
    runs = runs and person.deactivated_at is None and other.deactivated_at is None
    me = viewer.person_id
    books = runs and (viewer.manages(program.id or 0) or me in (pair.mentor_id, pair.mentee_id))
    is_mentor = pair.mentor_id == person.id
    pair_link = f"/book?program={program.id}&mentor={pair.mentor_id}&mentee={pair.mentee_id}"
    next_at = clock.wall(progress.next_at, viewer.zone) if progress.next_at else None
    return PairLine(
        id=pair.id or 0,
        other=other.name,
        other_href=f"/people/{other.id}",
        initials=spoken.initials(other.name),
        word=(program.mentee_word if is_mentor else program.mentor_word).capitalize(),
        program=program.name,
        progress=f"{progress.done} of {progress.all} sessions",
        percent=f"{100 * progress.done // max(progress.all, 1)}%",
        next_words=f"Next: {next_at:%a} {next_at.day} {next_at:%b}, {next_at:%H:%M}" if next_at else "",
        is_active=pair.ended_at is None,
        book_href=pair_link if books else "",
    )
