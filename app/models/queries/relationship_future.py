"""The sessions still to come of a relationship, for the dialog that ends it (A5)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import NotFound
from app.models.permissions import Viewer, is_id
from app.models.tables import Relationship, Session
from app.models.words import Status


@dataclass(frozen=True)
class Coming:
    """A session to come, which ending the relationship may cancel or keep. Instants are UTC."""

    session_id: int
    number: int | None
    name: str
    status: Status
    start_at: datetime
    end_at: datetime


def future_of(db: Db, viewer: Viewer, now: datetime, relationship_id: int) -> list[Coming]:
    """List what is still to come, in order of time. Raises NotFound for who may not end the relationship."""
    relationship = db.get(Relationship, relationship_id) if is_id(relationship_id) else None
    if relationship is None or not viewer.manages(relationship.program_id):
        raise NotFound("relationship")
    asked = (
        select(Session)
        .where(
            Session.relationship_id == relationship_id,
            col(Session.deleted_at).is_(None),
            col(Session.status).in_((Status.PENDING, Status.SCHEDULED)),
            col(Session.end_at) > now,
        )
        .order_by(col(Session.start_at), col(Session.id))
    )
    return [
        Coming(row.id or 0, row.number, row.name, Status(row.status), row.period.start, row.period.end)
        for row in db.exec(asked)
        if row.period is not None
    ]
