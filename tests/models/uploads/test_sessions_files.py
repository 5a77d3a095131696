"""Sheets of sessions as programs and people make them, and what naughty texts become."""

import io
from datetime import datetime, time

import openpyxl
import pytest

from app.models.database import reading
from app.models.queries.upload_results import sample_of
from app.models.uploads.exports import as_csv
from app.models.words import UploadKind
from tests.models.factories import (
    House,
    sessions,
)
from tests.models.uploads.session_sheets import (
    HEADINGS,
    USUAL,
    create,
    sheet,
    upload,
)
from tests.models.uploads.sheets import carry_out, rows_of, statuses

NAUGHTY = (
    *("=cmd()|' /C calc'!A0", "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "'; DROP TABLE session;--"),
    *("<script>alert(1)</script>", "👩🏽‍🏫 {{7*7}}"),
)


@pytest.mark.parametrize("day", [datetime(2026, 3, 10), "10-03-2026"])  # noqa: DTZ001  # cells know no zone
def test_workbook_with_true_dates_and_with_text_is_read_alike(house: House, day: object) -> None:
    book = openpyxl.Workbook()
    sheet_ = book.active
    assert sheet_ is not None
    sheet_.append(list(HEADINGS))
    at_ = time(13) if isinstance(day, datetime) else "13:00 Hrs"
    cells = {**USUAL, "Date(DD-MM-YYYY)": day, "Time (24 hrs)": at_, "Duration(Min)": 60.0}
    sheet_.append([cells.get(heading, "") for heading in HEADINGS])
    out = io.BytesIO()
    book.save(out)
    upload_id = upload(house.manager, out.getvalue())
    assert [row.plan["booking"]["day"] for row in rows_of(upload_id)] == ["2026-03-10"]


def test_sample_of_mentored_is_taken_unchanged(house: House) -> None:
    text = (
        "Action,id,title,description,type,Mentor(Email),Mentees(Email),Date(DD-MM-YYYY),Time Zone(IST/UTC),"
        "Time (24 hrs),Duration(Min),recommended_for,categories,medium,Meeting Platform,Meeting Link,"
        "Meeting Passcode (if needed)\r\n"
        'Create,,Session 1,"For all, with care",Private,max@example.org,"anna@example.org,ben@example.org",'
        '10-03-2026,IST,13:00 Hrs,60,"Teachers,Block education officer","Communication,Life skills",English,'
        "Zoom,https://zoom.us/j/1,pass\r\n"
        "Create,,Session 2,Second,Public,max@example.org,,11-03-2026,UTC,09:00 Hrs,30,Teachers,Communication,"
        "Hindi,Google Meet,https://meet.google.com/x,\r\n"
    )
    upload_id = upload(house.manager, text.encode())
    carry_out(house.manager, upload_id)
    assert statuses(upload_id) == ["done", "done"]
    [made] = sessions(title="Session 1")
    assert (made.recommended_for, made.categories, made.medium) == (
        ["Teachers", "Block education officer"],
        ["Communication", "Life skills"],
        ["English"],
    )


def test_sample_needs_nothing_but_other_people(house: House) -> None:
    with reading() as db:
        headings, rows = sample_of(db, UploadKind.SESSIONS)
    upload_id = upload(house.manager, as_csv(headings, rows))
    found = {flaw["message"].split(" has ")[-1] for row in rows_of(upload_id) for flaw in row.problems}
    assert found == {f"the address {name}@example.org." for name in ("ada", "aarav", "oezguer")}


def test_naughty_strings_come_through_unharmed(house: House) -> None:
    rows = [create(title=text, details=f"{text}\n{text}", day=f"{n:02d}-04-2026") for n, text in enumerate(NAUGHTY, 1)]
    upload_id = upload(house.manager, sheet(*rows))
    carry_out(house.manager, upload_id)
    made = [one.title for one in sessions(host_id=house.mentor.person_id) if one.start_at and one.start_at.month == 4]
    assert (statuses(upload_id), made) == (["done"] * len(NAUGHTY), list(NAUGHTY))
