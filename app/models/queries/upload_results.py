"""What became of an upload's rows, in words and as a table to download; and the sample of a kind of upload."""

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.permissions import Viewer
from app.models.tables import UploadRow
from app.models.uploads.access import access_upload, shape_named
from app.models.uploads.reading import RESULT_COLUMNS
from app.models.words import RowStatus, UploadKind
from app.models.words.uploads import ROW_WORDS


def may_upload(viewer: Viewer, kind: UploadKind) -> bool:
    """Whether the viewer may upload files of this kind."""
    return shape_named(kind).may(viewer)


def result_of(db: Db, viewer: Viewer, upload_id: int) -> tuple[list[str], list[list[str]]]:
    """Give the original columns with what became of each row, as headings and rows: it can be uploaded again."""
    upload = access_upload(db, viewer, upload_id)
    rows = db.exec(select(UploadRow).where(UploadRow.upload_id == upload.id).order_by(col(UploadRow.number))).all()
    headings = list(upload.columns)
    return [*headings, *RESULT_COLUMNS], [
        [*(row.cells.get(one, "") for one in headings), ROW_WORDS[RowStatus(row.status)], message_of(row)]
        for row in rows
    ]


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
