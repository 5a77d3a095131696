"""Hands that are faster than the server: keys in type-aheads and searches, clicks that the server answers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from app.models.words import Role
from tests.models import factories as make
from tests.support.meetings import Meetings, hence, press
from tests.support.pages import visit


@pytest.fixture
def meetings(meetings: Meetings) -> Meetings:
    for name, role in (("Tara Teacher", Role.MENTOR), ("Milo Mentee", Role.MENTEE)):
        make.make_member(meetings.house.program_id, make.make_person(name), role)
    return meetings


DRAWN_ANEW = '"typed_anew_rx_state_":2'


def open_with_a_list(page: Page, name: str, count: int) -> Locator:
    """Go to a type-ahead and wait until it lists everybody."""
    box = page.get_by_role("combobox", name=name, exact=True)
    box.focus()
    expect(page.get_by_role("listbox", name=name).get_by_role("option")).to_have_count(count)
    return box


def hold_back(page: Page, sign: str) -> Callable[[], None]:
    """Keep back from the page's sockets what has this sign; give the function that lets it go."""
    held: list[str | bytes] = []
    sockets: list[WebSocketRoute] = []
    gone: list[bool] = []

    def relay(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        server = socket.connect_to_server()
        server.on_message(lambda said: (held.append if not gone and sign in str(said) else socket.send)(said))

    def let_go() -> None:
        gone.append(True)
        for said in held:
            sockets[-1].send(said)

    page.route_web_socket("**/_event**", relay)
    return let_go


def test_keys_before_the_list_follows_take_only_who_was_typed(meetings: Meetings) -> None:
    page = meetings.sign_in(meetings.house.manager)
    visit(page, f"{meetings.server.base_url}/book")
    mentor = open_with_a_list(page, "Mentor", 2)
    mentor.fill("tara")
    mentor.press("Enter")
    expect(page.locator(".chosen")).to_contain_text("Tara Teacher")

    mentee = open_with_a_list(page, "Mentee", 2)
    mentee.fill("who is not here")
    mentee.press("ArrowDown")
    mentee.press("Enter")
    expect(page.get_by_text("Nobody is found.")).to_be_visible()
    expect(page.locator(".chosen")).to_have_count(1)
    mentee.fill("mi")
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        mentee.press(key)
    expect(page.locator(".chosen", has_text="Milo Mentee")).to_be_visible()


def test_tick_stands_at_once_and_the_server_follows(meetings: Meetings) -> None:
    page = meetings.sign_in(meetings.house.manager)
    visit(page, f"{meetings.server.base_url}/people")
    for name in ("Milo Mentee", "Mia Mentee"):
        box = page.get_by_role("checkbox", name=f"Select {name}")
        expect(box).to_have_attribute("data-answered", "false")
        assert box.evaluate("box => { box.click(); return box.checked; }")
        expect(box).to_have_attribute("data-answered", "true")
        expect(box).to_be_checked()
    expect(page.get_by_text("2 selected")).to_be_visible()


def test_what_is_typed_before_the_list_is_read_again_stays(meetings: Meetings) -> None:
    meetings.session(hence(days=2), title="Algebra")
    page = meetings.sign_in(meetings.house.manager)
    visit(page, f"{meetings.server.base_url}/sessions")
    line = page.get_by_role("row").filter(has_text="Algebra")
    expect(line).to_be_visible()
    let_go = hold_back(page, DRAWN_ANEW)
    visit(page, f"{meetings.server.base_url}/sessions")
    search = page.get_by_label("Search by title")
    search.fill("Algebra")
    let_go()
    expect(line).to_be_visible()
    expect(search).to_have_value("Algebra")
    search.press("Enter")
    expect(page).to_have_url(re.compile("q=Algebra"))


def test_late_refusal_leaves_the_focus_with_whoever_went_on(meetings: Meetings) -> None:
    page = meetings.sign_in(meetings.house.manager)
    late: list[str | bytes] = []
    sockets: list[WebSocketRoute] = []
    is_slow: list[bool] = []

    def relay(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        server = socket.connect_to_server()
        server.on_message(lambda said: late.append(said) if is_slow else socket.send(said))

    page.route_web_socket("**/_event**", relay)
    visit(page, f"{meetings.server.base_url}/book")
    title = page.get_by_label("Title")
    expect(title).to_be_visible()
    is_slow.append(True)
    press(page, "Book Session")
    title.press_sequentially("Alge")
    is_slow.clear()
    for said in late:
        sockets[-1].send(said)
    expect(page.get_by_text("The mentor is missing.")).to_be_visible()
    title.press_sequentially("bra")
    expect(title).to_be_focused()
    expect(title).to_have_value("Algebra")
    press(page, "Book Session")
    expect(page.get_by_role("combobox", name="Mentor", exact=True)).to_be_focused()


def test_page_that_was_gone_on_to_keeps_its_address(meetings: Meetings) -> None:
    page = meetings.sign_in(meetings.house.manager)
    let_go = hold_back(page, "history.replaceState")
    visit(page, f"{meetings.server.base_url}/people")
    page.get_by_role("searchbox", name="Search").fill("Milo")
    page.get_by_role("link", name="Add a person").click()
    expect(page.get_by_role("radio", name="Mentee")).to_be_checked()
    let_go()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("First name", exact=True)).to_be_focused()  # what was let go came before this
    expect(page).to_have_url(f"{meetings.server.base_url}/people/new")
