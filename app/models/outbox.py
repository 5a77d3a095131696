"""The outbox: which mails are due, who is sending them, what became of them. Sends nothing.

A row goes WAITING → SENDING (claimed by one worker) → SENT; back to WAITING with a later
`due_at` after a failure that may pass, FAILED after the last. A claim older than
`CLAIM_LASTS` belonged to a worker that died: the next one takes it over, with the same
Message-ID, so that a mail that did arrive can be recognised.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models import history
from app.models.database import reading, transaction
from app.models.errors import NotFound, Refusal
from app.models.letters import Letter, read_letters
from app.models.permissions import Viewer, is_id, require_org_manager
from app.models.tables import Notice
from app.models.words import MailStatus, NoticeKind, SeatStatus, Status

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long to wait after each failure; when they are used up, the mail has failed."""
CLAIM_LASTS = timedelta(minutes=5)
LATE_NEWS_LASTS = timedelta(days=7)
"""How long a notice stays of use that was written after its session (a correction)."""

DEACTIVATED = "Its reader's account is deactivated."
ALL_READ = "Everything was read meanwhile."
REMINDS_OF_NOTHING = "Its session was moved, called off or left meanwhile."
ASKS_OF_NOTHING = "Its session was corrected or deleted meanwhile."
TOO_LATE = "It came too late to be of use."
WORKER_DIED = "The server stopped each time while it was being sent."


def next_due(now: datetime) -> datetime | None:
    """Give when the next mail is due: `now` or earlier means at once, None that nothing waits."""
    with reading() as db:
        due = db.exec(select(sa.func.min(col(Notice.due_at))).where(_waits())).one()
        claimed = db.exec(select(sa.func.min(col(Notice.claimed_at))).where(_is_claimed())).one()
    moments = [moment for moment in (due, claimed + CLAIM_LASTS if claimed else None) if moment]
    return max(min(moments), now) if moments else None


def claim(worker: str, now: datetime, *, domain: str, limit: int = 20) -> list[Letter]:
    """Take up to `limit` due mails for `worker`, oldest notice first, and read what they need.

    No other worker gets them until they are settled, released, or the claim runs out.
    Mails that are no longer of use are dropped on the way. `domain` is the right side of
    the Message-ID that a mail gets with its first claim.
    """
    with transaction() as db:
        _drop_late(db, now)
        _give_up_stale(db, now)
        notices = {notice.id: notice for notice in db.exec(_due(now, limit)).all()}
        for notice in notices.values():
            _take(notice, worker, now, domain)
        letters = read_letters(db, list(notices.values()))
        idle = {letter.notice_id: why for letter in letters if (why := _why_idle(letter))}
        for notice_id, why in idle.items():
            _settle(notices[notice_id], MailStatus.DROPPED, why)
        return [letter for letter in letters if letter.notice_id not in idle]


def mark_sent(notice_id: int, now: datetime) -> None:
    """Write down that the server took the mail. A private one forgets what it said."""
    with transaction() as db:
        notice = db.get_one(Notice, notice_id)
        _settle(notice, MailStatus.SENT, "")
        notice.sent_at = now


def mark_failed(notice_id: int, now: datetime, error: str, *, may_pass: bool) -> None:
    """Write down that it did not go. With `may_pass` it is tried again, later each time, until BACK_OFF is used up."""
    with transaction() as db:
        notice = db.get_one(Notice, notice_id)
        if not may_pass or notice.attempts > len(BACK_OFF):
            _settle(notice, MailStatus.FAILED, error)
            return
        _settle(notice, MailStatus.WAITING, error)
        notice.due_at = now + BACK_OFF[notice.attempts - 1]


def release(notice_ids: Sequence[int], worker: str) -> None:
    """Give back claims that were not tried, as if they had never been taken."""
    with transaction() as db:
        mine = col(Notice.id).in_(notice_ids), Notice.claimed_by == worker, _is_claimed()
        for notice in db.exec(select(Notice).where(*mine)).all():
            _settle(notice, MailStatus.WAITING, notice.last_error)
            notice.attempts -= 1


def try_again(db: Db, viewer: Viewer, now: datetime, notice_id: int) -> None:
    """Put a failed mail back in the queue, with all its tries. Raises NotFound, or Refusal if it has not failed."""
    require_org_manager(viewer)
    found = select(Notice).where(Notice.id == notice_id).with_for_update()
    notice = db.exec(found).one_or_none() if is_id(notice_id) else None
    if notice is None or notice.mail_status == MailStatus.NONE:
        raise NotFound("mail")
    if notice.mail_status != MailStatus.FAILED:
        raise Refusal.of("", "This mail has not failed.", "Nothing needs to be done.")
    _settle(notice, MailStatus.WAITING, "")
    notice.attempts, notice.due_at, notice.useful_until = 0, now, None
    history.record(db, viewer, "try_mail_again", now=now, person_id=notice.person_id)


