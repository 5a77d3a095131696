"""The insights' files: for managers, with the page's filters, and nothing in them that a spreadsheet would run."""

import csv
import io
from datetime import date

import httpx
import pytest

from app.delivery import insights
from app.models.database import transaction
from app.models.insights import Part
from app.models.queries.logins import LOGIN_COOKIE
from app.models.tables import Login, Person, Program
from app.models.words import Rank, Status
from tests.delivery.conftest import migrated
from tests.models.conftest import clock_at, empty
from tests.models.factories import House, at, make_house, make_organisation, make_person, make_session, rows_of
from tests.state.callers import signed_in
from tests.support.asgi import Asking

__all__ = ["clock_at", "empty", "migrated"]

MARCH = "from=2026-03-02&to=2026-03-15"


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    made = make_house()
    make_session(made, at(1), 90, status=Status.COMPLETED)
    make_session(made, at(8), status=Status.MISSED)
    make_session(made)
    return made


def ask(person_id: int, part: str, query: str = MARCH) -> httpx.Response:
    with transaction() as db:
        for login in rows_of(Login):
            db.delete(login)
    browser = Asking(insights.ROUTES, cookie=f"{LOGIN_COOKIE}={signed_in(person_id)}")
    return browser.get(f"/insights/{part}.csv?{query}")


def rows(person_id: int, part: str, query: str = MARCH) -> list[list[str]]:
    answer = ask(person_id, part, query)
    assert answer.headers["content-disposition"] == f'attachment; filename="insights-{part}.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_weeks(house: House) -> None:
    shown = ["Completed", "Missed", "Cancelled", "Awaiting outcome", "In progress", "Scheduled", "Pending confirmation"]
    assert rows(house.manager.person_id, Part.WEEKS) == [
        ["Week of (Monday)", *shown, "All"],
        ["2026-03-02", "1", "0", "0", "0", "0", "0", "0", "1"],
        ["2026-03-09", "0", "1", "0", "0", "0", "0", "0", "1"],
    ]


def test_attendance(house: House) -> None:
    assert rows(house.manager.person_id, Part.ATTENDANCE) == [
        ["Week of (Monday)", "Kind", "Seats", "Came", "Did not come", "Attendance %", "No-show %"],
        ["2026-03-02", "One-to-one", "2", "2", "0", "100.0", "0.0"],
        ["2026-03-02", "Group", "0", "0", "0", "", ""],
        ["2026-03-09", "One-to-one", "2", "0", "2", "0.0", "100.0"],
        ["2026-03-09", "Group", "0", "0", "0", "", ""],
    ]


def test_hours_relationships_and_programmes(house: House) -> None:
    manager = house.manager.person_id
    assert rows(manager, Part.HOURS)[1:] == [["Max Mentor", house.mentor.email, "1", "1.5", "0", "1.5"]]
    began = f"{date(2026, 3, 2)}"
    last = [["Max Mentor", "Mia Mentee", "Reading", "1", "3", "2026-03-03", began, f"{house.relationship_id}"]]
    assert rows(manager, Part.WAITING)[1:] == last
    assert rows(manager, Part.PROGRAMS)[1:] == [["Reading", "1", "1", "1", "1", "50.0", "", "0"]]


def test_nothing_in_a_file_is_run_by_a_spreadsheet(house: House) -> None:
    with transaction() as db:
        db.get_one(Person, house.mentor.person_id).first_name = "=cmd()|calc"
        db.get_one(Program, house.program_id).name = "@SUM(A1)"
    manager = house.manager.person_id
    assert rows(manager, Part.HOURS)[1][0] == "'=cmd()|calc Mentor"
    assert rows(manager, Part.WAITING)[1][::2][:2] == ["'=cmd()|calc Mentor", "'@SUM(A1)"]
    assert rows(manager, Part.PROGRAMS)[1][0] == "'@SUM(A1)"


def test_files_follow_the_filters(house: House) -> None:
    other = make_house(name="Singing")
    owner = make_person(rank=Rank.OWNER)
    assert [row[0] for row in rows(owner, Part.PROGRAMS)[1:]] == ["Reading", "Singing"]
    assert [row[0] for row in rows(owner, Part.PROGRAMS, f"program={other.program_id}")[1:]] == ["Singing"]
    assert len(rows(owner, Part.WEEKS, "period=26")) == 27


@pytest.mark.parametrize("part", list(Part))
def test_others_find_nothing(house: House, part: Part) -> None:
    other = make_house(name="Singing")
    assert Asking(insights.ROUTES).get(f"/insights/{part}.csv").status_code == 404
    for who in (house.mentor, house.mentee):
        assert ask(who.person_id, part).status_code == 404
    assert ask(house.manager.person_id, part, f"program={other.program_id}").status_code == 404


def test_there_are_no_other_parts(house: House) -> None:
    assert ask(house.manager.person_id, "people").status_code == 404
