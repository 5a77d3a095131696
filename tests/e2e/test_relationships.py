"""Relationships in a browser: the pair arrange, edit, cancel and reactivate on a phone, managers see to the whole."""

from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from app.models import clock
from app.models.commands.assigning import assign_pair
from app.models.database import transaction
from app.models.drafts.relationships import PairDraft
from app.models.permissions import Viewer
from app.models.tables import Relationship
from app.models.words import Role, Status
from tests.e2e.conftest import PHONE, PageFactory, ServerFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.mail import MailServer
from tests.support.meetings import Meetings, confirm, database_of, expect_closed, hence, press
from tests.support.pages import visit, wait_until_live
from tests.support.servers import Server

ON_A_PHONE = {"viewport": PHONE, "has_touch": True}


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
    """A pair that a manager has just brought together, with three sessions to be arranged."""
    house = make.make_house(session_types=["Skype", "Online", "Face-to-face", "Call"])
    with transaction() as db:
        db.delete(db.get_one(Relationship, house.relationship_id))
    pair = PairDraft(program_id=house.program_id, mentor_id=house.mentor.person_id, mentee_id=house.mentee.person_id)
    house.relationship_id = make.do(assign_pair, house.manager, pair)["relationship_id"]
    return Meetings(site, new_page, house)


@pytest.fixture
def read_mail(mail: MailServer, meetings: Meetings) -> Callable[[str], EmailMessage]:
    """Wait for the mail to the mentee whose subject begins so."""

    def wait_for(subject: str) -> EmailMessage:
        def found() -> list[EmailMessage]:
            theirs = mail.to(meetings.house.mentee.email)
            return [one for one in theirs if str(one["Subject"]).startswith(subject)]

        mail.wait_until(lambda _all: bool(found()))
        return found()[-1]

    return wait_for


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()


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
    """Follow the link of exactly this name in the session's navigation."""
    page.get_by_role("navigation", name="Session 2", exact=True).get_by_role("link", name=name, exact=True).click()


def typed_day(days: int) -> str:
    return f"{clock.wall(hence(days=days), make.BERLIN):%Y-%m-%d}"


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


def edit(page: Page) -> None:
    """Move session 2 to another hour."""
    page.get_by_role("link", name="Edit Session 2").click()
    expect(page.get_by_role("heading", name="Edit Session 2")).to_be_visible()
    expect(page.get_by_label("Extra information (optional)")).to_have_value("Ring at the side door")
    page.get_by_label("Start time").fill("11:30")
    expect(page.get_by_label("End time")).to_have_value("13:00")
    press(page, "Save changes")
    expect_row(page, "Session 2", "11:30–13:00")


def cancel(page: Page) -> None:
    """Cancel session 2; without a description it is refused, and nobody can be left untold."""
    page.get_by_role("link", name="Edit Session 2").click()
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
    page.get_by_role("link", name="Edit Session 2").click()
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


def test_session_that_took_place_is_recorded_and_counts(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.mentor, **ON_A_PHONE))
    press(page, "Record a session that took place")
    page.get_by_label("Date").fill(typed_day(-2))
    page.get_by_label("Start time").fill("10:00")
    page.get_by_label("In person").check()
    page.get_by_label("What was covered (optional)").fill("Long division")
    assert_accessible(page)
    confirm(page, "Record session")
    expect_closed(page)
    expect_row(page, "Session 1", "Completed")
    expect(page.get_by_text("1 of 3 sessions")).to_be_visible()


def test_added_session_gets_the_next_number(meetings: Meetings) -> None:
    page = go(meetings, meetings.sign_in(meetings.house.mentee, **ON_A_PHONE))
    press(page, "Add a session")
    expect_row(page, "Session 4", "To be arranged")
    expect(page.get_by_text("0 of 4 sessions")).to_be_visible()


