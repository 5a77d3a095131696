"""Files as they really come: encodings, delimiters, workbooks, and what is none."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from app.models.errors import Refusal
from app.models.uploads.exports import as_csv, as_xlsx, neutral
from app.models.uploads.reading import LARGEST_FILE, MOST_ROWS, Line, Table, read_table
from tests.support.roster import as_csv as written

ROWS = [["First name", "Email"], ["Jörg", "joerg@example.org"], ["Özgür Müller-Groß", "o@example.org"]]
HINDI = [["First name", "Email"], ["आरव शर्मा", "aarav@example.org"], ["दीया", "d@example.org"]]
TABLE = Table(("First name", "Email"), (Line(2, ("Jörg", "joerg@example.org")), Line(3, (ROWS[2][0], "o@example.org"))))
FILES = Path(__file__).with_name("files")
ENTITIES = b"<!DOCTYPE a [<!ENTITY l '%b'>%b<!ENTITY a '&k0;&k0;'>]>" % (
    b"x" * 1000,
    b"".join(b"<!ENTITY k%d '%b'>" % (i, b"&k%d;" % (i + 1) * 10 if i < 8 else b"&l;" * 10) for i in range(9)),
)
"""Entities that would unfold to gigabytes."""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def damaged(content: bytes) -> bytes:
    """A workbook of which what is packed in its sheet was overwritten on the way."""
    begin = content.index(b"sheet1.xml") + len("sheet1.xml")
    return content[:begin] + b"\xff" * 40 + content[begin + 40 :]


def of_version(content: bytes, version: int) -> bytes:
    """A workbook that says of its first part that a later zip program is needed for it."""
    place = content.index(b"PK\x01\x02") + 6
    return content[:place] + bytes([version]) + content[place + 1 :]


def two_sheets() -> bytes:
    """A workbook with a table on each of two sheets."""
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("March")):
        sheet.append([f"Sessions of {sheet.title}"])
        for row in (["Action", "Title", "Date"], ["Create", sheet.title, "10-03-2026"]):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheet(rows: bytes, before: bytes = b"") -> bytes:
    """A workbook whose sheet holds this XML."""
    made = workbook(*ROWS)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = b'%b<worksheet xmlns="%b"><sheetData>%b&a;</sheetData></worksheet>' % (before, main, rows)
    return zipped(**parts | {"xl/worksheets/sheet1.xml": sheet if before else sheet.replace(b"&a;", b"")})


def far_row(number: int) -> bytes:
    """A workbook of headings with one row far below them."""
    cells = b'<c t="str"><v>First name</v></c><c t="str"><v>Email</v></c>'
    return with_sheet(b'<row r="1">%b</row><row r="%d">%b</row>' % (cells, number, cells))


def columns(content: bytes) -> tuple[str, ...]:
    return read_table(content).columns


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_table(content).lines]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_as_programs_write_it(delimiter: str, newline: str, encoding: str) -> None:
    assert read_table(written(ROWS, delimiter=delimiter, newline=newline, encoding=encoding)) == TABLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_scripts_come_through(encoding: str) -> None:
    assert cells(written(HINDI, encoding=encoding)) == [tuple(row) for row in HINDI[1:]]


def test_line_that_names_the_delimiter_is_no_heading() -> None:
    assert read_table(b"sep=;\r\nFirst name;Email\r\nAnna, B.;a@example.org\r\n") == Table(
        ("First name", "Email"), (Line(3, ("Anna, B.", "a@example.org")),)
    )


def test_title_above_the_headings_is_left_out_and_says_nothing_of_the_delimiter() -> None:
    content = (
        b"Sessions, spring, 2026\r\n\r\nAction;Title;Date\r\nCreate;Algebra;10-03-2026\r\nCreate;Go;11-03-2026\r\n"
    )
    assert read_table(content) == Table(
        ("Action", "Title", "Date"),
        (Line(4, ("Create", "Algebra", "10-03-2026")), Line(5, ("Create", "Go", "11-03-2026"))),
    )


def test_quoted_newlines_and_quotation_marks_stay_in_their_cell() -> None:
    content = b'Name,Email\r\n"Anna\r\n""the"" one, ok",a@example.org\r\n'
    assert cells(content) == [('Anna\n"the" one, ok', "a@example.org")]


def test_empty_columns_and_rows_are_left_out_and_lines_keep_their_numbers() -> None:
    content = b",,,\r\nName,Email,,\r\n,,,\r\nAnna,a@example.org,,\r\n,,,\r\nBen,b@example.org,,\r\n,,,\r\n"
    assert read_table(content) == Table(
        ("Name", "Email"), (Line(4, ("Anna", "a@example.org")), Line(6, ("Ben", "b@example.org")))
    )


def test_headings_that_occur_twice_are_told_apart() -> None:
    assert columns(b"Email,email,Name,Email\r\na,b,c,d\r\n") == ("Email", "email (2)", "Name", "Email (3)")


def test_column_without_a_heading_gets_one() -> None:
    assert columns(b"Email,,Name\r\na@example.org,x,Anna\r\n") == ("Email", "Column 2", "Name")


def test_workbook_gives_text_as_one_would_type_it() -> None:
    typed = [5, 5.0, 2.5, True, date(2026, 3, 2), datetime(2026, 3, 2, 17, 30), time(13, 0), None, "007", "=1+1"]  # noqa: DTZ001
    made = workbook([f"C{i}" for i in range(10)], typed)
    assert cells(made) == [("5", "5", "2.5", "TRUE", "2026-03-02", "2026-03-02 17:30", "13:00", "", "007", "")]


def test_workbook_named_csv_is_read_as_a_workbook() -> None:
    assert read_table(workbook(*ROWS)) == TABLE


def test_outer_blanks_are_taken_out_and_controls_are_shown() -> None:
    assert cells("Name,Email\r\n  An\x07na\u00a0,a@example.org \r\n\x1a".encode()) == [("An\ufffdna", "a@example.org")]


REFUSED = {
    "nothing": (b"", "This file is empty."),
    "blanks": (b"\xef\xbb\xbf \r\n\r\n", "This file is empty."),
    "commas": (b",,,\r\n,,\r\n", "This file is empty."),
    "headings": (b"First name,Email\r\n\r\n,\r\n", "This file has headings, but no rows."),
    "large": (b"a" * (LARGEST_FILE + 1), "This file is larger than 10 MB."),
    "long": (b"Email\n" + b"a@example.org\n" * (MOST_ROWS + 1), "This file has more than 20,000 rows."),
    "wide": (
        b",".join(b"c%d" % i for i in range(70)) + b"\n" + b"1," * 69 + b"1\n",
        "This file has more than 60 columns.",
    ),
    "png": (PNG, "This is a picture (PNG), whatever its name says."),
    "pdf": (b"%PDF-1.7 and so on", "This is a PDF document, whatever its name says."),
    "html": (
        b"<!DOCTYPE html><table><tr><td>1</td></tr></table>",
        "This is a web page or XML, whatever its name says.",
    ),
    "zip": (zipped(readme=b"hello"), "This is a zip file, no workbook."),
    "ods": (
        (FILES / "libreoffice.ods").read_bytes(),
        "This is an OpenDocument file, such as LibreOffice writes (.ods).",
    ),
    "xlsb": (zipped(**{"xl__workbook.bin": b"x"}), "This is a binary workbook (.xlsb)."),
    "fods": (b'<?xml version="1.0"?><office:document/>', "This is a web page or XML, whatever its name says."),
    "wide workbook": (workbook([f"c{i}" for i in range(500)], ["x"] * 500), "This file has more than 60 columns."),
    "workbook of headings": (workbook(ROWS[0]), "This file has headings, but no rows."),
    "two sheets": (two_sheets(), "The sheets “Sheet” and “March” have the same headings."),
    "empty workbook": (workbook(), "This file is empty."),
    "far row": (far_row(70_000), "This workbook has something beyond line 60,000."),
    "endless sheet": (far_row(10**12), "This file has headings, but no rows."),
    "tags": (with_sheet(b"<row/>" * 5_000_000), "This workbook is too large when unpacked."),
    "text that is not there": (with_sheet(b'<row><c t="s"><v>99</v></c></row>'), "This workbook is damaged."),
    "entities": (with_sheet(b"", ENTITIES), "This workbook is damaged."),
    "broken zip": (zipped(xl__workbook=b"x")[:40], "This file is damaged."),
    "broken workbook": (zipped(**{"xl__workbook.xml": b"<no"}), "This workbook is damaged."),
    "overwritten workbook": (damaged(workbook(*ROWS)), "This file is damaged."),
    "zip of a later kind": (of_version(workbook(*ROWS), 99), "This file is damaged."),
    "bomb": (
        zipped(**{"xl__workbook.xml": b"<a/>", "xl__sheet": b"0" * (101 * 1024 * 1024)}),
        "This workbook is too large when unpacked.",
    ),
    "xls": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "This is a workbook of the old kind (.xls) or another Office file."),
    "locked": (
        b"\xd0\xcf\x11\xe0" + b"\x00" * 60 + "EncryptedPackage".encode("utf-16-le"),
        "This workbook is protected by a password.",
    ),
    "binary": (bytes(range(256)) * 20, "This is no table, whatever its name says."),
    "quotation that ends too late": (b'Name,Email\na,b\n"c,d\ne,f\n"g",h\n', "From line 3 on "),
    "open quotation": (b'Name,Email\n"Anna' + b"x" * 140_000 + b",a@example.org\n", "From line 2 on "),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_one_sentence_with_a_remedy(name: str) -> None:
    content, message = REFUSED[name]
    with pytest.raises(Refusal) as refused:
        read_table(content)
    problem = refused.value.problems[0]
    assert (problem.field, problem.message[: len(message)], bool(problem.remedy)) == ("file", message, True)


NAUGHTY = [
    "=cmd|' /C calc'!A0", "+49 30 1234", "-1", "@SUM(A1)", "'quoted", "<script>alert(1)</script>", "Robert'); DROP",
    "﷽", "Z̮̞̠͙͔ͅḀ̗̞͈̻̗L̪", "👩\u200d👧", "\u202ereversed", "a\nb", '"', "NULL", "0x10", "1E5", "٠١٢", "",
]  # fmt: skip


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_naughty_strings_come_back_unharmed_from_an_export(make: object) -> None:
    made = make(["Text", "Email"], [[text, "a@example.org"] for text in NAUGHTY])  # pyright: ignore[reportCallIssue]
    assert cells(made) == [(text, "a@example.org") for text in NAUGHTY]


def test_letters_that_no_workbook_can_hold_are_shown() -> None:
    assert cells("Name,Email\n\uffffAn\ufffena,a@example.org\n".encode()) == [("\ufffdAn\ufffdna", "a@example.org")]


def test_export_lets_a_spreadsheet_run_nothing() -> None:
    assert [neutral(text) for text in ("=1", "+1", "-1", "@a", "\ta", "\ra", "a=1", "'=1")] == [
        "'=1", "'+1", "'-1", "'@a", "'\ta", "'\ra", "a=1", "''=1",
    ]  # fmt: skip
    assert as_csv(["=A"], [["@b"]]) == "\ufeff'=A\r\n'@b\r\n".encode()


def test_result_can_be_read_again_without_what_was_added() -> None:
    made = as_csv(["Email", "Status", "Message"], [["a@example.org", "Invalid", "Email: wrong."]])
    assert read_table(made) == Table(("Email",), (Line(2, ("a@example.org",)),))
