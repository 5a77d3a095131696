"""The bell in the header: the count, the panel, live, by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite
from tests.support.pages import enter, visit

SIZES = {"desktop": DESKTOP, "phone": PHONE}
TELL = """
import sys
from app.models import clock, hub, notices
from app.models.commands.run import perform
from app.models import history
from app.models.permissions import load_viewer
from app.models.database import reading
from app.models.tables import Person
from app.models.words import NoticeKind
from sqlmodel import select
def tell(db, viewer, now, reader):
    facts = {"subject": sys.argv[2], "text": "A secret body", "announcement_id": 1}
    kind, more = NoticeKind.ANNOUNCEMENT, {"actor": viewer, "now": now, "mails": False}
    notices.tell_person(db, kind, reader, facts, dedupe_key=sys.argv[2], **more)
    history.record(db, viewer, "told", now=now)
with reading() as db:
    owner = load_viewer(db, db.exec(select(Person.id).where(Person.rank == "owner")).one())
    reader = db.exec(select(Person.id).where(Person.email == sys.argv[1])).one()
perform(tell, owner, "", reader)
"""


def as_mentee(page: Page, site: DemoSite) -> Page:
    visit(enter(page, site, site.mentee), f"{site.base_url}/me")  # the start page would lead there
    return page


def test_bell_counts_live_and_forgets_on_opening(own_demo_site: DemoSite, page: Page) -> None:
    as_mentee(page, own_demo_site)
    button = page.get_by_role("button", name=re.compile("^Notices"))
    expect(button).to_have_accessible_name(re.compile(r"Notices, \d+ new"))
    button.click()
    panel = page.get_by_role("dialog", name="Notices")
    expect(panel.get_by_role("link").first).to_be_visible()
    expect(button).to_have_accessible_name("Notices")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    own_demo_site.server.run("-c", TELL, own_demo_site.mentee, "The roof is mended")
    expect(button).to_have_accessible_name("Notices, 1 new")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("The roof is mended")).to_be_visible()
    expect(panel.get_by_text("A secret body")).to_have_count(0)
    expect(button).to_have_accessible_name("Notices")
    page.reload()
    expect(button).to_have_accessible_name("Notices")


def test_a_notice_leads_to_what_it_tells(demo_site: DemoSite, page: Page) -> None:
    as_mentee(page, demo_site)
    page.get_by_role("button", name=re.compile("^Notices")).click()
    panel = page.get_by_role("dialog", name="Notices")
    panel.get_by_role("link", name=re.compile("We are closed on the holiday")).click()
    expect(page).to_have_url(re.compile(r"/announcements/\d+$"))
    expect(page.get_by_role("heading", name="We are closed on the holiday")).to_be_visible()
    expect(page.get_by_text("Online sessions take place as planned")).to_be_visible()
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("size", SIZES)
def test_open_bell_is_accessible(demo_site: DemoSite, new_page: PageFactory, size: str) -> None:
    page = new_page(viewport=SIZES[size])
    as_mentee(page, demo_site)
    page.get_by_role("button", name=re.compile("^Notices")).click()
    expect(page.get_by_role("dialog", name="Notices").get_by_role("link").first).to_be_visible()
    assert_accessible(page)
    visit(page, f"{demo_site.base_url}/announcements/1")
    expect(page.get_by_role("heading", name="Welcome to the new term")).to_be_visible()
    assert_accessible(page)
