"""What the two people of a relationship read of their thread.

Every query starts from `own_threads`: a manager who is neither of the two finds nothing here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import NotFound
from app.models.highlight import Stretch, highlight
from app.models.permissions import Viewer, is_id
from app.models.tables import Message, Person, Program, Relationship, ThreadMark
from app.models.threads import is_unread, marks_of, own_threads, why_silent

PAGE = 50
LONGEST_LIST = 500
LONGEST_PART = 2_000
"""So many messages are shown at most, the newest."""
LONGEST_EXCERPT = 160
MOST_FOUND = 50
SEARCHED = 5_000
"""So many of a thread's newest messages are looked through."""


@dataclass(frozen=True)
class ThreadLine:
    """A thread in the list. `excerpt` is its newest message's beginning, "" where nothing was written yet."""

    relationship_id: int
    other_name: str
    program: str
    excerpt: str
    is_mine: bool
    last_at: datetime | None
    unread: int
    is_open: bool


@dataclass(frozen=True)
class Line:
    """One message."""

    id: int
    is_mine: bool
    text: str
    sent_at: datetime


@dataclass(frozen=True)
class Thread:
    """A part of a thread, oldest message first. `silent` says why one cannot write, "" where one can.

    `read_id` is how far the viewer has read; `unread` counts what the other wrote after it.
    """

    relationship_id: int
    other_name: str
    other_word: str
    program: str
    silent: str
    lines: Sequence[Line]
    has_earlier: bool
    read_id: int
    unread: int


@dataclass(frozen=True)
class Found:
    """A message in which what was typed occurs, cut into stretches of which some are marked."""

    id: int
    is_mine: bool
    stretches: Sequence[Stretch]
    sent_at: datetime


def count_unread(db: Db, viewer: Viewer) -> int:
    """Count what others wrote to the viewer and they have not read, in all their threads."""
    return sum(_unread(db, viewer, own_threads(viewer)).values())


def list_threads(db: Db, viewer: Viewer) -> list[ThreadLine]:
    """List the viewer's threads, the newest message first, then those in which one could begin. One query.

    Ended relationships are there as long as something was written in them.
    """
    other = aliased(Person)
    is_mentor = col(Relationship.mentor_id) == viewer.person_id
    query = (
        sa.select(
            Relationship,
            other,
            col(Program.name),
            sa.func.substr(col(Message.text), 1, LONGEST_EXCERPT),
            col(Message.sender_id),
            col(Message.sent_at),
            _unread_of_thread(viewer),
        )
        .join(Program, col(Program.id) == col(Relationship.program_id))
        .join(other, col(other.id) == sa.case((is_mentor, Relationship.mentee_id), else_=Relationship.mentor_id))
        .outerjoin(ThreadMark, marks_of(viewer))
        .outerjoin(Message, col(Message.id) == _newest_of_thread())
        .where(own_threads(viewer), sa.or_(col(Message.id).is_not(None), col(Relationship.ended_at).is_(None)))
        .order_by(sa.func.coalesce(col(Message.id), 0).desc(), col(Relationship.id).desc())
        .limit(LONGEST_LIST)
    )
    return [
        ThreadLine(
            relationship_id=relationship.id or 0,
            other_name=person.name,
            program=program,
            excerpt=" ".join((text or "").split()),
            is_mine=sender_id == viewer.person_id,
            last_at=sent_at,
            unread=unread,
            is_open=not why_silent(relationship, person),
        )
        for relationship, person, program, text, sender_id, sent_at, unread in db.execute(query).all()
    ]


def load_thread(db: Db, viewer: Viewer, relationship_id: int, *, first_id: int = 0) -> Thread:
    """Read a thread from the message `first_id` on; 0 gives its newest PAGE messages.

    Five queries, however many messages. Raises NotFound for anybody but the two people.
    """
    relationship, other, program = _own(db, viewer, relationship_id)
    this = (Message.relationship_id == relationship_id, col(Message.id) >= first_id)
    newest = select(Message).where(*this).order_by(col(Message.id).desc()).limit(LONGEST_PART if first_id else PAGE)
    rows = list(reversed(db.exec(newest).all()))
    return Thread(
        relationship_id=relationship_id,
        other_name=other.name,
        other_word=program.mentee_word if relationship.mentee_id == other.id else program.mentor_word,
        program=program.name,
        silent=why_silent(relationship, other),
        lines=[Line(row.id or 0, row.sender_id == viewer.person_id, row.text, row.sent_at) for row in rows],
        has_earlier=bool(rows) and _before(db, relationship_id, rows[0].id or 0, 1) != rows[0].id,
        read_id=_read_id(db, viewer, relationship_id),
        unread=_unread(db, viewer, col(Relationship.id) == relationship_id).get(relationship_id, 0),
    )


