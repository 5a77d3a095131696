"""Reading who a browser belongs to, and what its person has proved."""

import hashlib
from datetime import datetime, timedelta

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.permissions import Viewer, load_viewer
from app.models.tables import Login, MailedLink, Person

LOGIN_COOKIE = "meridian_login"
PROVED_FOR = timedelta(minutes=30)
"""How long after a mailed link a new password may be set without the old one."""


def token_hash(token: str) -> str:
    """Give what is stored of a cookie or a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def viewer_of_token(db: Db, token_hash: str) -> Viewer | None:
    """Give the viewer whose login has this hash; None if there is none, it has run out, or they are deactivated."""
    query = select(Login.person_id).where(Login.token_hash == token_hash, col(Login.expires_at) > clock.now())
    person_id = db.exec(query).one_or_none()
    return None if person_id is None else load_viewer(db, person_id)


def has_proved(db: Db, viewer: Viewer, now: datetime) -> bool:
    """Whether the person opened a mailed link a short while ago."""
    used = (MailedLink.person_id == viewer.person_id, col(MailedLink.used_at) > now - PROVED_FOR)
    return db.exec(select(MailedLink.id).where(*used).limit(1)).first() is not None


def browser_zone_of(db: Db, person_id: int) -> str:
    """Give the zone the person's browser was last seen in, "" for none."""
    return db.exec(select(Person.browser_zone).where(Person.id == person_id)).one_or_none() or ""
