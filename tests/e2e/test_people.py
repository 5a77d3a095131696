"""The list of people and the wizard for a new one, in a browser: by mouse, by keys alone, on desks and phones."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import col, select

from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.tables import Notice, Person, PersonTag, Relationship
from app.models.words import Rank, Role
from tests.e2e.conftest import PHONE, PageFactory, ServerFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, database_of, press
from tests.support.pages import visit, wait_until_live
from tests.support.servers import Server

TUTORING = {"mentor_word": "instructor", "mentors_word": "instructors"}
TUTORING |= {"mentee_word": "student", "mentees_word": "students", "kind": "tutoring"}


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    return Meetings(site, new_page, make.make_house(**TUTORING))


def go(meetings: Meetings, who: Viewer, path: str, **options) -> Page:
    page = meetings.sign_in(who, **options)
    visit(page, f"{meetings.server.base_url}{path}")
    return page


def rows(page: Page) -> Locator:
    return page.locator(".people-table tbody tr")


def add_instructor(meetings: Meetings, name: str) -> int:
    person_id = make.make_person(name)
    make.make_member(meetings.house.program_id, person_id, Role.MENTOR)
    return person_id


def fill_details(page: Page, email: str) -> None:
    page.get_by_label("First name", exact=True).fill("Nina")
    page.get_by_label("Last name", exact=True).fill("Nguyễn")
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_label("Tags").fill("Chess, Art")


def choose(page: Page, typed: str, name: str, others: str = "Instructors") -> None:
    box = page.get_by_role("combobox", name=f"Search {others}")
    box.fill(typed)
    expect(page.locator("[data-combobox]", has=box)).to_have_attribute("data-found-for", typed)
    page.get_by_role("option", name=name).click()
    expect(page.locator(".wizard-people", has_text=name)).to_be_visible()
    expect(box).to_have_value("")


def mentors_of(email: str) -> list[int]:
    with reading() as db:
        query = select(Relationship.mentor_id).join(Person, col(Person.id) == Relationship.mentee_id)
        return sorted(db.exec(query.where(Person.email == email)))


def test_list_is_searched_filtered_shared_and_cleared(meetings: Meetings) -> None:
    other = add_instructor(meetings, "Łukasz Nowak")
    with transaction() as db:
        db.add(PersonTag(person_id=other, name="Evening"))
    page = go(meetings, meetings.house.manager, "/people")
    expect(page.get_by_role("heading", name="Users")).to_be_visible()
    expect(rows(page)).to_have_count(4)
    assert_accessible(page)
    page.get_by_label("Role").select_option(label="Instructors")
    expect(rows(page)).to_have_count(2)
    page.get_by_label("Assignments").select_option(label="Not assigned")
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Łukasz Nowak")
    expect(page).to_have_url(f"{meetings.server.base_url}/people?role=mentor&assigned=no")
    page.reload()
    wait_until_live(page)
    expect(page.get_by_label("Role")).to_have_value("mentor")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("searchbox", name="Search").fill("maks")
    expect(page.get_by_role("heading", name="Nobody fits")).to_be_visible()
    page.locator(".empty").get_by_role("button", name="Clear all").click()
    expect(rows(page)).to_have_count(4)
    page.get_by_role("searchbox", name="Search").fill("Nowka")
    expect(page.get_by_text("nothing fits exactly")).to_be_visible()
    rows(page).get_by_role("link", name="Łukasz Nowak").click()
    expect(page).to_have_url(f"{meetings.server.base_url}/people/{other}")


def test_list_goes_back_to_the_filters_before(meetings: Meetings) -> None:
    page = go(meetings, meetings.house.manager, "/people")
    page.get_by_label("Role").select_option(label="Students")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("Role").select_option(label="Managers")
    expect(rows(page)).to_contain_text("Mona Manager")
    expect(page).to_have_url(re.compile("role=manager"))
    page.go_back()
    expect(rows(page)).to_contain_text("Mia Mentee")
    expect(page.get_by_label("Role")).to_have_value("mentee")


def test_list_tags_several_and_follows_others(meetings: Meetings) -> None:
    first = go(meetings, meetings.house.manager, "/people")
    second = go(meetings, meetings.house.manager, "/people", locale="en-GB")
    first.get_by_label("Select Max Mentor").click()
    first.get_by_label("Select Mia Mentee").click()
    first.locator("#tag-name").fill("Summer")
    press(first, "Add tag")
    expect(first.get_by_text("added to 2 people")).to_be_visible()
    expect(second.locator(".people-tag", has_text="Summer")).to_have_count(2)
    press(first, "Set cohort")
    window = first.get_by_role("dialog", name="Set cohort")
    window.get_by_label("Cohort", exact=True).fill("Spring 2027")
    window.get_by_role("button", name="Set cohort").click()
    expect(second.locator(".people-cell-roles", has_text="Spring 2027")).to_have_count(2)


def test_list_of_a_phone_shows_cards_without_scrolling_sideways(meetings: Meetings) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff " + "von und zu " * 10
    make.make_member(meetings.house.program_id, make.make_person(name), Role.MENTEE)
    page = go(meetings, meetings.house.manager, "/people", viewport=PHONE)
    expect(rows(page)).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def test_list_is_for_managers(meetings: Meetings) -> None:
    for path in ("/people", "/people/new"):
        page = go(meetings, meetings.house.mentor, path)
        expect(page.get_by_text("This page was not found.")).to_be_visible()
        expect(page.get_by_text("Mia Mentee")).to_have_count(0)


def test_wizard_adds_a_student_with_two_instructors(meetings: Meetings) -> None:
    second = add_instructor(meetings, "Ada Second")
    email = f"nina{second}@example.org"
    page = go(meetings, meetings.house.manager, "/people")
    page.get_by_role("link", name="Add a person").click()
    expect(page.get_by_role("radio", name="Student")).to_be_checked()
    assert_accessible(page)
    fill_details(page, email)
    press(page, "Next")
    expect(page.get_by_role("heading", name="Choose Instructors")).to_be_focused()
    choose(page, "max", "Max Mentor")
    choose(page, "second", "Ada Second")
    assert_accessible(page)
    press(page, "Remove Max Mentor")
    expect(page.locator(".wizard-people li")).to_have_count(1)
    choose(page, "max", "Max Mentor")
    press(page, "Next")
    expect(page.get_by_role("heading", name="Check and create")).to_be_focused()
    expect(page.locator(".wizard dl").last).to_contain_text("Nina Nguyễn")
    assert_accessible(page)
    press(page, "Create")
    expect(page.get_by_role("heading", name="Nina Nguyễn was added")).to_be_focused()
    assert mentors_of(email) == sorted([meetings.house.mentor.person_id, second])
    with reading() as db:
        nina = db.exec(select(Person).where(Person.email == email)).one()
        kinds = select(Notice.kind).where(Notice.person_id == nina.id).order_by(Notice.kind)
        assert list(db.exec(kinds)) == ["assigned", "first_access"]
    page.get_by_role("link", name="Open their page").click()
    expect(page.get_by_text(email).first).to_be_visible()


def test_wizard_keeps_everything_through_back_reload_and_refusal(meetings: Meetings) -> None:
    page = go(meetings, meetings.house.manager, "/people/new")
    fill_details(page, meetings.house.mentee.email)
    press(page, "Next")
    expect(page.get_by_text("Mia Mentee already has this address.")).to_be_visible()
    expect(page.get_by_label("E-mail", exact=True)).to_be_focused()
    expect(page.get_by_role("link", name="Open their page")).to_have_attribute(
        "href", f"/people/{meetings.house.mentee.person_id}"
    )
    email = f"fresh{meetings.house.mentee.person_id}@example.org"
    page.get_by_label("E-mail", exact=True).fill(email)
    press(page, "Next")
    expect(page.get_by_role("heading", name="Choose Instructors")).to_be_focused()
    choose(page, "max", "Max Mentor")
    page.reload()
    wait_until_live(page)
    expect(page.locator(".wizard-people", has_text="Max Mentor")).to_be_visible()
    press(page, "Back")
    expect(page.get_by_label("First name", exact=True)).to_have_value("Nina")
    expect(page.get_by_label("E-mail", exact=True)).to_have_value(email)
    page.get_by_label("First name", exact=True).fill("")
    press(page, "Next")
    expect(page.get_by_text("The first name is missing.")).to_be_visible()
    expect(page.get_by_label("Tags")).to_have_value("Chess, Art")


def test_wizard_works_by_keys_alone(meetings: Meetings) -> None:
    email = f"keys{meetings.house.mentee.person_id}@example.org"
    page = go(meetings, meetings.house.manager, "/people/new")
    page.get_by_label("First name", exact=True).press_sequentially("Kay")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Last name", exact=True)).to_be_focused()
    page.keyboard.type("Board")
    page.keyboard.press("Tab")
    expect(page.get_by_label("E-mail", exact=True)).to_be_focused()
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Choose Instructors")).to_be_focused()
    page.keyboard.press("Tab")
    others = page.get_by_role("combobox", name="Search Instructors")
    expect(others).to_be_focused()
    page.keyboard.type("max")
    expect(page.get_by_role("option")).to_have_count(1)
    others.press("ArrowDown")
    others.press("Enter")
    expect(page.locator(".wizard-people", has_text="Max Mentor")).to_be_visible()
    expect(others).to_be_focused()
    page.get_by_role("button", name="Next", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Check and create")).to_be_focused()
    page.get_by_role("button", name="Create", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Kay Board was added")).to_be_focused()
    assert mentors_of(email) == [meetings.house.mentor.person_id]


def test_wizard_adds_an_instructor_with_students_on_a_phone(meetings: Meetings) -> None:
    email = f"ines{meetings.house.mentee.person_id}@example.org"
    page = go(meetings, meetings.house.manager, "/people/new", viewport=PHONE)
    page.get_by_role("radio", name="Instructor").check()
    page.get_by_label("First name", exact=True).fill("Ines")
    page.get_by_label("E-mail", exact=True).fill(email)
    press(page, "Next")
    expect(page.get_by_role("heading", name="Choose Students")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    choose(page, "mia", "Mia Mentee", "Students")
    press(page, "Next")
    page.get_by_label("Send first-access link by e-mail").uncheck()
    press(page, "Create")
    expect(page.get_by_role("heading", name="Ines was added")).to_be_visible()
    with reading() as db:
        ines = db.exec(select(Person).where(Person.email == email)).one()
        pairs = select(Relationship.mentee_id).where(Relationship.mentor_id == ines.id)
        assert list(db.exec(pairs)) == [meetings.house.mentee.person_id]
        kinds = select(Notice.kind).where(Notice.person_id == ines.id)
        assert list(db.exec(kinds)) == ["assigned"]


def test_new_organisation_is_led_to_a_programme_and_then_to_people(
    server: ServerFactory, new_page: PageFactory
) -> None:
    site = server()
    with database_of(site):
        make.make_organisation()
        owner = make.viewer(make.make_person("Olga Owner", rank=Rank.OWNER))
        empty = Meetings(site, new_page, make.House(0, owner, owner, owner, 0))
        page = go(empty, owner, "/people")
        expect(page.get_by_role("heading", name="First a programme, then people")).to_be_visible()
        expect(page.get_by_role("link", name="Make a programme")).to_have_attribute("href", "/programs")
        visit(page, f"{site.base_url}/people/new")
        expect(page.get_by_role("heading", name="First a programme")).to_be_visible()
        visit(page, f"{site.base_url}/people/upload")
        expect(page.get_by_role("link", name="Make a programme")).to_have_attribute("href", "/programs")
        program_id = make.make_program()
        visit(page, f"{site.base_url}/people/upload")
        expect(page.get_by_label("Programme of the rows that name none")).to_have_value(str(program_id))
        visit(page, f"{site.base_url}/people")
        expect(page.get_by_role("heading", name="Nobody is here yet but you")).to_be_visible()
        assert_accessible(page)


def test_another_person_begins_with_empty_fields_and_disturbs_no_other_form(meetings: Meetings) -> None:
    page = go(meetings, meetings.house.manager, "/people/new")
    fill_details(page, "nina.next@example.org")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Choose Instructors")).to_be_focused()
    others = page.get_by_role("combobox", name="Search Instructors")
    others.fill("nobody of this name")
    others.press("Enter")
    expect(page.get_by_text("Nobody is found.")).to_be_visible()
    expect(page.get_by_role("heading", name="Choose Instructors")).to_be_visible()
    choose(page, "Max", "Max Mentor")
    expect(page.get_by_role("combobox", name="Search Instructors")).to_have_value("")
    press(page, "Next")
    press(page, "Create")
    press(page, "Add another")
    for label in ("First name", "Last name", "E-mail"):
        expect(page.get_by_label(label, exact=True)).to_have_value("")
    visit(page, f"{meetings.server.base_url}/book")
    expect(page.get_by_label("Time zone of these hours")).not_to_have_value("")