def earlier_start(db: Db, viewer: Viewer, relationship_id: int, before_id: int, *, count: int = PAGE) -> int:
    """Give the message at which a part begins that shows `count` more than one that began at `before_id`."""
    _own(db, viewer, relationship_id)
    return _before(db, relationship_id, before_id, count)


def search_thread(db: Db, viewer: Viewer, relationship_id: int, typed: str) -> list[Found]:
    """Find the newest messages of a thread in which every word that was typed occurs, however it is written.

    Two queries. Raises NotFound for anybody but the two people.
    """
    _own(db, viewer, relationship_id)
    newest = select(Message).where(Message.relationship_id == relationship_id).order_by(col(Message.id).desc())
    found: list[Found] = []
    for row in db.exec(newest.limit(SEARCHED)).all():
        if len(found) < MOST_FOUND and (stretches := highlight(row.text, typed)):
            found.append(Found(row.id or 0, row.sender_id == viewer.person_id, stretches, row.sent_at))
    return found


def _own(db: Db, viewer: Viewer, relationship_id: int) -> tuple[Relationship, Person, Program]:
    other = aliased(Person)
    is_other = sa.and_(
        col(other.id).in_((col(Relationship.mentor_id), col(Relationship.mentee_id))),
        col(other.id) != viewer.person_id,
    )
    query = (
        sa.select(Relationship, other, Program)
        .join(other, is_other)
        .join(Program, col(Program.id) == col(Relationship.program_id))
        .where(col(Relationship.id) == relationship_id, own_threads(viewer))
    )
    row = db.execute(query).one_or_none() if is_id(relationship_id) else None
    if row is None:
        raise NotFound("conversation")
    return row[0], row[1], row[2]


def _before(db: Db, relationship_id: int, before_id: int, count: int) -> int:
    """Give the id of the message `count` before another, or of the first there is."""
    earlier = select(Message.id).where(Message.relationship_id == relationship_id, col(Message.id) < before_id)
    ids = db.exec(earlier.order_by(col(Message.id).desc()).limit(count)).all()
    return ids[-1] or 0 if ids else before_id


def _read_id(db: Db, viewer: Viewer, relationship_id: int) -> int:
    mark = select(ThreadMark.read_id).where(
        ThreadMark.relationship_id == relationship_id, ThreadMark.person_id == viewer.person_id
    )
    return db.exec(mark).first() or 0


def _unread(db: Db, viewer: Viewer, which: sa.ColumnElement[bool]) -> dict[int, int]:
    query = (
        sa.select(col(Message.relationship_id), sa.func.count())
        .join(Relationship, col(Relationship.id) == col(Message.relationship_id))
        .outerjoin(ThreadMark, marks_of(viewer))
        .where(own_threads(viewer), which, is_unread(viewer))
        .group_by(col(Message.relationship_id))
    )
    return {one: count for one, count in db.execute(query).all()}  # noqa: C416  # dict() takes no rows


def _newest_of_thread() -> sa.ScalarSelect[int]:
    written = aliased(Message)
    newest = sa.select(sa.func.max(col(written.id))).where(col(written.relationship_id) == col(Relationship.id))
    return newest.correlate(Relationship).scalar_subquery()


def _unread_of_thread(viewer: Viewer) -> sa.ScalarSelect[int]:
    theirs = aliased(Message)
    return (
        sa.select(sa.func.count())
        .select_from(theirs)
        .where(
            col(theirs.relationship_id) == col(Relationship.id),
            col(theirs.sender_id) != viewer.person_id,
            col(theirs.id) > sa.func.coalesce(col(ThreadMark.read_id), 0),
        )
        .correlate(Relationship, ThreadMark)
        .scalar_subquery()
    )
