"""The list of people, as managers look through it: of the organisation everybody, of a programme its members.

A constant number of queries, however many people there are and however many are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import NotFound
from app.models.folding import near_misses
from app.models.permissions import Viewer
from app.models.queries.directory_filters import NO_ROLE, Assigned, Filters, Sort, Standing
from app.models.queries.directory_rows import Condition, PersonRow, in_managed, last_met, read_rows
from app.models.queries.organisation import usual_words
from app.models.queries.paging import nearest_page
from app.models.queries.people import begins, nearly_begins, typed_words
from app.models.tables import Membership, Organisation, Person, PersonTag, Program, Relationship
from app.models.words import ProgramWords, Rank, Role, shared_words

MOST_CHOICES = 300


@dataclass(frozen=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Directory:
    """A page of the list. `range_words` is such as "41–60 of 1,234"; `has_nobody` is a new organisation's."""

    rows: list[PersonRow] = field(default_factory=list[PersonRow])
    total: int = 0
    page: int = 1
    pages: int = 1
    range_words: str = ""
    forgave: bool = False
    programs: list[Choice] = field(default_factory=list[Choice])
    roles: list[Choice] = field(default_factory=list[Choice])
    cohorts: list[Choice] = field(default_factory=list[Choice])
    tags: list[Choice] = field(default_factory=list[Choice])
    has_programs: bool = False
    has_nobody: bool = False
    may_add_programs: bool = False


def managed_people(viewer: Viewer) -> Condition:
    """Give the condition for the people whom the viewer looks after as a manager."""
    if viewer.is_org_manager:
        return sa.true()
    members = select(Membership.person_id).where(col(Membership.program_id).in_(viewer.managed))
    return col(Person.id).in_(members)


def list_people(db: Db, viewer: Viewer, now: datetime, filters: Filters) -> Directory:
    """Read one page of the list; a page that does not exist gives the nearest. Raises NotFound for non-managers.

    Where nobody is found one slip of the finger a word is forgiven, and `forgave` says so.
    """
    if not viewer.is_manager:
        raise NotFound
    programs = _programs(db, viewer)
    found, total, forgave = _count(db, viewer, filters)
    page, pages = nearest_page(total, filters.per_page, filters.page)
    first = (page - 1) * filters.per_page
    query = select(Person).where(*found).order_by(*_order(viewer, filters, now)).offset(first).limit(filters.per_page)
    people = list(db.exec(query))
    return Directory(
        rows=read_rows(db, viewer, now, people),
        total=total,
        page=page,
        pages=pages,
        range_words=f"{first + 1:,}–{first + len(people):,} of {total:,}" if people else "",
        forgave=forgave,
        programs=[Choice(str(program.id), program.name) for program in programs],
        roles=_role_choices(db, programs),
        cohorts=list_cohorts(db, viewer),
        tags=list_tags(db, viewer),
        has_programs=bool(programs),
        has_nobody=total <= 1 and not filters.narrows and not any(person.id != viewer.person_id for person in people),
        may_add_programs=viewer.is_org_manager,
    )


def _count(db: Db, viewer: Viewer, filters: Filters) -> tuple[Sequence[Condition], int, bool]:
    """Give the conditions under which anybody is found, how many they are, and whether a slip was forgiven."""
    among = _among(viewer, filters)
    words = typed_words(filters.typed)
    if filters.typed.strip() and not words:
        return [sa.false()], 0, False
    found = [*among, *(begins(word) for word in words)]
    total = _how_many(db, found)
    if total or not any(near_misses(word) for word in words):
        return found, total, False
    nearly = [*among, *(nearly_begins(word) for word in words)]
    total = _how_many(db, nearly)
    return nearly, total, total > 0


def _how_many(db: Db, found: Sequence[Condition]) -> int:
    return db.exec(select(sa.func.count(col(Person.id))).where(*found)).one()


