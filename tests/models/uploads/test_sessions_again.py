"""Sheets of sessions that come again: the same file, the result file as it came or corrected, the undo."""

from app.models.commands.uploads import confirm
from app.models.database import reading
from app.models.queries.upload_results import result_of
from app.models.uploads import jobs
from app.models.uploads.exports import as_csv, as_xlsx
from app.models.words import Status
from tests.models.factories import (
    House,
    do,
    sessions,
)
from tests.models.uploads.session_sheets import (
    FAY,
    HEADINGS,
    OTHERS,
    create,
    delete,
    left,
    public,
    sheet,
    upload,
)
from tests.models.uploads.sheets import WORKER, carry_out, rows_of, statuses


def test_same_file_again_creates_nothing(house: House) -> None:
    content = sheet(create(), public(at="16:00"), create(mentor=FAY, mentees=OTHERS[0]))
    first = upload(house.manager, content)
    carry_out(house.manager, first)
    before = left()
    again = upload(house.manager, content)
    assert (statuses(first), statuses(again), left()) == (["done"] * 3, ["invalid"] * 3, before)


def test_file_confirmed_twice_at_once_creates_nothing_twice(house: House) -> None:
    one, other = (upload(house.manager, sheet(create())) for _ in range(2))
    do(confirm, house.manager, one)
    do(confirm, house.manager, other)
    while jobs.work_once(WORKER):
        pass
    assert (statuses(one), statuses(other)) == (["done"], ["failed"])
    assert len(sessions(title="Algebra", status=Status.SCHEDULED)) == 2  # session 1 and the new one


def test_result_says_id_status_and_message_and_is_taken_again(house: House) -> None:
    upload_id = upload(house.manager, sheet(create(), create(title="", at="19:00"), delete(2)))
    carry_out(house.manager, upload_id)
    with reading() as db:
        headings, rows = result_of(db, house.manager, upload_id)
    assert headings == [*HEADINGS, "Session status", "Status message"]
    made = rows[0][1]
    assert [(row[1], row[-2], row[-1]) for row in rows] == [
        (made, "Valid", f"Created as session {made}."),
        ("", "Invalid", "title: The title is missing. Fill it in: a new session needs it."),
        ("2", "Valid", "Deleted."),
    ]
    rows[0][0], rows[0][2], rows[1][2], rows[1][9] = "Edit", "Geometry", "Fractions", "16:00"
    again = upload(house.manager, as_csv(headings, rows))
    carry_out(house.manager, again)
    assert statuses(again) == ["done", "done", "invalid"]
    assert [one.title for one in sessions(id=int(made))] == ["Geometry"]


def test_result_file_as_it_came_creates_nothing(house: House) -> None:
    upload_id = upload(house.manager, sheet(create()))
    carry_out(house.manager, upload_id)
    with reading() as db:
        content = as_xlsx(*result_of(db, house.manager, upload_id))
    again = upload(house.manager, content)
    made = rows_of(upload_id)[0].result["id"]
    assert statuses(again) == ["invalid"]
    assert rows_of(again)[0].problems[0]["message"] == f"Session {made}, “Algebra”, was created already."