def test_manager_ends_it_keeping_one_session_and_cancelling_the_other(meetings: Meetings) -> None:
    arranged(meetings, 1, hence(days=2))
    arranged(meetings, 2, hence(days=9))
    mentee = go(meetings, meetings.sign_in(meetings.house.mentee, **ON_A_PHONE))
    page = go(meetings, meetings.sign_in(meetings.house.manager))
    press(page, "End assignment")
    page.get_by_label("Keep Session 2").check()
    confirm(page, "End assignment")
    expect(page.get_by_text("The reason is missing.")).to_be_visible()
    page.get_by_label("Why does it end?").fill("She moves away")
    assert_accessible(page)
    confirm(page, "End assignment")
    expect_closed(page)
    expect_row(page, "Session 1", "Cancelled")
    expect_row(page, "Session 2", "Arranged")
    expect(mentee.get_by_text("This assignment ended on")).to_be_visible()
    expect(mentee.get_by_role("button", name="Add a session")).to_have_count(0)
    expect(mentee.get_by_role("link", name="View Session 2")).to_be_visible()


@pytest.mark.parametrize("rest", ["", "/2", "/2?do=edit", "/9"])
def test_stranger_is_told_that_there_is_nothing(meetings: Meetings, rest: str) -> None:
    stranger: Viewer = make.make_house().mentor
    page = go(meetings, meetings.sign_in(stranger, **ON_A_PHONE), rest)
    expect(page.get_by_text("was not found")).to_be_visible()
    expect(page.get_by_text("Mia Mentee")).to_have_count(0)


def test_manager_searches_filters_and_turns_pages_and_the_address_keeps_it(meetings: Meetings) -> None:
    house = meetings.house
    for count in range(30):
        mentee = make.make_person(f"Student {count:02}")
        make.make_member(house.program_id, mentee, Role.MENTEE)
        make.make_relationship(house.program_id, house.mentor.person_id, mentee)
    page = meetings.sign_in(house.manager)
    visit(page, f"{meetings.server.base_url}/relationships")
    expect(page.get_by_text("31 relationships")).to_be_visible()
    assert_accessible(page)
    press(page, "Next")
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.get_by_role("searchbox", name="Search").press_sequentially("student 07")
    expect(page.get_by_text("1 relationship", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{meetings.server.base_url}/relationships?q=student+07")
    page.get_by_label("State").select_option("next")
    expect(page.get_by_text("No relationship matches.")).to_be_visible()
    page.reload()
    wait_until_live(page)
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("student 07")
    expect(page.get_by_label("State")).to_have_value("next")
    page.get_by_role("button", name="Clear all").first.click()
    expect(page.get_by_text("31 relationships")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("No relationship matches.")).to_be_visible()


def test_keyboard_alone_leads_from_the_list_to_the_cancellation(meetings: Meetings) -> None:
    arranged(meetings, 2, hence(days=3))
    page = meetings.sign_in(meetings.house.mentor)
    visit(page, f"{meetings.server.base_url}/relationships")
    page.get_by_role("link", name="View Max Mentor and Mia Mentee").press("Enter")
    expect(page.get_by_role("heading", name="Mia Mentee")).to_be_visible()
    page.get_by_role("link", name="Edit Session 2").press("Enter")
    expect(page.get_by_role("heading", name="Edit Session 2")).to_be_visible()
    page.get_by_role("link", name="Cancel Session 2", exact=True).press("Enter")
    page.get_by_label("Why is it cancelled?").press_sequentially("Ill")
    for name in ("Keep it", "Yes, cancel"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.get_by_role("button", name="Yes, cancel").press("Enter")
    expect_row(page, "Session 2", "Cancelled")


@pytest.mark.parametrize("rest", ["", "/2", "/2?do=edit", "/2?do=cancel"])
def test_pages_are_accessible_on_a_phone_and_nothing_is_wider_than_it(meetings: Meetings, rest: str) -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2
    arranged(meetings, 2, hence(days=3), title=long)
    page = go(meetings, meetings.sign_in(meetings.house.mentor, **ON_A_PHONE), rest)
    expect(page.locator(".numbered-table, .numbered-nav")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
