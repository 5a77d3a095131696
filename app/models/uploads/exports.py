"""Makes files of rows: what became of an upload, and the sample. A spreadsheet must run nothing of what is in them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
"""How what a spreadsheet runs begins; apostrophes before it too, so that reading one away again is exact."""
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""


def neutral(cell: str) -> str:
    """Give a cell's text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a CSV file as Excel reads it: UTF-8 with its mark, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([neutral(heading) for heading in headings])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return (BOM + out.getvalue()).encode()


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write an XLSX workbook in which every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(headings)]:
        sheet.column_dimensions[letter].width = 22
    first: list[Cell] = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=_written(heading))
        cell.font = Font(bold=True)
        first.append(cell)
    sheet.append(first)
    for row in rows:
        sheet.append([_written(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(cell: str) -> str:
    """Give a cell as a workbook keeps it: a text such as _x000D_ would be read as a control (ECMA-376, §22.9.2.19)."""
    return _LIKE_AN_ESCAPE.sub("_x005F_", neutral(cell))
