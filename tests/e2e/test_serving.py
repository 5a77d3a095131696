"""The house is open: in its smallest form, after a crash, and in its largest form."""

from playwright.sync_api import Page

from tests.e2e.conftest import ServerFactory
from tests.support.demo import DemoSite, furnish
from tests.support.pages import visit


def is_led_to_the_door(page: Page, base_url: str) -> None:
    visit(page, base_url)
    page.wait_for_url(f"{base_url}/sign-in**")


def test_stranger_is_led_to_the_door(demo_site: DemoSite, page: Page) -> None:
    is_led_to_the_door(page, demo_site.base_url)


def test_server_comes_back_after_a_kill(server: ServerFactory, page: Page) -> None:
    site = server()
    site.kill()
    site.start()
    is_led_to_the_door(page, site.base_url)


def test_several_workers_share_redis_and_postgresql(
    server: ServerFactory, page: Page, redis_url: str, postgres_url: str
) -> None:
    site = furnish(server(running=False, database_url=postgres_url, workers=2, MERIDIAN_REDIS_URL=redis_url))
    is_led_to_the_door(page, site.base_url)
