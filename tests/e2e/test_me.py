"""One's own home, on a phone: what is next, answering, arranging, the lists; live."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite
from tests.support.pages import enter, visit

SIZES = {"desktop": DESKTOP, "phone": PHONE}
PREPARE = """
import sys
from datetime import timedelta
from sqlmodel import select, col
from app.models import clock
from app.models.database import transaction
from app.models.tables import Person, Relationship, Seat, Session
from app.models.commands.relationships import new_uid
now = clock.now()
with transaction() as db:
    me = db.exec(select(Person).where(Person.email == sys.argv[1])).one()
    mine = select(Relationship).where(Relationship.mentee_id == me.id)
    pair = db.exec(mine.where(col(Relationship.ended_at).is_(None))).first()
    seats = select(Seat.session_id).where(Seat.person_id == me.id)
    for row in db.exec(select(Session).where(col(Session.id).in_(seats), Session.end_at > now)):
        row.deleted_at = now
    def add(start, **values):
        times = {"start_at": start, "end_at": start + timedelta(hours=1)} if start else {}
        people = {"relationship_id": pair.id, "program_id": pair.program_id, "host_id": pair.mentor_id}
        place = {"zone": "UTC", "platform": "zoom", "link": sys.argv[2]}
        row = Session(uid=new_uid(), mentee_id=me.id, created_at=now, **times, **people, **place, **values)
        db.add(row)
        db.flush()
        for person, host in ((pair.mentor_id, True), (me.id, False)):
            db.add(Seat(session_id=row.id, person_id=person, is_host=host, since=now))
    add(now + timedelta(minutes=5), title="Begins soon", status="scheduled")
    asked = {"status": "pending", "asked_id": me.id, "asked_by_id": pair.mentor_id}
    add(now + timedelta(days=40), title="Please answer one", **asked)
    add(now + timedelta(days=41), title="Please answer two", **asked)
    add(None, number=991, status="to_be_arranged")
"""


@pytest.fixture
def prepared(own_demo_site: DemoSite) -> DemoSite:
    """The mentee has one of each: soon, to answer, to arrange."""
    own_demo_site.server.run("-c", PREPARE, own_demo_site.mentee, f"{own_demo_site.base_url}/ping")
    return own_demo_site


def on_a_phone(new_page: PageFactory, site: DemoSite, email: str = "") -> Page:
    page = new_page(viewport=PHONE, has_touch=True)
    visit(enter(page, site, email or site.mentee), site.base_url)
    expect(page).to_have_url(re.compile("/me$"))
    return page


def test_next_session_can_be_joined_right_there(prepared: DemoSite, new_page: PageFactory) -> None:
    page = on_a_phone(new_page, prepared)
    following = page.locator("section", has=page.get_by_role("heading", name="Next session"))
    expect(following.get_by_text("Begins soon")).to_be_visible()
    with page.context.expect_page() as opened:
        following.get_by_role("button", name="Join").tap()
    expect(opened.value).to_have_url(re.compile(f"^{re.escape(prepared.base_url)}/"))
    expect(following.get_by_text("In progress")).to_be_visible()


def test_answers_are_given_right_there(prepared: DemoSite, new_page: PageFactory) -> None:
    page = on_a_phone(new_page, prepared)
    waiting = page.locator("section", has=page.get_by_role("heading", name="Waiting for my answer"))
    one, two = (waiting.get_by_role("listitem").filter(has_text=f"Please answer {word}") for word in ("one", "two"))
    one.get_by_role("button", name="Accept").tap()
    expect(one).to_have_count(0)
    two.get_by_role("button", name="Decline").press("Enter")  # what was said of the first may slide over a tap
    asked = page.get_by_role("dialog", name="Decline this time?")
    asked.get_by_label("Reason").fill("I am away.")
    asked.get_by_role("button", name="Decline").tap()
    expect(page.get_by_text("Declined. Everybody is told.")).to_be_visible()
    expect(two).to_have_count(0)


def test_arrange_leads_to_the_relationship(prepared: DemoSite, new_page: PageFactory) -> None:
    page = on_a_phone(new_page, prepared)
    page.get_by_role("link", name=re.compile("^Arrange with")).first.tap()
    expect(page).to_have_url(re.compile(r"/relationships/\d+$"))


def test_future_and_past_are_listed(demo_site: DemoSite, new_page: PageFactory) -> None:
    page = on_a_phone(new_page, demo_site, demo_site.mentor)
    listed = page.locator("section", has=page.get_by_role("heading", name="Sessions", exact=True))
    expect(listed.get_by_role("listitem").first).to_be_visible()
    listed.get_by_role("button", name="Past").tap()
    expect(listed.get_by_text("Completed").first).to_be_visible()
    before = listed.get_by_role("listitem").count()
    listed.get_by_role("button", name="Show more").tap()
    expect(listed.get_by_role("listitem").nth(before)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_my_relationships_are_in_the_top_bar_of_a_phone(demo_site: DemoSite, new_page: PageFactory) -> None:
    page = on_a_phone(new_page, demo_site)
    page.get_by_role("banner").get_by_role("link", name="My Relationships").tap()
    expect(page).to_have_url(re.compile("/relationships$"))


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_frame_neither_wraps_nor_overflows(demo_site: DemoSite, new_page: PageFactory, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    enter(page, demo_site, demo_site.mentor)
    for path in ("/me", "/calendar", "/book", "/relationships", "/messages"):
        visit(page, demo_site.base_url + path)
        expect(page.get_by_role("button", name=re.compile("^Notices"))).to_be_visible()
        expect(page.get_by_role("banner").get_by_role("link", name="My Relationships")).to_be_visible()
        assert page.get_by_role("banner").evaluate("bar => bar.getBoundingClientRect().right <= innerWidth"), path
        assert page.get_by_role("banner").evaluate("bar => bar.scrollWidth <= bar.clientWidth"), path
        assert page.get_by_role("banner").bounding_box()["height"] <= 64, path


@pytest.mark.parametrize("size", SIZES)
def test_home_is_accessible(demo_site: DemoSite, new_page: PageFactory, size: str) -> None:
    for email in (demo_site.mentor, demo_site.mentee):
        page = enter(new_page(viewport=SIZES[size]), demo_site, email)
        visit(page, demo_site.base_url)
        expect(page.get_by_role("heading", name="Sessions", exact=True)).to_be_visible()
        assert_accessible(page)
