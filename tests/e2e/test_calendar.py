"""Looking at the calendar in a browser: views, address, filters, a full day, keys, phones."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, PageFactory, ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.calendar_rows import MONDAY, Row, furnish, look_at
from tests.support.servers import Server

LONG = (
    "English conversation and the long road to the certificate, with homework to be corrected together afterwards, "
    "please bring it"
)
TUESDAY = MONDAY + timedelta(days=1)
FULL_DAY = [Row(f"Lesson {i}", 3, f"{8 + i:02d}:00", 45, mentor=4, mentee=5) for i in range(9)]
ROWS = [
    Row("Piano", 1, "10:30", 45),
    Row("Algebra", 1, "10:45", 60, mentor=4, mentee=5),
    Row("Missed one", 2, "09:00", status="missed"),
    Row("Coaching talk", 2, "15:00", mentor=4, mentee=5, program=2, status="pending"),
    Row(LONG, 4, "23:15", 90),
    *FULL_DAY,
]


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Server:
    return furnish(start_server(running=False), ROWS)


def in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def entry(page: Page, name: str):
    return page.locator("#calendar").get_by_role("button", name=re.compile(f"^{name}"))


def expect_followed(page: Page) -> None:
    """The page's script has seen what was drawn: the keys lead into it."""
    expect(page.locator('[data-grid] [tabindex="0"]')).to_have_count(1)


@pytest.mark.parametrize("view", ["month", "week", "list", "day"])
def test_each_view_names_a_session_in_a_sentence(page: Page, site: Server, view: str) -> None:
    look_at(page, site, f"?view={view}&date={TUESDAY}")
    sentence = f"Piano, {in_words(TUESDAY)}, 10:30 to 11:15, with M. Mentor and M. Müller, Scheduled"
    expect(page.get_by_role("button", name=sentence, exact=True)).to_be_visible()
    assert_accessible(page)


def test_the_address_follows_and_leads_back(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={TUESDAY}")
    first = page.url
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page).not_to_have_url(first)
    second = page.url
    page.get_by_role("group", name="View").get_by_role("button", name="Week", exact=True).click()
    expect(page).to_have_url(re.compile(r"view=week&date="))
    expect(page.locator(".days-column")).to_have_count(7)
    heading = page.locator(".calendar-heading").inner_text()
    page.reload()
    expect(page.locator(".calendar-heading")).to_have_text(heading)
    expect_followed(page)
    page.go_back()
    expect(page.locator(".month")).to_be_visible()
    page.go_back()  # at once: the answer to the first comes when the address is another one already
    expect(page.locator(".calendar-heading")).to_have_text(f"{TUESDAY:%B %Y}")
    expect(entry(page, "Piano")).to_be_visible()
    expect_followed(page)
    expect(page).to_have_url(first)
    page.go_forward()
    expect(page).to_have_url(second)


