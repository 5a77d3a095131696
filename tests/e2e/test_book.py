"""Booking in a browser: who books with whom, on desks and phones; series, clashes and double clicks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from app.models import clock
from app.models.words import Role
from tests.e2e.conftest import PHONE, PageFactory
from tests.models import factories as make
from tests.support.booking import (
    ahead,
    choose,
    expect_booked,
    found,
    open_form,
    pair_query,
    set_link,
    set_time,
    start_of,
)
from tests.support.meetings import Meetings, press
from tests.support.pages import visit
from tests.support.servers import Server


def last_day_before_the_clocks_change() -> date:
    """The next day in Berlin whose morrow has another offset."""
    day = ahead(1)
    while True:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(make.BERLIN))
        if noon.utcoffset() != (noon + timedelta(days=1)).utcoffset():
            return day
        day += timedelta(days=1)


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
    expect(page.get_by_text("Session booked")).to_be_visible()
    session = make.session(expect_booked(page))
    assert (session.start_at, session.mentee_id) == (start_of(ahead(), 17), asha)
    assert session.relationship_id is not None


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
    expect(page.get_by_text("This time cannot be had.")).to_be_visible()
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


def test_booking_elsewhere_is_seen_while_the_form_is_open(meetings: Meetings) -> None:
    page = open_form(meetings, meetings.house.mentor, f"?date={ahead()}&time=10:00")
    expect(page.get_by_text("Both are free.")).to_be_visible()
    other = open_form(meetings, meetings.house.manager, f"{pair_query(meetings)}&date={ahead()}&time=10:30")
    set_link(other)
    press(other, "Book Session")
    expect_booked(other)
    expect(page.get_by_text("This time cannot be had.")).to_be_visible()


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
