"""Writing to each other, reading it, and a manager's closing of a thread they cannot read.

Only the two people of a relationship write and read. What is written goes into no history and no
notice: a notice only says from which message on somebody has something to read, and the mail counts
what is still unread when it is made.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history, notices
from app.models.commands.assigning import pair_facts
from app.models.commands.relationships import access_relationship
from app.models.drafts.messages import MessageDraft
from app.models.errors import NotFound, Refusal
from app.models.outbox import ALL_READ
from app.models.permissions import Viewer, is_id
from app.models.tables import Message, Notice, Person, Relationship, ThreadMark
from app.models.threads import is_unread, marks_of, own_threads, why_silent
from app.models.words import MailStatus, NoticeKind

MAIL_WAITS = timedelta(minutes=5)
"""So long the reader may look into Meridian themself before a mail tells of unread messages."""
MAIL_LASTS = timedelta(days=30)
STOPPED = "Its reader does not want these mails."


def send(db: Db, viewer: Viewer, now: datetime, draft: MessageDraft) -> dict[str, Any]:
    """Write to the other one. Raises NotFound for anybody but the two, Refusal where the thread is silent."""
    relationship = _own_thread(db, viewer, draft.relationship_id)
    other = db.get_one(Person, _other_of(viewer, relationship))
    if silent := why_silent(relationship, other):
        raise Refusal.of("text", silent)
    message = Message(relationship_id=draft.relationship_id, sender_id=viewer.person_id, text=draft.text, sent_at=now)
    db.add(message)
    db.flush()
    _let_know(db, other, message, now)
    return {"message_id": message.id}


def mark_read(db: Db, viewer: Viewer, _now: datetime, relationship_id: int, up_to_id: int) -> dict[str, Any]:
    """Note that the viewer has read up to and with a message; a mark never goes back. A mail that waits falls away."""
    _own_thread(db, viewer, relationship_id)
    written = (Message.relationship_id == relationship_id, col(Message.id) <= up_to_id)
    newest = db.exec(select(sa.func.max(Message.id)).where(*written)).one() if is_id(up_to_id) else None
    mine = (ThreadMark.relationship_id == relationship_id, ThreadMark.person_id == viewer.person_id)
    mark = db.exec(select(ThreadMark).where(*mine)).one_or_none()
    if mark is None:
        mark = ThreadMark(relationship_id=relationship_id, person_id=viewer.person_id)
        db.add(mark)
    mark.read_id = max(mark.read_id, newest or 0)
    db.flush()
    for notice in waiting_mails(db, viewer.person_id):
        if not _has_unread_since(db, viewer, notice.facts.get("since", 0)):
            drop_mail(notice, ALL_READ)
    return {"read_id": mark.read_id}


def close_thread(db: Db, viewer: Viewer, now: datetime, relationship_id: int) -> dict[str, Any]:
    """Let nothing more be written in a thread; the two still read what is there. Both are told."""
    return _set_closed(db, viewer, now, relationship_id, closes=True)


def reopen_thread(db: Db, viewer: Viewer, now: datetime, relationship_id: int) -> dict[str, Any]:
    """Let a closed thread be written in again. Both are told."""
    return _set_closed(db, viewer, now, relationship_id, closes=False)


def waiting_mails(db: Db, person_id: int) -> Sequence[Notice]:
    """Hold and give the notices of unread messages whose mail has not gone yet; the courier's are left to it."""
    waits = (Notice.kind == NoticeKind.MESSAGES, Notice.mail_status == MailStatus.WAITING)
    found = select(Notice).where(Notice.person_id == person_id, *waits)
    return db.exec(found.with_for_update(skip_locked=True)).all()


def drop_mail(notice: Notice, why: str) -> None:
    """Withdraw a mail that has not gone."""
    notice.mail_status, notice.last_error, notice.facts = MailStatus.DROPPED, why, {}


def _own_thread(db: Db, viewer: Viewer, relationship_id: int) -> Relationship:
    """Hold a thread, so that its messages get their ids in the order in which they are committed."""
    relationship, _ = access_relationship(db, viewer, relationship_id, lock=True)
    if viewer.person_id not in (relationship.mentor_id, relationship.mentee_id):
        raise NotFound("relationship")
    return relationship


def _other_of(viewer: Viewer, relationship: Relationship) -> int:
    return relationship.mentee_id if relationship.mentor_id == viewer.person_id else relationship.mentor_id


def _let_know(db: Db, reader: Person, message: Message, now: datetime) -> None:
    """Have a mail wait for the reader, one for all their threads; further messages join the one that waits."""
    if not reader.mails_messages or waiting_mails(db, reader.id or 0):
        return
    notice = notices.tell_person(
        db,
        NoticeKind.MESSAGES,
        reader.id or 0,
        {"since": message.id},
        actor=None,
        now=now,
        dedupe_key=str(message.id),
        due_at=now + MAIL_WAITS,
        useful_until=now + MAIL_LASTS,
        private=True,
    )
    notice.seen_at = now  # the navigation counts messages; the bell is for what is not counted there


def _has_unread_since(db: Db, viewer: Viewer, since: int) -> bool:
    query = (
        select(Message.id)
        .join(Relationship, col(Relationship.id) == col(Message.relationship_id))
        .outerjoin(ThreadMark, marks_of(viewer))
        .where(own_threads(viewer), is_unread(viewer), col(Message.id) >= since)
    )
    return db.exec(query.limit(1)).first() is not None


def _set_closed(db: Db, viewer: Viewer, now: datetime, relationship_id: int, *, closes: bool) -> dict[str, Any]:
    relationship, _ = access_relationship(db, viewer, relationship_id, lock=True)
    if not viewer.manages(relationship.program_id):
        raise NotFound("relationship")
    if (relationship.thread_closed_at is not None) == closes:
        return {"is_closed": closes}
    relationship.thread_closed_at = now if closes else None
    step = "close_thread" if closes else "reopen_thread"
    history.record(db, viewer, step, now=now, relationship_id=relationship.id, program_id=relationship.program_id)
    facts = pair_facts([relationship]) | {"is_closed": closes}
    key = f"{relationship.id}:{now.isoformat()}:{closes}"
    for person_id in (relationship.mentor_id, relationship.mentee_id):
        notices.tell_person(db, NoticeKind.THREAD, person_id, facts, actor=viewer, now=now, dedupe_key=key, mails=False)
    return {"is_closed": closes}
