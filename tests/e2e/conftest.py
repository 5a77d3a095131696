"""A browser, and Meridian as it runs in production.

`server()` starts an installation of the test's own; `page` and `new_page()` give browsers of one
person each. A script error on any page fails the test.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.models import factories as make
from tests.support.browser import launch, mend_driver
from tests.support.demo import DemoSite, furnish, renew
from tests.support.meetings import Meetings, database_of
from tests.support.pages import FINGERS, LISTEN
from tests.support.servers import Server, build

ServerFactory = Callable[..., Server]
PageFactory = Callable[..., Page]

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000
"""How long, in milliseconds, anything is waited for: a machine that does much beside takes its time."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    wrong = mend_driver()
    if wrong:
        pytest.exit(f"Playwright does not run here: {wrong}", returncode=3)
    with sync_playwright() as playwright:
        launched = launch(playwright)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The production build, made once for the whole run."""
    return build(tmp_path_factory.mktemp("built") / "client")


@contextmanager
def servers(built: Path, folders: pytest.TempPathFactory) -> Generator[ServerFactory]:
    """Give a function that starts servers; all of them end with the block."""
    made: list[Server] = []

    def start(*, running: bool = True, **options: Any) -> Server:
        one = Server(built, folders.mktemp("server"), **options)
        made.append(one)
        return one.start() if running else one

    yield start
    for one in made:
        one.stop()


@pytest.fixture
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[ServerFactory]:
    """Start servers that end with the test: `server(database_url=…, workers=2, MERIDIAN_REDIS_URL=…)`.

    With `running=False` it is laid out but not started, so that its database can be filled first.
    """
    with servers(built, tmp_path_factory) as start:
        yield start


@pytest.fixture(scope="module")
def start_server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[ServerFactory]:
    """The same for what the tests of one file share."""
    with servers(built, tmp_path_factory) as start:
        yield start


@pytest.fixture(scope="session")
def demo_sites(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[DemoSite, DemoSite]]:
    """Two demo organisations for the whole run: one to look at, one to change."""
    with servers(built, tmp_path_factory) as start:
        yield furnish(start(running=False)), furnish(start(running=False))


@pytest.fixture(scope="session")
def demo_site(demo_sites: tuple[DemoSite, DemoSite]) -> DemoSite:
    """The demo organisation, shared by the tests that only look."""
    return demo_sites[0]


@pytest.fixture
def own_demo_site(demo_sites: tuple[DemoSite, DemoSite]) -> DemoSite:
    """A demo organisation to change: for each test as if it had just been filled."""
    return renew(demo_sites[1])


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Generator[Server]:
    """A server of the file's own with an organisation and nobody in it; this process writes into its database."""
    one = start_server()
    with database_of(one):
        make.make_organisation()
        yield one


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    """A pair of the test's own, and their manager."""
    return Meetings(site, new_page, make.make_house())


@pytest.fixture
def new_page(browser: Browser) -> Generator[PageFactory]:
    """Open browsers of different people: `new_page(viewport=PHONE, timezone_id="Asia/Kolkata")`."""
    contexts = []
    errors: list[Error] = []

    def open_page(**options: Any) -> Page:
        settings = {"viewport": DESKTOP, "locale": "en-GB", "timezone_id": "UTC", **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LISTEN + (FINGERS if settings["viewport"] == PHONE else ""))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  # it sets attributes on it
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [str(error) for error in errors] == []


@pytest.fixture
def page(new_page: PageFactory) -> Page:
    """One person's browser, as on a desk."""
    return new_page()
