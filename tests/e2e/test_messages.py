"""Two people writing to each other in two browsers, and what neither a tab out of sight nor anybody else gets."""

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from app.models import clock
from app.models.commands.messages import close_thread, reopen_thread
from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.queries.messages import count_unread
from app.models.tables import Message, Relationship
from tests.e2e.conftest import PHONE
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings
from tests.support.pages import visit
from tests.support.servers import Server

HIDE = """hidden => {
    const get = () => hidden ? "hidden" : "visible";
    Object.defineProperty(document, "visibilityState", { configurable: true, get });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
NASTY = [
    "<script>window.broken = 1</script>",
    '<img src=x onerror="window.broken = 2">',
    "javascript:window.broken=3",
    'https://example.org/"onmouseover="window.broken=4',
    "{{7*7}} ${window.broken=5} </textarea><b>bold</b>",
]


def write(meetings: Meetings, who: Viewer, *texts: str) -> None:
    """Messages that were written before the page is opened."""
    thread, now = meetings.house.relationship_id, clock.now()
    with transaction() as db:
        for number, text in enumerate(texts):
            at = now - timedelta(minutes=len(texts) - number)
            db.add(Message(relationship_id=thread, sender_id=who.person_id, text=text, sent_at=at))
            db.flush()


def open_thread(meetings: Meetings, who: Viewer, **options) -> Page:
    page = meetings.sign_in(who, **options)
    visit(page, f"{meetings.server.base_url}/messages/{meetings.house.relationship_id}")
    expect(page.locator(".conversation h2")).to_be_visible()
    return page


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message to")


def said(page: Page) -> list[str]:
    return page.locator(".log .said").all_inner_texts()


def unread(who: Viewer) -> int:
    with reading() as db:
        return count_unread(db, who)


def until_read(page: Page) -> None:
    expect(page.locator("[data-log]")).to_have_attribute("data-unread-to", "0")


def test_a_message_is_in_the_other_browser_without_being_asked_for(meetings: Meetings) -> None:
    mentor, mentee = (open_thread(meetings, who) for who in (meetings.house.mentor, meetings.house.mentee))
    for page, text in ((mentor, "Hello Mia"), (mentee, "Hello Max"), (mentor, "How was school?")):
        field(page).fill(text)
        field(page).press("Enter")
        expect(page.locator(".said").last).to_have_text(text)
    field(mentee).fill("Very good")
    field(mentee).press("Enter")
    expect(mentor.locator(".said").last).to_have_text("Very good")
    expect(mentee.locator(".said")).to_have_count(4)
    assert said(mentor) == said(mentee) == ["Hello Mia", "Hello Max", "How was school?", "Very good"]
    expect(field(mentee)).to_have_value("")
    for page, who in ((mentor, meetings.house.mentor), (mentee, meetings.house.mentee)):
        until_read(page)
        assert unread(who) == 0


def test_shift_enter_begins_a_line_and_a_quick_pair_is_sent_in_order(meetings: Meetings) -> None:
    page = open_thread(meetings, meetings.house.mentor)
    field(page).press_sequentially("one")
    field(page).press("Shift+Enter")
    field(page).press_sequentially("two")
    field(page).press("Enter")
    field(page).press_sequentially("three")
    field(page).press("Enter")
    expect(page.locator(".said")).to_have_count(2)
    assert said(page) == ["one\ntwo", "three"]
    field(page).fill("four")
    assert field(page).evaluate("box => { box.form.requestSubmit(); return box.value; }") == ""
    expect(page.locator(".said").last).to_have_text("four")


def test_tab_out_of_sight_reads_nothing_and_shows_later_what_is_new(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, "seen before")
    mentor, mentee = (open_thread(meetings, who) for who in (meetings.house.mentor, meetings.house.mentee))
    until_read(mentee)
    mentee.evaluate(HIDE, True)
    field(mentor).fill("written while away")
    field(mentor).press("Enter")
    expect(mentee.locator(".said").last).to_have_text("written while away")
    expect(mentee.locator(".thread-link .unread-count")).to_have_text("1 unread")
    expect(mentee.locator("li:has(.new-from-here) .said")).to_have_text("written while away")
    assert unread(meetings.house.mentee) == 1
    mentee.evaluate(HIDE, False)
    until_read(mentee)
    expect(mentee.locator(".unread-count")).to_have_count(0)
    assert unread(meetings.house.mentee) == 0


def test_unread_line_stands_where_the_reader_left_off(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, "one", "two")
    page = open_thread(meetings, meetings.house.mentee)
    expect(page.locator("li:has(.new-from-here) .said")).to_have_text("one")
    until_read(page)
    expect(page.locator("li:has(.new-from-here) .said")).to_have_text("one")


def test_long_thread_opens_where_it_is_new_and_goes_back(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, *[f"message {number}" for number in range(1, 121)])
    page = open_thread(meetings, meetings.house.mentee)
    expect(page.locator(".said")).to_have_count(50)
    expect(page.locator(".said", has_text="message 71")).to_be_in_viewport()
    assert unread(meetings.house.mentee) == 120
    page.get_by_role("button", name="New messages").click()
    expect(page.locator(".said", has_text="message 120")).to_be_in_viewport()
    until_read(page)
    for count in (100, 120):
        page.get_by_role("button", name="Earlier messages").click()
        expect(page.locator(".said")).to_have_count(count)
    expect(page.get_by_role("button", name="Earlier messages")).to_have_count(0)


def test_web_addresses_are_links_and_nothing_else_is_anything(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, "See https://example.org/a?b=1, or ftp://x", *NASTY)
    page = open_thread(meetings, meetings.house.mentee)
    expect(page.locator(".said")).to_have_count(len(NASTY) + 1)
    assert said(page)[1:] == NASTY
    links = page.locator(".said a")
    assert [link.get_attribute("href") for link in links.all()] == ["https://example.org/a?b=1", "https://example.org/"]
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer"}
    assert page.locator(".said").locator("script, img, b").count() == 0
    assert page.evaluate("window.broken") is None


def test_search_marks_what_it_finds_and_leads_there(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, "Die Prüfung ist im Café", *[f"filler {number}" for number in range(80)])
    page = open_thread(meetings, meetings.house.mentee)
    page.get_by_role("button", name="Search in this conversation").click()
    finder = page.get_by_role("searchbox", name="Search in this conversation")
    expect(finder).to_be_focused()
    finder.fill("cafe PRUFUNG")
    expect(page.get_by_text("1 message found.")).to_be_visible()
    assert page.locator("mark").all_inner_texts() == ["Prüfung", "Café"]
    page.get_by_role("button", name="Show in the conversation").click()
    expect(page.locator(".is-found .said")).to_have_text("Die Prüfung ist im Café")
    expect(page.locator(".is-found")).to_be_in_viewport()


def test_what_is_typed_survives_a_reload_and_a_lost_server(site: Server, meetings: Meetings) -> None:
    page = open_thread(meetings, meetings.house.mentor)
    field(page).fill("half a thou")
    page.reload()
    expect(field(page)).to_have_value("half a thou")
    site.restart()
    write(meetings, meetings.house.mentee, "are you there?")
    expect(page.locator(".said")).to_have_text(["are you there?"])  # the page is live again
    expect(field(page)).to_have_value("half a thou")
    field(page).fill("half a thought")
    field(page).press("Enter")
    expect(page.locator(".said")).to_have_text(["are you there?", "half a thought"])
    expect(field(page)).to_have_value("")


def test_refused_message_is_in_the_field_again(meetings: Meetings) -> None:
    page = open_thread(meetings, meetings.house.mentor)
    field(page).fill("x" * 5_001)
    expect(page.get_by_text("1 character too many")).to_be_visible()
    field(page).press("Enter")
    expect(field(page)).to_have_value("x" * 5_001)
    field(page).fill("too late")
    with transaction() as db:
        db.get_one(Relationship, meetings.house.relationship_id).thread_closed_at = clock.now()
    field(page).press("Enter")
    expect(page.get_by_text("A manager closed this conversation, so nothing can be written here.")).to_be_visible()
    with transaction() as db:
        db.get_one(Relationship, meetings.house.relationship_id).thread_closed_at = None
    page.reload()
    expect(field(page)).to_have_value("too late")


def test_closed_thread_stays_readable_and_says_why(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, "still here")
    page = open_thread(meetings, meetings.house.mentee)
    make.do(close_thread, meetings.house.manager, meetings.house.relationship_id)
    expect(page.get_by_text("A manager closed this conversation, so nothing can be written here.")).to_be_visible()
    expect(page.get_by_text("still here").last).to_be_visible()
    expect(field(page)).to_have_count(0)
    expect(page.get_by_text("Enter sends")).to_have_count(0)
    make.do(reopen_thread, meetings.house.manager, meetings.house.relationship_id)
    expect(field(page)).to_be_visible()


def test_manager_reads_nothing_and_is_shown_the_way_to_announcements(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, "between us")
    page = meetings.sign_in(meetings.house.manager)
    visit(page, f"{meetings.server.base_url}/messages/{meetings.house.relationship_id}")
    expect(page.get_by_role("heading", name="This conversation was not found.")).to_be_visible()
    page.get_by_role("link", name="All messages").click()
    expect(page.get_by_text("Nobody else reads them, managers neither.")).to_be_visible()
    expect(page.locator(".empty").get_by_role("link", name="Announcements")).to_be_visible()
    assert "between us" not in page.content()


def test_phone_goes_from_the_list_to_a_thread_and_back(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, "Hello Mia")
    page = meetings.sign_in(meetings.house.mentee, viewport=PHONE, has_touch=True, is_mobile=True)
    visit(page, f"{meetings.server.base_url}/messages")
    expect(page.get_by_role("link", name=re.compile("Max Mentor"))).to_be_visible()
    expect(page.locator(".log")).to_be_hidden()
    assert unread(meetings.house.mentee) == 1
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Max Mentor")).tap()
    expect(page.locator(".log .said")).to_be_visible()
    until_read(page)
    field(page).fill("Hello\u202eMax")
    field(page).press("Enter")
    expect(page.locator(".said")).to_have_count(1)
    field(page).fill("From a phone " + "x" * 300)
    page.get_by_role("button", name="Send").tap()
    expect(page.locator(".said")).to_have_count(2)
    expect(field(page)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_accessible(page)
    page.get_by_role("link", name="All messages").tap()
    expect(page.locator(".thread-link").get_by_text("You: From a phone")).to_be_visible()


def test_desk_is_accessible_and_goes_by_keyboard(meetings: Meetings) -> None:
    write(meetings, meetings.house.mentor, "Hello https://example.org/ 🎈", "שלום עולם")
    page = meetings.sign_in(meetings.house.mentee)
    visit(page, f"{meetings.server.base_url}/messages")
    expect(page.locator(".log .said")).to_have_count(2)
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Max Mentor")).press("Enter")
    page.wait_for_url("**/messages/*")
    expect(page.locator(".messages.shows-thread .log .said")).to_have_count(2)
    page.get_by_role("button", name="Search in this conversation").press("Enter")
    finder = page.get_by_role("searchbox", name="Search in this conversation")
    expect(finder).to_be_focused()
    finder.press_sequentially("hello")
    expect(page.locator("mark")).to_have_text(["Hello"])  # one letter alone finds more
    assert_accessible(page)
    page.get_by_role("button", name="Close the search").press("Enter")
    expect(page.locator(".log .said")).to_have_count(2)
