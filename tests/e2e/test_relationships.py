"""Relationships in a browser: the list, a pair's page, and how managers see to the whole."""

import pytest
from playwright.sync_api import expect

from app.models.permissions import Viewer
from app.models.words import Role
from tests.e2e.conftest import PHONE, PageFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, confirm, expect_closed, hence, press
from tests.support.pages import visit, wait_until_live
from tests.support.pairs import ON_A_PHONE, arranged, expect_row, go, new_pair, typed_day
from tests.support.servers import Server


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    return new_pair(site, new_page)


def test_session_that_took_place_is_recorded_and_counts(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.mentor, **ON_A_PHONE))
    press(page, "Record a session that took place")
    page.get_by_label("Date").fill(typed_day(-2))
    page.get_by_label("Start time").fill("10:00")
    page.get_by_label("In person").check()
    page.get_by_label("What was covered (optional)").fill("Long division")
    assert_accessible(page)
    confirm(page, "Record session")
    expect_closed(page)
    expect_row(page, "Session 1", "Completed")
    expect(page.get_by_text("1 of 3 sessions")).to_be_visible()


def test_added_session_gets_the_next_number(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.mentee, **ON_A_PHONE))
    press(page, "Add a session")
    expect_row(page, "Session 4", "To be arranged")
    expect(page.get_by_text("0 of 4 sessions")).to_be_visible()


def test_manager_ends_it_keeping_one_session_and_cancelling_the_other(meetings: Meetings) -> None:
    arranged(meetings, 1, hence(days=2))
    arranged(meetings, 2, hence(days=9))
    mentee = go(meetings, meetings.sign_in(meetings.house.mentee, **ON_A_PHONE))
    page = go(meetings, meetings.sign_in(meetings.house.manager))
    press(page, "End assignment")
    page.get_by_label("Keep Session 2").check()
    confirm(page, "End assignment")
    expect(page.get_by_text("The reason is missing.")).to_be_visible()
    page.get_by_label("Why does it end?").fill("She moves away")
    assert_accessible(page)
    confirm(page, "End assignment")
    expect_closed(page)
    expect_row(page, "Session 1", "Cancelled")
    expect_row(page, "Session 2", "Arranged")
    expect(mentee.get_by_text("This assignment ended on")).to_be_visible()
    expect(mentee.get_by_role("button", name="Add a session")).to_have_count(0)
    expect(mentee.get_by_role("link", name="View Session 2")).to_be_visible()


@pytest.mark.parametrize("rest", ["", "/2", "/2?do=edit", "/9"])
def test_stranger_is_told_that_there_is_nothing(meetings: Meetings, rest: str) -> None:
    stranger: Viewer = make.make_house().mentor
    page = go(meetings, meetings.sign_in(stranger, **ON_A_PHONE), rest)
    expect(page.get_by_text("was not found")).to_be_visible()
    expect(page.get_by_text("Mia Mentee")).to_have_count(0)


def test_manager_searches_filters_and_turns_pages_and_the_address_keeps_it(meetings: Meetings) -> None:
    house = meetings.house
    for count in range(30):
        mentee = make.make_person(f"Student {count:02}")
        make.make_member(house.program_id, mentee, Role.MENTEE)
        make.make_relationship(house.program_id, house.mentor.person_id, mentee)
    page = meetings.sign_in(house.manager)
    visit(page, f"{meetings.server.base_url}/relationships")
    expect(page.get_by_text("31 relationships")).to_be_visible()
    assert_accessible(page)
    press(page, "Next")
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.get_by_role("searchbox", name="Search").press_sequentially("student 07")
    expect(page.get_by_text("1 relationship", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{meetings.server.base_url}/relationships?q=student+07")
    page.get_by_label("State").select_option("next")
    expect(page.get_by_text("No relationship matches.")).to_be_visible()
    page.reload()
    wait_until_live(page)
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("student 07")
    expect(page.get_by_label("State")).to_have_value("next")
    page.get_by_role("button", name="Clear all").first.click()
    expect(page.get_by_text("31 relationships")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("No relationship matches.")).to_be_visible()


def test_keyboard_alone_leads_from_the_list_to_the_cancellation(meetings: Meetings) -> None:
    arranged(meetings, 2, hence(days=3))
    page = meetings.sign_in(meetings.house.mentor)
    visit(page, f"{meetings.server.base_url}/relationships")
    page.get_by_role("link", name="View Max Mentor and Mia Mentee").press("Enter")
    expect(page.get_by_role("heading", name="Mia Mentee")).to_be_visible()
    page.get_by_role("link", name="Edit Session 2").press("Enter")
    expect(page.get_by_role("heading", name="Edit Session 2")).to_be_visible()
    page.get_by_role("link", name="Cancel Session 2", exact=True).press("Enter")
    page.get_by_label("Why is it cancelled?").press_sequentially("Ill")
    for name in ("Keep it", "Yes, cancel"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.get_by_role("button", name="Yes, cancel").press("Enter")
    expect_row(page, "Session 2", "Cancelled")


@pytest.mark.parametrize("rest", ["", "/2", "/2?do=edit", "/2?do=cancel"])
def test_pages_are_accessible_on_a_phone_and_nothing_is_wider_than_it(meetings: Meetings, rest: str) -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2
    arranged(meetings, 2, hence(days=3), title=long)
    page = go(meetings, meetings.sign_in(meetings.house.mentor, **ON_A_PHONE), rest)
    expect(page.locator(".numbered-table, .numbered-nav")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
