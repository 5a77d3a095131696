"""Reading who a browser belongs to."""

import hashlib

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.permissions import Viewer, load_viewer
from app.models.tables import Login, Person

LOGIN_COOKIE = "meridian_login"


def token_hash(token: str) -> str:
    """Give what is stored of a cookie or a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def viewer_of_token(db: Db, token_hash: str) -> Viewer | None:
    """Give the viewer whose login has this hash; None if there is none, it has run out, or they are deactivated."""
    query = select(Login.person_id).where(Login.token_hash == token_hash, col(Login.expires_at) > clock.now())
    person_id = db.exec(query).one_or_none()
    return None if person_id is None else load_viewer(db, person_id)


def browser_zone_of(db: Db, person_id: int) -> str:
    """Give the zone the person's browser was last seen in, "" for none."""
    return db.exec(select(Person.browser_zone).where(Person.id == person_id)).one_or_none() or ""
