"""The list of relationships: who works with whom, how far they are, and what comes next.

A manager sees those of their programmes, everybody else their own, and nothing of others.
A constant number of queries, however many relationships there are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.folding import fold
from app.models.permissions import Viewer
from app.models.queries.organisation import usual_words
from app.models.queries.paging import nearest_page
from app.models.queries.people import begins, typed_words
from app.models.tables import Organisation, Person, Program, Relationship, Session
from app.models.words import OCCUPYING, ProgramWords, Status, shared_words

PAGE_SIZE = 25


class Pairs(StrEnum):
    """Which relationships a list shows, by how they stand. The texts are those of the page's filter."""

    ACTIVE = "active"
    NOTHING = "nothing"
    NEXT = "next"
    DONE = "done"
    ENDED = "ended"


PAIRS_WORDS: dict[Pairs, str] = {
    Pairs.ACTIVE: "Active",
    Pairs.NOTHING: "Nothing arranged",
    Pairs.NEXT: "Has a next session",
    Pairs.DONE: "All completed",
    Pairs.ENDED: "Ended",
}


@dataclass(frozen=True)
class PairFilters:
    """What is asked for. `program_id` 0 and `pairs` None are all; `mine_only` leaves out those one only manages."""

    typed: str = ""
    program_id: int = 0
    pairs: Pairs | None = None
    page: int = 1
    mine_only: bool = False


