"""One sheet of sessions in every form in which programs write it gives one and the same preview.

The files in `files/` were made by LibreOffice from this very sheet.
"""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from app.models.commands.uploads import correct_cell
from app.models.errors import Refusal
from app.models.tables import Upload, UploadRow
from app.models.uploads.exports import as_csv, as_xlsx
from app.models.words import Audience
from tests.models.factories import House, at, do, make_group, make_session
from tests.models.factories import rows_of as all_rows
from tests.models.uploads.session_sheets import (
    HEADINGS,
    MENTEE,
    OTHERS,
    create,
    delete,
    edit,
    make_home,
    public,
    upload,
)
from tests.models.uploads.sheets import HEADINGS as PEOPLE
from tests.models.uploads.sheets import flaws, rows_of, sheet
from tests.models.uploads.sheets import upload as people
from tests.support.roster import as_csv as written

FILES = Path(__file__).with_name("files")
ROWS = (
    create(title="Größe, Maß; „Wert“", details='It’s 5 € a month\nsecond line, with "quotes"; and more'),
    public(
        day="25-03-2026",
        at="09:30",
        zone="Europe/Berlin",
        minutes="90",
        title="naïve café — “Œuvre” | more",
        passcode="4711",
    ),
    create(mentees=", ".join(OTHERS), day="02-04-2026", at="23:15", zone="UTC", minutes="45"),
    edit(1, title="Geometry", at="18:00"),
    delete(2),
    create(day="03/04/2026", minutes="20", title=""),
)
TEXTS = [[row.get(heading, "") for heading in HEADINGS] for row in ROWS]
SHEET = [list(HEADINGS), *TEXTS]
DAY, AT, MINUTES = (HEADINGS.index(name) for name in ("Date(DD-MM-YYYY)", "Time (24 hrs)", "Duration(Min)"))
SAID = [*(("valid", act) for act in ("create", "create", "create", "edit", "delete")), ("invalid", "create")]


@pytest.fixture
def house() -> House:
    """Session 1: one-to-one of Max and Mia. 2: private group."""
    made = make_home()
    make_session(made, at(3))
    make_group(made, at(4), audience=Audience.PRIVATE, maximum=3, minimum=1, details="Bring a board")
    return made


def preview(house: House, content: bytes) -> list[tuple[Any, ...]]:
    """All that checking says of each row."""
    upload_id = upload(house.manager, content)
    checked = zip(rows_of(upload_id), flaws(upload_id), strict=True)
    return [(row.status, row.action, row.plan, wrong) for row, wrong in checked]


def true(place: int, text: str) -> object:
    """A cell as a spreadsheet keeps what was typed into it."""
    if place == DAY and text.count("-") == 2:
        return date(*map(int, reversed(text.split("-"))))
    if place == AT and text:
        return time.fromisoformat(text.removesuffix(" Hrs"))
    return int(text) if text.isdigit() else text or None


def with_times(place: int, text: str) -> object:
    """Days as instants at midnight, durations as such, numbers as fractions are kept."""
    value = true(place, text)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if place == MINUTES and isinstance(value, int):
        return timedelta(minutes=value)
    return float(value) if isinstance(value, int) else value


