"""A session's card over the calendar: opened by a click, live, and the address stays what it was."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from app.models import clock
from tests.e2e.conftest import PHONE
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, confirm, expect_closed, hence
from tests.support.pages import visit, wait_until_live


def open_card(meetings: Meetings, session_id: int, **options: Any) -> Page:
    """Open the calendar's list of the session's week as its manager, and there the card."""
    page = meetings.sign_in(meetings.house.manager, **options)
    start = make.session(session_id).start_at
    assert start is not None
    day = clock.wall(start, make.BERLIN).date()
    visit(page, f"{meetings.server.base_url}/calendar?view=list&date={day.isoformat()}")
    entry(page).click()
    expect(card(page)).to_be_visible()
    return page


def entry(page: Page) -> Locator:
    return page.locator("#calendar").get_by_role("button", name="Algebra").first


def card(page: Page) -> Locator:
    return page.locator("dialog.session-dialog")


def test_card_opens_over_the_calendar_and_gives_the_focus_back(meetings: Meetings) -> None:
    page = open_card(meetings, meetings.session(hence(days=2)))
    address = page.url
    assert "/calendar?" in address
    expect(card(page).get_by_role("heading", name="Algebra")).to_be_visible()
    page.keyboard.press("Escape")
    expect_closed(page)
    assert page.url == address
    expect(entry(page)).to_be_focused()


def test_card_over_the_calendar_edits_and_follows_what_others_do(meetings: Meetings) -> None:
    session_id = meetings.session(hence(days=2))
    page, other = open_card(meetings, session_id), meetings.open(meetings.house.mentor, session_id)
    card(page).get_by_role("button", name="Edit Session").click()
    page.get_by_label("Title (optional)").fill("Fractions")
    page.get_by_role("dialog", name="Edit Session").get_by_role("button", name="Save changes").click()
    expect(card(page).get_by_role("heading", name="Fractions")).to_be_visible()
    expect(other.get_by_role("heading", name="Fractions")).to_be_visible()
    other.get_by_role("button", name="Cancel Session").click()
    other.get_by_label("Why is it cancelled?").fill("I am ill")
    confirm(other, "Yes, cancel")
    expect(card(page).get_by_text("Reason: I am ill")).to_be_visible()


def test_card_leaves_the_screen_with_a_session_that_is_deleted(meetings: Meetings) -> None:
    page = open_card(meetings, meetings.session(hence(days=2)))
    card(page).get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Delete this session?").get_by_role("button", name="Yes delete").click()
    expect_closed(page)


def test_reload_opens_the_card_and_its_form_again(meetings: Meetings) -> None:
    page = open_card(meetings, meetings.session(hence(days=2)))
    card(page).get_by_role("button", name="Edit Session").click()
    page.get_by_label("Title (optional)").fill("Half typed")
    page.reload()
    wait_until_live(page)
    expect(card(page)).to_be_visible()
    expect(page.get_by_label("Title (optional)")).to_have_value("Half typed")


def test_card_that_was_left_for_its_page_does_not_come_back(meetings: Meetings) -> None:
    page = open_card(meetings, meetings.session(hence(days=2)))
    slow: list[bool] = []
    held: list[tuple[WebSocketRoute, str | bytes]] = []

    def relay(socket: WebSocketRoute) -> None:
        """Keep back what is said to the server while the network is slow."""
        server = socket.connect_to_server()
        socket.on_message(lambda said: held.append((server, said)) if slow else server.send(said))

    page.route_web_socket("**/_event**", relay)
    page.reload()
    expect(card(page)).to_be_visible()
    slow.append(True)
    card(page).get_by_role("link", name="Open as a page").click()
    expect(page).to_have_url(re.compile(r"/s/\d+$"))
    page.go_back()  # sooner than the page was read
    expect(entry(page)).to_be_attached()
    slow.clear()
    for server, said in held:
        server.send(said)
    expect(card(page)).to_have_count(0)
    entry(page).click()
    card(page).get_by_role("link", name="Open as a page").click()
    expect(card(page)).to_have_count(0)
    expect(page.get_by_role("heading", name="Algebra")).to_be_visible()


def test_long_card_keeps_its_steps_in_sight(meetings: Meetings) -> None:
    page = open_card(meetings, meetings.session(hence(days=2), details="A line.\n" * 100))
    expect(card(page).get_by_role("button", name="Cancel Session")).to_be_in_viewport(ratio=1)


def test_card_is_a_sheet_on_a_phone(meetings: Meetings) -> None:
    page = open_card(meetings, meetings.session(hence(days=2)), viewport=PHONE)
    box = card(page).bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
    assert_accessible(page)
