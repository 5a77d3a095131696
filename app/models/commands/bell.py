"""What a person has seen of what they were told.

Leaves nothing in the history, which would be a line for every look at the bell; another
worker's open pages notice at the next change of anything.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col

from app.models.permissions import Viewer, is_id
from app.models.tables import Notice


def mark_seen(db: Db, viewer: Viewer, now: datetime, up_to_id: int) -> dict[str, Any]:
    """Mark the viewer's own notices as seen, up to and with the one of this id; those still waiting are left."""
    if not is_id(up_to_id):
        return {"seen": 0}
    mine = (col(Notice.person_id) == viewer.person_id, col(Notice.seen_at).is_(None))
    shown = (col(Notice.id) <= up_to_id, col(Notice.due_at) <= now)
    done = db.execute(sa.update(Notice).where(*mine, *shown).values(seen_at=now))
    return {"seen": getattr(done, "rowcount", 0)}


def mark_announcement_seen(db: Db, viewer: Viewer, now: datetime, batch_id: str) -> dict[str, Any]:
    """Mark the viewer's own notice of an announcement as seen, whose batch this is."""
    mine = (col(Notice.person_id) == viewer.person_id, col(Notice.seen_at).is_(None))
    done = db.execute(sa.update(Notice).where(*mine, col(Notice.batch_id) == batch_id).values(seen_at=now))
    return {"seen": getattr(done, "rowcount", 0)}
