"""The newest notices of the demo: in the bell only, for nobody invented is to be mailed."""

from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import notices
from app.models.tables import Session
from app.models.words import NoticeKind, Status

NEWEST = 40


def ring(db: Db, now: datetime) -> None:
    """Tell people of the sessions that were booked or asked for last."""
    asked = select(Session).where(
        col(Session.status).in_((Status.SCHEDULED, Status.PENDING)), col(Session.start_at) > now
    )
    for session in db.exec(asked.order_by(col(Session.created_at).desc(), col(Session.id)).limit(NEWEST)).all():
        kind = NoticeKind.ASKED if session.status == Status.PENDING else NoticeKind.BOOKED
        notices.tell(db, kind, [session], actor=None, now=session.created_at, mails=False)
