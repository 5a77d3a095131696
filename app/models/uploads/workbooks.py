"""Reads the first filled sheet of an XLSX workbook as text. Knows nothing of what is in it.

A workbook is a zip of XML that anybody may have made: how much comes out of it is looked at before it is opened.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from lzma import LZMAError
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from app.models.errors import Problem, Refusal

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2_000
MOST_TAGS = 5_000_000
"""Each becomes an object in memory, however few bytes it has. A sheet of 20,000 sessions has fewer."""
MOST_LINES = 60_000
"""Lines that may hold something, the empty ones between them included."""
LAST_LINE = 1_048_576
"""A sheet has no more; one that claims more is not read on."""
FEWEST_HEADINGS = 3
"""A line of one cell above one of so many is a title; a line of fewer is no row of headings."""
TOP = 5
"""So many lines are looked through for the headings."""
CSV_OR_XLSX = "Save the table as CSV or XLSX, and upload that."
_KINDS = {
    "content.xml": "This is an OpenDocument file, such as LibreOffice writes (.ods).",
    "xl/workbook.bin": "This is a binary workbook (.xlsb).",
    "Index/Document.iwa": "This is a Numbers or Pages document.",
    "word/document.xml": "This is a text document (.docx).",
}
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, LZMAError, NotImplementedError, ValueError, EOFError)
"""What zipfile raises over a file that is damaged, or packed in a way that it does not know."""
_BROKEN = (*_BROKEN_ZIP, InvalidFileException, ParseError, LookupError, TypeError, OSError)
"""What openpyxl raises over a workbook that is broken."""


def read_workbook(content: bytes, most_columns: int) -> Iterator[list[str]]:
    """Give the rows of the first visible sheet that has any, as they stand. Raises Refusal for what is no workbook."""
    _look_inside(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for place, sheet in enumerate(sheets, 1):
            if top := list(islice(_lines(sheet, most_columns), TOP)):
                _refuse_more(sheet, top, sheets[place:], most_columns)
                yield from _lines(sheet, most_columns)
                return
    except _BROKEN as error:
        raise _refused("This workbook is damaged.", "Open it in a spreadsheet program and save it again.") from error


def _refuse_more(sheet: Any, top: Sequence[list[str]], others: Sequence[Any], most_columns: int) -> None:
    """Refuse a table that goes on on another sheet: its rows there would be lost in silence."""
    headings = [row for row in top if len(list(filter(None, row))) >= FEWEST_HEADINGS]
    for other in others:
        if any(row in headings for row in islice(_lines(other, most_columns), TOP)):
            problem = f"The sheets “{sheet.title}” and “{other.title}” have the same headings."
            raise _refused(problem, "Put all rows on one sheet, or save each sheet as a file of its own.")


def as_text(value: object) -> str:
    """Give a cell's value as one would type it: 5 not 5.0, a date as 2026-03-02, nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _unescaped(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value)


def _unescaped(text: str) -> str:
    """Read the letters that XML cannot hold and Excel writes as _x000D_ (ECMA-376 part 1, §22.9.2.19)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _lines(sheet: Any, most_columns: int) -> Iterator[list[str]]:
    """Give a sheet's rows down to the last that holds something; none at all for an empty sheet."""
    sheet.reset_dimensions()
    empty = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        texts = [as_text(value) for value in row[: most_columns + 20]]
        if any(texts):
            if number > MOST_LINES:
                problem = f"This workbook has something beyond line {MOST_LINES:,}."
                raise _refused(problem, "Take out the empty lines above it, or split it into several files.")
            yield from [[]] * empty
            yield texts
            empty = 0
        else:
            empty += 1
        if number >= LAST_LINE:
            return


def _look_inside(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _refuse_other_documents(set(packed.namelist()))
            _refuse_too_much(packed)
    except _BROKEN_ZIP as error:
        raise _refused("This file is damaged.", "Open it in a spreadsheet program and save it again.") from error


def _refuse_other_documents(names: set[str]) -> None:
    if "xl/workbook.xml" not in names:
        what = next((said for name, said in _KINDS.items() if name in names), "This is a zip file, no workbook.")
        raise _refused(what, CSV_OR_XLSX)


def _refuse_too_much(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _refused("This workbook is protected by a password.", "Save it without one, and upload it again.")
    is_small = len(parts) <= MOST_PARTS and sum(part.file_size for part in parts) <= LARGEST_UNPACKED
    if not is_small or sum(_tags(packed, part) for part in parts) > MOST_TAGS:
        raise _refused("This workbook is too large when unpacked.", "Split it into several files.")


def _tags(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    with packed.open(part) as stream:
        return sum(piece.count(b"<") for piece in iter(lambda: stream.read(1 << 20), b""))


def _refused(message: str, remedy: str) -> Refusal:
    return Refusal(Problem("file", message, remedy))
