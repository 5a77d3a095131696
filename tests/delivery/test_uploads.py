"""The doors of uploaded files: who may bring one, what is taken, what is given out."""

from functools import partial

import pytest

from app.delivery.uploads import ROUTES
from app.models.database import transaction
from app.models.tables import Membership, Organisation, Program
from app.models.uploads.reading import Line, read_table
from app.models.words import Role
from tests.delivery.doors import open_doors
from tests.delivery.world import NOW, World
from tests.support.asgi import Asking

FILE = b"First name,Email,Role,Mentors\r\nAnna,anna@example.org,mentee,\r\n=Bob,bob@example.org,wizard,\r\n"
JSON = {"accept": "application/json"}
SOMEBODY, NOBODY = "maria@northlight.example", ""
browser_of = partial(open_doors, ROUTES)


@pytest.fixture
def people(world: World) -> World:
    """Maria manages the organisation, Paul the programme, Eve another one; Barbara mentors."""
    world.manager()
    elsewhere = world.save(Program(name="Elsewhere", created_at=NOW))
    for name, program_id in (("paul", world.program.id), ("eve", elsewhere.id)):
        person = world.person(f"{name}@northlight.example", name.title())
        world.save(Membership(program_id=program_id, person_id=person.id, role=Role.MANAGER, created_at=NOW))
    world.save(Membership(program_id=world.program.id, person_id=world.barbara.id, role=Role.MENTOR, created_at=NOW))
    return world


def send(browser: Asking, content: bytes, name: str = "people.csv", **headers: str) -> tuple[int, dict[str, str]]:
    answer = browser.post("/uploads/people", files={"file": (name, content)}, headers=JSON | headers)
    is_json = answer.headers["content-type"].startswith("application/json")
    return answer.status_code, answer.json() if is_json else {"text": answer.text}


def test_file_is_taken_in_and_its_result_given_out(people: World) -> None:
    browser = browser_of("paul@northlight.example")
    assert send(browser, FILE) == (200, {"path": "/people/upload?id=1"})
    given = browser.get("/uploads/1/result.csv")
    assert given.headers["content-disposition"] == 'attachment; filename="meridian-upload-1-result.csv"'
    assert given.content.startswith("\ufeff".encode())
    assert b"'=Bob" in given.content
    workbook = read_table(browser.get("/uploads/1/result.xlsx").content)
    assert workbook == read_table(given.content)
    assert workbook.lines[0] == Line(2, ("Anna", "anna@example.org", "mentee", ""))


def test_numbers_that_no_id_has_are_answered_in_words(people: World) -> None:
    browser, endless = browser_of("paul@northlight.example"), "9" * 5_000
    assert [browser.get(f"/uploads/{one}/result.csv").status_code for one in (endless, "x", "0")] == [404, 404, 404]
    answers = [
        browser.post("/uploads/people", files={"file": ("people.csv", FILE)}, data={"program": one}, headers=JSON)
        for one in (endless, "²", "0")
    ]
    assert [(one.status_code, one.json()) for one in answers] == [
        (422, {"problem": "This programme was not found. Choose another one."})
    ] * 3


def test_browser_without_scripts_is_led_to_the_page(people: World) -> None:
    browser = browser_of(SOMEBODY)
    taken = browser.post("/uploads/people", files={"file": ("people.csv", FILE)})
    refused = browser.post("/uploads/people", files={"file": ("people.csv", b"")})
    assert (taken.status_code, taken.headers["location"]) == (303, "/people/upload?id=1")
    assert (refused.status_code, refused.headers["location"]) == (303, "/people/upload")
    assert "meridian_said" in refused.headers["set-cookie"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "No file was chosen. Choose a CSV or XLSX file."),
        (b"\x89PNG\r\n\x1a\n0000", "This is a picture (PNG), whatever its name says. "),
        (b"a" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB. "),
        (b"Name,Phone\r\nAnna,1\r\n", "This file has no column Email. "),
    ],
)
def test_what_is_no_file_of_people_is_refused(people: World, content: bytes, problem: str) -> None:
    browser = browser_of(SOMEBODY)
    status, said = send(browser, content, name="people.csv" if content else "")
    assert (status, said["problem"][: len(problem)]) == (422, problem)


def test_thirty_megabytes_are_refused_before_they_are_read(people: World) -> None:
    headers = JSON | {"content-length": str(30 * 1024 * 1024), "content-type": "multipart/form-data; boundary=x"}
    answer = browser_of(SOMEBODY).post("/uploads/people", content=b"a" * 30 * 1024, headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize("who", [NOBODY, "barbara@northlight.example", "arjun@northlight.example"])
def test_who_manages_nothing_finds_no_door(people: World, who: str) -> None:
    send(browser_of(SOMEBODY), FILE)
    browser = browser_of(who)
    paths = ("/uploads/people/sample.csv", "/uploads/1/result.csv", "/uploads/1/result.xlsx")
    assert send(browser, FILE) == (404, {"text": "This page was not found."})
    assert [browser.get(path).status_code for path in paths] == [404, 404, 404]


def test_upload_of_another_is_found_by_the_organisations_managers_only(people: World) -> None:
    send(browser_of("paul@northlight.example"), FILE)
    statuses = [
        browser_of(f"{who}@northlight.example").get("/uploads/1/result.csv").status_code for who in ("eve", "maria")
    ]
    assert statuses == [404, 200]


def test_form_of_another_site_is_refused(people: World) -> None:
    assert send(browser_of(SOMEBODY), FILE, origin="https://evil.example")[0] == 403


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_sample_has_the_organisations_words(people: World, ending: str) -> None:
    with transaction() as db:
        db.get_one(Organisation, 1).kind = "tutoring"
    sample = read_table(browser_of(SOMEBODY).get(f"/uploads/people/sample.{ending}").content)
    assert (sample.columns[3], sample.columns[-2:], len(sample.lines)) == ("Email", ("Instructors", "Students"), 4)


def test_other_endings_are_not_found(people: World) -> None:
    browser = browser_of(SOMEBODY)
    assert [browser.get(path).status_code for path in ("/uploads/people/sample.exe", "/uploads/9/result.csv")] == [
        404,
        404,
    ]
