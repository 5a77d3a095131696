"""A slow network: the page is drawn and live before the scripts beside it have come."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.support.demo import DemoSite
from tests.support.meetings import Meetings, hence
from tests.support.pages import as_manager, visit, wait_until_live

BESIDE = re.compile(r"/(meridian|search|calendar|session|roster|book|relationships)\.js$")


def open_before_its_scripts(page: Page, url: str) -> Callable[[], None]:
    """Open a page whose scripts come only when the function that is given back is called."""
    held: list[Route] = []
    page.route(BESIDE, lambda route: held.append(route))  # noqa: PLW0108  # it sets attributes on it
    page.goto(url, wait_until="commit")
    wait_until_live(page)

    def let_them_come() -> None:
        for route in held:
            route.continue_()

    return let_them_come


def test_calendar_shows_the_hours_of_work(demo_site: DemoSite, page: Page) -> None:
    as_manager(page, demo_site)
    let_scripts_come = open_before_its_scripts(page, f"{demo_site.base_url}/calendar?view=week")
    expect(page.locator("[data-grid=hours] .block").first).to_be_visible()
    let_scripts_come()
    page.wait_for_function("document.querySelector('[data-scroll]').scrollTop > 0")


def test_unfinished_form_is_given_back(demo_site: DemoSite, page: Page) -> None:
    as_manager(page, demo_site)
    visit(page, f"{demo_site.base_url}/sessions/new")
    page.locator("#title").fill("Half a session")
    let_scripts_come = open_before_its_scripts(page, f"{demo_site.base_url}/sessions/new")
    let_scripts_come()
    expect(page.locator("#title")).to_have_value("Half a session")


def test_window_that_was_asked_for_is_a_window(meetings: Meetings) -> None:
    session_id = meetings.session(hence(days=2), title="Algebra")
    page = meetings.sign_in(meetings.house.manager)
    let_scripts_come = open_before_its_scripts(page, f"{meetings.server.base_url}/s/{session_id}?form=edit")
    expect(page.locator("dialog[data-modal]")).to_be_attached()
    let_scripts_come()
    expect(page.locator("dialog[data-modal]:modal")).to_be_visible()
