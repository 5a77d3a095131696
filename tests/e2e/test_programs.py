"""The programmes' pages as managers use them."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.models.database import reading
from app.models.tables import Program
from app.models.words import Rank
from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, confirm, expect_closed, press
from tests.support.pages import visit
from tests.support.servers import Server


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    make.empty_tables()
    make.make_organisation()
    return Meetings(site, new_page, make.make_house())


def open_as(meetings: Meetings, person_id: int, path: str, **options: object) -> Page:
    page = meetings.sign_in(make.viewer(person_id), **options)
    visit(page, meetings.server.base_url + path)
    return page


def program(program_id: int) -> Program:
    with reading() as db:
        return db.get_one(Program, program_id)


def test_owner_of_an_empty_organisation_is_led_to_programme_and_people(site: Server, new_page: PageFactory) -> None:
    make.empty_tables()
    make.make_organisation()
    owner = make.make_person("Olga Owner", rank=Rank.OWNER)
    page = open_as(Meetings(site, new_page, None), owner, "/programs")  # pyright: ignore[reportArgumentType]
    expect(page.get_by_role("heading", name="Your first programme")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="New programme").click()
    press(page, "Create")
    expect(page.get_by_text("The name is missing.")).to_be_visible()
    expect(page.get_by_label("Name")).to_be_focused()
    page.get_by_label("Name").fill("Summer coaching")
    page.get_by_label("Kind").select_option(label="Coaching: coaches and coachees")
    press(page, "Create")
    expect(page).to_have_url(re.compile(r"/programs/\d+$"))
    expect(page.get_by_label("One who leads")).to_have_value("coach")
    page.get_by_role("link", name="Members").click()
    expect(page.get_by_role("heading", name="Nobody is here yet")).to_be_visible()
    expect(page.get_by_role("link", name="New person")).to_have_attribute("href", "/people/new")
    page.get_by_role("button", name="Add member").last.click()
    found = page.get_by_role("combobox", name="Person")
    found.fill("olga")
    found.press("ArrowDown")
    expect(page.get_by_role("option", name="Olga Owner")).to_be_visible()
    found.press("Enter")
    expect(page.get_by_label("Joins the")).to_be_focused()
    page.get_by_label("Joins the").select_option(label="Coaches")
    page.get_by_role("dialog").get_by_label("Cohort").fill("Spring 2027")
    confirm(page, "Add")
    expect_closed(page)
    row = page.get_by_role("row", name=re.compile("Olga Owner"))
    expect(row).to_contain_text("Coach")
    expect(row).to_contain_text("Spring 2027")
    expect(page.get_by_role("button", name="Rename Spring 2027")).to_be_visible()


def test_programmes_manager_changes_words_types_and_reminders_by_keyboard(meetings: Meetings) -> None:
    number = meetings.house.program_id
    with make.transaction() as db:
        db.get_one(Program, number).session_types = ["Online", "Call"]
    page = open_as(meetings, meetings.house.manager.person_id, f"/programs/{number}")
    expect(page.get_by_role("heading", name="Archive")).to_have_count(0)
    page.get_by_label("Kind").select_option(label="Tutoring")
    expect(page.get_by_label("One who leads")).to_have_value("instructor")
    page.get_by_label("One who leads").fill("Tutor")
    page.get_by_label("Session type 1").fill("Video")
    page.get_by_role("button", name="Move Call up").press("Enter")
    expect(page.get_by_label("Session type 1")).to_have_value("Call")
    expect(page.get_by_label("Session type 2")).to_have_value("Video")
    expect(page.get_by_text("Now number 1 of 2.")).to_be_attached()
    expect(page.get_by_label("Session type 1")).to_be_focused()
    press(page, "Add a type")
    expect(page.get_by_label("Session type 3")).to_be_focused()
    page.keyboard.type("On a walk")
    page.get_by_label("The other person confirms a booking").check()
    page.get_by_label("A day before", exact=True).check()
    page.get_by_label("Others", exact=True).fill("soon")
    press(page, "Save")
    expect(page.get_by_text("“soon” cannot be read.")).to_be_visible()
    expect(page.get_by_label("Others", exact=True)).to_be_focused()
    page.get_by_label("Others", exact=True).fill("3 days, 30 min")
    press(page, "Save")
    expect(page.get_by_text("Saved. Sessions that exist stay as they are.")).to_be_visible()
    kept = program(number)
    assert (kept.mentor_word, kept.mentees_word, kept.asks_confirmation) == ("tutor", "students", True)
    assert (kept.session_types, kept.reminder_minutes) == (["Call", "Video", "On a walk"], [4320, 1440, 30])


def test_second_of_two_managers_is_told_and_loses_nothing(meetings: Meetings) -> None:
    path = f"/programs/{meetings.house.program_id}"
    first = open_as(meetings, meetings.house.manager.person_id, path)
    second = open_as(meetings, meetings.house.manager.person_id, path, locale="en-US")
    for page, name in ((first, "Reading aloud"), (second, "Reading quietly")):
        page.get_by_label("Name", exact=True).fill(name)
    for page in (first, second):
        if page is first:
            page.get_by_role("button", name="Add a type").click()
            page.get_by_label("Session type 1").fill("Online")
            press(page, "Save")
            expect(page.get_by_text("Saved.")).to_be_visible()
    expect(second.get_by_text("Somebody else changed these settings meanwhile.")).to_be_visible()
    expect(second.get_by_label("Name", exact=True)).to_have_value("Reading quietly")
    press(second, "Show what is stored")
    expect(second.get_by_label("Name", exact=True)).to_have_value("Reading aloud")


def test_member_with_work_to_do_stays_and_the_other_is_named(meetings: Meetings) -> None:
    page = open_as(meetings, meetings.house.manager.person_id, f"/programs/{meetings.house.program_id}?part=members")
    press(page, "Remove Max Mentor, Mentor")
    confirm(page, "Remove")
    expect(page.get_by_text("Max Mentor still works with Mia Mentee in Reading.")).to_be_visible()
    confirm(page, "Keep")
    expect_closed(page)
    press(page, "Change the cohort of Mia Mentee, Mentee")
    page.get_by_role("dialog").get_by_label("Cohort").fill("Autumn")
    confirm(page, "Save")
    expect(page.get_by_role("row", name=re.compile("Mia Mentee"))).to_contain_text("Autumn")
    press(page, "Rename Autumn")
    page.get_by_role("dialog").get_by_label("Name").fill("Winter")
    confirm(page, "Save")
    expect(page.get_by_role("row", name=re.compile("Mia Mentee"))).to_contain_text("Winter")
    page.get_by_label("Search members by name or e-mail").fill("mía")
    expect(page.get_by_role("row", name=re.compile("Max Mentor"))).to_have_count(0)


def test_owner_archives_after_one_question_and_restores(meetings: Meetings) -> None:
    owner = make.make_person("Olga Owner", rank=Rank.OWNER)
    page = open_as(meetings, owner, f"/programs/{meetings.house.program_id}")
    press(page, "Archive the programme …")
    expect(page.get_by_role("dialog")).to_contain_text("Nothing new can be booked in it")
    confirm(page, "Archive")
    expect(page.get_by_text("This programme is archived: nothing new can be booked in it.")).to_be_visible()
    visit(page, f"{meetings.server.base_url}/programs")
    expect(page.get_by_role("heading", name="No programme is running")).to_be_visible()
    page.get_by_role("link", name="See the archived ones").click()
    page.get_by_role("link", name="Reading").click()
    press(page, "Restore the programme")
    expect(page.get_by_text("Reading runs again.")).to_be_visible()
    assert program(meetings.house.program_id).archived_at is None


def test_programmes_are_closed_to_everybody_else(meetings: Meetings) -> None:
    page = open_as(meetings, meetings.house.mentor.person_id, f"/programs/{meetings.house.program_id}")
    expect(page.get_by_text("This is for managers only.").first).to_be_visible()
    expect(page.get_by_label("One who leads")).to_have_count(0)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_programmes_are_accessible(meetings: Meetings, size: str) -> None:
    owner = make.make_person("Olga Owner", rank=Rank.OWNER)
    long = make.make_program(name="Programme of an endless name " * 8)
    options = {"viewport": PHONE if size == "phone" else DESKTOP}
    page = open_as(meetings, owner, "/programs", **options)
    base = meetings.server.base_url
    for path, text in (
        ("/programs", "Programme of an endless name"),
        (f"/programs/{long}", "One who leads"),
        (f"/programs/{meetings.house.program_id}?part=members", "Mia Mentee"),
    ):
        visit(page, base + path)
        expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