def test_today_is_marked_and_a_click_away(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=week&date={TUESDAY}")
    expect(page.locator(".is-today")).to_have_count(0)
    page.get_by_role("button", name="Today").click()
    expect(page.locator(".days-column.is-today .now-line")).to_have_count(1)


def test_filters_narrow_together_and_live_in_the_address(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=week&date={TUESDAY}")
    page.get_by_role("searchbox", name="Mentor").fill("mara")
    expect(entry(page, "Piano")).to_have_count(0)
    expect(entry(page, "Algebra")).to_be_visible()
    page.locator("summary", has_text="Status").click()
    page.get_by_role("checkbox", name="Pending confirmation").check()
    expect(entry(page, "Algebra")).to_have_count(0)
    expect(entry(page, "Coaching talk")).to_be_visible()
    expect(page).to_have_url(re.compile("status=pending&instructor=mara"))
    page.reload()
    expect(entry(page, "Coaching talk")).to_be_visible()
    expect(entry(page, "Algebra")).to_have_count(0)
    expect(page.get_by_role("searchbox", name="Mentor")).to_have_value("mara")
    page.get_by_role("button", name="Clear all").click()
    expect(entry(page, "Piano")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Mentor")).to_have_value("")
    expect(page.locator("summary", has_text="Status")).to_be_focused()


def test_programme_type_and_student_filter_by_accents_forgiven(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=list&date={TUESDAY}&type=tutoring")
    expect(entry(page, "Coaching talk")).to_have_count(0)
    page.get_by_role("searchbox", name="Mentee").fill("Muller")
    expect(entry(page, "Piano")).to_be_visible()
    expect(entry(page, "Algebra")).to_have_count(0)


def test_an_empty_result_names_the_filters_and_clears_them(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=week&date={TUESDAY}&status=live&instructor=max")
    expect(page.get_by_text("matches In progress and Mentor “max”.")).to_be_visible()
    page.get_by_role("button", name="Clear all filters").click()
    expect(entry(page, "Piano")).to_be_visible()


def test_an_address_that_makes_no_sense_opens_the_month(page: Page, site: Server) -> None:
    look_at(page, site, "?view=nonsense&date=2026-02-31&status=<script>&program=x,,9")
    expect(page.locator(".month")).to_be_visible()


def test_a_full_day_opens_in_place_and_gives_the_focus_back(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={MONDAY}")
    day = MONDAY + timedelta(days=3)
    more = page.get_by_role("button", name=f"+6 more on {in_words(day)}")
    more.click()
    window = page.get_by_role("dialog", name=in_words(day))
    expect(window.get_by_role("button", name=re.compile("^Lesson"))).to_have_count(9)
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    expect(more).to_be_focused()


def test_a_session_past_midnight_is_drawn_on_both_days(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=week&date={MONDAY}")
    expect(page.locator(".block", has_text="English conversation")).to_have_count(2)
    expect(page.locator(".block.goes-on")).to_have_count(1)


def test_a_session_opens_its_card_by_mouse(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={TUESDAY}")
    entry(page, "Piano").click()
    expect(page.get_by_role("dialog", name="Piano")).to_be_visible()
    page.keyboard.press("Escape")
    expect(entry(page, "Piano")).to_be_focused()


def expect_focused(page: Page, words: str) -> None:
    expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile(words))


def test_the_keyboard_alone_reaches_days_sessions_and_the_card(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={TUESDAY}")
    expect_followed(page)
    page.locator('[data-grid] [tabindex="0"]').focus()
    page.get_by_role("button", name=in_words(TUESDAY), exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect_focused(page, "^Piano")
    page.keyboard.press("ArrowDown")
    expect_focused(page, "^Algebra")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Piano")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect_focused(page, "^Piano")
    page.keyboard.press("ArrowRight")
    expect_focused(page, in_words(TUESDAY + timedelta(days=1)))
    expect_followed(page)


def test_arrows_lead_into_the_hours_from_nowhere_and_from_a_days_name(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=week&date={TUESDAY}")
    expect_followed(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-grid] [data-item]:focus")).to_have_count(1)
    page.locator(".days-head").first.focus()
    page.keyboard.press("ArrowRight")
    expect_focused(page, f"^{in_words(TUESDAY)}$")
    page.keyboard.press("ArrowDown")
    expect_focused(page, "^Piano")


def test_list_says_that_the_filters_leave_a_day_empty(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=list&date={TUESDAY}&status=missed")
    expect(page.locator(".list-day").filter(has_text="Missed one")).to_be_visible()
    expect(page.get_by_text("Nothing matches the filters")).to_have_count(6)
    expect(page.get_by_text("Nothing booked")).to_have_count(0)


def test_letters_change_the_view_at_the_day_one_is_on(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={TUESDAY}")
    entry(page, "Piano").focus()
    page.keyboard.press("w")
    expect(page.locator("[data-grid=hours]")).to_be_visible()
    expect(page).to_have_url(re.compile(f"view=week&date={TUESDAY}"))
    expect(entry(page, "Piano")).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator(".days.is-day")).to_be_visible()
    page.keyboard.press("l")
    expect(page.locator(".list-days")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("m")
    expect(page.locator(".month")).to_be_visible()


def test_letters_typed_into_a_field_are_letters(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={TUESDAY}")
    page.get_by_role("searchbox", name="Mentor").press_sequentially("max w?")
    expect(page.get_by_role("searchbox", name="Mentor")).to_have_value("max w?")
    expect(page.locator(".month")).to_be_visible()


def test_a_free_hour_books_by_enter_and_by_click(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=week&date={MONDAY}")
    page.get_by_role("link", name=f"Book on {in_words(MONDAY)} at 14:00").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/book\\?date={MONDAY}&time=14:00"))
    page.go_back()
    expect(page.locator("[data-grid=hours]")).to_be_visible()
    page.wait_for_function("document.querySelector('[data-scroll]').scrollTop > 0")  # the hours are where they stay
    slot = page.get_by_role("link", name=f"Book on {in_words(MONDAY)} at 10:00")
    slot.click(position={"x": 20, "y": 40})
    expect(page).to_have_url(re.compile(f"/book\\?date={MONDAY}&time=10:30"))


def test_b_books_on_the_day_one_is_on(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={TUESDAY}")
    entry(page, "Piano").focus()
    page.keyboard.press("b")
    expect(page).to_have_url(re.compile(f"/book\\?date={TUESDAY}"))


def test_a_phone_starts_with_the_list_from_today_and_has_no_week(new_page: PageFactory, site: Server) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    look_at(page, site)
    expect(page.locator(".list-day").first).to_have_class(re.compile("is-today"))
    expect(page.get_by_role("button", name="Week", exact=True)).to_be_hidden()
    for name in ("Today", "Previous", "Next", "Month", "Filters"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, name
    page.goto(f"{site.base_url}/calendar?view=list&date={TUESDAY}")
    row = entry(page, "Piano").bounding_box()
    assert row
    assert row["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


@pytest.mark.parametrize("view", ["month", "day"])
def test_a_phone_in_the_dark_shuts_nobody_out(new_page: PageFactory, site: Server, view: str) -> None:
    page = new_page(viewport=PHONE, has_touch=True, color_scheme="dark")
    look_at(page, site, f"?view={view}&date={TUESDAY}&status=scheduled")
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("searchbox", name="Mentor")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_no_one_is_shut_out_in_light_or_dark(new_page: PageFactory, site: Server, view: str) -> None:
    page = new_page()
    look_at(page, site, f"?view={view}&date={TUESDAY}&instructor=m")
    expect(entry(page, "Piano")).to_be_visible()
    assert_accessible(page)


def test_print_leaves_only_the_calendar(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={TUESDAY}")
    page.emulate_media(media="print")
    expect(page.locator(".calendar-bar")).to_be_hidden()
    expect(page.locator(".print-heading")).to_have_text(f"{TUESDAY:%B %Y}")
    expect(entry(page, "Piano")).to_be_visible()


def test_a_mentee_sees_their_own_sessions_only(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=week&date={TUESDAY}", person=3)
    expect(entry(page, "Piano")).to_be_visible()
    expect(entry(page, "Algebra")).to_have_count(0)
