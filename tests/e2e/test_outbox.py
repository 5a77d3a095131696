"""The Mail page in a browser, with a mail server that is there later."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, PageFactory, ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite, furnish
from tests.support.mail import MailServer
from tests.support.pages import enter, visit

WRITE = """
from datetime import timedelta
from sqlmodel import select
from app.models import clock, notices
from app.models.database import transaction
from app.models.tables import Notice, Person, Session
from app.models.words import MailStatus, NoticeKind, Status
now = clock.now()
with transaction() as db:
    ahead = db.exec(select(Session).where(Session.status == Status.SCHEDULED, Session.start_at > now).limit(3)).all()
    for session in ahead:
        notices.tell(db, NoticeKind.CHANGED, [session], actor=None, now=now)
    reader = db.get_one(Person, ahead[0].host_id)
    kept = {"person_id": reader.id, "created_at": now, "due_at": now}
    db.add(Notice(kind="sign_in", private=True, facts={"link": "https://x.example/secret"}, dedupe_key="a", **kept))
    db.add(Notice(kind="test_mail", dedupe_key="b", mail_status=MailStatus.FAILED, attempts=1,
                  last_error="The mail server answered 550: No such person", **kept))
    db.flush()
    is_told = Notice.kind == NoticeKind.CHANGED, Notice.mail_status == MailStatus.WAITING
    print(len(db.exec(select(Notice).where(*is_told)).all()))
"""


@pytest.fixture
def site(own_demo_site: DemoSite) -> DemoSite:
    """The demo without a mail server, and with mails that wait."""
    own_demo_site.server.run("-c", WRITE)
    return own_demo_site


def open_outbox(page: Page, site: DemoSite, address: str = "/outbox") -> None:
    enter(page, site, site.manager)
    visit(page, f"{site.base_url}{address}")
    expect(page.get_by_role("list", name="Mails, newest first")).to_be_visible()


def test_manager_reads_what_waits_and_tries_again_what_failed(page: Page, site: DemoSite) -> None:
    open_outbox(page, site)
    expect(page.get_by_text("No mail server is set: messages are kept here.")).to_be_visible()
    page.get_by_role("button", name="Changed:").first.click()
    window = page.get_by_role("dialog")
    expect(window.frame_locator("iframe").get_by_text("was changed")).to_be_visible()
    window.get_by_role("button", name="Plain text").click()
    expect(window.get_by_role("region", name="Plain text of the mail")).to_contain_text("Open the session: ")
    window.get_by_role("button", name="Calendar").click()
    expect(window.get_by_role("region", name="Calendar file")).to_contain_text("METHOD:REQUEST")
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    page.get_by_role("group", name="Show mails").get_by_role("button", name="Failed").click()
    expect(page.get_by_role("listitem").filter(has=page.locator(".mail-row"))).to_have_count(1)
    page.get_by_role("button", name="Test mail").click()
    expect(window.get_by_text("550: No such person")).to_be_visible()
    window.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("It is in the queue again.")).to_be_visible()
    expect(page.get_by_role("heading", name="No mail matches.")).to_be_visible()


def test_link_to_sign_in_is_not_readable(page: Page, site: DemoSite) -> None:
    open_outbox(page, site)
    page.get_by_role("button", name="Your sign-in link").click()
    expect(page.get_by_role("dialog").get_by_text("for its reader alone")).to_be_visible()
    assert "x.example/secret" not in page.content()


def test_search_and_address_filter_the_list(page: Page, site: DemoSite) -> None:
    open_outbox(page, site, "/outbox?status=failed")
    expect(page.get_by_role("listitem").filter(has=page.locator(".mail-row"))).to_have_count(1)
    page.get_by_role("searchbox", name="Search by recipient").fill("nobody at all")
    expect(page.get_by_role("heading", name="No mail matches.")).to_be_visible()


def test_mentee_finds_no_outbox(page: Page, site: DemoSite) -> None:
    enter(page, site, site.mentee)
    visit(page, f"{site.base_url}/outbox")
    expect(page.get_by_text("This is for managers only.").first).to_be_visible()
    expect(page.locator(".mail-row")).to_have_count(0)


def test_mails_that_waited_go_out_when_a_server_is_set(page: Page, server: ServerFactory, smtp: MailServer) -> None:
    made = furnish(server(running=False, MERIDIAN_SMTP_URL=smtp.url))
    told = int(made.server.run("-c", WRITE))
    smtp.wait_until(lambda mails: sum("Changed:" in mail["Subject"] for mail in mails) == told)
    open_outbox(page, made)
    expect(page.get_by_role("group", name="Show mails").get_by_role("button", name="Waiting 0")).to_be_visible()


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE])
def test_mail_page_is_accessible(new_page: PageFactory, site: DemoSite, viewport: dict[str, int]) -> None:
    page = new_page(viewport=viewport)
    open_outbox(page, site)
    assert_accessible(page)
    page.get_by_role("button", name="Changed:").first.click()
    expect(page.get_by_role("dialog").locator("iframe")).to_be_visible()
    assert_accessible(page)
