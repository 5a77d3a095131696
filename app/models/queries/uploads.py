"""What the pages of uploads show: one upload with a page of its rows, and those made lately."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.permissions import Viewer
from app.models.queries.paging import nearest_page
from app.models.queries.upload_results import says_of
from app.models.spoken import moment
from app.models.tables import Person, Program, Upload, UploadRow
from app.models.uploads.access import access_upload, shape_named
from app.models.words import RowStatus, UploadKind, UploadStatus
from app.models.words.uploads import ROW_WORDS, UPLOAD_WORDS

ROWS_SHOWN = 25
RECENT = 10
WARNED = "warned"
"""The filter for rows that will be carried out though something about them should be looked at."""


@dataclass(frozen=True)
class CellShown:
    """One cell. `level` is error, warning or "" where nothing is to be said of it."""

    column: str
    text: str = ""
    message: str = ""
    remedy: str = ""
    level: str = ""


@dataclass(frozen=True)
class RowShown:
    """One row; `says` tells what it will do, or did."""

    id: int
    number: int
    status: str
    word: str
    says: str
    cells: list[CellShown]
    remarks: list[CellShown] = field(default_factory=list[CellShown])


@dataclass(frozen=True)
class Choice:
    """One of several, such as a filter with how many rows it shows, or a programme."""

    value: str
    label: str
    count: int = 0


@dataclass(frozen=True)
class UploadShown:
    """One upload and a page of its rows."""

    id: int = 0
    kind: str = ""
    file_name: str = ""
    status: str = ""
    status_word: str = ""
    problem: str = ""
    by: str = ""
    at: str = ""
    row_count: int = 0
    percent: int = 0
    program_id: str = ""
    sends_access: bool = False
    swapped: list[str] = field(default_factory=list[str])
    totals: list[Choice] = field(default_factory=list[Choice])
    filters: list[Choice] = field(default_factory=list[Choice])
    programs: list[Choice] = field(default_factory=list[Choice])
    columns: list[str] = field(default_factory=list[str])
    rows: list[RowShown] = field(default_factory=list[RowShown])
    valid: int = 0
    can_be_undone: bool = False
    invalid: int = 0
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class UploadLine:
    """One upload in the list of those made lately."""

    id: int
    file_name: str
    status: str
    word: str
    by: str
    at: str
    row_count: int


@dataclass(frozen=True)
class ColumnShown:
    """What belongs in one column of the sample."""

    title: str
    hint: str
    is_needed: bool


@dataclass(frozen=True)
class UploadStart:
    """What the page shows before there is a file."""

    columns: list[ColumnShown] = field(default_factory=list[ColumnShown])
    programs: list[Choice] = field(default_factory=list[Choice])
    recent: list[UploadLine] = field(default_factory=list[UploadLine])


def read_upload(
    db: Db, viewer: Viewer, upload_id: int, *, shows: str = "", page: int = 1, row_ids: Sequence[int] = ()
) -> UploadShown:
    """Read an upload and the rows of one filter; `row_ids` keeps to these rows, whatever became of them."""
    upload = access_upload(db, viewer, upload_id)
    counts, warned = _counts(db, upload)
    total = _total(counts, warned, shows)
    page, pages = nearest_page(total, ROWS_SHOWN, page)
    rows = _rows(db, upload, shows, page, row_ids)
    columns = [*upload.columns, *_columns_missing(upload, rows)]
    return UploadShown(
        id=upload.id or 0,
        kind=upload.kind,
        file_name=upload.file_name,
        status=upload.status,
        status_word=UPLOAD_WORDS[UploadStatus(upload.status)],
        problem=upload.problem,
        by=_name_of(db, upload.person_id),
        at=moment(upload.created_at, viewer.zone),
        row_count=upload.row_count,
        percent=_percent(upload),
        program_id=str(upload.program_id or ""),
        sends_access=upload.options.get("sends_access") is True,
        swapped=list(upload.options.get("swapped", [])),
        totals=_totals(upload),
        filters=_filters(counts, warned),
        programs=_programs(db, viewer),
        columns=columns,
        rows=[_shown(row, columns) for row in rows],
        valid=counts.get(RowStatus.VALID, 0),
        can_be_undone=upload.kind == UploadKind.SESSIONS and counts.get(RowStatus.DONE, 0) > 0,
        invalid=counts.get(RowStatus.INVALID, 0),
        page=page,
        pages=pages,
    )


def read_start(db: Db, viewer: Viewer, kind: UploadKind) -> UploadStart:
    """Read what is shown before there is a file: the columns, the programmes, the uploads made lately."""
    columns = [ColumnShown(one.title, one.hint, one.is_needed) for one in shape_named(kind).columns(db)]
    return UploadStart(columns, _programs(db, viewer), list_uploads(db, viewer, kind))


def list_uploads(db: Db, viewer: Viewer, kind: UploadKind) -> list[UploadLine]:
    """List the latest uploads that the viewer may see, newest first."""
    query = select(Upload, Person).join(Person, col(Person.id) == col(Upload.person_id)).where(Upload.kind == kind)
    if not viewer.is_org_manager:
        query = query.where(Upload.person_id == viewer.person_id)
    found = db.exec(query.order_by(col(Upload.id).desc()).limit(RECENT)).all()
    return [
        UploadLine(
            upload.id or 0,
            upload.file_name,
            upload.status,
            UPLOAD_WORDS[UploadStatus(upload.status)],
            person.name,
            moment(upload.created_at, viewer.zone),
            upload.row_count,
        )
        for upload, person in found
    ]


def _counts(db: Db, upload: Upload) -> tuple[dict[str, int], int]:
    """Count the rows by status, and those that are fine but for a warning."""
    has_flaws = sa.cast(col(UploadRow.problems), sa.Text) != "[]"
    warned = sa.func.sum(sa.case((sa.and_(has_flaws, col(UploadRow.status) != RowStatus.INVALID), 1), else_=0))
    query = (
        sa.select(col(UploadRow.status), sa.func.count(), warned)
        .where(col(UploadRow.upload_id) == upload.id)
        .group_by(col(UploadRow.status))
    )
    found = db.execute(query).all()
    return {status: count for status, count, _ in found}, sum(int(n or 0) for _, _, n in found)


def _total(counts: Mapping[str, int], warned: int, shows: str) -> int:
    if shows == WARNED:
        return warned
    return counts.get(shows, 0) if shows else sum(counts.values())


def _rows(db: Db, upload: Upload, shows: str, page: int, row_ids: Sequence[int]) -> Sequence[UploadRow]:
    query = select(UploadRow).where(UploadRow.upload_id == upload.id).order_by(col(UploadRow.number))
    if row_ids:
        return db.exec(query.where(col(UploadRow.id).in_(row_ids))).all()
    if shows == WARNED:
        has_flaws = sa.cast(col(UploadRow.problems), sa.Text) != "[]"
        query = query.where(has_flaws, UploadRow.status != RowStatus.INVALID)
    elif shows:
        query = query.where(UploadRow.status == shows)
    return db.exec(query.offset((page - 1) * ROWS_SHOWN).limit(ROWS_SHOWN)).all()


def _columns_missing(upload: Upload, rows: Iterable[UploadRow]) -> list[str]:
    """List the columns of the sample that a flaw names and the file does not have, so that they can be filled in."""
    named = {flaw["column"] for row in rows for flaw in row.problems}
    return sorted(named - set(upload.columns) - {""})


def _shown(row: UploadRow, columns: Sequence[str]) -> RowShown:
    flaws: dict[str, list[dict[str, str]]] = {}
    for flaw in row.problems:
        flaws.setdefault(flaw["column"], []).append(flaw)
    return RowShown(
        id=row.id or 0,
        number=row.number,
        status=row.status,
        word=ROW_WORDS[RowStatus(row.status)],
        says="" if row.status == RowStatus.INVALID else says_of(row),
        cells=[_cell(column, row.cells.get(column, ""), flaws.get(column, [])) for column in columns],
        remarks=[_cell("", "", [flaw]) for flaw in flaws.get("", [])],
    )


def _cell(column: str, text: str, flaws: Sequence[Mapping[str, str]]) -> CellShown:
    if not flaws:
        return CellShown(column, text)
    messages, remedies = (" ".join(dict.fromkeys(flaw[part] for flaw in flaws)) for part in ("message", "remedy"))
    level = "error" if any(flaw["level"] == "error" for flaw in flaws) else "warning"
    return CellShown(column, text, messages, remedies, level)


def _filters(counts: Mapping[str, int], warned: int) -> list[Choice]:
    shown = [Choice(one, ROW_WORDS[one], counts[one]) for one in ROW_WORDS if counts.get(one)]
    look = [Choice(WARNED, "To look at", warned)] if warned else []
    return [Choice("", "All", sum(counts.values())), *shown, *look]


def _totals(upload: Upload) -> list[Choice]:
    found: Mapping[str, int] = upload.options.get("totals", {})
    labels = shape_named(UploadKind(upload.kind)).totals
    return [Choice(verb, label, found.get(verb, 0)) for verb, label in labels.items()]


def _percent(upload: Upload) -> int:
    if upload.status == UploadStatus.APPLYING:
        return min(100, 100 * upload.rows_done // max(1, int(upload.options.get("steps", 1))))
    return min(100, 100 * upload.rows_done // max(1, upload.row_count))


def _programs(db: Db, viewer: Viewer) -> list[Choice]:
    query = select(Program).where(col(Program.archived_at).is_(None)).order_by(col(Program.name), col(Program.id))
    return [Choice(str(one.id), one.name) for one in db.exec(query) if viewer.manages(one.id or 0)]


def _name_of(db: Db, person_id: int) -> str:
    person = db.get(Person, person_id)
    return person.name if person else ""
