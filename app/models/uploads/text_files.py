"""Reads CSV in the encodings and with the delimiters that spreadsheets write. Knows nothing of what is in it."""

import csv
import io
from collections.abc import Iterator

from app.models.errors import Problem, Refusal

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 65_536
LOOKED_AT = 20


def read_text(content: bytes) -> Iterator[list[str]]:
    """Give the rows of a CSV file as they stand. Raises Refusal for what is no text."""
    text = decode(content)
    delimiter, text = _named_delimiter(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _rows(text, delimiter or find_delimiter(text))


def decode(content: bytes) -> str:
    """Give the text of a file in UTF-8, UTF-16 or, as an older Excel writes it, Windows-1252."""
    for encoding in _likely(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return text.removeprefix("\ufeff")
    raise Refusal(
        Problem("file", "This is no table, whatever its name says.", "Save the table as CSV or XLSX, and upload that.")
    )


def find_delimiter(text: str) -> str:
    """Find what separates the cells: what gives the most columns, the same number in most rows."""

    def merit(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in _some_rows(text, delimiter)]
        return (widths[0] if widths else 0, sum(width == widths[0] for width in widths))

    return max(DELIMITERS, key=merit)


def _likely(content: bytes) -> list[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    odd, even = content[1:2000:2].count(0), content[:2000:2].count(0)
    if odd + even > len(content[:2000]) // 5:
        return ["utf-16-le"] if odd > even else ["utf-16-be"]
    return ["utf-8-sig", "cp1252"]


def _is_binary(text: str) -> bool:
    sample = text[:SAMPLE]
    controls = sum(letter < " " and letter not in "\t\r\n\f\v" for letter in sample)
    return "\0" in sample or controls * 20 > len(sample)


def _named_delimiter(text: str) -> tuple[str, str]:
    """Read the line "sep=;" that some programs put first for Excel; as a row it would be none."""
    line, _, rest = text.partition("\n")
    found = line.strip().lower()
    if found.startswith("sep=") and len(found) == 5:
        return found[4], f"\n{rest}"
    return ("\t", f"\n{rest}") if line.rstrip("\r\n").lower() == "sep=\t" else ("", text)


def _some_rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=delimiter):
            if any(row):
                rows.append(row)
            if len(rows) >= LOOKED_AT:
                break
    except csv.Error:
        return rows
    return rows


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        line = f"After line {reader.line_num:,} this file cannot be read as CSV."
        remedy = "Look for a quotation mark that is opened there and never closed."
        raise Refusal(Problem("file", line, remedy)) from error