def _waits() -> sa.ColumnElement[bool]:
    return col(Notice.mail_status) == MailStatus.WAITING


def _is_claimed() -> sa.ColumnElement[bool]:
    return col(Notice.mail_status) == MailStatus.SENDING


def _is_abandoned(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_is_claimed(), col(Notice.claimed_at) <= now - CLAIM_LASTS)


def _due(now: datetime, limit: int) -> SelectOfScalar[Notice]:
    # What a person hears of one session comes in the order in which it happened: a
    # cancellation waits for the mail of a drag whose time for Undo is still running.
    earlier = aliased(Notice)
    held_back = sa.or_(
        sa.and_(col(earlier.mail_status) == MailStatus.WAITING, col(earlier.attempts) == 0, col(earlier.due_at) > now),
        col(earlier.mail_status) == MailStatus.SENDING,
    )
    same_story = sa.and_(
        col(earlier.person_id) == col(Notice.person_id),
        col(earlier.session_id) == col(Notice.session_id),
        col(earlier.id) < col(Notice.id),
    )
    overtakes = sa.select(col(earlier.id)).where(same_story, held_back).exists()
    is_due = sa.and_(_waits(), col(Notice.due_at) <= now, sa.not_(overtakes))
    query = select(Notice).where(sa.or_(is_due, _is_abandoned(now))).order_by(col(Notice.id))
    return query.limit(limit).with_for_update(skip_locked=True)


def _drop_late(db: Db, now: datetime) -> None:
    was_news = sa.or_(
        col(Notice.useful_until) > col(Notice.created_at), col(Notice.created_at) <= now - LATE_NEWS_LASTS
    )
    late = select(Notice).where(_waits(), col(Notice.useful_until) <= now, was_news)
    for notice in db.exec(late.with_for_update(skip_locked=True)).all():
        if notice.attempts:
            _settle(notice, MailStatus.FAILED, notice.last_error or TOO_LATE)
        else:
            _settle(notice, MailStatus.DROPPED, TOO_LATE)


def _why_idle(letter: Letter) -> str:
    """Say why a mail is of no use to its reader any more; "" where it is."""
    if not letter.reader.is_active:
        return DEACTIVATED
    if letter.kind == NoticeKind.REMINDER and not _still_ahead(letter):
        return REMINDS_OF_NOTHING
    if letter.kind == NoticeKind.RATE and not _took_place(letter):
        return ASKS_OF_NOTHING
    return ALL_READ if letter.kind == NoticeKind.MESSAGES and not letter.unread else ""


def _still_ahead(letter: Letter) -> bool:
    """Whether what the reader is reminded of still stands, at the time it was then, and they still take part."""
    return any(
        told.status == Status.SCHEDULED
        and not told.is_deleted
        and told.seat == SeatStatus.ENROLLED
        and told.start_at is not None
        and told.start_at.isoformat() == letter.facts.get("start_at")
        for told in letter.sessions
    )


def _took_place(letter: Letter) -> bool:
    """Whether what the reader is asked about still counts as held, and they as one who had a place."""
    return any(
        told.status == Status.COMPLETED and not told.is_deleted and told.seat == SeatStatus.ENROLLED
        for told in letter.sessions
    )


def _give_up_stale(db: Db, now: datetime) -> None:
    hopeless = select(Notice).where(_is_abandoned(now), col(Notice.attempts) > len(BACK_OFF))
    for notice in db.exec(hopeless.with_for_update(skip_locked=True)).all():
        _settle(notice, MailStatus.FAILED, WORKER_DIED)


def _take(notice: Notice, worker: str, now: datetime, domain: str) -> None:
    notice.mail_status = MailStatus.SENDING
    notice.claimed_at, notice.claimed_by = now, worker
    notice.attempts += 1
    notice.message_id = notice.message_id or f"<{uuid.uuid4().hex}@{domain}>"


def _settle(notice: Notice, status: MailStatus, error: str) -> None:
    notice.mail_status = status
    notice.last_error = error
    notice.claimed_at, notice.claimed_by = None, ""
    if notice.private and status in (MailStatus.SENT, MailStatus.DROPPED):
        notice.facts = {}  # a one-time link is not kept longer than it must be
