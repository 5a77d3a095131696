"""Makes a table of strings from an uploaded file, as it really comes. It guesses no meaning of any cell.

CSV as Excel, LibreOffice and Numbers write it, and XLSX. What cannot be read is refused in one
sentence that says what would be right. What is read here may come from anybody.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.models.drafts.base import UNFIT, clean
from app.models.errors import Problem, Refusal
from app.models.uploads.text_files import UNREADABLE, read_text
from app.models.uploads.workbooks import FEWEST_HEADINGS, read_workbook
from app.models.words.uploads import RESULT_COLUMNS, SESSION_RESULT_COLUMNS

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 32_767
"""What a spreadsheet's cell holds at most."""

CSV_OR_XLSX = "Save the table as CSV or XLSX, and upload that."
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PICTURES = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
}


@dataclass(frozen=True)
class Line:
    """One row that holds something. `number` is the line a spreadsheet shows it at."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file's headings, each once, and its rows, each as long as the headings."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(content: bytes) -> Table:
    """Read a file of rows. Raises Refusal on `file`."""
    refuse_other_things(content)
    raw = read_workbook(content, MOST_COLUMNS) if content.startswith(_ZIP) else read_text(content)
    return _table(_cleaned(raw))


def refuse_other_things(content: bytes) -> None:
    """Raise Refusal for what is empty, too large, or no table at all."""
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe,;|"):
        raise refused("This file is empty.", "Fill in the sample file, and upload that.")
    if len(content) > LARGEST_FILE:
        raise too_large()
    if content.startswith(_OLE):
        raise _old_or_locked(content)
    for beginning, what in _PICTURES.items():
        if content.startswith(beginning):
            raise refused(f"This is {what}, whatever its name says.", CSV_OR_XLSX)
    if content.lstrip()[:200].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise refused("This is a web page or XML, whatever its name says.", CSV_OR_XLSX)


def refused(message: str, remedy: str) -> Refusal:
    """Make the refusal of a file."""
    return Refusal(Problem("file", message, remedy))


def too_large() -> Refusal:
    """Make the refusal of a file that is too large."""
    most = LARGEST_FILE // 1024 // 1024
    return refused(f"This file is larger than {most} MB.", "Split it into several files, and upload one after another.")


def _old_or_locked(content: bytes) -> Refusal:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refused("This workbook is protected by a password.", "Save it without one, and upload it again.")
    return refused("This is a workbook of the old kind (.xls) or another Office file.", CSV_OR_XLSX)


def _cleaned(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    """Number the rows as a spreadsheet does, drop those without content, and stop where there are too many."""
    kept = 0
    for number, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row):
            continue
        kept += 1
        if kept > MOST_ROWS + 1:
            raise refused(f"This file has more than {MOST_ROWS:,} rows.", "Split it into several files.")
        yield number, [plain(cell) for cell in row]


def plain(cell: str) -> str:
    """Give a cell's text as it is kept: without outer blanks, and the apostrophe that an export put before it.

    What nothing can carry becomes `UNREADABLE`, which is pointed out when the row is checked.
    """
    lines = re.sub(r"\r\n?|\v|\f", "\n", cell[:LONGEST_CELL])
    text = str(clean(UNFIT.sub(UNREADABLE, lines)))
    return text[1:] if re.match(r"'+[=+\-@]", text) else text


def _table(rows: Iterator[tuple[int, list[str]]]) -> Table:
    lines = list(rows)
    if not lines:
        raise refused("This file is empty.", "Fill in the sample file, and upload that.")
    while len(lines) > 1 and _is_title(lines[0][1], lines[1][1]):
        del lines[0]
    headings = [" ".join(heading.split()) for heading in lines.pop(0)[1]]
    if not lines:
        raise refused("This file has headings, but no rows.", "Fill in at least one row below them.")
    used = max(len(row) for _, row in lines)
    headings += [""] * (used - len(headings))
    filled = [any(i < len(row) and row[i] for _, row in lines) for i in range(len(headings))]
    kept = [i for i, heading in enumerate(headings) if (heading or filled[i]) and i not in _of_result(headings)]
    if len(kept) > MOST_COLUMNS:
        raise refused(f"This file has more than {MOST_COLUMNS} columns.", "Take out those that are not needed.")
    columns = _each_once([headings[i] or f"Column {i + 1}" for i in kept])
    return Table(columns, tuple(Line(n, tuple(row[i] if i < len(row) else "" for i in kept)) for n, row in lines))


def _is_title(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a line stands above the table as its title, as a cell merged over all columns does."""
    filled = len(list(filter(None, below)))
    return len(list(filter(None, row))) == 1 and filled >= FEWEST_HEADINGS


def _of_result(headings: Sequence[str]) -> set[int]:
    """Find what Meridian itself added to a result file."""
    filled = [i for i, heading in enumerate(headings) if heading]
    last = filled[-len(RESULT_COLUMNS) :]
    said = tuple(headings[i].casefold() for i in last)
    ours = [tuple(heading.casefold() for heading in columns) for columns in (RESULT_COLUMNS, SESSION_RESULT_COLUMNS)]
    return set(last) if said in ours else set()


def _each_once(headings: Sequence[str]) -> tuple[str, ...]:
    """Tell headings apart that a file has twice: the second Email is "Email (2)"."""
    seen: dict[str, int] = {}
    given: list[str] = []
    for heading in (heading[:200] for heading in headings):
        seen[heading.casefold()] = count = seen.get(heading.casefold(), 0) + 1
        given.append(heading if count == 1 else f"{heading} ({count})")
    return tuple(given)
