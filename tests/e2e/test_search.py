"""The search in the header, by keyboard alone and on a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.models import factories as make
from tests.models.factories import House
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, hence
from tests.support.pages import visit, wait_until_live
from tests.support.servers import Server


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    return Meetings(site, new_page, make.make_house(name="Élan"))


@pytest.fixture
def found_session(meetings: Meetings) -> int:
    return make.make_session(meetings.house, hence(hours=50), title="Übungen zur Statik")


def open_as(meetings: Meetings, who: str, session_id: int, **options: object) -> Page:
    page = meetings.open(meetings.house.part(who), session_id, **options)
    wait_until_live(page)
    return page


def search_field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search people, programmes and sessions")


def look_for(page: Page, typed: str, *, key: str = "/") -> None:
    """Open the search by its key, and type."""
    page.keyboard.press(key)
    expect(search_field(page)).to_be_focused()
    page.keyboard.type(typed)


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Results").get_by_role("option")


def test_slash_finds_a_person_despite_a_slip_and_enter_opens_them(meetings: Meetings, found_session: int) -> None:
    page = open_as(meetings, "manager", found_session)
    look_for(page, "mnetee")
    expect(options(page).first).to_contain_text("Mia Mentee")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/people/{meetings.house.mentee.person_id}$"))
    expect(search_field(page)).to_be_hidden()


def test_ctrl_k_arrows_and_escape_work_and_the_focus_returns(meetings: Meetings, found_session: int) -> None:
    page = open_as(meetings, "manager", found_session)
    before = page.get_by_role("button", name="Your account")
    before.focus()
    look_for(page, "mia ubung", key="Control+k")
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_contain_text("Max Mentor and Mia Mentee")
    page.keyboard.press("ArrowDown")
    expect(options(page)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(search_field(page)).to_be_hidden()
    expect(before).to_be_focused()
    page.keyboard.press("Control+k")
    expect(search_field(page)).to_have_value("")
    expect(page.get_by_text("Type at least two letters")).to_be_visible()
    page.keyboard.press("Escape")
    expect(before).to_be_focused()


def test_ctrl_k_opens_the_search_while_somebody_writes(meetings: Meetings, found_session: int) -> None:
    page = open_as(meetings, "manager", found_session)
    visit(page, f"{meetings.server.base_url}/account")
    box = page.get_by_label("First name")
    box.fill("Mo")
    box.press("Control+k")
    expect(search_field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(box).to_have_value("Mo")


def test_enter_before_the_answer_takes_what_was_typed(meetings: Meetings, found_session: int) -> None:
    page = open_as(meetings, "manager", found_session)
    look_for(page, "max")
    expect(options(page).first).to_contain_text("Max Mentor")
    search_field(page).fill("mia mentee")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/people/{meetings.house.mentee.person_id}$"))


def test_slash_is_a_letter_while_somebody_types(meetings: Meetings, found_session: int) -> None:
    page = open_as(meetings, "manager", found_session)
    look_for(page, "a/b")
    expect(search_field(page)).to_have_value("a/b")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()


def test_others_find_nothing_of_a_foreign_pair(meetings: Meetings, found_session: int, new_page: PageFactory) -> None:
    elsewhere: House = make.make_house(name="Elsewhere")
    page = Meetings(meetings.server, new_page, elsewhere).open(
        elsewhere.mentor, make.make_session(elsewhere, hence(hours=20))
    )
    wait_until_live(page)
    look_for(page, "statik")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()
    expect(options(page)).to_have_count(0)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_search_is_accessible(meetings: Meetings, found_session: int, size: str) -> None:
    viewport = PHONE if size == "phone" else DESKTOP
    page = open_as(meetings, "mentee", found_session, viewport=viewport)
    page.get_by_role("button", name=re.compile("^Search")).click()
    search_field(page).press_sequentially("ma")
    expect(options(page).first).to_contain_text("Max Mentor")
    assert_accessible(page)
    if size == "phone":
        assert search_field(page).evaluate("field => field.closest('dialog').offsetWidth == innerWidth")
        page.get_by_role("button", name="Close the search").click()
        expect(search_field(page)).to_be_hidden()
