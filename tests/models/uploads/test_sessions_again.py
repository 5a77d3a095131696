"""Sheets of sessions that come again: the same file, the result file as it came or corrected, the undo."""

import pytest

from app.models.commands.uploads import cancel, confirm
from app.models.database import reading
from app.models.errors import Refusal
from app.models.queries.upload_results import result_of
from app.models.uploads import jobs
from app.models.uploads.exports import as_csv, as_xlsx
from app.models.words import Status
from tests.models.factories import (
    NOW,
    House,
    do,
    notices,
    session,
    sessions,
)
from tests.models.uploads.session_sheets import (
    FAY,
    HEADINGS,
    OTHERS,
    create,
    delete,
    edit,
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


def result_file(house: House, upload_id: int) -> bytes:
    with reading() as db:
        return as_xlsx(*result_of(db, house.manager, upload_id))


MIXED = [create(), public(at="16:00"), edit(1, title="Geometry", at="18:00"), edit(2, maximum="8"), delete(4)]


@pytest.mark.parametrize("is_result", [False, True])
def test_file_or_its_result_as_it_came_changes_nothing(house: House, is_result: bool) -> None:
    content = sheet(*MIXED)
    first = upload(house.manager, content)
    carry_out(house.manager, first)
    before = left()
    again = upload(house.manager, result_file(house, first) if is_result else content)
    with pytest.raises(Refusal, match="No row of this file would change anything"):
        do(confirm, house.manager, again)
    assert (statuses(first), left()) == (["done"] * 5, before)
    assert statuses(again) == ["invalid", "invalid", "unchanged", "unchanged", "invalid"]
    made, met = (rows_of(first)[number].result["id"] for number in (0, 1))
    said = [row.problems[0]["message"] for row in rows_of(again) if row.problems]
    if is_result:
        assert said[:2] == [f"Session {one}, “Algebra”, was created already." for one in (made, met)]
    else:
        assert [one.split(",")[0] for one in said[:2]] == [
            f"This session exists already: ID {one}" for one in (made, met)
        ]
    assert said[2] == "Session 4 was deleted."


def test_result_of_a_stopped_upload_does_the_rest_and_nothing_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "CHUNK", 2)
    stopped = upload(house.manager, sheet(*MIXED, create(at="20:00")))
    do(confirm, house.manager, stopped)
    jobs.claim(WORKER, NOW)
    jobs.step(stopped, WORKER)
    do(cancel, house.manager, stopped)
    done = statuses(stopped).count("done")
    assert statuses(stopped) == ["done"] * done + ["skipped"] * (6 - done)
    assert 0 < done <= 2
    rest = upload(house.manager, result_file(house, stopped))
    carry_out(house.manager, rest)
    assert statuses(rest) == ["invalid"] * done + ["done"] * (6 - done)
    assert len(sessions(title="Algebra", status=Status.SCHEDULED)) == 3
    assert (session(1).title, session(2).maximum, session(4).deleted_at) == ("Geometry", 8, NOW)
    told = [(one.batch_id, one.person_id, one.kind) for one in notices() if one.batch_id]
    assert len(told) == len(set(told))