@dataclass(frozen=True)
class PairPerson:
    """One of the two."""

    id: int = 0
    name: str = ""
    initials: str = ""
    href: str = ""
    is_me: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a relationship is: Completed of all that are not deleted, and the start of what comes next."""

    done: int = 0
    all: int = 0
    next_at: datetime | None = None
    to_arrange: int = 0

    @property
    def words(self) -> str:
        """Say it, as "3 of 6 sessions"."""
        return f"{self.done} of {self.all} session{'' if self.all == 1 else 's'}"

    @property
    def percent(self) -> str:
        """Give the length of its bar."""
        return f"{100 * self.done // max(self.all, 1)}%"


@dataclass(frozen=True)
class PairRow:
    """One line of the list; `next_words` is "" where nothing is arranged. `href` opens it."""

    id: int
    href: str
    mentor: PairPerson
    mentee: PairPerson
    program: str
    progress: str
    percent: str
    next_words: str
    is_ended: bool
    is_done: bool


@dataclass(frozen=True)
class ProgramOption:
    """A programme to filter by."""

    id: int
    name: str


@dataclass(frozen=True)
class PairList:
    """One page of the list. `words` name the two sides."""

    rows: list[PairRow] = field(default_factory=list[PairRow])
    total: int = 0
    page: int = 1
    pages: int = 1
    programs: list[ProgramOption] = field(default_factory=list[ProgramOption])
    words: ProgramWords = field(default_factory=ProgramWords)


def list_relationships(db: Db, viewer: Viewer, now: datetime, filters: PairFilters) -> PairList:
    """Read one page of the relationships this viewer may see. Seven queries at most."""
    seen = visible_relationships(viewer, mine_only=filters.mine_only)
    programs = _programs(db, seen)
    mentor, mentee = aliased(Person), aliased(Person)
    asked = (
        select(Relationship, mentor, mentee)
        .join(mentor, col(mentor.id) == Relationship.mentor_id)
        .join(mentee, col(mentee.id) == Relationship.mentee_id)
        .where(seen, *_conditions(filters, now), *_search(filters.typed, programs, mentor, mentee))
    )
    total = db.exec(select(sa.func.count()).select_from(asked.with_only_columns(col(Relationship.id)).subquery())).one()
    page, pages = nearest_page(total, PAGE_SIZE, filters.page)
    order = (col(Relationship.ended_at).is_not(None), *_names_first(viewer, mentor, mentee), col(Relationship.id))
    rows = list(db.exec(asked.order_by(*order).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)))
    progress = load_progress(db, now, [pair.id or 0 for pair, _, _ in rows])
    by_id = {program.id: program for program in programs}
    return PairList(
        rows=[_row(viewer, now, row, by_id[row[0].program_id], progress[row[0].id or 0]) for row in rows],
        total=total,
        page=page,
        pages=pages,
        programs=[ProgramOption(program.id or 0, program.name) for program in programs],
        words=_words(db, programs),
    )


def visible_relationships(viewer: Viewer, *, mine_only: bool = False) -> sa.ColumnElement[bool]:
    """Give the condition for the relationships the viewer may see: their own, and those of programmes they manage."""
    me = viewer.person_id
    own = sa.or_(col(Relationship.mentor_id) == me, col(Relationship.mentee_id) == me)
    if mine_only:
        return own
    if viewer.is_org_manager:
        return sa.true()
    return sa.or_(own, col(Relationship.program_id).in_(viewer.managed)) if viewer.managed else own


def load_progress(db: Db, now: datetime, relationships: Sequence[int]) -> Mapping[int, Progress]:
    """Count the sessions of each relationship: Completed of all that are not deleted (R2). One query."""
    completed = sa.func.sum(sa.case((col(Session.status) == Status.COMPLETED, 1), else_=0))
    waiting = sa.func.sum(sa.case((col(Session.status) == Status.TO_BE_ARRANGED, 1), else_=0))
    ahead = sa.func.min(sa.case((_is_ahead(now), col(Session.start_at))))
    query = (
        select(Session.relationship_id, completed, sa.func.count(), ahead)
        .add_columns(waiting)
        .where(col(Session.relationship_id).in_(relationships), col(Session.deleted_at).is_(None))
        .group_by(col(Session.relationship_id))
    )
    found: dict[int, Progress] = defaultdict(Progress)
    for relationship_id, done, count, next_at, to_arrange in db.execute(query):
        found[relationship_id] = Progress(int(done or 0), count, next_at, int(to_arrange or 0))
    return found


def person_of(viewer: Viewer, person: Person) -> PairPerson:
    """Show one of the two."""
    is_me = person.id == viewer.person_id
    return PairPerson(person.id or 0, person.name, spoken.initials(person.name), f"/people/{person.id}", is_me)


def _is_ahead(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(col(Session.status).in_(OCCUPYING), col(Session.end_at) > now)


def _programs(db: Db, seen: sa.ColumnElement[bool]) -> list[Program]:
    used = select(Relationship.program_id).where(seen)
    return list(db.exec(select(Program).where(col(Program.id).in_(used)).order_by(Program.name, col(Program.id))))


def _words(db: Db, programs: Sequence[Program]) -> ProgramWords:
    return shared_words((program.words for program in programs), usual_words(db.get(Organisation, 1)))


def _conditions(filters: PairFilters, now: datetime) -> list[sa.ColumnElement[bool]]:
    program = [col(Relationship.program_id) == filters.program_id] if filters.program_id else []
    return [*program, *(_standing(filters.pairs, now) if filters.pairs is not None else [])]


def _standing(pairs: Pairs, now: datetime) -> Sequence[sa.ColumnElement[bool]]:
    """Give the condition for how a relationship stands; all but ENDED mean those that go on."""
    active = col(Relationship.ended_at).is_(None)
    kept = select(Session.id).where(
        col(Session.relationship_id) == col(Relationship.id), col(Session.deleted_at).is_(None)
    )
    has_next = sa.exists(kept.where(_is_ahead(now)))
    is_done = sa.and_(sa.exists(kept), sa.not_(sa.exists(kept.where(Session.status != Status.COMPLETED))))
    conditions: dict[Pairs, Sequence[sa.ColumnElement[bool]]] = {
        Pairs.ACTIVE: [active],
        Pairs.NOTHING: [active, sa.not_(has_next), sa.not_(is_done)],
        Pairs.NEXT: [active, has_next],
        Pairs.DONE: [active, is_done],
        Pairs.ENDED: [sa.not_(active)],
    }
    return conditions[pairs]


def _search(typed: str, programs: Sequence[Program], mentor: Any, mentee: Any) -> list[sa.ColumnElement[bool]]:
    """Give the conditions of a typed text: each of its words begins one of a name, an e-mail or the programme's."""
    return [
        sa.or_(
            begins(word, mentor),
            begins(word, mentee),
            col(Relationship.program_id).in_([one.id for one in programs if f" {word}" in f" {fold(one.name)}"]),
        )
        for word in typed_words(typed)
    ]


def _names_first(viewer: Viewer, mentor: Any, mentee: Any) -> tuple[Any, ...]:
    """Sort by the other's name, and where one is neither by the mentee's and the mentor's."""
    is_mentee = col(Relationship.mentee_id) == viewer.person_id
    other = sa.case((is_mentee, col(mentor.search_text)), else_=col(mentee.search_text))
    return other, col(mentor.search_text)


def _row(
    viewer: Viewer, now: datetime, row: tuple[Relationship, Person, Person], program: Program, progress: Progress
) -> PairRow:
    pair, mentor, mentee = row
    return PairRow(
        id=pair.id or 0,
        href=f"/relationships/{pair.id}",
        mentor=person_of(viewer, mentor),
        mentee=person_of(viewer, mentee),
        program=program.name,
        progress=progress.words,
        percent=progress.percent,
        next_words=spoken.brief_moment(progress.next_at, viewer.zone, now) if progress.next_at else "",
        is_ended=pair.ended_at is not None,
        is_done=0 < progress.all == progress.done,
    )
