"""What the browser tests of booking do with the form."""

from datetime import date, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from app.models import clock
from app.models.permissions import Viewer
from tests.models import factories as make
from tests.support.meetings import Meetings
from tests.support.pages import visit


def ahead(days: int = 10) -> date:
    """A day so far from now, as Berlin counts."""
    return clock.today(clock.now(), make.BERLIN) + timedelta(days=days)


def start_of(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.instant(datetime(day.year, day.month, day.day, hour, minute), make.BERLIN)  # noqa: DTZ001  # wall time


def open_form(meetings: Meetings, who: Viewer, query: str = "", **options) -> Page:
    page = meetings.sign_in(who, **options)
    visit(page, f"{meetings.server.base_url}/book{query}")
    expect(page.locator("form.booking")).to_be_visible()
    return page


def pair_query(meetings: Meetings) -> str:
    return f"?mentor={meetings.house.mentor.person_id}&mentee={meetings.house.mentee.person_id}"


def choose(page: Page, label: str, typed: str, name: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).fill(typed)
    page.get_by_role("option", name=name).click()
    expect(page.locator(".chosen", has_text=name)).to_be_visible()


def found(page: Page) -> Locator:
    """The lines of the open type-ahead."""
    return page.locator(".options").get_by_role("option")


def set_time(page: Page, day: date, at: str) -> None:
    page.get_by_label("Date", exact=True).fill(day.isoformat())
    page.get_by_label("Start time").fill(at)


def set_link(page: Page) -> None:
    page.get_by_label("Meeting link").fill("https://meet.example.org/room")


def expect_booked(page: Page, words: str = "The session is booked") -> int:
    """The page says so; gives the id of the (first) session."""
    expect(page.get_by_role("heading", name=words)).to_be_focused()
    href = page.get_by_role("link", name="Open the session").get_attribute("href")
    assert href is not None
    return int(href.removeprefix("/s/"))