def workbook(
    kept: Callable[[int, str], object] = true, change: Callable[[openpyxl.Workbook, Worksheet], Any] | None = None
) -> bytes:
    """A workbook of the sheet; `change` has it before it is filled."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    filled = (change and change(book, sheet)) or sheet
    filled.append(list(HEADINGS))
    for row in TEXTS:
        filled.append([kept(place, text) for place, text in enumerate(row)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def below_a_title(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["Sessions of the spring term, from Anna’s list"])
    sheet.merge_cells("A1:Q1")
    sheet.append([])


def on_another_sheet(book: openpyxl.Workbook, sheet: Worksheet) -> Worksheet:
    """The first sheet is hidden and full of something else, the second empty."""
    sheet.append(["list", "of", "choices"])
    sheet.append(["a", "b", "c"])
    sheet.sheet_state = "hidden"
    book.create_sheet("Empty").column_dimensions["A"].width = 40
    book.active = 1
    return book.create_sheet("Sessions")


def partly_hidden(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.auto_filter.ref = "A1:Q7"


def since_1904(book: openpyxl.Workbook, _sheet: Worksheet) -> None:
    book.epoch = CALENDAR_MAC_1904


def with_far_cells(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    """A cell far to the right and a line far below of which only the look is left."""
    sheet["BZ1"].number_format = "0.00"
    sheet.row_dimensions[900].height = 40


def escaped(place: int, text: str) -> object:
    """Line breaks as Excel keeps those that came from a Windows program."""
    return true(place, text.replace("\n", "_x000D_\n"))


def csv(rows: Sequence[Sequence[str]] = SHEET, before: str = "", **how: str) -> bytes:
    encoding = how.get("encoding", "utf-8")
    return before.encode(encoding) + written(rows, **how)


WIDE = [[*row, "", "", "", ""] for row in SHEET] + [[""] * 21] * 30
FORMS: dict[str, Callable[[], bytes]] = {
    "UTF-8": csv,
    "Excel's CSV UTF-8": lambda: csv(encoding="utf-8-sig"),
    "Excel's CSV in Germany": lambda: csv(delimiter=";", encoding="cp1252"),
    "Excel's Unicode text": lambda: csv(delimiter="\t", encoding="utf-16"),
    "UTF-16, big end first": lambda: csv(delimiter="\t", encoding="utf-16-be", before="\ufeff"),
    "UTF-16 without a mark": lambda: csv(encoding="utf-16-le"),
    "Excel's CSV (Macintosh)": lambda: csv(newline="\r", encoding="mac-roman"),
    "Unix": lambda: csv(newline="\n"),
    "line that names the delimiter": lambda: csv(delimiter=";", before="sep=;\r\n"),
    "quoted line that names it": lambda: csv(delimiter="|", before='"sep=|"\n', newline="\n"),
    "empty columns and rows": lambda: csv(WIDE),
    "title": lambda: csv([["Spring term"] + [""] * 16, [""] * 17, *SHEET]),
    "our own CSV": lambda: as_csv(HEADINGS, TEXTS),
    "our own XLSX": lambda: as_xlsx(HEADINGS, TEXTS),
    "result file": lambda: as_csv(
        [*HEADINGS, "Session status", "Status message"], [[*r, "Invalid", "x"] for r in TEXTS]
    ),
    "workbook of true values": workbook,
    "workbook of texts": lambda: workbook(lambda _, text: text or None),
    "workbook with durations": lambda: workbook(with_times),
    "workbook with a merged title": lambda: workbook(change=below_a_title),
    "workbook of several sheets": lambda: workbook(change=on_another_sheet),
    "workbook with hidden rows": lambda: workbook(change=partly_hidden),
    "workbook from 1904": lambda: workbook(change=since_1904),
    "workbook with far cells": lambda: workbook(change=with_far_cells),
    "workbook with escaped line breaks": lambda: workbook(escaped),
} | {path.name: path.read_bytes for path in sorted(FILES.iterdir()) if path.suffix in (".csv", ".xlsx")}


def test_every_form_of_one_sheet_gives_the_same_preview(house: House) -> None:
    expected = preview(house, written(SHEET))
    assert [row[:2] for row in expected] == SAID
    assert {form: preview(house, make()) for form, make in FORMS.items()} == dict.fromkeys(FORMS, expected)


def sheet_of(headings: Sequence[str], *rows: Sequence[str]) -> bytes:
    return written([headings, *rows])


SWAPPED = [("title" if one == "type" else "type" if one == "title" else one) for one in HEADINGS]
BAD_FILES: dict[str, tuple[bytes, str]] = {
    "other headings": (
        sheet_of(("What", "When"), ("Algebra", "10-03-2026")),
        (
            "This file has no column Action. Its first row has “What”, “When”. "
            "The first row must hold the headings of the sample file."
        ),
    ),
    "no headings": (
        sheet_of(("Create", "", "Algebra"), ("Create", "", "Geometry")),
        (
            "This file has no column Action. Its first row has “Create”, “Algebra”. "
            "The first row must hold the headings of the sample file."
        ),
    ),
    "heading twice": (
        sheet_of([*HEADINGS, "Title"], *([*row, "Geometry"] for row in TEXTS)),
        (
            "Two columns of this file mean the same: “title” and “Title (2)”. "
            "Take one of them out, or give it another heading."
        ),
    ),
    "column by two names": (
        sheet_of([*HEADINGS, "Host"], *([*row, OTHERS[0]] for row in TEXTS)),
        (
            "Two columns of this file mean the same: “Mentor(Email)” and “Host”. "
            "Take one of them out, or give it another heading."
        ),
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_file_that_cannot_be_checked_is_refused_and_nothing_is_kept_of_it(house: House, name: str) -> None:
    content, said = BAD_FILES[name]
    with pytest.raises(Refusal) as refused:
        upload(house.manager, content)
    assert (str(refused.value), all_rows(Upload), all_rows(UploadRow)) == (said, [], [])


def test_heading_twice_without_anything_below_it_is_passed_over(house: House) -> None:
    again = sheet_of([*HEADINGS, "Title"], *([*row, ""] for row in TEXTS))
    assert preview(house, again) == preview(house, csv())


def test_columns_under_each_others_headings_are_pointed_out_cell_by_cell(house: House) -> None:
    wrong = [[one[:2] for one in row[3]] for row in preview(house, sheet_of(SWAPPED, TEXTS[0]))]
    assert wrong == [[("type", "“Größe, Maß; „Wert“” is no type.")]]


SHOWN, AGAIN = "has a character that cannot be read or kept, shown as �.", "Type this cell again."
CELLS: dict[str, tuple[bytes, tuple[str, str, str]]] = {
    "damaged UTF-8": (
        csv().replace("Maß".encode(), "Maß".encode()[:-1]),
        ("title", f"“Größe, Ma�; „Wert“” {SHOWN}", AGAIN),
    ),
    "control": (
        csv().replace(b",IST,", b",I\x00ST,"),
        (HEADINGS[8], f"“I�ST” {SHOWN}", AGAIN),
    ),
    "half a letter in UTF-16": (
        csv(encoding="utf-16").replace("Englis".encode("utf-16-le"), "Engli".encode("utf-16-le") + b"\x00\xd8"),
        ("medium", f"“Engli�h” {SHOWN}", AGAIN),
    ),
    "formula’s error": (
        csv().replace(b"English", b"#REF!"),
        ("medium", "“#REF!” is a formula’s error.", "Correct the formula, or write the value."),
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_what_cannot_be_read_is_pointed_out_at_its_cell(house: House, name: str) -> None:
    content, flaw = CELLS[name]
    status, _, _, wrong = preview(house, content)[0]
    assert (status, flaw in wrong) == ("invalid", True)


def test_cell_that_could_not_be_read_is_mended_in_the_preview(house: House) -> None:
    upload_id = upload(house.manager, sheet_of(HEADINGS, TEXTS[0]).replace(b",IST,", b",I\x01ST,"))
    [row] = rows_of(upload_id)
    assert do(correct_cell, house.manager, upload_id, row.id, HEADINGS[8], "IST")["status"] == "valid"


def test_roster_gives_the_same_preview_from_csv_and_from_workbooks(house: House) -> None:
    rows = [
        ["", "Jörg", "O’Neill", "joerg@example.org", "mentor", "", ""],
        ["", "आरव", "शर्मा", "aarav@example.org", "mentee", "joerg@example.org", ""],
        ["Assign", "", "", MENTEE, "", "nobody@example.org", ""],
    ]
    forms = [
        sheet(*rows),
        as_csv(PEOPLE, rows),
        as_xlsx(PEOPLE, rows),
        written([["sep=\t"], PEOPLE, *rows], delimiter="\t", encoding="utf-16"),
    ]
    found = [people(house.manager, form, house.program_id) for form in forms]
    seen = [[(row.status, row.action, row.plan, row.problems) for row in rows_of(one)] for one in found]
    assert [row[0] for row in seen[0]] == ["valid", "valid", "invalid"]
    assert seen == [seen[0]] * len(forms)
