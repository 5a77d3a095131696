"""The form for booking in a browser: what it keeps, what it refuses, by keys alone, for everybody."""

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.models import clock
from app.models.words import Role
from tests.e2e.conftest import PHONE, PageFactory, ServerFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
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
from tests.support.meetings import Meetings, database_of, press
from tests.support.pages import visit, wait_until_live


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


def test_next_person_at_the_same_tab_sees_nothing_of_it(meetings: Meetings) -> None:
    page = open_form(meetings, meetings.house.mentor)
    page.get_by_label("Details").fill("For Mia only")
    meetings.sign_in_at(page, meetings.house.manager)
    page.reload()
    wait_until_live(page)
    expect(page.get_by_role("combobox", name="Mentor", exact=True)).to_be_visible()
    expect(page.get_by_label("Details")).to_have_value("")


def test_restart_of_the_server_keeps_the_form(server: ServerFactory, new_page: PageFactory) -> None:
    one = server()
    with database_of(one):
        make.make_organisation()
        meetings = Meetings(one, new_page, make.make_house())
        page = open_form(meetings, meetings.house.mentor)
        set_time(page, ahead(), "10:00")
        page.get_by_label("Details").fill("Typed by hand")
        page.locator("form.booking").evaluate("form => form.classList.add('before')")
        one.kill()
        expect(page.get_by_text("Not connected")).to_be_visible()
        one.start()
        expect(page.get_by_text("Not connected")).to_have_count(0)
        expect(page.locator("form.booking.before")).to_have_count(0)  # it is drawn anew
        expect(page.get_by_label("Details")).to_have_value("Typed by hand")
        set_link(page)
        press(page, "Book Session")
        assert make.session(expect_booked(page)).details == "Typed by hand"


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
    expect(page.get_by_label("Time zone of these hours")).to_be_focused()
    page.get_by_label("Other time zone").fill("Asia/Tokyo")
    expect(page.locator(".book-outlook")).to_contain_text("(Tokyo time, UTC+9)")
    press(page, "Book Session")
    session = make.session(expect_booked(page))
    assert (session.zone, session.start_at) == (
        "Asia/Tokyo",
        clock.instant(datetime(ahead().year, ahead().month, ahead().day, 10), "Asia/Tokyo"),  # noqa: DTZ001
    )


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
    expect(page.locator(".chosen", has_text="Max Mentor")).to_be_visible()
    choose(page, "Mentee", "mia", "Mia Mentee")
    set_time(page, ahead(), "17:00")
    page.get_by_label("Repeat").select_option("Weekly")
    expect(page.locator(".dates li")).to_have_count(6)
    assert_accessible(page)
    visit(page, f"{meetings.server.base_url}/people/{meetings.house.mentor.person_id}")
    expect(page.get_by_role("heading", name="Max Mentor")).to_be_visible()
    assert_accessible(page)
