"""What the bell shows: how many notices are new, and the newest as lines. Writes nothing.

A notice is shown once it is due: a drag's waits until it can no longer be undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.bell_words import Told, ago, words_of
from app.models.permissions import Viewer
from app.models.tables import Notice, Person, Program
from app.models.words import NoticeKind

PAGE = 15


@dataclass(frozen=True)
class Unseen:
    """How many notices are due and unseen, and when the next one falls due (UTC; None: none is waiting)."""

    count: int = 0
    next_at: datetime | None = None


@dataclass(frozen=True)
class BellLine:
    """One notice. `icon` is lucide's, `href` "" leads nowhere."""

    id: int
    icon: str
    text: str
    href: str
    ago: str
    is_new: bool


def count_unseen(db: Db, viewer: Viewer, now: datetime) -> Unseen:
    """Count what a person has not seen yet. One query."""
    is_due = col(Notice.due_at) <= now
    due = sa.func.count(sa.case((is_due, 1)))
    later = sa.func.min(sa.case((is_due, None), else_=col(Notice.due_at)))
    mine = (col(Notice.person_id) == viewer.person_id, col(Notice.seen_at).is_(None))
    count, next_at = db.execute(sa.select(due, later).where(*mine)).one()
    return Unseen(count, next_at)


def load_bell(db: Db, viewer: Viewer, now: datetime, most: int = PAGE) -> list[BellLine]:
    """List a person's newest notices, the newest first. Three queries, however many.

    Unread messages are left out: the navigation counts them as they are now.
    """
    mine = select(Notice).where(Notice.person_id == viewer.person_id, col(Notice.due_at) <= now)
    mine = mine.where(col(Notice.kind) != NoticeKind.MESSAGES)
    rows = db.exec(mine.order_by(col(Notice.created_at).desc(), col(Notice.id).desc()).limit(most)).all()
    people, programs = _names(db, rows)
    told = [Told(NoticeKind(row.kind), viewer.person_id, viewer.zone, row.facts, people, programs) for row in rows]
    return [_line(row, one, now) for row, one in zip(rows, told, strict=True)]


def _line(row: Notice, told: Told, now: datetime) -> BellLine:
    words = words_of(told)
    when = ago(row.created_at, now, told.zone)
    return BellLine(row.id or 0, words.icon, words.text, words.href, when, row.seen_at is None)


def _names(db: Db, rows: Sequence[Notice]) -> tuple[dict[int, str], dict[int, str]]:
    people = {one for row in rows for pair in row.facts.get("pairs") or () for one in pair}
    people |= {row.facts[name] for row in rows for name in ("from_id", "to_id") if row.facts.get(name)}
    programs = {row.facts["program_id"] for row in rows if row.facts.get("program_id")}
    found = db.exec(select(Person).where(col(Person.id).in_(people))).all()
    named = db.exec(select(Program.id, Program.name).where(col(Program.id).in_(programs))).all()
    return {one.id or 0: one.name for one in found}, {one or 0: name for one, name in named}
