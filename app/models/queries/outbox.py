"""What the managers of the organisation see of the outbox.

The mails of private kinds (links to sign in) are listed, for somebody must see that one did
not go; what they say is left out here, so that no page can show it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import NotFound
from app.models.letters import Letter, read_letters
from app.models.permissions import Viewer, is_id, require_org_manager
from app.models.queries.paging import nearest_page
from app.models.queries.people import begins, typed_words
from app.models.tables import Notice, Person
from app.models.words import MailStatus

PAGE = 50


@dataclass(frozen=True)
class Mail:
    """One mail and where it stands. While it is being sent it is WAITING too; a private `letter` is bare."""

    letter: Letter
    status: MailStatus
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    error: str


@dataclass(frozen=True)
class Mails:
    """A page of mails, newest first. `counts` are of all that match the search, by status; `page` starts at 1."""

    mails: Sequence[Mail]
    counts: dict[MailStatus, int] = field(default_factory=dict[MailStatus, int])
    page: int = 1
    pages: int = 1


def list_mails(db: Db, viewer: Viewer, *, status: MailStatus | None = None, typed: str = "", page: int = 1) -> Mails:
    """Read one page of the outbox. `typed` is looked for in the reader's name and e-mail.

    A page that does not exist gives the nearest. Seven queries, however many mails. Raises
    NotFound for anybody but owner and managers of the organisation.
    """
    require_org_manager(viewer)
    found = _to(typed)
    counts = _counts(db, found)
    total = counts.get(status, 0) if status else sum(counts.values())
    page, pages = nearest_page(total, PAGE, page)
    query = select(Notice).where(*found).order_by(col(Notice.id).desc()).offset((page - 1) * PAGE).limit(PAGE)
    if status:
        query = query.where(col(Notice.mail_status).in_(_stored(status)))
    return Mails(_mails(db, db.exec(query).all()), counts, page, pages)


def open_mail(db: Db, viewer: Viewer, notice_id: int) -> Mail:
    """Read one mail. Raises NotFound for a notice without mail, and for anybody but owner and managers."""
    require_org_manager(viewer)
    notice = db.get(Notice, notice_id) if is_id(notice_id) else None
    if notice is None or notice.mail_status == MailStatus.NONE:
        raise NotFound("mail")
    return _mails(db, [notice])[0]


def _to(typed: str) -> list[sa.ColumnElement[bool]]:
    words = typed_words(typed)
    people = select(Person.id).where(*(begins(word) for word in words))
    has_mail = col(Notice.mail_status) != MailStatus.NONE
    return [has_mail, col(Notice.person_id).in_(people)] if words else [has_mail]


def _counts(db: Db, found: Sequence[sa.ColumnElement[bool]]) -> dict[MailStatus, int]:
    query = select(Notice.mail_status, sa.func.count()).where(*found).group_by(col(Notice.mail_status))
    counts: dict[MailStatus, int] = {}
    for stored, count in db.exec(query).all():
        status = _shown(stored)
        counts[status] = counts.get(status, 0) + count
    return counts


def _mails(db: Db, notices: Sequence[Notice]) -> list[Mail]:
    return [
        Mail(
            letter=replace(letter, facts={}, sessions=(), series=None, unread=()) if notice.private else letter,
            status=_shown(notice.mail_status),
            created_at=notice.created_at,
            due_at=notice.due_at,
            sent_at=notice.sent_at,
            attempts=notice.attempts,
            error=notice.last_error,
        )
        for notice, letter in zip(notices, read_letters(db, notices), strict=True)
    ]


def _shown(stored: str) -> MailStatus:
    return MailStatus.WAITING if stored == MailStatus.SENDING else MailStatus(stored)


def _stored(status: MailStatus) -> Sequence[MailStatus]:
    return (MailStatus.WAITING, MailStatus.SENDING) if status == MailStatus.WAITING else (status,)
