"""Whether a person has ever come in, and when they were last sent the way (P9). It gives no link away."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.permissions import Viewer
from app.models.tables import Login, MailedLink, Notice, Person
from app.models.words import MailStatus, NoticeKind


@dataclass(frozen=True)
class Access:
    """`words` say how it stands; `is_open` that they still need a first-access link."""

    words: str = ""
    is_open: bool = False


def load_access(db: Db, viewer: Viewer, person: Person) -> Access:
    """Say whether they have signed in, and when a link was last sent. Two queries."""
    came = sa.or_(
        sa.exists(select(Login.id).where(Login.person_id == person.id)),
        sa.exists(select(MailedLink.id).where(MailedLink.person_id == person.id, col(MailedLink.used_at).is_not(None))),
    )
    has_come = db.exec(select(came)).one()
    mails = select(Notice).where(
        Notice.person_id == person.id,
        Notice.kind == NoticeKind.FIRST_ACCESS,
        Notice.mail_status != MailStatus.DROPPED,
    )
    last = db.exec(mails.order_by(col(Notice.created_at).desc()).limit(1)).first()
    if has_come or person.password_hash is not None or person.browser_zone:
        return Access("They have signed in.")
    if last is None:
        return Access("They have never signed in, and no first-access link was sent.", True)
    return Access(f"They have never signed in. {_last_mail(last, viewer.zone)}", True)


def _last_mail(mail: Notice, zone: str) -> str:
    """Say what became of it: one that waits, as without a mail server, was not sent."""
    at = spoken.moment(mail.sent_at or mail.created_at, zone)
    if mail.mail_status == MailStatus.SENT:
        return f"A first-access link was last sent on {at}."
    if mail.mail_status == MailStatus.FAILED:
        return f"The mail of {at} with their first-access link could not be sent."
    return f"The mail of {at} with their first-access link is still waiting to be sent."
