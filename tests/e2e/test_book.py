"""Booking in a browser: by managers, mentors and mentees, on desks and phones, by mouse and by keys alone."""

from collections.abc import Generator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from app.models import clock
from app.models.permissions import Viewer
from app.models.words import Role
from tests.e2e.conftest import PHONE, PageFactory, ServerFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, database_of, press
from tests.support.pages import visit, wait_until_live
from tests.support.servers import Server


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Generator[Server]:
    one = start_server()
    with database_of(one):
        make.make_organisation()
        yield one


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    return Meetings(site, new_page, make.make_house())


def ahead(days: int = 10) -> date:
    """A day so far from now, as Berlin counts."""
    return clock.today(clock.now(), make.BERLIN) + timedelta(days=days)


def start_of(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.instant(datetime(day.year, day.month, day.day, hour, minute), make.BERLIN)  # noqa: DTZ001  # wall time


def last_day_before_the_clocks_change() -> date:
    """The next day in Berlin whose morrow has another offset."""
    day = ahead(1)
    while True:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(make.BERLIN))
        if noon.utcoffset() != (noon + timedelta(days=1)).utcoffset():
            return day
        day += timedelta(days=1)


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


def test_manager_books_an_unassigned_pair_and_assigns_them(meetings: Meetings) -> None:
    asha = make.make_person("Asha Raó", zone="Asia/Kolkata")
    make.make_member(meetings.house.program_id, asha, Role.MENTEE)
    page = open_form(meetings, meetings.house.manager)
    expect(page.get_by_role("heading", name="Book Session", exact=True)).to_be_visible()
    choose(page, "Mentor", "max", "Max Mentor")
    choose(page, "Mentee", "rao", "Asha Raó")
    set_time(page, ahead(), "17:00")
    expect(page.get_by_text("They will be assigned to each other.")).to_be_visible()
    expect(page.get_by_text("Both are free.")).to_be_visible()
    expect(page.locator(".times li").nth(1)).to_contain_text("for Asha (Kolkata time, UTC+5:30)")
    set_link(page)
    press(page, "Book Session")
    session = make.session(expect_booked(page))
    assert (session.start_at, session.mentee_id) == (start_of(ahead(), 17), asha)
    assert session.relationship_id is not None
    expect(page.get_by_text("Session booked")).to_be_visible()


def test_weekly_series_across_a_clock_change_keeps_its_hour(meetings: Meetings) -> None:
    asha = make.make_person("Asha Rao", zone="Asia/Kolkata")
    make.make_member(meetings.house.program_id, asha, Role.MENTEE)
    day = last_day_before_the_clocks_change()
    query = f"?mentor={meetings.house.mentor.person_id}&mentee={asha}&date={day}&time=17:00"
    page = open_form(meetings, meetings.house.manager, query)
    page.get_by_label("Repeat").select_option("Weekly")
    page.get_by_label("Number of sessions").fill("3")
    expect(page.locator(".dates li")).to_have_count(3)
    expect(page.get_by_text("All 3 dates can be booked.")).to_be_visible()
    expect(page.get_by_text("for Asha: the clocks change.")).to_be_visible()
    set_link(page)
    press(page, "Book Session")
    expect_booked(page, "3 sessions are booked")
    booked = make.sessions(program_id=meetings.house.program_id, status="scheduled")
    walls = [clock.wall(session.start_at, make.BERLIN) for session in booked if session.start_at]
    first = clock.wall(start_of(day, 17), make.BERLIN)
    assert walls == [first, first + timedelta(days=7), first + timedelta(days=14)]
    assert booked[1].start_at != booked[0].start_at + timedelta(days=7) if booked[0].start_at else False


