"""What the programmes' pages show: the list, one programme's settings, its members, cohorts and tags.

For managers only: the organisation's see every programme, a programme's managers their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.drafts.programs import ProgramDraft
from app.models.errors import NotFound
from app.models.permissions import Viewer, is_id
from app.models.queries.paging import nearest_page
from app.models.queries.people import begins, role_word, typed_words
from app.models.spoken import initials
from app.models.tables import Membership, Person, PersonTag, Program, Relationship, Session
from app.models.words import OCCUPYING, PROGRAM_KIND_WORDS, ProgramKind, Role, Status

PAGE = 50
MOST_TAGS = 40


@dataclass(frozen=True)
class ProgramRow:
    """A programme in the list, with its people in its own words."""

    id: int
    href: str
    name: str
    kind: str
    people: str
    active: int
    sessions: int
    is_archived: bool


@dataclass(frozen=True)
class ProgramList:
    """The programmes the viewer manages; `archived` counts those that are put away."""

    rows: list[ProgramRow] = field(default_factory=list[ProgramRow])
    archived: int = 0
    running: int = 0
    month: str = ""


@dataclass(frozen=True)
class ProgramPage:
    """One programme's settings. `seen` names exactly these, to notice that somebody else changed them."""

    id: int = 0
    seen: str = ""
    name: str = ""
    kind: str = ProgramKind.MENTORING.value
    mentor_word: str = ""
    mentors_word: str = ""
    mentee_word: str = ""
    mentees_word: str = ""
    description: str = ""
    session_count: int = 6
    default_minutes: int = 60
    session_types: list[str] = field(default_factory=list[str])
    asks_confirmation: bool = False
    allows_back_to_back: bool = False
    allows_group_sessions: bool = False
    allows_visitors: bool = False
    confirms_visitors: bool = False
    below_minimum: str = "keep"
    reminder_minutes: list[int] = field(default_factory=list[int])
    is_archived: bool = False
    may_archive: bool = False
    members: int = 0


@dataclass(frozen=True)
class Member:
    """One membership: who, as what, in which cohort, and with how many they work."""

    id: int
    person_id: int
    href: str
    name: str
    email: str
    initials: str
    role: str
    role_word: str
    cohort: str
    works_with: str
    is_deactivated: bool


@dataclass(frozen=True)
class Group:
    """A cohort, a tag or a role, and how many have it."""

    name: str
    count: int
    label: str = ""


@dataclass(frozen=True)
class Members:
    """One page of a programme's members, and what they can be narrowed to."""

    rows: list[Member] = field(default_factory=list[Member])
    total: int = 0
    page: int = 1
    pages: int = 1
    roles: list[Group] = field(default_factory=list[Group])
    cohorts: list[Group] = field(default_factory=list[Group])
    tags: list[Group] = field(default_factory=list[Group])


@dataclass(frozen=True)
class MemberFilter:
    """What members are asked for; "" narrows nothing."""

    typed: str = ""
    role: str = ""
    cohort: str = ""
    page: int = 1


def fingerprint(program: Program) -> str:
    """Name a programme's settings: another name for anything else."""
    settings = [getattr(program, name) for name in ProgramDraft.model_fields]
    return sha256(repr(settings).encode()).hexdigest()[:16]


def list_programs(db: Db, viewer: Viewer, now: datetime, *, archived: bool = False) -> ProgramList:
    """List the programmes the viewer manages, running or archived. Raises NotFound for those who manage none."""
    if not viewer.is_manager:
        raise NotFound
    managed = sa.true() if viewer.is_org_manager else col(Program.id).in_(viewer.managed)
    programs = list(db.exec(select(Program).where(managed).order_by(sa.func.lower(Program.name), col(Program.id))))
    people, active, sessions = _people(db), _active(db), _this_month(db, viewer, now)
    shown = [one for one in programs if (one.archived_at is not None) == archived]
    rows = [_row(one, people, active.get(one.id or 0, 0), sessions.get(one.id or 0, 0)) for one in shown]
    put_away = sum(one.archived_at is not None for one in programs)
    month = f"{clock.wall(now, viewer.zone):%B}"
    return ProgramList(rows, put_away, len(programs) - put_away, month)


def read_program(db: Db, viewer: Viewer, program_id: int) -> ProgramPage:
    """Read a programme's settings. Raises NotFound for anybody who does not manage it."""
    program = _managed(db, viewer, program_id)
    settings = {name: getattr(program, name) for name in ProgramDraft.model_fields}
    return ProgramPage(
        id=program_id,
        seen=fingerprint(program),
        is_archived=program.archived_at is not None,
        may_archive=viewer.is_org_manager,
        members=_member_count(db, program_id),
        **settings,
    )


def list_members(db: Db, viewer: Viewer, program_id: int, wanted: MemberFilter) -> Members:
    """List a programme's members by name, fifty a page. Raises NotFound for anybody who does not manage it."""
    program = _managed(db, viewer, program_id)
    query = select(Membership, Person).join(Person, col(Person.id) == Membership.person_id)
    query = query.where(Membership.program_id == program_id, *_narrowed(wanted))
    total = db.exec(select(sa.func.count()).select_from(query.subquery())).one()
    page, pages = nearest_page(total, PAGE, wanted.page)
    query = query.order_by(Person.search_text, Membership.role).offset((page - 1) * PAGE).limit(PAGE)
    found = list(db.exec(query))
    works = _works(db, program_id, [row.person_id for row, _ in found])
    return Members(
        rows=[_member(program, row, person, works.get((row.person_id, row.role), 0)) for row, person in found],
        total=total,
        page=page,
        pages=pages,
        roles=_roles(db, program),
        cohorts=_cohorts(db, program_id),
        tags=_tags(db, program_id),
    )


