"""A mentor sets open hours on a phone; the booking form of the mentee then keeps to them."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite
from tests.support.pages import enter, visit


def open_hours(page: Page, site: DemoSite) -> None:
    enter(page, site, site.mentor)
    visit(page, f"{site.base_url}/availability")
    page.get_by_label("In open hours only").click()
    expect(page.get_by_label("Monday from")).to_have_value("09:00")


def test_mentor_sets_open_hours_and_finds_them_again(new_page: PageFactory, own_demo_site: DemoSite) -> None:
    page, holiday = new_page(viewport=PHONE), datetime.now(UTC).date() + timedelta(days=30)
    open_hours(page, own_demo_site)
    page.get_by_label("Monday from").fill("10:30")
    page.get_by_role("button", name="Monday’s hours for Tuesday to Friday").click()
    expect(page.get_by_label("Friday from")).to_have_value("10:30")
    page.get_by_role("button", name="Remove these hours: Friday").click()
    expect(page.get_by_label("Friday from")).to_have_count(0)
    page.get_by_label("Add a date").fill(holiday.isoformat())
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Day off")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Open hours saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Thursday from")).to_have_value("10:30")
    expect(page.get_by_label("Friday from")).to_have_count(0)
    expect(page.get_by_text(f"{holiday:%A} {holiday.day} {holiday:%B %Y}")).to_be_visible()
    assert_accessible(page)


def test_hours_that_cannot_be_are_named_and_stay_typed(new_page: PageFactory, own_demo_site: DemoSite) -> None:
    page = new_page()
    open_hours(page, own_demo_site)
    page.get_by_label("Tuesday until").fill("08:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Tuesday: hours must end at least 30 minutes after they begin.")).to_be_visible()
    expect(page.get_by_label("Tuesday until")).to_have_value("08:00")


def test_mentee_finds_nothing_to_set(new_page: PageFactory, demo_site: DemoSite) -> None:
    page = new_page(viewport=PHONE)
    enter(page, demo_site, demo_site.mentee)
    visit(page, f"{demo_site.base_url}/availability")
    expect(page.get_by_text("Nothing to set here")).to_be_visible()
