"""The files of the session list are given to managers, those of a session's people to its host too."""

import pytest

from app.delivery import session_files
from app.models.queries.logins import LOGIN_COOKIE
from app.models.uploads.reading import read_table
from tests.delivery.conftest import migrated
from tests.models.conftest import clock_at, empty
from tests.models.factories import House, at, make_group, make_house, make_organisation, make_session, make_strangers
from tests.state.callers import signed_in
from tests.support.asgi import Asking

__all__ = ["clock_at", "empty", "migrated"]


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    return make_house()


def browser(person_id: int) -> Asking:
    return Asking(session_files.ROUTES, cookie=f"{LOGIN_COOKIE}={signed_in(person_id)}")


def test_list_is_given_as_csv_and_as_xlsx(house: House) -> None:
    make_session(house, at(1), title="=SUM(A1)")
    make_group(house, at(2), title="Ünïcode, “quoted”\nand more")
    manager = browser(house.manager.person_id)
    given = {ending: manager.get(f"/sessions/export.{ending}?show=all") for ending in ("csv", "xlsx")}
    names = [answer.headers["content-disposition"] for answer in given.values()]
    assert names == ['attachment; filename="sessions.csv"', 'attachment; filename="sessions.xlsx"']
    assert given["csv"].content.startswith("\ufeffID,Title,Mentor".encode())
    assert "'=SUM(A1)" in given["csv"].text
    assert read_table(given["csv"].content) == read_table(given["xlsx"].content)


def test_file_holds_what_the_address_asks_for(house: House) -> None:
    one, two = make_session(house, at(1)), make_group(house, at(2))
    manager = browser(house.manager.person_id)
    firsts = {
        query: [line.cells[0] for line in read_table(manager.get(f"/sessions/export.csv?{query}").content).lines]
        for query in ("type=one_to_one", f"ids={two},x,{'9' * 40}", "sort=title&down=1")
    }
    assert list(firsts.values()) == [[str(one)], [str(two)], [str(two), str(one)]]


def test_people_of_a_session_are_given_to_managers_and_its_host(house: House) -> None:
    session_id = make_group(house, at(1), [house.mentee.person_id])
    path = f"/sessions/{session_id}/people.csv"
    headings = [read_table(browser(who.person_id).get(path).content).columns for who in (house.manager, house.mentor)]
    assert headings == [("Name", "E-mail", "Status", "Attendance"), ("Name", "Status", "Attendance")]


def test_others_get_nothing(house: House) -> None:
    session_id = make_group(house, at(1), [house.mentee.person_id])
    strangers = make_strangers(house)
    lists, people = ("/sessions/export.csv", "/sessions/export.xlsx"), f"/sessions/{session_id}/people.csv"
    mentor, mentee = browser(house.mentor.person_id), browser(house.mentee.person_id)
    asked = [who.get(path) for who in (mentor, mentee, Asking(session_files.ROUTES)) for path in lists]
    outsiders = (mentee, browser(strangers["foreign manager"]), browser(strangers["fellow mentor"]))
    asked += [who.get(people) for who in (*outsiders, Asking(session_files.ROUTES))]
    wrong = ("/sessions/export.exe", f"/sessions/{'9' * 5000}/people.csv", "/sessions/x/people.csv")
    manager = browser(house.manager.person_id)
    asked += [manager.get(path) for path in wrong]
    assert [one.status_code for one in asked] == [404] * len(asked)
