"""The first start, as a newcomer meets it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageFactory, ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.pages import sign_in, visit, wait_until_live
from tests.support.servers import Server

OWNERS_PASSWORD = "three rivers meet here"


def setup_link(site: Server) -> str:
    """Start once more, and read what a newcomer reads."""
    found = re.search(r"http://\S+/setup\?token=\S+", site.run("-m", "app.prepare"))
    assert found
    return found[0]


def fill_in_setup(page: Page) -> None:
    page.get_by_label("Name of the organisation").fill("Bright Futures")
    page.get_by_label("Your first name").fill("Olga")
    page.get_by_label("Your last name").fill("Owner")
    page.get_by_label("Your e-mail address").fill("Olga@Example.org")
    page.get_by_label("Choose a password").fill(OWNERS_PASSWORD)


def test_setup_from_the_printed_link_makes_an_organisation_once(server: ServerFactory, new_page: PageFactory) -> None:
    site = server()
    page = new_page(timezone_id="Asia/Kolkata")
    visit(page, site.base_url)
    expect(page.get_by_text("This Meridian is new")).to_be_visible()
    link = setup_link(site)
    page.goto(link)
    expect(page.get_by_label("Its time zone")).to_have_value(re.compile("Asia/(Kolkata|Calcutta)"))
    assert_accessible(page)
    fill_in_setup(page)
    page.get_by_role("button", name="Create").click()
    wait_until_live(page)
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    expect(page.get_by_text("Bright Futures").first).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="Already set up")).to_be_visible()
    stranger = new_page()
    sign_in(stranger, site.base_url, "olga@example.org", OWNERS_PASSWORD)
    expect(stranger.get_by_role("heading", name="Dashboard")).to_be_visible()


def test_setup_says_what_is_wrong_and_keeps_the_rest(server: ServerFactory, page: Page) -> None:
    page.goto(setup_link(server()))
    fill_in_setup(page)
    page.get_by_label("Choose a password").fill("aaaaaaaaaaaa")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("too easy to guess")).to_be_visible()
    expect(page.get_by_label("Name of the organisation")).to_have_value("Bright Futures")


def test_setup_fills_a_demo_and_shows_its_password(server: ServerFactory, page: Page) -> None:
    page.goto(setup_link(server()))
    page.get_by_role("button", name="Explore").click()
    expect(page.get_by_role("heading", name="The demo is ready")).to_be_visible(timeout=120_000)
    page.get_by_role("link", name="Look around").click()
    wait_until_live(page)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()


def test_setup_link_of_an_earlier_start_no_longer_works(server: ServerFactory, page: Page) -> None:
    site = server()
    earlier = setup_link(site)
    setup_link(site)
    page.goto(earlier)
    expect(page.get_by_role("heading", name="This set-up link does not work")).to_be_visible()
