"""A pair with its numbered sessions, and what the browser tests do on its pages."""

from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from app.models import clock
from app.models.commands.assigning import assign_pair
from app.models.database import transaction
from app.models.drafts.relationships import PairDraft
from app.models.tables import Relationship
from app.models.words import Status
from tests.e2e.conftest import PHONE, PageFactory
from tests.models import factories as make
from tests.support.meetings import Meetings, hence
from tests.support.pages import visit
from tests.support.servers import Server

ON_A_PHONE = {"viewport": PHONE, "has_touch": True}


def new_pair(server: Server, new_page: PageFactory) -> Meetings:
    """A pair that a manager has just brought together, with three sessions to be arranged."""
    house = make.make_house(session_types=["Skype", "Online", "Face-to-face", "Call"])
    with transaction() as db:
        db.delete(db.get_one(Relationship, house.relationship_id))
    pair = PairDraft(program_id=house.program_id, mentor_id=house.mentor.person_id, mentee_id=house.mentee.person_id)
    house.relationship_id = make.do(assign_pair, house.manager, pair)["relationship_id"]
    return Meetings(server, new_page, house)


def number(meetings: Meetings, number: int, **values: object) -> int:
    """Give the pair's session of this number, with these values."""
    [session] = [one for one in make.sessions(relationship_id=meetings.house.relationship_id) if one.number == number]
    with transaction() as db:
        row = db.get_one(type(session), session.id)
        for name, value in values.items():
            setattr(row, name, value)
    return session.id or 0


def arranged(meetings: Meetings, which: int, start: datetime, **values: object) -> int:
    """Give a session of the pair a time, without any command."""
    times = {"start_at": start, "end_at": start + timedelta(hours=1), "zone": make.BERLIN, "status": Status.SCHEDULED}
    online = {"platform": "zoom", "link": meetings.link}
    return number(meetings, which, **{**times, **online, **values})


def go(meetings: Meetings, page: Page, rest: str = "") -> Page:
    """Open the pair's page, or one below it."""
    visit(page, f"{meetings.server.base_url}/relationships/{meetings.house.relationship_id}{rest}")
    expect(page.locator(".relationship, .numbered, .empty")).to_be_visible()
    return page


def row(page: Page, name: str) -> str:
    """Give what the table says of a session."""
    return page.get_by_role("row").filter(has_text=name).inner_text()


def expect_row(page: Page, name: str, word: str) -> None:
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text(word)


def follow(page: Page, name: str) -> None:
    """Follow the link of exactly this name in the session's navigation; a message may slide over a tap on it."""
    ways = page.get_by_role("navigation", name="Session 2", exact=True)
    ways.get_by_role("link", name=name, exact=True).press("Enter")


def typed_day(days: int) -> str:
    return f"{clock.wall(hence(days=days), make.BERLIN):%Y-%m-%d}"
