"""Whom a person works with, seen from them: the relationships the viewer may know of, and how far each is.

Of the messages it tells managers only whether they are permitted and that a thread is there;
it never reads one. A constant number of queries.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, spoken
from app.models.permissions import Viewer
from app.models.queries.relationships import Progress, load_progress, visible_relationships
from app.models.tables import Message, Person, Program, Relationship

LISTED = 50
"""So many relationships stand on one page."""


class Side(StrEnum):
    """Which of a person's relationships are meant, named by who the other is."""

    ALL = ""
    MENTORS = "mentors"
    MENTEES = "mentees"


@dataclass(frozen=True)
class PairLine:
    """Somebody they work with. A `…_href` is "" where the viewer may not go there.

    `thread` says whether the two may write to each other; `thread_step` is what a manager
    can do about it: "close", "reopen" or "".
    """

    id: int
    other_id: int
    other: str
    other_href: str
    initials: str
    word: str
    program: str
    progress: str
    percent: str
    next_words: str
    since: str
    is_active: bool
    may_end: bool
    href: str
    book_href: str
    messages_href: str
    thread: str
    thread_is_open: bool
    has_thread: bool
    thread_step: str


@dataclass(frozen=True)
class Pairs:
    """One page of them, and how many there are in all."""

    lines: list[PairLine]
    count: int


def load_pairs(
    db: Db,
    viewer: Viewer,
    now: datetime,
    person: Person,
    *,
    side: Side = Side.ALL,
    only_active: bool = False,
    page: int,
) -> Pairs:
    """List whom somebody works with, the active ones first. Three queries, however many there are."""
    person_id = person.id or 0
    wanted = [_of(person_id, side), visible_relationships(viewer)]
    if only_active:
        wanted.append(col(Relationship.ended_at).is_(None))
    count = db.exec(select(sa.func.count()).select_from(Relationship).where(*wanted)).one()
    query = (
        select(Relationship, Program, Person, _has_thread())
        .join(Program, col(Program.id) == Relationship.program_id)
        .join(Person, _is_other(person_id))
        .where(*wanted)
        .order_by(col(Relationship.ended_at).is_not(None), Person.search_text, col(Relationship.id))
        .limit(LISTED)
        .offset((page - 1) * LISTED)
    )
    rows = list(db.exec(query))
    progress = load_progress(db, now, [row[0].id or 0 for row in rows])
    return Pairs([_line(viewer, person, *row, progress[row[0].id or 0]) for row in rows], count)


def sides_of(db: Db, viewer: Viewer, person_id: int) -> tuple[bool, bool, bool]:
    """Say whether somebody has relationships as mentee, as mentor, and any active one, as far as the viewer knows."""
    theirs = select(
        sa.func.max(sa.case((col(Relationship.mentee_id) == person_id, 1), else_=0)),
        sa.func.max(sa.case((col(Relationship.mentor_id) == person_id, 1), else_=0)),
        sa.func.max(sa.case((col(Relationship.ended_at).is_(None), 1), else_=0)),
    ).where(_of(person_id, Side.ALL), visible_relationships(viewer))
    as_mentee, as_mentor, active = db.exec(theirs).one()  # pyright: ignore[reportCallIssue, reportArgumentType, reportUnknownVariableType]
    return bool(as_mentee), bool(as_mentor), bool(active)


def _of(person_id: int, side: Side) -> sa.ColumnElement[bool]:
    as_mentor, as_mentee = col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id) == person_id
    return {Side.ALL: sa.or_(as_mentor, as_mentee), Side.MENTORS: as_mentee, Side.MENTEES: as_mentor}[side]


def _is_other(person_id: int) -> sa.ColumnElement[bool]:
    other = sa.case(
        (col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id)), else_=col(Relationship.mentor_id)
    )
    return col(Person.id) == other


def _has_thread() -> sa.ColumnElement[bool]:
    return sa.exists(select(Message.id).where(Message.relationship_id == Relationship.id))


def _line(
    viewer: Viewer,
    person: Person,
    pair: Relationship,
    program: Program,
    other: Person,
    has_thread: bool,
    progress: Progress,
) -> PairLine:
    are_here = person.deactivated_at is None and other.deactivated_at is None
    runs = pair.ended_at is None and program.archived_at is None and are_here
    manages = viewer.manages(program.id or 0)
    is_one = viewer.person_id in (pair.mentor_id, pair.mentee_id)
    is_mentor = pair.mentor_id == person.id
    pair_link = f"/book?program={program.id}&mentor={pair.mentor_id}&mentee={pair.mentee_id}"
    thread, is_open = _thread(pair, are_here=are_here)
    return PairLine(
        id=pair.id or 0,
        other_id=other.id or 0,
        other=other.name,
        other_href=f"/people/{other.id}",
        initials=spoken.initials(other.name),
        word=(program.mentee_word if is_mentor else program.mentor_word).capitalize(),
        program=program.name,
        progress=progress.words,
        percent=progress.percent,
        next_words=_next(progress.next_at, viewer.zone),
        since=_since(pair, viewer.zone),
        is_active=pair.ended_at is None,
        may_end=manages and pair.ended_at is None,
        href=f"/relationships/{pair.id}",
        book_href=pair_link if runs and (manages or is_one) else "",
        messages_href=f"/messages/{pair.id}" if is_one and (has_thread or is_open) else "",
        thread=thread,
        thread_is_open=is_open,
        has_thread=has_thread and manages,
        thread_step=_thread_step(pair) if manages else "",
    )


def _thread(pair: Relationship, *, are_here: bool) -> tuple[str, bool]:
    if pair.ended_at is not None:
        return "Not permitted: the assignment has ended", False
    if pair.thread_closed_at is not None:
        return "Not permitted: a manager closed the thread", False
    return ("Permitted", True) if are_here else ("Not permitted: one of them is not active", False)


def _thread_step(pair: Relationship) -> str:
    if pair.ended_at is not None:
        return ""
    return "reopen" if pair.thread_closed_at is not None else "close"


def _next(at: datetime | None, zone: str) -> str:
    if at is None:
        return ""
    there = clock.wall(at, zone)
    return f"Next: {there:%a} {there.day} {there:%b}, {there:%H:%M}"


def _since(pair: Relationship, zone: str) -> str:
    began = clock.wall(pair.created_at, zone)
    words = f"Since {began.day} {began:%b %Y}"
    if pair.ended_at is None:
        return words
    ended = clock.wall(pair.ended_at, zone)
    return f"{began.day} {began:%b %Y} – {ended.day} {ended:%b %Y}"
