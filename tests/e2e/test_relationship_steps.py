"""A pair's numbered sessions in a browser: arranged, edited, cancelled and reactivated on a phone, with their mails."""

import re
from collections.abc import Callable, Generator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from app.models import clock
from app.models.words import Status
from tests.e2e.conftest import PageFactory, ServerFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.mail import MailServer
from tests.support.meetings import Meetings, confirm, database_of, expect_closed, hence, press
from tests.support.pages import visit, wait_until_live
from tests.support.pairs import ON_A_PHONE, arranged, expect_row, follow, go, new_pair, row, typed_day
from tests.support.servers import Server


@pytest.fixture(scope="module")
def mail() -> Generator[MailServer]:
    one = MailServer()
    one.controller.start()
    yield one
    one.controller.stop()


@pytest.fixture(scope="module")
def site(start_server: ServerFactory, mail: MailServer) -> Generator[Server]:
    one = start_server(MERIDIAN_SMTP_URL=mail.url)
    with database_of(one):
        make.make_organisation()
        yield one


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    return new_pair(site, new_page)


@pytest.fixture
def read_mail(mail: MailServer, meetings: Meetings) -> Callable[[str], EmailMessage]:
    """Wait for the mail to the mentee whose subject begins so."""

    def wait_for(subject: str) -> EmailMessage:
        def found() -> list[EmailMessage]:
            theirs = mail.to(meetings.house.mentee.email)
            return [one for one in theirs if str(one["Subject"]).strip().startswith(subject)]

        mail.wait_until(lambda _all: bool(found()))
        return found()[-1]

    return wait_for


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()


def test_mentor_on_a_phone_arranges_edits_cancels_and_reactivates(
    meetings: Meetings, read_mail: Callable[[str], EmailMessage]
) -> None:
    page = meetings.sign_in(meetings.house.mentor, **ON_A_PHONE)
    visit(page, f"{meetings.server.base_url}/relationships")
    expect(page.get_by_role("heading", name="My Relationships")).to_be_visible()
    page.get_by_role("link", name="View Max Mentor and Mia Mentee").click()
    expect(page.get_by_role("heading", name="Mia Mentee")).to_be_visible()
    expect_row(page, "Session 2", "To be arranged")
    arrange(page)
    assert "Room 4, Old School" in text_of(read_mail("Booked: Session 2"))
    edit(page)
    assert "11:30" in text_of(read_mail("Moved: Session 2"))
    cancel(page)
    assert "The heating is broken" in text_of(read_mail("Cancelled: Session 2"))
    reactivate(page)
    assert "takes place after all" in text_of(read_mail("Reactivated: Session 2"))


def arrange(page: Page) -> None:
    """Arrange session 2: date, start and end, place, type, extra information."""
    page.get_by_role("link", name="Edit Session 2").click()
    expect(page.get_by_role("heading", name="Arrange Session 2")).to_be_visible()
    expect(page.get_by_text("Sessions usually last 1–2 hours")).to_be_visible()
    page.get_by_label("Date").click()
    expect(page.locator("input:open")).to_have_attribute("type", "date")
    page.keyboard.press("Escape")
    page.get_by_label("Date").fill(typed_day(3))
    page.get_by_label("Start time").fill("10:00")
    expect(page.get_by_label("End time")).to_have_value("11:00")
    page.get_by_label("End time").fill("11:30")
    expect(page.get_by_label("Location")).to_be_hidden()
    page.get_by_label("In person").check()
    page.get_by_label("Location").fill("Room 4, Old School")
    types = page.get_by_label("Session type").locator("option").all_inner_texts()
    assert types == ["Not said", "Skype", "Online", "Face-to-face", "Call"]
    page.get_by_label("Session type").select_option("Face-to-face")
    page.get_by_label("Extra information (optional)").fill("Ring at the side door")
    expect(page.get_by_label("Notify the other participant")).to_be_checked()
    expect(page.get_by_text("Leave this ticked unless they already know.")).to_be_visible()
    assert_accessible(page)
    press(page, "Arrange session")
    expect(page.get_by_text("Arranged.", exact=True)).to_be_visible()
    expect_row(page, "Session 2", "Face-to-face · Room 4, Old School")
    assert "10:00–11:30" in row(page, "Session 2")


