"""The house is open: to the people of the demo, after a crash, and with several workers."""

from playwright.sync_api import Page

from tests.e2e.conftest import ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import PASSWORD, DemoSite, furnish
from tests.support.pages import sign_in, visit, wait_until_live


def test_stranger_is_led_to_the_door(demo_site: DemoSite, page: Page) -> None:
    visit(page, demo_site.base_url)
    page.wait_for_url(f"{demo_site.base_url}/sign-in**")
    assert_accessible(page)


def test_people_of_the_demo_can_sign_in(demo_site: DemoSite, new_page) -> None:
    for email in (demo_site.manager, demo_site.mentor, demo_site.mentee):
        page = new_page()
        sign_in(page, demo_site.base_url, email, PASSWORD)
        page.get_by_role("navigation").first.wait_for()


def test_login_outlives_a_crash_of_the_server(own_demo_site: DemoSite, page: Page) -> None:
    sign_in(page, own_demo_site.base_url, own_demo_site.mentor, PASSWORD)
    own_demo_site.server.kill()
    own_demo_site.server.start()
    page.reload()
    wait_until_live(page)
    page.get_by_role("navigation").first.wait_for()
    assert "/sign-in" not in page.url


def test_several_workers_share_redis_and_postgresql(
    server: ServerFactory, page: Page, redis_url: str, postgres_url: str
) -> None:
    site = furnish(server(running=False, database_url=postgres_url, workers=2, MERIDIAN_REDIS_URL=redis_url))
    sign_in(page, site.base_url, site.manager, PASSWORD)
    page.get_by_role("navigation").first.wait_for()
