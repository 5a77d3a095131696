"""Notices of many steps that become one for each person and kind (N6): they wait until all the steps are through.

The steps are those of a batch: the rows of an upload, the sessions that are called off together.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.tables import Notice
from app.models.words import MailStatus, NoticeKind

HELD = timedelta(hours=1)
"""So long the mails of a job wait for its end; should it never come, each leaves by itself."""
TOGETHER = (NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.CHANGED, NoticeKind.CANCELLED)
"""What can be told of many sessions at once. An invitation wants an answer of its own."""
PEOPLE_AT_ONCE = 25


def last_notice(db: Db) -> int:
    """Give the id of the newest notice."""
    return db.exec(select(sa.func.max(col(Notice.id)))).one() or 0


def hold_back(db: Db, now: datetime, batch_id: str, after: int, lasts: timedelta = HELD) -> None:
    """Let the notices that this transaction wrote wait for the end of the job, but none for which that may be late."""
    db.flush()
    useful_until = col(Notice.useful_until)
    mine = (
        sa.or_(useful_until.is_(None), useful_until > now + lasts),
        col(Notice.id) > after,
        col(Notice.created_at) == now,
        col(Notice.batch_id) == "",
        col(Notice.kind).in_(TOGETHER),
    )
    held = sa.update(Notice).where(*mine).values(batch_id=batch_id, due_at=now + lasts)
    db.execute(held, execution_options={"synchronize_session": False})


def join_some(db: Db, now: datetime, batch_id: str) -> bool:
    """Make one notice of those of each kind, for the next people; whether there were any."""
    held = (
        Notice.batch_id == batch_id,
        col(Notice.due_at) > now,
        col(Notice.mail_status).in_((MailStatus.WAITING, MailStatus.NONE)),
    )
    people = db.exec(select(Notice.person_id).where(*held).distinct().limit(PEOPLE_AT_ONCE)).all()
    if not people:
        return False
    # Columns, not row objects: a term's upload has tens of thousands.
    columns = (Notice.id, Notice.person_id, Notice.kind, Notice.mail_status, Notice.facts, Notice.useful_until)
    query = sa.select(*map(col, columns)).where(*held, col(Notice.person_id).in_(people)).order_by(col(Notice.id))
    groups: dict[tuple[int, str, str], list[sa.Row[Any]]] = {}
    for notice in db.execute(query):
        groups.setdefault((notice.person_id, notice.kind, notice.mail_status), []).append(notice)
    db.execute(sa.update(Notice), [_joined(group, now) for group in groups.values()])
    gone = [notice.id for group in groups.values() for notice in group[1:]]
    for start in range(0, len(gone), 1_000):
        away = sa.delete(Notice).where(col(Notice.id).in_(gone[start : start + 1_000]))
        db.execute(away, execution_options={"synchronize_session": False})
    return True


def _joined(group: Sequence[sa.Row[Any]], now: datetime) -> dict[str, Any]:
    """Say what the first of some notices becomes when it tells of them all."""
    sessions = [session for notice in group for session in notice.facts["sessions"]]
    changed = [word for notice in group for word in notice.facts.get("changed", ())]
    joined: dict[str, Any] = {
        "sessions": sorted(sessions, key=lambda session: session.get("start_at") or "~"),
        "changed": list(dict.fromkeys(changed)),
        "series": None,
    }
    return {
        "id": group[0].id,
        "due_at": now,
        "facts": group[0].facts | (joined if len(group) > 1 else {}),
        "useful_until": max((notice.useful_until for notice in group if notice.useful_until), default=None),
    }