def open_again(page: Page) -> None:
    """Open session 2 by the keyboard: what the step before said may slide over the link in the very moment of a tap."""
    page.get_by_role("link", name="Edit Session 2").press("Enter")


def edit(page: Page) -> None:
    """Move session 2 to another hour."""
    open_again(page)
    expect(page.get_by_role("heading", name="Edit Session 2")).to_be_visible()
    expect(page.get_by_label("Extra information (optional)")).to_have_value("Ring at the side door")
    page.get_by_label("Start time").fill("11:30")
    expect(page.get_by_label("End time")).to_have_value("13:00")
    press(page, "Save changes")
    expect(page.get_by_role("button", name="Close toast").first).to_have_css("height", "44px")  # a finger's width
    expect_row(page, "Session 2", "11:30–13:00")


def cancel(page: Page) -> None:
    """Cancel session 2; without a description it is refused, and nobody can be left untold."""
    open_again(page)
    follow(page, "Cancel Session 2")
    expect(page.get_by_role("heading", name="Cancel Session 2")).to_be_visible()
    expect(page.get_by_text("Mia Mentee will be told by e-mail.")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit date and time instead")).to_be_visible()
    expect(page.locator("[data-sonner-toast]")).to_have_count(0)  # it fades away
    assert_accessible(page)
    press(page, "Yes, cancel")
    expect(page.get_by_text("The reason is missing.")).to_be_visible()
    page.get_by_label("Why is it cancelled?").fill("The heating is broken")
    press(page, "Yes, cancel")
    expect_row(page, "Session 2", "Cancelled")


def reactivate(page: Page) -> None:
    """Bring session 2 back at the time it had."""
    open_again(page)
    expect(page.get_by_text("Reason: The heating is broken")).to_be_visible()
    follow(page, "Reactivate Session 2")
    expect(page.get_by_text("It comes back at the time it had:")).to_be_visible()
    expect(page.locator("[data-sonner-toast]")).to_have_count(0)  # it fades away
    assert_accessible(page)
    press(page, "Reactivate")
    expect_row(page, "Session 2", "Arranged")
    assert "11:30–13:00" in row(page, "Session 2")


def test_unticked_box_sends_no_mail(meetings: Meetings, mail: MailServer) -> None:
    arranged(meetings, 2, hence(days=3))
    page = go(meetings, meetings.sign_in(meetings.house.mentor, **ON_A_PHONE), "/2?do=edit")
    page.get_by_label("Title (optional)").fill("Fractions")
    page.get_by_label("Notify the other participant").uncheck()
    press(page, "Save changes")
    expect_row(page, "Session 2", "Fractions")
    assert [n.mail_status for n in make.notices(person_id=meetings.house.mentee.person_id, kind="changed")] == ["none"]


def test_reactivating_when_the_time_is_taken_says_so_and_asks_for_a_new_one(meetings: Meetings) -> None:
    start = hence(days=3).replace(hour=12, minute=0)
    arranged(meetings, 2, start, status=Status.CANCELLED, cancel_reason="Ill")
    arranged(meetings, 1, start, title="Geometry")
    page = go(meetings, meetings.sign_in(meetings.house.mentee, **ON_A_PHONE), "/2?do=reactivate")
    expect(page.get_by_text("You have “Geometry”")).to_be_visible()
    press(page, "Reactivate")
    expect(page.get_by_role("alert").filter(has_text="Geometry")).to_be_visible()
    press(page, "Choose a new time instead")
    expect(page.get_by_role("heading", name="Arrange Session 2")).to_be_visible()
    page.get_by_label("Date").fill(typed_day(4))
    press(page, "Arrange session")
    expect_row(page, "Session 2", "Arranged")


def test_reactivating_when_the_time_has_passed_says_so_and_asks_for_a_new_one(meetings: Meetings) -> None:
    arranged(meetings, 2, hence(days=-3), status=Status.CANCELLED, cancel_reason="Ill")
    page = go(meetings, meetings.sign_in(meetings.house.mentor, **ON_A_PHONE), "/2")
    follow(page, "Reactivate Session 2")
    expect(page.get_by_text("Its old time has passed: choose a new one.")).to_be_visible()
    expect(page.get_by_role("heading", name="Arrange Session 2")).to_be_visible()


def test_cancelling_leads_to_editing_instead(meetings: Meetings) -> None:
    arranged(meetings, 2, hence(days=3))
    page = go(meetings, meetings.sign_in(meetings.house.mentee, **ON_A_PHONE), "/2?do=cancel")
    press(page, "Edit date and time instead")
    expect(page.get_by_role("heading", name="Edit Session 2")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Cancel Session 2")).to_be_visible()


def test_form_survives_a_reload_and_is_forgotten_when_it_is_left(meetings: Meetings) -> None:
    arranged(meetings, 2, hence(days=3))
    page = go(meetings, meetings.sign_in(meetings.house.mentor, **ON_A_PHONE), "/2?do=edit")
    page.get_by_label("Extra information (optional)").fill("Typed by hand")
    page.reload()
    wait_until_live(page)
    expect(page.get_by_label("Extra information (optional)")).to_have_value("Typed by hand")
    press(page, "Close")
    expect(page).to_have_url(re.compile(r"/relationships/\d+/2$"))
    expect(page.locator(".session-page")).to_be_visible()
    follow(page, "Edit Session 2")
    expect(page.get_by_label("Extra information (optional)")).to_have_value("")


def test_asked_party_accepts_declines_or_proposes_from_the_navigation(meetings: Meetings) -> None:
    house = meetings.house
    asks = {"status": Status.PENDING, "asked_id": house.mentee.person_id, "asked_by_id": house.mentor.person_id}
    arranged(meetings, 2, hence(days=3), **asks)
    mentee = go(meetings, meetings.sign_in(house.mentee, **ON_A_PHONE), "/2")
    expect(mentee.locator(".session-head .status")).to_have_text("Pending confirmation")
    follow(mentee, "Propose another time")
    mentee.get_by_label("Date").fill(typed_day(5))
    press(mentee, "Propose this time")
    expect_row(mentee, "Session 2", "Pending confirmation")
    mentor = go(meetings, meetings.sign_in(house.mentor, **ON_A_PHONE), "/2")
    follow(mentor, "Accept Session 2")
    expect(mentor.get_by_role("heading", name="Accept")).to_be_visible()
    press(mentor, "Accept")
    expect_row(mentor, "Session 2", "Arranged")
    expect_row(mentee, "Session 2", "Arranged")


def test_arrange_all_shows_every_date_before_it_is_saved(
    meetings: Meetings, read_mail: Callable[[str], EmailMessage]
) -> None:
    other = make.make_house()
    busy = hence(days=10).replace(hour=9, minute=0)
    make.make_session(other, busy, host_id=meetings.house.mentor.person_id, title="Board meeting")
    page = go(meetings, meetings.sign_in(meetings.house.mentor, **ON_A_PHONE))
    press(page, "Arrange all")
    page.get_by_label("Date").fill(f"{clock.wall(busy - timedelta(days=7), make.BERLIN):%Y-%m-%d}")
    page.get_by_label("Start time").fill(f"{clock.wall(busy, make.BERLIN):%H:%M}")
    dates = page.locator(".planned li")
    expect(dates).to_have_count(3)
    expect(page.get_by_text("1 of 3 dates cannot be had.")).to_be_visible()
    expect(dates.nth(1)).to_contain_text("Clash")
    page.get_by_label("Leave out the dates that clash").check()
    expect(dates).to_have_count(4)
    expect(dates.nth(1)).to_contain_text("Left out")
    page.get_by_label("In person").check()
    page.get_by_label("Location").fill("Library")
    assert_accessible(page)
    confirm(page, "Arrange all")
    expect_closed(page)
    expect(page.get_by_text("3 sessions are arranged.")).to_be_visible()
    for name in ("Session 1", "Session 2", "Session 3"):
        expect_row(page, name, "Arranged")
    read_mail("Booked:")