def test_refused_clash_is_named_and_a_free_time_is_taken_by_a_click(meetings: Meetings) -> None:
    meetings.session(start_of(ahead(), 12), title="Geometry")
    page = open_form(meetings, meetings.house.mentor)
    set_time(page, ahead(), "12:30")
    page.get_by_label("Title").fill("Typed by hand")
    expect(page.get_by_text("This time is taken.")).to_be_visible()
    press(page, "Book Session")
    expect(page.locator("#time-error")).to_contain_text("You have “Geometry”")
    expect(page.get_by_label("Start time")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_value("Typed by hand")
    expect(page.locator(".book-outlook .chip")).to_have_count(3)
    page.locator(".book-outlook .chip").first.click()
    expect(page.get_by_text("Both are free.")).to_be_visible()
    expect(page.get_by_label("Start time")).to_have_value("13:30")
    expect(page.get_by_label("Title")).to_have_value("Typed by hand")
    press(page, "Book Session")
    assert make.session(expect_booked(page)).start_at == start_of(ahead(), 13, 30)


def test_clashing_dates_of_a_series_are_listed_and_skipped(meetings: Meetings) -> None:
    meetings.session(start_of(ahead(17), 17), title="Geometry")
    page = open_form(meetings, meetings.house.manager, f"{pair_query(meetings)}&date={ahead()}&time=17:00")
    page.get_by_label("Repeat").select_option("Weekly")
    page.get_by_label("Number of sessions").fill("3")
    expect(page.get_by_text("1 of 3 dates cannot be booked.")).to_be_visible()
    press(page, "Book Session")
    expect(page.locator("#time-error")).to_contain_text("Geometry")
    page.get_by_label("Skip the clashing dates").check()
    press(page, "Book Session")
    expect_booked(page, "2 sessions are booked")
    expect(page.get_by_text("These dates were left out:")).to_be_visible()


def test_double_click_books_once(meetings: Meetings) -> None:
    query = f"{pair_query(meetings)}&date={ahead()}&time=10:00"
    page = open_form(meetings, meetings.house.manager, query)
    set_link(page)
    page.get_by_role("button", name="Book Session", exact=True).dblclick()
    expect_booked(page)
    assert len(make.sessions(program_id=meetings.house.program_id, status="scheduled")) == 1


def test_reload_in_the_middle_keeps_everything(meetings: Meetings) -> None:
    page = open_form(meetings, meetings.house.manager)
    choose(page, "Mentor", "max", "Max Mentor")
    choose(page, "Mentee", "mia", "Mia Mentee")
    set_time(page, ahead(), "10:00")
    page.get_by_text("In person").click()
    page.get_by_label("Address").fill("Room 4")
    page.get_by_label("Title").fill("Kept <b>title</b>")
    page.get_by_label("Notify the participants").uncheck()
    page.reload()
    wait_until_live(page)
    expect(page.locator(".chosen")).to_have_count(2)
    expect(page.get_by_label("Start time")).to_have_value("10:00")
    expect(page.get_by_label("Address")).to_have_value("Room 4")
    expect(page.get_by_label("Title")).to_have_value("Kept <b>title</b>")
    expect(page.get_by_label("Notify the participants")).not_to_be_checked()
    press(page, "Book Session")
    session = make.session(expect_booked(page))
    assert (session.place, session.address, session.title) == ("in_person", "Room 4", "Kept <b>title</b>")
    assert {notice.mail_status for notice in make.notices(session_id=session.id)} == {"none"}


def test_restart_of_the_server_keeps_the_form(server: ServerFactory, new_page: PageFactory) -> None:
    one = server()
    with database_of(one):
        make.make_organisation()
        meetings = Meetings(one, new_page, make.make_house())
        page = open_form(meetings, meetings.house.mentor)
        set_time(page, ahead(), "10:00")
        page.get_by_label("Details").fill("Typed by hand")
        one.kill()
        expect(page.get_by_text("Not connected")).to_be_visible()
        one.start()
        expect(page.get_by_text("Not connected")).to_have_count(0)
        expect(page.get_by_label("Details")).to_have_value("Typed by hand")
        set_link(page)
        press(page, "Book Session")
        assert make.session(expect_booked(page)).details == "Typed by hand"


def test_mentor_books_on_a_phone_with_their_own_mentee_only(meetings: Meetings) -> None:
    second = make.make_person("Mo Second")
    make.make_relationship(meetings.house.program_id, meetings.house.mentor.person_id, second)
    make.make_member(meetings.house.program_id, make.make_person("Mina Foreign"), Role.MENTEE)
    page = open_form(meetings, meetings.house.mentor, viewport=PHONE, has_touch=True)
    expect(page.locator(".chosen", has_text="Max Mentor").get_by_role("button")).to_have_count(0)
    page.get_by_role("combobox", name="Mentee").tap()
    expect(found(page).locator(".strong")).to_have_text(["Mia Mentee", "Mo Second"])
    page.get_by_role("option", name="Mo Second").tap()
    set_time(page, ahead(), "10:00")
    expect(page.get_by_text("Both are free.")).to_be_visible()
    set_link(page)
    page.get_by_role("button", name="Book Session", exact=True).tap()
    assert make.session(expect_booked(page)).mentee_id == second
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_mentee_asks_for_a_session_where_the_programme_wants_confirmation(site: Server, new_page: PageFactory) -> None:
    meetings = Meetings(site, new_page, make.make_house(asks_confirmation=True))
    page = open_form(meetings, meetings.house.mentee, f"?date={ahead()}&time=10:00")
    expect(page.get_by_text("Max is asked to confirm; until then the time is held.")).to_be_visible()
    set_link(page)
    press(page, "Book Session")
    session = make.session(expect_booked(page))
    assert (session.status, session.asked_id) == ("pending", meetings.house.mentor.person_id)


def test_link_to_foreign_people_fills_in_nobody(meetings: Meetings) -> None:
    other = make.make_house()
    query = f"?mentor={other.mentor.person_id}&mentee={other.mentee.person_id}&program={other.program_id}"
    page = open_form(meetings, meetings.house.manager, query)
    expect(page.locator(".chosen")).to_have_count(0)
    expect(page.get_by_text("Max Mentor")).to_have_count(0)


def test_empty_form_says_what_is_missing_at_each_field(meetings: Meetings) -> None:
    page = open_form(meetings, meetings.house.manager)
    press(page, "Book Session")
    expect(page.get_by_text("The mentor is missing. Search by name or e-mail.")).to_be_visible()
    expect(page.get_by_text("The date is missing. Fill in the date.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Mentor")).to_be_focused()


@pytest.mark.parametrize(
    "text", ["x" * 400, "😀 <script>alert(1)</script>", "\u202emirrored\u202c مرحبا", "' OR 1=1 --", "{{7*7}} ${x}"]
)
def test_any_title_is_kept_as_it_was_typed(meetings: Meetings, text: str) -> None:
    page = open_form(meetings, meetings.house.mentor, f"?date={ahead()}&time=10:00")
    page.get_by_label("Title").fill(text)
    set_link(page)
    press(page, "Book Session")
    assert make.session(expect_booked(page)).title == text


def test_person_with_a_very_long_name_breaks_nothing(meetings: Meetings) -> None:
    long = make.make_person(f"{'Maximiliana' * 36} {'von' * 130}", email="long@example.org")
    make.make_member(meetings.house.program_id, long, Role.MENTEE)
    page = open_form(meetings, meetings.house.manager, viewport=PHONE)
    choose(page, "Mentee", "long@example", "Maximiliana")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_past_start_and_time_that_does_not_exist_are_refused(meetings: Meetings) -> None:
    page = open_form(meetings, meetings.house.mentor)
    set_link(page)
    set_time(page, ahead(-1), "10:00")
    expect(page.get_by_text("This time has passed.")).to_be_visible()
    press(page, "Book Session")
    expect(page.locator("#date-error")).to_contain_text("has passed")
    day = next_spring_forward()
    set_time(page, day, "02:30")
    expect(page.get_by_text("This time does not exist on that day.")).to_be_visible()
    press(page, "Book Session")
    expect(page.locator("#time-error")).to_contain_text("does not exist")
    assert make.sessions(program_id=meetings.house.program_id) == []


def next_spring_forward() -> date:
    day = ahead(1)
    while clock.exists(datetime(day.year, day.month, day.day, 2, 30), make.BERLIN):  # noqa: DTZ001  # wall time
        day += timedelta(days=1)
    return day


def test_unknown_zone_is_refused_and_a_known_one_is_used(meetings: Meetings) -> None:
    page = open_form(meetings, meetings.house.manager, f"{pair_query(meetings)}&date={ahead()}&time=10:00")
    set_link(page)
    page.get_by_label("Time zone of these hours").select_option("Another one …")
    page.get_by_label("Other time zone").fill("Mars/Base")
    press(page, "Book Session")
    expect(page.get_by_text("“Mars/Base” is not a time zone.").first).to_be_visible()
    page.get_by_label("Other time zone").fill("Asia/Tokyo")
    expect(page.locator(".book-outlook")).to_contain_text("(Tokyo time, UTC+9)")
    press(page, "Book Session")
    session = make.session(expect_booked(page))
    assert (session.zone, session.start_at) == (
        "Asia/Tokyo",
        clock.instant(datetime(ahead().year, ahead().month, ahead().day, 10), "Asia/Tokyo"),  # noqa: DTZ001
    )


def test_booking_elsewhere_is_seen_while_the_form_is_open(meetings: Meetings) -> None:
    page = open_form(meetings, meetings.house.mentor, f"?date={ahead()}&time=10:00")
    expect(page.get_by_text("Both are free.")).to_be_visible()
    other = open_form(meetings, meetings.house.manager, f"{pair_query(meetings)}&date={ahead()}&time=10:30")
    set_link(other)
    press(other, "Book Session")
    expect_booked(other)
    expect(page.get_by_text("This time is taken.")).to_be_visible()


def test_booking_is_possible_by_keys_alone(meetings: Meetings) -> None:
    page = open_form(meetings, meetings.house.manager)
    tab_to(page, "mentor-search")
    page.keyboard.type("max")
    expect(page.get_by_role("option", name="Max Mentor")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Mentee")).to_be_focused()
    page.keyboard.type("mia")
    expect(page.get_by_role("option", name="Mia Mentee")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Date", exact=True)).to_be_focused()
    page.keyboard.type(f"0202{ahead().year + 1}")
    tab_to(page, "time")
    page.keyboard.type("1000a")
    expect(page.get_by_text("Both are free.")).to_be_visible()
    tab_to(page, "link")
    page.keyboard.type("https://meet.example.org/room")
    page.keyboard.press("Enter")
    session = make.session(expect_booked(page))
    assert session.start_at == start_of(date(ahead().year + 1, 2, 2), 10)


def tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")


def test_escape_closes_the_list_and_keeps_the_text(meetings: Meetings) -> None:
    make.make_member(meetings.house.program_id, make.make_person("Tara Teacher"), Role.MENTOR)
    page = open_form(meetings, meetings.house.manager)
    box = page.get_by_role("combobox", name="Mentor")
    box.focus()
    expect(found(page)).to_have_count(2)
    box.fill("ma")
    expect(found(page)).to_have_count(1)
    box.press("Escape")
    expect(found(page)).to_have_count(0)
    expect(box).to_have_value("ma")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_person_page_leads_to_a_booking_with_them(meetings: Meetings) -> None:
    page = meetings.sign_in(meetings.house.manager)
    visit(page, f"{meetings.server.base_url}/people/{meetings.house.mentee.person_id}")
    expect(page.get_by_role("heading", name="Mia Mentee")).to_be_visible()
    expect(page.get_by_role("link", name=meetings.house.mentee.email).first).to_be_visible()
    page.get_by_role("link", name="Book Session", exact=True).click()
    expect(page.locator(".chosen", has_text="Mia Mentee")).to_be_visible()


def test_person_page_of_a_foreigner_is_not_found(meetings: Meetings) -> None:
    other = make.make_house()
    page = meetings.sign_in(meetings.house.mentor)
    visit(page, f"{meetings.server.base_url}/people/{other.mentee.person_id}")
    expect(page.get_by_role("heading", name="This person was not found")).to_be_visible()
    expect(page.get_by_text("Mia Mentee")).to_have_count(0)


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible(meetings: Meetings, viewport: dict[str, int]) -> None:
    meetings.session(start_of(ahead(), 17), title="Geometry")
    options = {"viewport": viewport}
    page = open_form(meetings, meetings.house.manager, **options)
    press(page, "Book Session")
    expect(page.locator("#date-error")).to_be_visible()
    page.get_by_role("combobox", name="Mentor").fill("m")
    expect(found(page)).to_have_count(1)
    assert_accessible(page)
    found(page).click()
    choose(page, "Mentee", "mia", "Mia Mentee")
    set_time(page, ahead(), "17:00")
    page.get_by_label("Repeat").select_option("Weekly")
    expect(page.locator(".dates li")).to_have_count(6)
    assert_accessible(page)
    visit(page, f"{meetings.server.base_url}/people/{meetings.house.mentor.person_id}")
    expect(page.get_by_role("heading", name="Max Mentor")).to_be_visible()
    assert_accessible(page)