def _among(viewer: Viewer, filters: Filters) -> Sequence[Condition]:
    among: list[Condition] = [managed_people(viewer)]
    if filters.standing != Standing.ALL:
        is_gone = filters.standing == Standing.DEACTIVATED
        among.append(col(Person.deactivated_at).is_not(None) if is_gone else col(Person.deactivated_at).is_(None))
    if filters.role == NO_ROLE:
        among += [col(Person.rank) == Rank.NONE, col(Person.id).not_in(select(Membership.person_id))]
    elif filters.role or filters.program_id or filters.cohort:
        among.append(_belongs(viewer, filters))
    if filters.tag:
        among.append(col(Person.id).in_(select(PersonTag.person_id).where(PersonTag.name == filters.tag)))
    if filters.assigned != Assigned.ANY:
        paired = _is_paired(viewer, filters.program_id)
        among.append(paired if filters.assigned == Assigned.YES else sa.not_(paired))
    return among


def _belongs(viewer: Viewer, filters: Filters) -> Condition:
    """Role, programme and cohort are looked for in one and the same membership."""
    query = select(Membership.person_id).where(*in_managed(viewer, Membership.program_id))
    if filters.role:
        query = query.where(Membership.role == filters.role)
    if filters.program_id:
        query = query.where(Membership.program_id == filters.program_id)
    if filters.cohort:
        query = query.where(Membership.cohort == filters.cohort)
    members = col(Person.id).in_(query)
    is_any_manager = filters.role == Role.MANAGER and not filters.program_id and not filters.cohort
    return sa.or_(members, col(Person.rank) != Rank.NONE) if is_any_manager else members


def _is_paired(viewer: Viewer, program_id: int) -> Condition:
    running = select(Relationship).where(
        col(Relationship.ended_at).is_(None), *in_managed(viewer, Relationship.program_id)
    )
    if program_id:
        running = running.where(Relationship.program_id == program_id)
    mentors = running.with_only_columns(col(Relationship.mentor_id))
    mentees = running.with_only_columns(col(Relationship.mentee_id))
    return sa.or_(col(Person.id).in_(mentors), col(Person.id).in_(mentees))


def _order(viewer: Viewer, filters: Filters, now: datetime) -> Sequence[Any]:
    """Sort by what was asked; newest first for times, and those without one at the end either way."""
    name = col(Person.search_text)
    if filters.sort == Sort.LAST:
        last = last_met(viewer, now)
        return (last.is_(None), last.asc() if filters.is_reversed else last.desc(), name, col(Person.id))
    if filters.sort == Sort.ADDED:
        added = col(Person.created_at)
        return (added.asc() if filters.is_reversed else added.desc(), name, col(Person.id))
    first = col(Person.email) if filters.sort == Sort.EMAIL else name
    return (first.desc() if filters.is_reversed else first.asc(), col(Person.id))


def _programs(db: Db, viewer: Viewer) -> list[Program]:
    query = select(Program).where(col(Program.archived_at).is_(None), *in_managed(viewer, Program.id))
    return list(db.exec(query.order_by(Program.name, col(Program.id))))


def _role_choices(db: Db, programs: Sequence[Program]) -> list[Choice]:
    words = directory_words(db, programs)
    return [
        Choice(Role.MANAGER, "Managers"),
        Choice(Role.MENTOR, words.mentors.capitalize()),
        Choice(Role.MENTEE, words.mentees.capitalize()),
        Choice(NO_ROLE, "Without a role"),
    ]


def directory_words(db: Db, programs: Sequence[Program]) -> ProgramWords:
    """Give what a page on these programmes calls its people."""
    return shared_words((program.words for program in programs), usual_words(db.get(Organisation, 1)))


def list_cohorts(db: Db, viewer: Viewer) -> list[Choice]:
    """List the cohorts of the programmes the viewer manages."""
    query = select(Membership.cohort).where(Membership.cohort != "", *in_managed(viewer, Membership.program_id))
    return [Choice(one, one) for one in db.exec(query.distinct().order_by(Membership.cohort).limit(MOST_CHOICES))]


def list_tags(db: Db, viewer: Viewer) -> list[Choice]:
    """List the tags of the people the viewer manages."""
    query = select(PersonTag.name)
    if not viewer.is_org_manager:
        query = query.where(col(PersonTag.person_id).in_(select(Person.id).where(managed_people(viewer))))
    return [Choice(one, one) for one in db.exec(query.distinct().order_by(PersonTag.name).limit(MOST_CHOICES))]
