"""What checking says of the rows of a sheet of sessions: against what is stored, and against the rows before them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.models.words import Role
from tests.models.factories import House, at, make_house, make_member, make_person, make_session
from tests.models.uploads.session_sheets import (
    AT,
    FAY,
    ID,
    MENTEE,
    MENTEES_CELL,
    MENTOR,
    MENTOR_CELL,
    OTHERS,
    Row,
    create,
    delete,
    edit,
    public,
    sheet,
    upload,
)
from tests.models.uploads.sheets import Flaw, everything, flaws, rows_of, statuses

ALGEBRA = "“Algebra” (ID 1) on Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)"
NEW = "Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1)"
UNFIT: dict[str, tuple[Row, Flaw]] = {
    "programme": (
        create(program="Elsewhere"),
        ("Programme", "You have no programme “Elsewhere”.", "Write one such as “Reading”."),
    ),
    "no ID": (
        edit(1, id="", title="Geometry"),
        (ID, "The ID is missing.", "Write the session’s number: it is in the result file."),
    ),
    "ID": (edit(1, id="A1"), (ID, "“A1” is no session ID.", "Write its number, such as 128.")),
    "unknown session": (
        edit(99, title="Geometry"),
        (ID, "There is no session 99 here.", "Look its ID up in the result file, or in the session’s address."),
    ),
    "type changed": (
        edit(1, type="Public"),
        (
            "type",
            "The type cannot change after publishing: this session is private.",
            "Write Private, or create another session.",
        ),
    ),
    "mentor changed": (
        edit(1, mentor=FAY),
        (
            MENTOR_CELL,
            f"The mentor cannot change after publishing: this is {MENTOR}’s session.",
            f"Write {MENTOR}, or create another session.",
        ),
    ),
    "mentee changed": (
        edit(1, mentees=OTHERS[0]),
        (
            MENTEES_CELL,
            f"The mentee of one-to-one mentoring cannot change: it is {MENTEE}.",
            f"Write {MENTEE}, or create another session.",
        ),
    ),
    "edit more than places": (
        edit(2, mentees=", ".join(OTHERS)),
        (
            MENTEES_CELL,
            "2 places are left, and this would invite 3.",
            "Name fewer, or raise the Maximum.",
        ),
    ),
    "fewer places than invited": (
        edit(2, mentees=", ".join(OTHERS[:2]), maximum="2"),
        (
            MENTEES_CELL,
            "One place is left, and this would invite 2.",
            "Name fewer, or raise the Maximum.",
        ),
    ),
    "live": (
        edit(3, title="Geometry"),
        ("title", "This session has started: only its platform, link and passcode can change.", "Empty this cell."),
    ),
    "live deleted": (
        delete(3),
        (ID, "This session has started, so it can no longer be changed or cancelled.", "Take this row out."),
    ),
    "completed": (
        edit(5, title="Geometry"),
        (ID, "This session is completed, so it cannot be edited.", "Take this row out."),
    ),
    "new with ID": (
        create(id="77"),
        (ID, "A new session has no ID yet.", "Empty this cell, or write Edit in the column Action."),
    ),
    "created already": (
        create(id="1"),
        (
            "Action",
            "Session 1, “Algebra”, was created already.",
            "Take this row out, or write Edit to change the session.",
        ),
    ),
    "mentor busy": (
        create(mentees=OTHERS[0], day="05-03-2026", zone="Europe/Berlin", at="17:30"),
        (
            AT,
            "Max Mentor has “Algebra” (ID 1) on Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
            "Choose another time.",
        ),
    ),
    "mentor touches": (
        public(day="05-03-2026", zone="UTC", at="17:00"),
        (
            AT,
            f"Max Mentor has {ALGEBRA}. These sessions may not touch: leave a gap.",
            "Choose another time.",
        ),
    ),
    "mentee busy": (
        create(mentor=FAY, day="05-03-2026", zone="UTC", at="16:30"),
        (
            AT,
            "Mia Mentee has “Algebra” (ID 1) on Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
            "Choose another time.",
        ),
    ),
    "exists": (
        create(day="05-03-2026", zone="UTC", at="16:00"),
        (
            "Action",
            "This session exists already: ID 1, “Algebra”, Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
            "Take this row out, or write Edit and the ID 1 to change it.",
        ),
    ),
    "moved onto another": (
        edit(1, day="06-03-2026"),
        (
            AT,
            "Max Mentor has “Chess” (ID 2) on Fri 6 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
            "Choose another time.",
        ),
    ),
}


@pytest.mark.parametrize("name", UNFIT)
def test_row_that_does_not_fit_what_is_stored_is_refused(house: House, name: str) -> None:
    row, flaw = UNFIT[name]
    upload_id = upload(house.manager, sheet(row))
    assert (statuses(upload_id), flaws(upload_id)) == (["invalid"], [[flaw]])


TOGETHER: dict[str, tuple[list[Row], list[str], tuple[int, str]]] = {
    "same row twice": ([create(), create()], ["valid", "invalid"], (1, "Row 2 says the same.")),
    "rows that clash": (
        [create(), public(at="13:30", title="Geometry")],
        ["valid", "invalid"],
        (1, "Row 2 gives Max Mentor a session on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1)."),
    ),
    "rows that touch": (
        [create(), public(at="14:00", title="Geometry")],
        ["valid", "invalid"],
        (
            1,
            f"Row 2 gives Max Mentor a session on {NEW}. These sessions may not touch: leave a gap.",
        ),
    ),
    "mentee twice": (
        [create(), create(mentor=FAY)],
        ["valid", "invalid"],
        (1, "Row 2 gives Mia Mentee a session on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1)."),
    ),
    "one session twice": (
        [edit(1, title="Geometry"), delete(1)],
        ["valid", "invalid"],
        (1, "Row 2 is about the same session."),
    ),
    "invalid rows count for none": ([create(title=""), create(details="Other")], ["invalid", "valid"], (0, "")),
    "deleted before": (
        [delete(1), create(day="05-03-2026", zone="UTC", at="16:00")],
        ["valid", "valid"],
        (0, ""),
    ),
    "deleted after": (
        [create(day="05-03-2026", zone="UTC", at="16:00"), delete(1)],
        ["invalid", "valid"],
        (0, "This session exists already: ID 1, “Algebra”, Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)."),
    ),
    "moved away before": (
        [edit(1, at="10:00", zone="Europe/Berlin"), create(day="05-03-2026", zone="UTC", at="16:00")],
        ["valid", "valid"],
        (0, ""),
    ),
    "moved into one another": (
        [edit(1, day="06-03-2026", at="10:00"), edit(2, at="10:30")],
        ["valid", "invalid"],
        (1, "Row 2 gives Max Mentor a session on Fri 6 Mar 2026, 10:00–11:00 (Berlin time, UTC+1)."),
    ),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_rows_are_checked_against_those_before(house: House, name: str) -> None:
    rows, expected, (index, message) = TOGETHER[name]
    upload_id = upload(house.manager, sheet(*rows))
    found = flaws(upload_id)[index]
    assert statuses(upload_id) == expected
    assert not message or found[0][1] == message


def test_foreign_sessions_and_people_stay_unknown_to_a_programmes_manager(house: House) -> None:
    other = make_house(name="Elsewhere")
    foreign = make_session(other, at(6), title="Secret")
    stranger = make_person("Sven Secret", email="sven@example.org")
    make_member(other.program_id, stranger, Role.MENTOR)
    upload_id = upload(house.manager, sheet(delete(foreign), create(mentor="sven@example.org")))
    assert statuses(upload_id) == ["invalid", "invalid"]
    assert "Secret" not in str([row.model_dump() for row in rows_of(upload_id)])


def test_nothing_is_written_by_checking(house: House) -> None:
    before = everything()
    upload(house.manager, sheet(create(), edit(1, title="Geometry"), delete(2)))
    assert everything() == before


def test_checking_reads_as_often_for_many_rows_as_for_one(
    house: House, count_reads: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    counts = []
    for number in (1, 30):
        rows = [create(day=f"{one + 1:02d}-04-2026") for one in range(number)]
        with count_reads() as seen:
            upload(house.manager, sheet(*rows))
        counts.append(len(seen))
    assert counts[0] == counts[1]
