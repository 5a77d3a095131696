"""Reads the first sheet of an XLSX workbook as text. Knows nothing of what is in it.

A workbook is a zip of XML that anybody may have made: how much comes out of it is looked at before it is opened.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from lzma import LZMAError
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from app.models.errors import Problem, Refusal

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2_000
MOST_LINES = 60_000
"""Lines looked at, the empty ones included: a sheet may claim a million."""
CSV_OR_XLSX = "Save the table as CSV or XLSX, and upload that."
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, LZMAError, NotImplementedError, ValueError, EOFError)
"""What zipfile raises over a file that is damaged, or packed in a way that it does not know."""
UNREADABLE = (*_BROKEN_ZIP, InvalidFileException, ParseError, KeyError, TypeError, OSError)
"""What openpyxl raises over a workbook that is broken."""


def read_workbook(content: bytes, most_columns: int) -> Iterator[list[str]]:
    """Give the rows of the first sheet as they stand. Raises Refusal for what is no workbook."""
    _look_inside(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > MOST_LINES:
                return
            yield [as_text(value) for value in row[: most_columns + 20]]
    except (*UNREADABLE, IndexError) as error:
        raise _refused("This workbook is damaged.", "Open it in a spreadsheet program and save it again.") from error


def as_text(value: object) -> str:
    """Give a cell's value as one would type it: 5 not 5.0, a date as 2026-03-02, nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
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


def _look_inside(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except _BROKEN_ZIP as error:
        raise _refused("This file is damaged.", "Open it in a spreadsheet program and save it again.") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise _refused("This is a zip file or another document, no workbook.", CSV_OR_XLSX)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _refused("This workbook is too large when unpacked.", "Split it into several files.")
    if any(part.flag_bits & 1 for part in parts):
        raise _refused("This workbook is protected by a password.", "Save it without one, and upload it again.")


def _refused(message: str, remedy: str) -> Refusal:
    return Refusal(Problem("file", message, remedy))
