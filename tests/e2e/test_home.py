"""The pages as a browser gets them."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.pages import visit


def test_home_says_whose_house_it_is(server: ServerFactory, page: Page) -> None:
    visit(page, server().base_url)
    expect(page.get_by_role("heading", name="Meridian")).to_be_visible()
    assert_accessible(page)


def test_home_is_served_again_after_a_kill(server: ServerFactory, page: Page) -> None:
    site = server()
    site.kill()
    site.start()
    visit(page, site.base_url)
    expect(page.get_by_role("heading", name="Meridian")).to_be_visible()


def test_home_is_served_by_several_workers_with_redis_and_postgresql(
    server: ServerFactory, page: Page, redis_url: str, postgres_url: str
) -> None:
    site = server(database_url=postgres_url, workers=2, MERIDIAN_REDIS_URL=redis_url)
    visit(page, site.base_url)
    expect(page.get_by_role("heading", name="Meridian")).to_be_visible()
