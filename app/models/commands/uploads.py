"""Opening an uploaded file, correcting its cells, carrying it out or not. The work itself is done by `uploads.jobs`.

Nothing but the upload is written before `confirm`.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history
from app.models.database import transaction
from app.models.drafts import clean
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer, is_id
from app.models.tables import Program, Upload, UploadRow
from app.models.uploads.access import access_upload, shape_named
from app.models.uploads.kinds import headings_of
from app.models.uploads.reading import LONGEST_CELL, Table, plain
from app.models.uploads.registry import kind_of
from app.models.uploads.sessions.undoing import undo_table
from app.models.uploads.sheets import (
    check,
    end_early,
    require_columns,
    settle_check,
    write_lines,
    write_verdicts,
)
from app.models.words import RowStatus, UploadKind, UploadStatus

KEPT = timedelta(days=30)
"""A file is a copy of people's data; so it does not outlive its use."""
AT_ONCE = 3_000
"""A correction in a longer file is checked in the background, so that nobody's writing waits for it."""


def open_upload(
    db: Db, viewer: Viewer, now: datetime, kind_name: UploadKind, file_name: str, table: Table, program_id: int | None
) -> dict[str, Any]:
    """Write a file's rows down to be checked; give {"upload_id"}. Raises Refusal on `file` or `program_id`."""
    shape = shape_named(kind_name)
    if not shape.may(viewer):
        raise NotFound
    require_columns(shape.columns(db), table)
    upload = Upload(
        kind=kind_name,
        person_id=viewer.person_id,
        file_name=str(clean(file_name))[:400] or "file",
        program_id=_program(db, viewer, program_id),
        columns=list(table.columns),
        row_count=len(table.lines),
        created_at=now,
    )
    db.add(upload)
    db.flush()
    write_lines(db, upload, table)
    return {"upload_id": upload.id}


def choose_options(
    db: Db, viewer: Viewer, _now: datetime, upload_id: int, program_id: int | None, sends_access: bool
) -> None:
    """Choose what holds for all rows; another programme means checking them again, in the background."""
    upload = _ready(db, viewer, upload_id)
    upload.options = upload.options | {"sends_access": sends_access is True}
    chosen = _program(db, viewer, program_id)
    if chosen != upload.program_id:
        upload.program_id = chosen
        _check_again(upload)


def correct_cell(
    db: Db, viewer: Viewer, now: datetime, upload_id: int, row_id: int, column: str, text: str
) -> dict[str, Any]:
    """Write another text into one cell and check the file again; give {"status": the row's, "is_checked"}.

    A column that the file does not have but the sample does is added to it.
    """
    upload = _ready(db, viewer, upload_id)
    row = db.get(UploadRow, row_id) if is_id(row_id) else None
    if row is None or row.upload_id != upload.id:
        raise NotFound("row")
    _need_column(db, upload, column)
    kept = {name: value for name, value in row.cells.items() if name != column}
    written = plain(text[:LONGEST_CELL])
    row.cells = kept | ({column: written} if written else {})
    db.add(row)
    db.flush()
    if upload.row_count > AT_ONCE:
        _check_again(upload)
        return {"status": row.status, "is_checked": False}
    checked = check(db, viewer, now, upload)
    write_verdicts(db, checked.rows)
    settle_check(upload, checked, now)
    status = db.exec(select(UploadRow.status).where(UploadRow.id == row_id)).one()
    return {"status": str(status), "is_checked": True}


def swap_columns(db: Db, viewer: Viewer, _now: datetime, upload_id: int, one: str, other: str) -> None:
    """Exchange what two columns hold, in every row, and check again in the background."""
    upload = _ready(db, viewer, upload_id)
    if one == other or not {one, other} <= set(upload.columns):
        raise NotFound("column")
    swapped = {one: other, other: one}
    rows = db.exec(select(UploadRow).where(UploadRow.upload_id == upload.id)).all()
    cells = [{"id": row.id, "cells": {swapped.get(k, k): v for k, v in row.cells.items()}} for row in rows]
    db.execute(sa.update(UploadRow), cells)
    _check_again(upload)


