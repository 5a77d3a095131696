"""What checking says of the rows of a sheet of people, cell by cell."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.models.commands.uploads import correct_cell, swap_columns
from app.models.database import transaction
from app.models.errors import Refusal
from app.models.tables import Person, Program
from app.models.uploads import jobs
from app.models.uploads.reading import read_table
from app.models.words import Role
from tests.models.factories import NOW, House, do, make_house, make_member, make_organisation, make_person, make_session
from tests.models.factories import at as moment_at
from tests.models.uploads.sheets import (
    WORKER,
    carry_out,
    everything,
    flaws,
    rows_of,
    sheet,
    statuses,
    the_upload,
    upload,
)
from tests.support.roster import as_csv as written
from tests.support.roster import roster

MENTOR, MENTEE = "max@example.org", "mia@example.org"


@pytest.fixture
def house() -> House:
    """A programme whose mentor and mentee work together, one more mentor, and somebody who left."""
    make_organisation()
    made = make_house()
    name_people(made)
    make_member(made.program_id, make_person("Fay Fellow", email="fay@example.org"), Role.MENTOR)
    gone = make_person("Lea Left", email="left@example.org", deactivated_at=NOW)
    make_member(made.program_id, gone, Role.MENTEE)
    return made


def name_people(house: House) -> None:
    with transaction() as db:
        db.get_one(Person, house.mentor.person_id).email = MENTOR
        db.get_one(Person, house.mentee.person_id).email = MENTEE


UPDATE_FIRST = "Put that row before this one."
WRONG: dict[str, tuple[list[list[str]], tuple[str, str, str]]] = {
    "action": (
        [["Remove", "Anna", "", "a@example.org", "mentee"]],
        ("Action", "“Remove” is no action.", "Write Add, Update, Assign or Unassign, or leave it empty."),
    ),
    "no email": (
        [["Add", "Anna", "", "", "mentee"]],
        ("Email", "The e-mail address is missing.", "Fill it in: people are told apart by it."),
    ),
    "no address": (
        [["Add", "Anna", "", "anna at example", "mentee"]],
        ("Email", "“anna at example” is not an e-mail address.", "It looks like name@example.org, one in each row."),
    ),
    "no first name": (
        [["Add", "", "Alt", "a@example.org", "mentee"]],
        ("First name", "The first name is missing.", "Fill it in."),
    ),
    "no role": (
        [["Add", "Anna", "", "a@example.org"]],
        ("Role", "The role is missing.", "Write mentor, mentee or manager."),
    ),
    "role": (
        [["Add", "Anna", "", "a@example.org", "wizard"]],
        ("Role", "“wizard” is no role.", "Write mentor, mentee or manager."),
    ),
    "here already": (
        [["Add", "Maximilian", "", MENTOR, "mentor"]],
        (
            "Action",
            "Max Mentor is here already.",
            "Write Update, or leave Action empty, if this is the same person.",
        ),
    ),
    "unknown update": (
        [["Update", "Anna", "", "a@example.org", "mentee"]],
        (
            "Email",
            "Nobody here has the address a@example.org.",
            "Write Add in the column Action, or correct the address.",
        ),
    ),
    "gone": (
        [["", "Lea", "", "left@example.org", "mentee"]],
        ("Email", "Lea Left is no longer active.", "Reactivate them on their own page first."),
    ),
    "unknown mentor": (
        [["Add", "Anna", "", "a@example.org", "mentee", "nobody@example.org"]],
        (
            "Mentors",
            "There is no mentor nobody@example.org here.",
            "Correct the address, or add them in a row of this file.",
        ),
    ),
    "mentor that is no address": (
        [["Add", "Anna", "", "a@example.org", "mentee", "Max Mentor"]],
        (
            "Mentors",
            "“Max Mentor” is not an e-mail address.",
            "Write addresses such as name@example.org, separated by commas.",
        ),
    ),
    "oneself": (
        [["Add", "Anna", "", "a@example.org", "mentee", "a@example.org"]],
        ("Mentors", "Nobody meets themselves.", "Take this row’s own address out."),
    ),
    "wrong side": (
        [["Add", "Anna", "", "a@example.org", "mentor", MENTOR]],
        (
            "Mentors",
            "This row says that the person is mentor, not mentee.",
            "Move these addresses to Mentees, or make the role mentee.",
        ),
    ),
    "nobody to assign": (
        [["Assign", "", "", MENTEE]],
        ("Mentors", "Nobody is named.", "Give the e-mail address of at least one person."),
    ),
    "name that is an address": (
        [["Add", "a@example.org", "", "b@example.org", "mentee"]],
        ("First name", "“a@example.org” is an e-mail address, not a name.", "Swap it with the name."),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_bad_cell_is_named_with_what_would_be_right(house: House, name: str) -> None:
    rows, flaw = WRONG[name]
    upload_id = upload(house.manager, sheet(*rows))
    assert (statuses(upload_id), flaws(upload_id)) == (["invalid"], [[flaw]])


TOGETHER: dict[str, tuple[list[list[str]], list[str], tuple[int, str]]] = {
    "same row twice": (
        [["Add", "Anna", "", "a@example.org", "mentee"]] * 2,
        ["valid", "invalid"],
        (1, "Row 2 says the same."),
    ),
    "two names": (
        [["Add", "Anna", "", "a@example.org", "mentee"], ["", "Hanna", "", "a@example.org", "mentee"]],
        ["valid", "invalid"],
        (1, "Another row calls this person Anna."),
    ),
    "adder is invalid": (
        [["Add", "", "", "a@example.org", "mentor"], ["Add", "Ben", "", "b@example.org", "mentee", "a@example.org"]],
        ["invalid", "invalid"],
        (1, "Row 2, which adds a@example.org, is invalid."),
    ),
    "chain of adders": (
        [
            ["Add", "Ann", "", "a@example.org", "mentor", "", "b@example.org"],
            ["Add", "Ben", "", "b@example.org", "mentee", "c@example.org"],
            ["Add", "Cem", "", "c@example.org", "mentor", "", "nobody@example.org"],
        ],
        ["invalid", "invalid", "invalid"],
        (0, "Row 3, which adds b@example.org, is invalid."),
    ),
    "assigned and ended": (
        [["Assign", "", "", MENTEE, "", "fay@example.org"], ["Unassign", "", "", MENTEE, "", "fay@example.org"]],
        ["valid", "invalid"],
        (1, "Row 2 assigns this pair, this row ends it."),
    ),
    "updated before it is added": (
        [["Update", "Anna", "", "a@example.org"], ["Add", "Anna", "", "a@example.org", "mentee"]],
        ["invalid", "valid"],
        (0, "Row 3 adds this person."),
    ),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_rows_are_checked_against_each_other(house: House, name: str) -> None:
    rows, expected, (index, message) = TOGETHER[name]
    upload_id = upload(house.manager, sheet(*rows))
    assert (statuses(upload_id), flaws(upload_id)[index][0][1]) == (expected, message)


FINE: dict[str, list[list[str]]] = {
    "mentor in a later row": [
        ["Add", "Anna", "", "a@example.org", "student", "b@example.org"],
        ["Add", "Ben", "", "b@example.org", "Instructor"],
    ],
    "named from both sides": [
        ["Add", "Anna", "", "a@example.org", "mentee", "b@example.org"],
        ["Add", "Ben", "", "b@example.org", "coach", "", "a@example.org"],
    ],
    "several in one cell": [["Assign", "", "", MENTEE, "", f"fay@example.org; {MENTOR}"]],
    "name and address": [["Assign", "", "", MENTEE, "", "Fay <FAY@example.org>"]],
    "without an action": [["", "Anna", "Alt", "a@example.org", "mentee"]],
    "role follows from whom is named": [["", "Anna", "Alt", "a@example.org", "", MENTOR]],
    "renamed": [["Update", "Maximilian", "", MENTOR]],
}


@pytest.mark.parametrize("name", FINE)
def test_right_rows_are_valid(house: House, name: str) -> None:
    upload_id = upload(house.manager, sheet(*FINE[name]))
    assert (statuses(upload_id), flaws(upload_id)) == (["valid"] * len(FINE[name]), [[]] * len(FINE[name]))


def test_row_that_would_change_nothing_is_unchanged(house: House) -> None:
    rows = [["", "Max", "Mentor", MENTOR, "mentor", "", MENTEE], ["Unassign", "", "", MENTEE, "", "fay@example.org"]]
    assert statuses(upload(house.manager, sheet(*rows))) == ["unchanged", "unchanged"]


def test_another_name_for_a_known_address_is_warned_of(house: House) -> None:
    upload_id = upload(house.manager, sheet(["", "Moritz", "Mentor", MENTOR, "mentor"]))
    remedy = "They are renamed if you go on; correct the address if this is somebody else."
    assert statuses(upload_id) == ["valid"]
    assert flaws(upload_id) == [[("First name", "This address belongs to Max Mentor.", remedy)]]


def test_second_name_in_a_sheet_stays_wrong_when_the_sheet_comes_again(house: House) -> None:
    rows = [["", "Anna", "", "a@example.org", "mentee"], ["", "Hanna", "", "a@example.org", "mentee"]]
    carry_out(house.manager, upload(house.manager, sheet(*rows)))
    again = upload(house.manager, sheet(*rows))
    assert statuses(again) == ["unchanged", "invalid"]
    flaw = ("First name", "Another row calls this person Anna.", "Write the same name in both rows.")
    assert flaws(again)[1] == [flaw]


def test_role_that_is_none_is_answered_in_the_programmes_own_words(house: House) -> None:
    with transaction() as db:
        program = db.get_one(Program, house.program_id)
        program.mentor_word, program.mentee_word = "coach", "coachee"
    upload_id = upload(house.manager, sheet(["Add", "Anna", "", "a@example.org", "wizard"]))
    assert flaws(upload_id) == [[("Role", "“wizard” is no role.", "Write coach, coachee or manager.")]]


def test_sessions_ahead_are_told_before_an_assignment_ends(house: House) -> None:
    make_session(house, moment_at(3))
    upload_id = upload(house.manager, sheet(["Unassign", "", "", MENTEE, "", MENTOR]))
    assert [flaw[1] for flaw in flaws(upload_id)[0]] == ["1 arranged session with Max Mentor lies ahead."]


def test_foreign_people_stay_unknown_to_a_programmes_manager(house: House) -> None:
    make_house(name="Elsewhere")
    stranger = make_person("Sven Secret", email="sven@example.org")
    make_member(house.program_id + 1, stranger, Role.MENTOR)
    rows = [["", "Anna", "", "sven@example.org", "mentee"], ["Assign", "", "", MENTEE, "", "sven@example.org"]]
    upload_id = upload(house.manager, sheet(*rows))
    assert statuses(upload_id) == ["invalid", "invalid"]
    assert "Secret" not in str([row.model_dump() for row in rows_of(upload_id)])


def test_programme_that_is_not_theirs_is_refused(house: House) -> None:
    make_house(name="Elsewhere")
    headings = ("First name", "Email", "Role", "Programme")
    content = sheet(["Anna", "a@example.org", "mentee", "Elsewhere"], headings=headings)
    upload_id = upload(house.manager, content)
    expected = ("Programme", "You have no programme “Elsewhere”.", "Write one such as “Reading”.")
    assert flaws(upload_id) == [[expected]]


def test_headings_are_known_in_any_case_order_and_by_other_names(house: House) -> None:
    headings = ("E-MAIL (work)", "surname", "Given name", "User type", "time-zone", "Shoe size")
    content = sheet(["a@example.org", "Alt", "Anna", "STUDENT", "europe/berlin", "38"], headings=headings)
    row = rows_of(upload(house.manager, content))[0]
    assert (row.status, row.plan["person"]["zone"], row.cells["Shoe size"]) == ("valid", "Europe/Berlin", "38")


def test_file_without_addresses_is_refused(house: House) -> None:
    with pytest.raises(Refusal) as refused:
        upload(house.manager, b"Name,Phone\nAnna,123\n")
    assert refused.value.problems[0].message == "This file has no column Email. Its first row has “Name”, “Phone”."


def test_swapped_columns_are_recognised_and_can_be_put_right(house: House) -> None:
    rows = [["Add", f"p{i}@example.org", "", f"Person {i}", "mentee"] for i in range(4)]
    upload_id = upload(house.manager, sheet(*rows))
    assert the_upload(upload_id).options["swapped"] == ["Email", "First name"]
    do(swap_columns, house.manager, upload_id, "Email", "First name")
    jobs.work_once(WORKER)
    assert (statuses(upload_id), the_upload(upload_id).options["swapped"]) == (["valid"] * 4, [])


def test_corrected_cell_puts_right_the_rows_that_depend_on_it(house: House) -> None:
    upload_id = upload(house.manager, sheet(*TOGETHER["chain of adders"][0]))
    last = rows_of(upload_id)[2]
    do(correct_cell, house.manager, upload_id, last.id, "Mentees", "")
    assert (statuses(upload_id), flaws(upload_id)) == (["valid"] * 3, [[], [], []])


def test_missing_column_can_be_filled_in(house: House) -> None:
    upload_id = upload(house.manager, sheet(["Anna", "a@example.org"], headings=("First name", "Email")))
    assert flaws(upload_id)[0][0][0] == "Role"
    do(correct_cell, house.manager, upload_id, rows_of(upload_id)[0].id, "Role", "mentee")
    assert (statuses(upload_id), the_upload(upload_id).columns) == (["valid"], ["First name", "Email", "Role"])


def test_nothing_is_written_before_it_is_confirmed(house: House) -> None:
    before = everything()
    upload_id = upload(house.manager, sheet(["Add", "Anna", "", "a@example.org", "mentee", MENTOR]))
    do(correct_cell, house.manager, upload_id, rows_of(upload_id)[0].id, "First name", "Hanna")
    assert everything() == before


def test_checking_reads_as_often_for_many_rows_as_for_one(
    house: House, count_reads: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    counts = []
    for people in (2, 60):
        content = written(roster(people=people, pairs=people, mentors=1))
        read_table(content)
        with count_reads() as seen:
            upload(house.manager, content)
        counts.append(len(seen))
    assert counts[0] == counts[1]
