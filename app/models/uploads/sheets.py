"""An upload's rows as they are stored: written down when a file is opened, checked as a whole, marked as found.

Nothing but the upload's own two tables is written here, and the notice about it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import Problem, Refusal
from app.models.permissions import Viewer
from app.models.tables import Upload, UploadRow
from app.models.uploads.kinds import Around, Checked, Column, RowIn, headings_of, key_of
from app.models.uploads.reading import Line, Table
from app.models.uploads.registry import kind_of
from app.models.uploads.telling import tell_uploader
from app.models.words import RowStatus, UploadKind, UploadStatus

Found = dict[str, Any]
"""What checking found of a stored row: its columns by name, with the row's id."""


@dataclass(frozen=True)
class CheckedSheet:
    """What a check found, and of which version of the upload."""

    version: int
    rows: tuple[Found, ...]
    totals: Mapping[str, int]
    swapped: tuple[str, ...]

    def portions(self, size: int) -> Iterator[Sequence[Found]]:
        """Give what was found a portion at a time."""
        for start in range(0, len(self.rows), size):
            yield self.rows[start : start + size]


def around_of(upload: Upload, titles: Mapping[str, str] | None = None) -> Around:
    """Give what all rows of an upload have in common."""
    return Around(upload.id or 0, upload.program_id, upload.options, upload.batch_id, dict(titles or {}))


def require_columns(columns: Sequence[Column], table: Table) -> None:
    """Raise Refusal where a file lacks a column without which no row can be read, or has one twice."""
    named = headings_of(columns, table.columns)
    for column in columns:
        if column.is_needed and column.key not in named:
            shown = ", ".join(f"“{heading[:40]}”" for heading in table.columns[:8])
            message = f"This file has no column {column.title}. Its first row has {shown}."
            raise Refusal(Problem("file", message, "The first row must hold the headings of the sample file."))
    for place, heading in enumerate(table.columns):
        meant = named.get(key_of(columns, heading), heading)
        if meant != heading and any(line.cells[place] for line in table.lines):
            message = f"Two columns of this file mean the same: “{meant[:40]}” and “{heading[:40]}”."
            raise Refusal(Problem("file", message, "Take one of them out, or give it another heading."))


def write_lines(db: Db, upload: Upload, table: Table) -> None:
    """Write a file's rows down, unchecked."""
    rows = [
        {"upload_id": upload.id, "number": line.number, "cells": cells_of(table.columns, line), **UNCHECKED}
        for line in table.lines
    ]
    db.execute(sa.insert(UploadRow), rows)


UNCHECKED: Found = {"action": "", "status": RowStatus.INVALID, "problems": [], "plan": {}, "result": {}}


def cells_of(columns: Sequence[str], line: Line) -> dict[str, str]:
    """Give a line's filled cells by heading."""
    return {heading: text for heading, text in zip(columns, line.cells, strict=True) if text}


def check(db: Db, viewer: Viewer, now: datetime, upload: Upload) -> CheckedSheet:
    """Check all rows of an upload; gives those of which something else was found than is stored. Writes nothing."""
    kind = kind_of(upload)
    columns = kind.columns(db)
    titles = headings_of(columns, upload.columns)
    stored = db.exec(select(UploadRow).where(UploadRow.upload_id == upload.id).order_by(col(UploadRow.number))).all()
    rows = [RowIn(row.number, {key: row.cells.get(title, "") for key, title in titles.items()}) for row in stored]
    checked = kind.check(db, viewer, now, around_of(upload, titles), rows)
    found = tuple(_changed(stored, checked, {column.key: column.title for column in columns} | titles))
    return CheckedSheet(upload.version, found, checked.totals, checked.swapped)


def _changed(stored: Sequence[UploadRow], checked: Checked, titles: Mapping[str, str]) -> Iterator[Found]:
    for row, verdict in zip(stored, checked.verdicts, strict=True):
        flaws = [{**flaw.stored(), "column": titles.get(flaw.column, "")} for flaw in verdict.flaws]
        found: Found = {
            "status": verdict.status.value,
            "action": verdict.action,
            "problems": flaws,
            "plan": verdict.plan,
        }
        if any(getattr(row, name) != value for name, value in found.items()):
            yield {"id": row.id, **found}


def write_verdicts(db: Db, rows: Sequence[Found]) -> None:
    """Write down what was found."""
    if rows:
        db.execute(sa.update(UploadRow), list(rows))


def end_early(db: Db, upload: Upload, now: datetime, status: UploadStatus, problem: str = "") -> None:
    """Stop an upload where it is: the rows that are left are marked so, and everybody is told what the others did."""
    was_applying = upload.status == UploadStatus.APPLYING
    upload.status, upload.finished_at, upload.problem = status, now, problem
    upload.version += 1
    if not was_applying:
        return
    left = (col(UploadRow.upload_id) == upload.id, col(UploadRow.status).in_((RowStatus.VALID, RowStatus.LATER)))
    db.execute(sa.update(UploadRow).where(*left).values(status=RowStatus.SKIPPED))
    while kind_of(upload).wrap_up(db, now, around_of(upload)):
        pass
    if upload.kind == UploadKind.SESSIONS:
        tell_uploader(db, now, upload)


def settle_check(upload: Upload, checked: CheckedSheet, now: datetime) -> None:
    """Show the upload as checked."""
    upload.options = upload.options | {"totals": dict(checked.totals), "swapped": list(checked.swapped)}
    upload.status, upload.checked_at = UploadStatus.READY, now
    upload.rows_done = upload.row_count
    upload.version += 1
