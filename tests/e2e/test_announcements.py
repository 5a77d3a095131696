"""A manager announces something, and its readers read it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite
from tests.support.pages import as_manager, enter, visit

SIZES = {"desktop": DESKTOP, "phone": PHONE}


def begin(page: Page, site: DemoSite, query: str = "") -> None:
    as_manager(page, site)
    visit(page, f"{site.base_url}/announcements{query}")


def test_announcement_reaches_whom_it_says(own_demo_site: DemoSite, new_page: PageFactory) -> None:
    site, page, reader = own_demo_site, new_page(), new_page(viewport=PHONE)
    visit(enter(reader, site, site.mentee), site.base_url)
    begin(page, site)
    page.get_by_role("button", name="New announcement").click()
    expect(page.get_by_label("Subject")).to_be_focused()
    page.get_by_label("Subject").fill("The hall is closed")
    page.get_by_label("Text").fill("On Friday.\n\nSee https://example.org/hall")
    page.get_by_label("People I choose").click()
    expect(page.get_by_text("Nobody is chosen yet.")).to_be_visible()
    page.get_by_label("Add somebody").fill(site.mentee)
    expect(page.get_by_role("option")).to_have_count(1)
    page.get_by_role("option").filter(has_text=site.mentee).click()
    expect(page.get_by_text("1 person will get it:")).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_value("The hall is closed")
    page.get_by_role("button", name="Send …").click()
    asked = page.get_by_role("dialog", name="Send it to 1 person?")
    asked.get_by_role("button", name="Back").click()
    expect(asked).to_be_hidden()
    page.get_by_role("button", name="Send …").click()
    asked.get_by_role("button", name="Send now").dblclick()
    expect(page.get_by_text("Sent to 1 person.")).to_be_visible()
    line = page.get_by_role("link", name=re.compile("The hall is closed"))
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Seen by 0 of 1")
    reader.get_by_role("button", name=re.compile("^Notices")).click()
    reader.get_by_role("link", name=re.compile("The hall is closed")).click()
    expect(reader.get_by_role("link", name="https://example.org/hall")).to_be_visible()
    expect(line).to_contain_text("Seen by 1 of 1")


def test_audience_is_counted_at_every_choice(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site, "?new=1")
    expect(page.get_by_text(re.compile(r"^\d+ people will get it: .* more\."))).to_be_visible()
    page.get_by_label("A programme").click()
    expect(page.get_by_text("The programme is missing.")).to_be_visible()
    page.get_by_label("Programme", exact=True).select_option(index=1)
    everybody = page.get_by_text(re.compile(r"people will get it"))
    expect(everybody).to_be_visible()
    before = everybody.inner_text()
    page.get_by_label("Who in it").select_option(index=1)
    expect(everybody).not_to_have_text(before)
    page.get_by_label("A tag").click()
    page.get_by_label("Tag", exact=True).select_option("evening")
    expect(everybody).to_be_visible()


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site, "?new=1")
    page.get_by_label("Text").fill("Half an announcement")
    page.get_by_role("button", name="Send …").click()
    expect(page.get_by_text("The subject is missing.")).to_be_visible()
    expect(page.get_by_label("Subject")).to_be_focused()
    expect(page.get_by_label("Text")).to_have_value("Half an announcement")


def test_mentors_find_no_announcements_page(demo_site: DemoSite, page: Page) -> None:
    visit(enter(page, demo_site, demo_site.mentor), demo_site.base_url)
    expect(page.get_by_role("link", name="Announcements")).to_have_count(0)
    visit(page, f"{demo_site.base_url}/announcements")
    expect(page.get_by_role("heading", name="This is for managers")).to_be_visible()
    expect(page.get_by_role("button", name="New announcement")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_announcements_are_accessible(demo_site: DemoSite, new_page: PageFactory, size: str) -> None:
    page = new_page(viewport=SIZES[size])
    begin(page, demo_site)
    expect(page.get_by_role("link", name=re.compile("Welcome to the new term"))).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="New announcement").click()
    shown = {
        "People I choose": "Nobody is chosen yet.",
        "A programme": "Choose a programme",
        "Everybody": "will get it:",
    }
    for way, words in shown.items():
        page.get_by_label(way).click()
        expect(page.locator(".announcement-form")).to_contain_text(words)
        assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
