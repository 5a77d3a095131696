"""What a manager tells many at once (A6): one notice a person, by bell and e-mail."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import SQLModel

from app.models import history
from app.models.drafts.announcements import AnnouncementDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.announcements import batch_of
from app.models.queries.audiences import look_up, readers_of
from app.models.tables import Announcement, Notice
from app.models.words import NoticeKind

STAYS_TIMELY = timedelta(days=14)
"""A mail server that is set later than this sends it no more; the bell has it."""
BATCH = 500


def announce(db: Db, viewer: Viewer, now: datetime, draft: AnnouncementDraft) -> dict[str, Any]:
    """Send an announcement to its audience, each person once.

    Raises NotFound for who manages nothing; Refusal where nobody would get it, or where the
    audience is not as large as its sender was told.
    """
    if not viewer.is_manager:
        raise NotFound
    outcome, readers = look_up(db, viewer, draft.audience), readers_of(db, viewer, draft.audience)
    if not readers:
        raise Refusal.of("audience.reach", "Nobody would get this.", "Choose somebody else.")
    if draft.readers is not None and draft.readers != len(readers):
        raise Refusal.of("audience.reach", f"It would now go to {len(readers)} people.", "Look again, then send it.")
    row = Announcement(
        sender_id=viewer.person_id,
        program_id=outcome.program_id,
        subject=draft.subject,
        text=draft.text,
        audience=draft.audience.model_dump(mode="json", exclude_defaults=True) | {"words": outcome.words},
        readers=len(readers),
        sent_at=now,
    )
    db.add(row)
    db.flush()
    _tell(db, viewer, now, row, readers)
    after = {"subject": row.subject, "audience": outcome.words, "readers": row.readers}
    history.record(db, viewer, "announce", now=now, program_id=row.program_id, after=after)
    return {"announcement_id": row.id, "readers": row.readers}


def _tell(db: Db, viewer: Viewer, now: datetime, row: Announcement, readers: list[int]) -> None:
    facts = {"actor": viewer.name, "actor_id": viewer.person_id, "announcement_id": row.id}
    facts |= {"subject": row.subject, "text": row.text}
    batch, kind = batch_of(row.id or 0), NoticeKind.ANNOUNCEMENT
    blank = _without_id(
        Notice(
            kind=kind, person_id=0, batch_id=batch, dedupe_key="", facts=facts,
            created_at=now, due_at=now, useful_until=now + STAYS_TIMELY,
        )
    )  # fmt: skip
    for first in range(0, len(readers), BATCH):
        some = readers[first : first + BATCH]
        db.execute(
            sa.insert(Notice),
            [blank | {"person_id": one, "dedupe_key": f"{kind}:{row.id}:{one}"} for one in some],
        )


def _without_id(row: SQLModel) -> dict[str, Any]:
    return row.model_dump(exclude={"id"})
