"""What the uploader is told of an upload's end: what became of its rows, and where the result is."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col

from app.models import notices
from app.models.tables import Upload, UploadRow
from app.models.words import NoticeKind, RowStatus


def tell_uploader(db: Db, now: datetime, upload: Upload) -> None:
    """Tell whoever uploaded a file what became of its rows, where the result is, and why the job ended early if it did.

    `left` counts the rows that an end before their turn left out; they are not among the invalid ones.
    """
    query = sa.select(col(UploadRow.status), sa.func.count()).where(col(UploadRow.upload_id) == upload.id)
    counts: dict[str, int] = {row[0]: row[1] for row in db.execute(query.group_by(col(UploadRow.status)))}
    left = counts.pop(RowStatus.SKIPPED, 0)
    done = sum(counts.get(status, 0) for status in (RowStatus.DONE, RowStatus.UNCHANGED))
    facts = {
        "upload_id": upload.id,
        "file": upload.file_name,
        "valid": done,
        "invalid": sum(counts.values()) - done,
        "left": left,
        "status": upload.status,
        "problem": upload.problem,
    }
    key = str(upload.id)
    notices.tell_person(db, NoticeKind.UPLOADED, upload.person_id, facts, actor=None, now=now, dedupe_key=key)
