"""Reads CSV in the encodings and with the delimiters that spreadsheets write. Knows nothing of what is in it."""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator

from app.models.errors import Problem, Refusal

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 65_536
LOOKED_AT = 20
FEW_CONTROLS = 5
"""So many may have got into a text by pasting."""
UNREADABLE = "\ufffd"
"""Stands where bytes were damaged, or where a letter is that nothing can carry."""


def read_text(content: bytes) -> Iterator[list[str]]:
    """Give the rows of a CSV file as they stand. Raises Refusal for what is no text."""
    text = decode(content)
    delimiter, text = _named_delimiter(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _rows(text, delimiter or find_delimiter(text))


def decode(content: bytes) -> str:
    """Give the text of a file in UTF-8, UTF-16 or what an older Excel writes. Damaged bytes become `UNREADABLE`."""
    text = content.decode(_utf_16(content) or _eight_bit(content), "replace").removeprefix("\ufeff").rstrip("\0\x1a")
    if _is_binary(text):
        problem = "This is no table, whatever its name says."
        raise Refusal(Problem("file", problem, "Save the table as CSV or XLSX, and upload that."))
    return text


def find_delimiter(text: str) -> str:
    """Find what separates the cells: what gives most rows the most columns, and the first row, too."""

    def merit(delimiter: str) -> tuple[int, int, int]:
        widths = [len(row) for row in _some_rows(text, delimiter)] or [0]
        usual, count = Counter(widths).most_common(1)[0]
        return usual, widths[0], count

    return max(DELIMITERS, key=merit)


def _utf_16(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    odd, even = content[1:2000:2].count(0), content[:2000:2].count(0)
    if odd + even <= len(content[:2000]) // 5:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _eight_bit(content: bytes) -> str:
    """Name the encoding: UTF-8 too where only few of its letters are damaged, for then nothing else fits."""
    text = content.decode(errors="replace")
    others = len(text) - len(text.encode("ascii", "ignore"))
    damaged = text.count(UNREADABLE) - content.count(UNREADABLE.encode())
    if damaged * 5 <= others * 4 or content.startswith(BOM_UTF8):
        return "utf-8"
    return "mac-roman" if _is_from_a_mac(content) else "cp1252"


def _is_from_a_mac(content: bytes) -> bool:
    """Whether Excel's "CSV (Macintosh)" wrote it: lines end with CR, and letters stand where Windows has signs."""
    low, high = (sum(content.count(byte) for byte in range(*span)) for span in ((0x80, 0xA0), (0xE0, 0x100)))
    return content.count(b"\r") > content.count(b"\n") and low > high


def _is_binary(text: str) -> bool:
    sample = text[:SAMPLE]
    controls = sum(letter < " " and letter not in "\t\r\n\f\v" for letter in sample)
    return controls > max(FEW_CONTROLS, len(sample) // 20)


def _named_delimiter(text: str) -> tuple[str, str]:
    """Read the line "sep=;" that some programs put first for Excel; as a row it would be none."""
    line, _, rest = text.partition("\r" if "\n" not in text else "\n")
    found = line.strip('\r\n "').lower()
    return (found[4], f"\n{rest}") if found.startswith("sep=") and len(found) == 5 else ("", text)


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
    """Read strictly: otherwise one quotation mark too many would swallow the rows below it in silence."""
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True, skipinitialspace=True)
    begun = 1
    try:
        for row in reader:
            yield row
            begun = reader.line_num + 1
    except csv.Error as error:
        problem = f"From line {begun:,} on this file cannot be read as CSV: a quotation mark does not fit."
        raise Refusal(Problem("file", problem, "Double it, take it out, or save the table as CSV again.")) from error
