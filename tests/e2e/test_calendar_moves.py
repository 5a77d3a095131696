"""Moving sessions in the calendar: by mouse, by keys, undone, refused, as a series, seen by others."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PageFactory, ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.calendar_rows import MONDAY, Row, furnish, look_at
from tests.support.servers import Server

HOUR = 56  # pixels, as calendar.css has it
ROWS = [
    Row("Piano", 1, "10:00"),
    Row("Violin", 2, "12:00"),
    Row("Harp", 3, "09:00"),
    Row("Done", 4, "09:00", status="completed"),
    Row("Weekly", 7, "10:00", weeks=4),
    Row("Live", 35, "10:00"),
    Row("Theirs", 42, "10:00", mentor=4, mentee=5),
]
SIGN_OUT = """
from sqlmodel import delete
from app.models.database import transaction
from app.models.tables import Login
with transaction() as db:
    db.exec(delete(Login).where(Login.person_id == 4))
"""


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> Server:
    return furnish(start_server(running=False), ROWS)


def week(page: Page, site: Server, weeks: int = 0) -> None:
    look_at(page, site, f"?view=week&date={MONDAY + timedelta(days=7 * weeks)}")
    expect(page.locator("[data-grid=hours]")).to_be_visible()
    page.wait_for_function("document.querySelector('[data-scroll]').scrollTop > 0")  # the hours are where they stay


def block(page: Page, name: str, hours: str = "") -> Locator:
    return page.locator("#calendar").get_by_role("button", name=re.compile(f"^{name}, .*{hours}"))


def drag(page: Page, what: Locator, *, days: int = 0, minutes: int = 0, release: bool = True) -> None:
    """Take a block 10 pixels below its upper edge and carry it."""
    box, column = what.bounding_box(), page.locator(".days-column").first.bounding_box()
    assert box
    assert column
    x, y = box["x"] + 20, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y + 8, steps=3)
    page.mouse.move(x + days * column["width"], y + minutes * HOUR / 60, steps=6)
    if release:
        page.mouse.up()


def test_a_drag_asks_moves_and_can_be_undone(page: Page, site: Server) -> None:
    week(page, site)
    drag(page, block(page, "Piano"), days=1, minutes=45)
    window = page.get_by_role("dialog", name="Move “Piano”?")
    expect(window).to_contain_text("10:45 – 11:45")
    expect(window).to_contain_text("Max Mentor and Mia Müller will be told.")
    assert_accessible(page)
    window.get_by_role("button", name="Move", exact=True).click()
    expect(block(page, "Piano", "10:45 to 11:45")).to_be_visible()
    expect(block(page, "Piano", "Rescheduled")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nobody was told.")).to_be_visible()
    expect(block(page, "Piano", "10:00 to 11:00, .*Scheduled")).to_be_visible()
    expect(block(page, "Piano", "Rescheduled")).to_have_count(0)


def test_a_drag_that_is_left_changes_nothing(page: Page, site: Server) -> None:
    week(page, site)
    drag(page, block(page, "Piano"), days=5)
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.locator(".calendar-ghost")).to_have_count(0)
    expect(block(page, "Piano", "10:00 to 11:00")).to_be_visible()


def test_escape_drops_nothing(page: Page, site: Server) -> None:
    week(page, site)
    drag(page, block(page, "Piano"), days=1, release=False)
    expect(page.locator(".calendar-ghost")).to_contain_text("10:00")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".calendar-ghost")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_refused_drop_snaps_back_and_says_why(page: Page, site: Server) -> None:
    week(page, site)
    drag(page, block(page, "Violin"), days=1, minutes=-180)
    expect(page.locator("[data-sonner-toast]")).to_contain_text("Max Mentor")
    expect(page.locator(".calendar-ghost")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(block(page, "Violin", "12:00 to 13:00")).to_be_visible()


def test_what_is_over_cannot_be_taken(page: Page, site: Server) -> None:
    week(page, site)
    drag(page, block(page, "Done"), days=1)
    expect(page.locator(".calendar-ghost")).to_have_count(0)


def test_the_lower_edge_makes_it_longer(page: Page, site: Server) -> None:
    week(page, site)
    cell = page.locator(".block-cell", has=page.get_by_role("button", name=re.compile("^Harp")))
    cell.hover()
    edge = cell.locator("[data-edge]").bounding_box()
    assert edge
    x, y = edge["x"] + 30, edge["y"] + 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + HOUR / 2, steps=5)
    page.mouse.up()
    window = page.get_by_role("dialog", name="Move “Harp”?")
    expect(window).to_contain_text("09:00 – 10:30")
    window.get_by_role("button", name="Move", exact=True).click()
    expect(block(page, "Harp", "09:00 to 10:30")).to_be_visible()


def test_a_drag_in_the_month_keeps_the_time_of_day(page: Page, site: Server) -> None:
    look_at(page, site, f"?view=month&date={MONDAY}")
    box = block(page, "Violin").bounding_box()
    target = page.locator(f'.month-cell[data-date="{MONDAY + timedelta(days=5)}"]').bounding_box()
    assert box
    assert target
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 12, steps=3)
    page.mouse.move(target["x"] + 40, target["y"] + 60, steps=6)
    page.mouse.up()
    expect(page.get_by_role("dialog", name="Move “Violin”?")).to_contain_text("Saturday")
    expect(page.get_by_role("dialog", name="Move “Violin”?")).to_contain_text("12:00 – 13:00")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_series_asks_how_far_and_moves_that_far(page: Page, site: Server) -> None:
    week(page, site, 2)
    drag(page, block(page, "Weekly"), minutes=60)
    window = page.get_by_role("dialog", name="Move “Weekly”?")
    expect(window).to_contain_text("11:00 – 12:00")
    window.get_by_role("radio", name="This and following").check()
    window.get_by_role("button", name="Move", exact=True).click()
    expect(block(page, "Weekly", "11:00 to 12:00")).to_be_visible()
    expect(page.get_by_text("sessions moved.")).to_be_visible()
    before = page.locator(".calendar-heading").inner_text()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".calendar-heading")).not_to_have_text(before)
    expect(block(page, "Weekly", "11:00 to 12:00")).to_be_visible()
    for _ in range(2):
        page.get_by_role("button", name="Previous", exact=True).click()
    expect(block(page, "Weekly", "10:00 to 11:00")).to_be_visible()


def test_keys_alone_move_a_session(page: Page, site: Server) -> None:
    week(page, site)
    block(page, "Piano").focus()
    page.keyboard.press("x")
    expect(page.locator("#calendar-says")).to_contain_text("Moving Piano")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    wednesday = MONDAY + timedelta(days=2)
    expect(page.locator("#calendar-says")).to_have_text(
        f"Wednesday {wednesday.day} {wednesday:%B}, 10:30".replace("  ", " ")
    )
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Move “Piano”?")).to_contain_text("10:30 – 11:30")
    page.keyboard.press("Enter")
    expect(block(page, "Piano", "10:30 to 11:30")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(block(page, "Piano", "10:00 to 11:00, .*Scheduled")).to_be_visible()


def test_escape_leaves_move_mode(page: Page, site: Server) -> None:
    week(page, site)
    block(page, "Piano").focus()
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".calendar-ghost")).to_have_count(0)
    expect(page.locator("#calendar-says")).to_have_text("Left where it was.")
    page.keyboard.press("m")
    expect(page.locator(".month")).to_be_visible()


def test_two_browsers_see_each_others_changes(new_page: PageFactory, site: Server) -> None:
    one, other = new_page(), new_page()
    for page in (one, other):
        week(page, site, 5)
        expect(block(page, "Live", "10:00 to 11:00")).to_be_visible()
    drag(one, block(one, "Live"), days=1)
    one.get_by_role("button", name="Move", exact=True).click()
    expect(block(one, "Live", "Rescheduled")).to_be_visible()
    expect(block(other, "Live", "Rescheduled")).to_be_visible()


def test_a_browser_that_was_signed_out_learns_nothing_more(new_page: PageFactory, site: Server) -> None:
    owner, mentor = new_page(), new_page()
    week(owner, site, 6)
    look_at(mentor, site, f"?view=week&date={MONDAY + timedelta(days=42)}", person=4)
    expect(block(mentor, "Theirs")).to_be_visible()
    site.run("-c", SIGN_OUT)
    drag(owner, block(owner, "Theirs"), days=1)
    owner.get_by_role("button", name="Move", exact=True).click()
    expect(block(owner, "Theirs", "Rescheduled")).to_be_visible()
    expect(mentor.locator(".entry")).to_have_count(0)
