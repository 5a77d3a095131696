"""Keeping the pictures that sessions show. How one is made of a file is `pictures`' concern."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.pictures import Photo
from app.models.tables import Picture, Session

UNUSED_KEPT = timedelta(days=2)
"""How long a picture is kept that no session shows: its form may still be open."""


def may_keep(viewer: Viewer) -> bool:
    """Whether the viewer may bring pictures: whoever may create group sessions somewhere."""
    return viewer.is_manager or bool(viewer.mentored)


def keep_picture(db: Db, viewer: Viewer, now: datetime, photo: Photo) -> dict[str, Any]:
    """Keep a picture and give its key; the same one twice is one. Those that nobody used are thrown away."""
    if not may_keep(viewer):
        raise NotFound("page")
    used = select(Session.image).where(Session.image != "")
    db.execute(
        sa.delete(Picture).where(
            col(Picture.created_at) < now - UNUSED_KEPT, col(Picture.key).not_in(used), col(Picture.key) != photo.key
        )
    )
    if (kept := db.get(Picture, photo.key)) is None:
        db.add(Picture(key=photo.key, media_type=photo.media_type, content=photo.content, created_at=now))
    else:
        kept.created_at = now
    return {"key": photo.key}
