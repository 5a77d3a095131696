"""The insights in a browser: the choice is in the address, numbers are reached by keyboard, files are downloaded."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.models.words import Rank, Role, Status
from tests.e2e.conftest import DESKTOP, PHONE, PageFactory, ServerFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite
from tests.support.meetings import Meetings, database_of, hence, press
from tests.support.pages import as_manager, visit, wait_until_live
from tests.support.servers import Server


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Generator[Server]:
    one = start_server()
    with database_of(one):
        yield one


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    """Two programmes with a completed session each; one of the first's is longer ago."""
    make.empty_tables()
    make.make_organisation()
    house, other = make.make_house(), make.make_house(name="Singing")
    for one in (house, other):
        make.make_session(one, hence(days=-8), status=Status.COMPLETED)
    make.make_session(house, hence(days=-8) - timedelta(weeks=6), status=Status.COMPLETED)
    make.make_member(other.program_id, house.manager.person_id, Role.MANAGER)
    house.manager = make.viewer(house.manager.person_id)
    return Meetings(site, new_page, house)


def go(meetings: Meetings, page: Page, query: str = "") -> Page:
    visit(page, f"{meetings.server.base_url}/insights{query}")
    return page


def expect_completed(page: Page, count: int) -> None:
    """The legend counts so many completed sessions."""
    expect(page.locator(".insights-weeks .plot-keys li", has_text="Completed")).to_have_text(f"Completed{count}")


def test_filters_are_in_the_address_and_survive_a_reload(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.manager))
    expect_completed(page, 3)
    page.get_by_role("link", name="Last 4 weeks").click()
    expect_completed(page, 2)
    page.get_by_label("Programme", exact=True).select_option("Singing")
    expect_completed(page, 1)
    page.reload()
    wait_until_live(page)
    expect_completed(page, 1)
    expect(page.get_by_label("Programme", exact=True).locator("option:checked")).to_have_text("Singing")
    expect(page.get_by_role("link", name="Last 4 weeks")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect_completed(page, 2)


def test_days_of_ones_own_are_shown_or_refused(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.manager))
    expect_completed(page, 3)
    page.get_by_label("From").fill("2020-01-06")
    page.get_by_label("To", exact=True).fill("2020-01-01")
    press(page, "Show")
    expect(page.get_by_text("The last day is before the first.")).to_be_visible()
    page.get_by_label("To", exact=True).fill("2020-01-12")
    press(page, "Show")
    expect(page.get_by_text("No sessions in this time.")).to_be_visible()
    expect(page).to_have_url(f"{meetings.server.base_url}/insights?from=2020-01-06&to=2020-01-12")


def test_table_of_a_plot_is_opened_by_keyboard(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.manager))
    expect_completed(page, 3)
    toggle = page.locator(".insights-weeks summary")
    expect(page.get_by_role("table", name="Sessions by week and status")).to_be_hidden()
    toggle.press("Enter")
    table = page.get_by_role("table", name="Sessions by week and status")
    expect(table.get_by_role("row").last).to_have_text("All weeks33")
    toggle.press("Enter")
    expect(table).to_be_hidden()
    picture = page.get_by_role("img", name="3 sessions in 12 weeks: 3 completed.")
    expect(picture).to_be_visible()


def test_file_has_what_is_shown(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.manager), "?period=4")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV of Programmes at a glance").click()
    assert download.value.suggested_filename == "insights-programmes.csv"
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["Programme", "Reading", "Singing"]


def test_empty_organisation_is_led_to_programmes(site: Server, new_page: PageFactory) -> None:
    make.empty_tables()
    make.make_organisation()
    owner = make.viewer(make.make_person("Olga Owner", rank=Rank.OWNER))
    empty = Meetings(site, new_page, None)  # pyright: ignore[reportArgumentType]
    page = go(empty, empty.sign_in(owner))
    expect(page.get_by_role("heading", name="There is nothing to count yet.")).to_be_visible()
    page.get_by_role("link", name="Go to Programmes").click()
    expect(page.get_by_role("heading", name="Programmes", exact=True)).to_be_visible()


def test_mentors_find_no_such_page(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.mentor))
    expect(page.get_by_role("heading", name="This page was not found.")).to_be_visible()
    expect(page.get_by_role("link", name="Insights")).to_have_count(0)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_page_is_accessible_and_keeps_its_width(
    demo_site: DemoSite, new_page: PageFactory, viewport: dict[str, int]
) -> None:
    page = as_manager(new_page(viewport=viewport), demo_site)
    visit(page, f"{demo_site.base_url}/insights")
    expect(page.locator(".insights .plot-box").first).to_be_visible()
    for toggle in page.locator(".insights summary").all():
        toggle.click()
    assert_accessible(page)
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
