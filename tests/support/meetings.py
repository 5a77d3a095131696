"""A running server whose database the test fills by the factories, and people who are signed in there."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from app.models import clock
from app.models.database import transaction
from app.models.permissions import Viewer
from tests.models import factories as make
from tests.support import databases
from tests.support.logins import sign_in_by_cookie
from tests.support.pages import visit
from tests.support.servers import Server

Opener = Callable[..., Page]


@contextmanager
def database_of(server: Server) -> Generator[None]:
    """Let this process write into the server's database for as long as the block lasts."""
    with databases.database_of(server.database_url):
        yield


def hence(**time: float) -> datetime:
    """Give the instant so far from now, to the minute."""
    return (clock.now() + timedelta(**time)).replace(second=0, microsecond=0)


@dataclass
class Meetings:
    """One pair and their manager, new for each test, and browsers in which they are signed in."""

    server: Server
    new_page: Opener
    house: make.House

    @property
    def link(self) -> str:
        """A meeting link that answers without the internet."""
        return f"{self.server.base_url}/ping"

    def session(self, start: datetime | None, **values: Any) -> int:
        """Write a session of the pair."""
        usual = {"link": self.link} if values.get("place", "online") == "online" else {"link": "", "platform": ""}
        return make.make_session(self.house, start, **usual | values)

    def sign_in(self, who: Viewer, **options: Any) -> Page:
        """Open a browser in which this person is signed in."""
        return self.sign_in_at(self.new_page(**{"timezone_id": "Europe/Berlin"} | options), who)

    def sign_in_at(self, page: Page, who: Viewer) -> Page:
        """Let this person in at an open browser, whoever was in before."""
        with transaction() as db:
            return sign_in_by_cookie(db, page, self.server.base_url, who.person_id)

    def open(self, who: Viewer, session_id: int, **options: Any) -> Page:
        """Open a session's own page as this person."""
        page = self.sign_in(who, **options)
        self.go(page, session_id)
        return page

    def go(self, page: Page, session_id: int) -> None:
        """Go to a session's own page."""
        visit(page, f"{self.server.base_url}/s/{session_id}")
        expect(page.locator(".session-page, .empty")).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press the page's button of exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def confirm(page: Page, name: str) -> None:
    """Press the open window's button of exactly this name."""
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def expect_status(page: Page, word: str) -> None:
    """The card's badge says this."""
    expect(page.locator(".session-head .status")).to_have_text(word)


def expect_closed(page: Page) -> None:
    """No window is open any more: the form went well."""
    expect(page.get_by_role("dialog")).to_have_count(0)
