"""Files of many rows: what was read, what is wrong with it, what became of each row."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.models.tables.base import instant, json_value, long_text, maybe_instant, maybe_to, primary_key, to, word
from app.models.words import RowStatus, UploadStatus


class Upload(SQLModel, table=True):
    """One uploaded file. Lifecycle: READING → READY → APPLYING → DONE; CANCELLED or FAILED on the way.

    Nothing but these two tables is written before APPLYING. `columns` are the file's
    headings in their order, `options` what was chosen beside the file. The worker that
    has the job says so in `claimed_by`; a claim that is old belonged to one that died.
    """

    id: int | None = primary_key()
    kind: str = word()
    person_id: int = to("person.id")
    file_name: str = Field(max_length=400)
    program_id: int | None = maybe_to("program.id", index=False)
    status: str = word(UploadStatus.READING, index=True)
    columns: list[str] = json_value(list)
    options: dict[str, Any] = json_value(dict)
    problem: str = long_text()
    row_count: int = 0
    rows_done: int = 0
    batch_id: str = Field(default="", index=True)
    version: int = 1
    created_at: datetime = instant(index=True)
    checked_at: datetime | None = maybe_instant()
    started_at: datetime | None = maybe_instant()
    finished_at: datetime | None = maybe_instant()
    claimed_by: str = ""
    claimed_at: datetime | None = maybe_instant()


class UploadRow(SQLModel, table=True):
    """One row of a file. `number` is the line a spreadsheet shows it at, `cells` its text by column.

    `problems` lists {column, message, remedy}; `plan` what applying it will do, `result` what it did.
    """

    __table_args__ = (
        sa.UniqueConstraint("upload_id", "number"),
        sa.Index("ix_uploadrow_status", "upload_id", "status"),
    )

    id: int | None = primary_key()
    upload_id: int = to("upload.id", index=False)
    number: int
    cells: dict[str, str] = json_value(dict)
    action: str = ""
    status: str = word(RowStatus.INVALID)
    problems: list[dict[str, str]] = json_value(list)
    plan: dict[str, Any] = json_value(dict)
    result: dict[str, Any] = json_value(dict)
