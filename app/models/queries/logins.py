"""Reading who a browser belongs to."""

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.permissions import Viewer, load_viewer
from app.models.tables import Login


def viewer_of_token(db: Db, token_hash: str) -> Viewer | None:
    """Give the viewer whose login has this hash; None if there is none, it has run out, or they are deactivated."""
    query = select(Login.person_id).where(Login.token_hash == token_hash, col(Login.expires_at) > clock.now())
    person_id = db.exec(query).one_or_none()
    return None if person_id is None else load_viewer(db, person_id)