def confirm(db: Db, viewer: Viewer, now: datetime, upload_id: int) -> None:
    """Let the valid rows be carried out in the background. What is confirmed already stays so."""
    upload = access_upload(db, viewer, upload_id, lock=True)
    if upload.status in (UploadStatus.APPLYING, UploadStatus.DONE):
        return
    if upload.status != UploadStatus.READY:
        raise _not_ready(upload)
    valid = (col(UploadRow.upload_id) == upload.id, col(UploadRow.status) == RowStatus.VALID)
    plans = db.exec(select(UploadRow.id, UploadRow.plan).where(*valid)).all()
    if not plans:
        raise Refusal.of("", "No row of this file would change anything.", "Correct the rows that are invalid.")
    stages = Counter(stage for _, plan in plans for stage in plan["stages"])
    later = [{"id": row_id, "status": RowStatus.LATER.value} for row_id, plan in plans if min(plan["stages"]) > 0]
    if later:
        db.execute(sa.update(UploadRow), later)
    upload.options = upload.options | {"steps": stages.total()}
    upload.status, upload.started_at, upload.rows_done = UploadStatus.APPLYING, now, 0
    upload.batch_id = f"upload-{upload.id}"
    upload.claimed_by, upload.claimed_at = "", None
    upload.version += 1
    told = {"file": upload.file_name, "rows": len(plans)}
    history.record(db, viewer, "upload", now=now, after=told, batch_id=upload.batch_id)


def cancel(db: Db, viewer: Viewer, now: datetime, upload_id: int) -> None:
    """Stop: what is not carried out yet is left out. What was carried out stays."""
    upload = access_upload(db, viewer, upload_id, lock=True)
    if upload.status not in (UploadStatus.READING, UploadStatus.READY, UploadStatus.APPLYING):
        return
    end_early(db, upload, now, UploadStatus.CANCELLED)


def undo(db: Db, viewer: Viewer, now: datetime, upload_id: int) -> dict[str, Any]:
    """Make the file that takes a carried-out one back, to be looked through and confirmed; give {"upload_id"}.

    Raises Refusal where a session of it has started, NotFound for a kind that cannot be taken back.
    """
    upload = access_upload(db, viewer, upload_id, lock=True)
    if upload.kind != UploadKind.SESSIONS:
        raise NotFound("upload")
    if upload.status not in (UploadStatus.DONE, UploadStatus.CANCELLED, UploadStatus.FAILED):
        raise Refusal.of("", "This upload is not through.", "Stop it first.")
    table = undo_table(db, upload_id, shape_named(UploadKind.SESSIONS).columns(db))
    name = f"Undo of {upload.file_name}"
    return open_upload(db, viewer, now, UploadKind.SESSIONS, name, table, upload.program_id)


def sweep(now: datetime) -> int:
    """Delete the oldest upload that is past `KEPT`, with its rows; whether there was one. What it did stays."""
    with transaction() as db:
        past = select(Upload.id).where(col(Upload.created_at) <= now - KEPT).order_by(col(Upload.id)).limit(1)
        upload_id = db.exec(past.with_for_update(skip_locked=True)).first()
        if upload_id is None:
            return 0
        db.execute(sa.delete(UploadRow).where(col(UploadRow.upload_id) == upload_id))
        db.execute(sa.delete(Upload).where(col(Upload.id) == upload_id))
    return 1


def _ready(db: Db, viewer: Viewer, upload_id: int) -> Upload:
    upload = access_upload(db, viewer, upload_id, lock=True)
    if upload.status != UploadStatus.READY:
        raise _not_ready(upload)
    return upload


def _not_ready(upload: Upload) -> Refusal:
    if upload.status == UploadStatus.READING:
        return Refusal.of("", "This file is still being checked.", "Wait a moment, then repeat your change.")
    return Refusal.of("", "This file was carried out or put away already.", "Upload it again to change more.")


def _check_again(upload: Upload) -> None:
    upload.status, upload.rows_done = UploadStatus.READING, 0
    upload.claimed_by, upload.claimed_at = "", None
    upload.version += 1


def _need_column(db: Db, upload: Upload, column: str) -> None:
    if column in upload.columns:
        return
    columns = kind_of(upload).columns(db)
    has = headings_of(columns, upload.columns)
    if column not in [one.title for one in columns if one.key not in has]:
        raise NotFound("column")
    upload.columns = [*upload.columns, column]


def _program(db: Db, viewer: Viewer, program_id: int | None) -> int | None:
    """Give the programme chosen for the whole file; the only one there is where none was chosen."""
    query = select(Program.id).where(col(Program.archived_at).is_(None))
    mine = [one for one in db.exec(query) if one and viewer.manages(one)]
    if program_id is None:
        return mine[0] if len(mine) == 1 else None
    if program_id not in mine:
        raise Refusal.of("program_id", "This programme was not found.", "Choose another one.")
    return program_id
