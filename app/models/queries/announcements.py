"""Announcements as they were sent, for managers, and one to read, for those it went to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.errors import NotFound
from app.models.permissions import Viewer, is_id
from app.models.spoken import Piece
from app.models.tables import Announcement, Membership, Notice, Person, PersonTag, Program, Session
from app.models.words import NoticeKind

PAGE = 30


@dataclass(frozen=True)
class Sent:
    """One announcement in the list. `at` is in the viewer's zone; `seen` counts who saw it in the app."""

    id: int
    subject: str
    audience: str
    sender: str
    at: str
    readers: int
    seen: int


@dataclass(frozen=True)
class Opened:
    """One announcement to read; id 0 is none. `audience` is "" for those who may not know who else got it."""

    id: int = 0
    subject: str = ""
    text: list[Piece] = field(default_factory=list[Piece])
    sender: str = ""
    at: str = ""
    audience: str = ""
    readers: int = 0
    seen: int = 0


@dataclass(frozen=True)
class Choice:
    """One thing to choose in the form."""

    value: str
    label: str


@dataclass(frozen=True)
class Choices:
    """What an audience can be made of; `mentors` and `mentees` are a programme's words, by its id."""

    programs: list[Choice] = field(default_factory=list[Choice])
    cohorts: list[str] = field(default_factory=list[str])
    tags: list[str] = field(default_factory=list[str])
    mentors: dict[str, str] = field(default_factory=dict[str, str])
    mentees: dict[str, str] = field(default_factory=dict[str, str])


def load_sent(db: Db, viewer: Viewer, most: int = PAGE) -> list[Sent]:
    """List what was announced, the newest first. Two queries. Raises NotFound for who manages nothing."""
    if not viewer.is_manager:
        raise NotFound
    query = (
        select(Announcement, Person)
        .join(Person, col(Person.id) == col(Announcement.sender_id))
        .where(_visible(viewer))
        .order_by(col(Announcement.sent_at).desc(), col(Announcement.id).desc())
        .limit(most)
    )
    rows = db.exec(query).all()
    seen = _seen(db, [row.id or 0 for row, _ in rows])
    return [_sent(viewer, row, sender, seen.get(batch_of(row.id or 0), 0)) for row, sender in rows]


def open_announcement(db: Db, viewer: Viewer, announcement_id: int) -> Opened:
    """Read one announcement, for its readers and for managers who may see it. Raises NotFound. Three queries."""
    found = _find(db, announcement_id)
    if found is None:
        raise NotFound("announcement")
    row, sender = found
    may_manage = viewer.is_org_manager or row.sender_id == viewer.person_id or row.program_id in viewer.managed
    if not may_manage and not _got(db, viewer, row):
        raise NotFound("announcement")
    return Opened(
        row.id or 0,
        row.subject,
        spoken.pieces(row.text),
        sender.name,
        spoken.moment(row.sent_at, viewer.zone),
        row.audience.get("words", "") if may_manage else "",
        row.readers if may_manage else 0,
        _seen(db, [row.id or 0]).get(batch_of(row.id or 0), 0) if may_manage else 0,
    )


def load_choices(db: Db, viewer: Viewer) -> Choices:
    """List the programmes, cohorts and tags a manager may write to. Three queries."""
    managed = sa.true() if viewer.is_org_manager else col(Program.id).in_(viewer.managed)
    going_on = select(Program).where(managed, col(Program.archived_at).is_(None)).order_by(Program.name)
    programs = db.exec(going_on).all()
    ids = [program.id for program in programs]
    cohorts = select(Membership.cohort).where(col(Membership.program_id).in_(ids), Membership.cohort != "")
    tags = select(PersonTag.name).join(Membership, col(Membership.person_id) == col(PersonTag.person_id))
    tags = tags.where(col(Membership.program_id).in_(ids))
    return Choices(
        [Choice(str(program.id), program.name) for program in programs],
        list(db.exec(cohorts.distinct().order_by(Membership.cohort))),
        list(db.exec(tags.distinct().order_by(PersonTag.name))),
        {str(program.id): program.mentors_word.capitalize() for program in programs},
        {str(program.id): program.mentees_word.capitalize() for program in programs},
    )


def session_line(db: Db, viewer: Viewer, session_id: int) -> str:
    """Name a session whose participants may be written to; "" where there is none for this viewer."""
    session = db.get(Session, session_id) if is_id(session_id) else None
    if session is None or session.deleted_at is not None or not viewer.manages(session.program_id):
        return ""
    return session.name + (f", {spoken.moment(session.start_at, viewer.zone)}" if session.start_at else "")


def _visible(viewer: Viewer) -> sa.ColumnElement[bool]:
    if viewer.is_org_manager:
        return sa.true()
    mine = col(Announcement.sender_id) == viewer.person_id
    return sa.or_(mine, col(Announcement.program_id).in_(viewer.managed))


def _find(db: Db, announcement_id: int) -> tuple[Announcement, Person] | None:
    if not is_id(announcement_id):
        return None
    query = select(Announcement, Person).join(Person, col(Person.id) == col(Announcement.sender_id))
    return db.exec(query.where(Announcement.id == announcement_id)).first()


def batch_of(announcement_id: int) -> str:
    """Name the batch that all notices of an announcement share."""
    return f"announcement:{announcement_id}"


def _got(db: Db, viewer: Viewer, row: Announcement) -> bool:
    mine = select(Notice.id).where(Notice.batch_id == batch_of(row.id or 0), Notice.person_id == viewer.person_id)
    return db.exec(mine).first() is not None


def _seen(db: Db, ids: Sequence[int]) -> dict[str, int]:
    of_them = col(Notice.batch_id).in_([batch_of(one) for one in ids])
    seen = (of_them, col(Notice.kind) == NoticeKind.ANNOUNCEMENT, col(Notice.seen_at).is_not(None))
    counted = sa.select(col(Notice.batch_id), sa.func.count()).where(*seen).group_by(col(Notice.batch_id))
    return {row[0]: row[1] for row in db.execute(counted).all()}


def _sent(viewer: Viewer, row: Announcement, sender: Person, seen: int) -> Sent:
    who = "You" if row.sender_id == viewer.person_id else sender.name
    at = spoken.moment(row.sent_at, viewer.zone)
    return Sent(row.id or 0, row.subject, row.audience.get("words", ""), who, at, row.readers, seen)
