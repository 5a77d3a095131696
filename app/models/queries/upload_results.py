"""What became of an upload's rows, in words and as a table to download; and the sample of a kind of upload."""

from collections.abc import Sequence

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.permissions import Viewer
from app.models.tables import UploadRow
from app.models.uploads.access import access_upload, shape_named
from app.models.uploads.kinds import Column, headings_of
from app.models.words import RowStatus, UploadKind


def may_upload(viewer: Viewer, kind: UploadKind) -> bool:
    """Whether the viewer may upload files of this kind."""
    return shape_named(kind).may(viewer)


def result_of(db: Db, viewer: Viewer, upload_id: int) -> tuple[list[str], list[list[str]]]:
    """Give the original columns with what became of each row, as headings and rows: it can be uploaded again."""
    upload = access_upload(db, viewer, upload_id)
    rows = db.exec(select(UploadRow).where(UploadRow.upload_id == upload.id).order_by(col(UploadRow.number))).all()
    shape = shape_named(UploadKind(upload.kind))
    columns = shape.columns(db)
    made = _made_heading(shape.made_key, columns, upload.columns)
    headings = [*upload.columns, *([made] if made and made not in upload.columns else [])]
    words = shape.result_words
    return [*headings, *shape.result_columns], [
        [*(_cell(row, one, made) for one in headings), words[RowStatus(row.status)], message_of(row)] for row in rows
    ]


def _made_heading(key: str, columns: Sequence[Column], found: Sequence[str]) -> str:
    """Give the file's heading for the ids of what was made; else the sample's; "" where there are none."""
    titles = {column.key: column.title for column in columns}
    return headings_of(columns, found).get(key, titles.get(key, ""))


def _cell(row: UploadRow, heading: str, made: str) -> str:
    if heading == made and row.status == RowStatus.DONE and "id" in row.result:
        return str(row.result["id"])
    return row.cells.get(heading, "")


def sample_of(db: Db, kind: UploadKind) -> tuple[list[str], list[list[str]]]:
    """Give the sample file of a kind, as headings and rows."""
    columns = shape_named(kind).columns(db)
    most = max(len(column.examples) for column in columns)
    rows = [[column.examples[i] if i < len(column.examples) else "" for column in columns] for i in range(most)]
    return [column.title for column in columns], rows


def message_of(row: UploadRow) -> str:
    """Say in one cell all that is to be said of a row: each flaw with its column, else what it does or did."""
    flaws = " ".join(
        f"{flaw['column']}: {flaw['message']} {flaw['remedy']}".strip() for flaw in row.problems if flaw["level"]
    )
    if row.status == RowStatus.INVALID:
        return flaws
    return " ".join(part for part in (says_of(row), flaws) if part)


def says_of(row: UploadRow) -> str:
    """Say what a row does or did."""
    if row.status == RowStatus.UNCHANGED:
        return "Everything is like this already."
    said = row.result.get("said", "")
    if row.status == RowStatus.SKIPPED:
        return f"{said} The rest was left out: the upload was stopped." if said else "The upload was stopped before it."
    return said or row.plan.get("says", "")