def _managed(db: Db, viewer: Viewer, program_id: int) -> Program:
    may = is_id(program_id) and viewer.manages(program_id)
    program = db.get(Program, program_id) if may else None
    if program is None:
        raise NotFound("programme")
    return program


def _member_count(db: Db, program_id: int) -> int:
    return db.exec(select(sa.func.count()).select_from(Membership).where(Membership.program_id == program_id)).one()


def _people(db: Db) -> dict[tuple[int, str], int]:
    query = select(Membership.program_id, Membership.role, sa.func.count()).group_by(
        col(Membership.program_id), col(Membership.role)
    )
    return {(program_id, role): count for program_id, role, count in db.exec(query)}


def _active(db: Db) -> dict[int, int]:
    query = select(Relationship.program_id, sa.func.count()).where(col(Relationship.ended_at).is_(None))
    return dict(db.exec(query.group_by(col(Relationship.program_id))).all())


def _this_month(db: Db, viewer: Viewer, now: datetime) -> dict[int, int]:
    first = clock.today(now, viewer.zone).replace(day=1)
    start, end = clock.day_range(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1), viewer.zone)
    counted = [*OCCUPYING, Status.COMPLETED, Status.MISSED]
    query = select(Session.program_id, sa.func.count()).where(
        col(Session.deleted_at).is_(None),
        col(Session.start_at) >= start,
        col(Session.start_at) < end,
        col(Session.status).in_(counted),
    )
    return dict(db.exec(query.group_by(col(Session.program_id))).all())


def _row(program: Program, people: Mapping[tuple[int, str], int], active: int, sessions: int) -> ProgramRow:
    number = program.id or 0
    mentors, mentees = (people.get((number, role), 0) for role in (Role.MENTOR, Role.MENTEE))
    words = program.words
    named = f"{_counted(mentors, words.mentor, words.mentors)}, {_counted(mentees, words.mentee, words.mentees)}"
    kind, archived = PROGRAM_KIND_WORDS[ProgramKind(program.kind)], program.archived_at is not None
    return ProgramRow(number, f"/programs/{number}", program.name, kind, named, active, sessions, archived)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _narrowed(wanted: MemberFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [begins(word) for word in typed_words(wanted.typed)]
    if wanted.role:
        found.append(col(Membership.role) == wanted.role)
    if wanted.cohort:
        found.append(col(Membership.cohort) == wanted.cohort)
    return found


def _works(db: Db, program_id: int, people: list[int]) -> dict[tuple[int, str], int]:
    """Count the active relationships of these people by their side."""
    sides = ((col(Relationship.mentor_id), Role.MENTOR), (col(Relationship.mentee_id), Role.MENTEE))
    parts = [
        sa.select(side.label("person_id"), sa.literal(role.value).label("role"), sa.func.count())
        .where(col(Relationship.program_id) == program_id, col(Relationship.ended_at).is_(None), side.in_(people))
        .group_by(side)
        for side, role in sides
    ]
    return {(person_id, role): count for person_id, role, count in db.execute(sa.union_all(*parts))}


def _member(program: Program, row: Membership, person: Person, works: int) -> Member:
    words = program.words
    others = {Role.MENTOR: (words.mentee, words.mentees), Role.MENTEE: (words.mentor, words.mentors)}
    pair = others.get(Role(row.role))
    return Member(
        id=row.id or 0,
        person_id=row.person_id,
        href=f"/people/{row.person_id}",
        name=person.name,
        email=person.email,
        initials=initials(person.name),
        role=row.role,
        role_word=role_word(program, row.role).capitalize(),
        cohort=row.cohort,
        works_with=_counted(works, *pair) if pair and works else "",
        is_deactivated=person.deactivated_at is not None,
    )


def _roles(db: Db, program: Program) -> list[Group]:
    query = select(Membership.role, sa.func.count()).where(Membership.program_id == program.id)
    counts: dict[str, Any] = dict(db.exec(query.group_by(col(Membership.role))).all())
    words = program.words
    labels = {Role.MENTOR: words.mentors, Role.MENTEE: words.mentees, Role.MANAGER: "managers"}
    return [Group(role.value, counts.get(role.value, 0), label.capitalize()) for role, label in labels.items()]


def _cohorts(db: Db, program_id: int) -> list[Group]:
    query = select(Membership.cohort, sa.func.count()).where(Membership.program_id == program_id)
    query = query.where(Membership.cohort != "").group_by(col(Membership.cohort)).order_by(Membership.cohort)
    return [Group(name, count, name) for name, count in db.exec(query)]


def _tags(db: Db, program_id: int) -> list[Group]:
    members = select(Membership.person_id).where(Membership.program_id == program_id)
    count = sa.func.count()
    query = select(PersonTag.name, count).where(col(PersonTag.person_id).in_(members))
    query = query.group_by(col(PersonTag.name)).order_by(count.desc(), PersonTag.name).limit(MOST_TAGS)
    return [Group(name, number, name) for name, number in db.exec(query)]
