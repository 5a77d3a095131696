"""Group sessions as those who run them see them: creating, editing, repeating, inviting."""

import io
import re
from datetime import date, timedelta

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite
from tests.support.pages import as_manager, enter, visit

SIZES = {"desktop": DESKTOP, "phone": PHONE}
FAR = (date.today() + timedelta(days=75)).isoformat()  # noqa: DTZ011  # any day on which nobody has anything


def begin(page: Page, site: DemoSite, path: str = "/sessions/new") -> None:
    as_manager(page, site)
    visit(page, f"{site.base_url}{path}")


def choose_program(page: Page) -> None:
    """Take the programme in which there are cohorts and tags."""
    page.locator("#program").select_option(label="After-school Tutoring")
    expect(page.locator("input#invite-search")).to_be_visible()


def fill(page: Page, title: str, day: str = FAR, time: str = "05:00") -> None:
    """Fill in what is needed."""
    page.locator("#title").fill(title)
    page.locator("#details").fill("Bring a story of three minutes.")
    page.get_by_label("Date", exact=True).fill(day)
    page.get_by_label("Time", exact=True).fill(time)
    page.locator("#hours").fill("1")
    page.locator("#minutes").fill("30")
    page.locator("#minimum").fill("2")
    page.locator("#maximum").fill("12")
    page.locator("#link").fill("https://meet.example.org/stories")


def create(page: Page) -> None:
    page.get_by_role("button", name="Create session").click()


def created(page: Page) -> Locator:
    """Wait for the green message, bottom left, and for the session's page."""
    toast = page.get_by_text("Created!", exact=True)
    expect(toast).to_be_visible()
    expect(toast).to_have_css("color", "rgb(26, 107, 60)")
    box = toast.bounding_box()
    assert box is not None
    width, height = (page.viewport_size or DESKTOP)["width"], (page.viewport_size or DESKTOP)["height"]
    assert box["x"] < width / 2
    assert box["y"] > height / 2
    expect(page).to_have_url(re.compile(r"/s/\d+$"))
    return page.get_by_role("heading", name="Story evening")


def test_manager_creates_a_session_and_invites(own_demo_site: DemoSite, new_page: PageFactory) -> None:
    page = as_manager(new_page(timezone_id="Asia/Kolkata"), own_demo_site)
    visit(page, own_demo_site.base_url)
    page.get_by_role("link", name="Sessions", exact=True).click()
    page.get_by_role("link", name="Create session").click()
    expect(page.get_by_text("In your time zone: Calcutta time, UTC+5:30.")).to_be_visible()
    choose_program(page)
    fill(page, "Story evening")
    expect(page.get_by_text("This time is free.")).to_be_visible()
    page.locator("input#invite-search").fill(own_demo_site.mentee)
    page.locator("#invite-options [role=option]", has_text=own_demo_site.mentee).click()
    expect(page.get_by_text("1 person will be invited.")).to_be_visible()
    page.get_by_role("button", name="Create session").dblclick()
    expect(created(page)).to_be_visible()
    expect(page.get_by_text("0 of 11 places taken · 1 invited")).to_be_visible()
    expect(page.get_by_role("button", name="Copy link")).to_have_attribute("data-copy", re.compile("^/g/[\\w-]{16}$"))
    visit(page, f"{own_demo_site.base_url}/sessions")
    page.get_by_label("Search by title").fill("Story evening")
    page.get_by_label("Search by title").press("Enter")
    line = page.get_by_role("row").filter(has_text="Story evening")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("0 / 11, 1 invited")
    expect(line.get_by_role("button", name="Copy the link of Story evening")).to_be_visible()


def test_mentor_creates_as_themselves_and_sees_a_clash_at_once(own_demo_site: DemoSite, page: Page) -> None:
    site = own_demo_site
    visit(enter(page, site, site.mentor), site.base_url)
    page.get_by_role("link", name="Group sessions").click()
    page.get_by_role("link", name="Create session").click()
    expect(page.locator("button#host-search")).to_have_count(0)
    fill(page, "Story evening")
    expect(page.get_by_text("This time is free.")).to_be_visible()
    create(page)
    expect(created(page)).to_be_visible()
    visit(page, f"{site.base_url}/sessions/new")
    fill(page, "A second one", time="06:00")
    expect(page.get_by_text("This time cannot be had.")).to_be_visible()
    expect(page.get_by_text(re.compile("You have “Story evening” on"))).to_be_visible()
    create(page)
    expect(page.locator("#time-error")).to_contain_text("Story evening")
    expect(page.get_by_label("Time", exact=True)).to_be_focused()
    expect(page.locator("#title")).to_have_value("A second one")
    page.get_by_label("Time", exact=True).fill("06:31")
    expect(page.get_by_text("This time is free.")).to_be_visible()


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site)
    choose_program(page)
    page.locator("#details").fill("Half a session")
    page.locator("#maximum").fill("1")
    create(page)
    expect(page.locator("#title-error")).to_have_text("The title is missing. Fill in the title.")
    expect(page.locator("#date-error")).to_have_text("The date is missing. Fill in the date.")
    expect(page.locator("#maximum-error")).to_contain_text("the host counts as one participant")
    expect(page.locator("#title")).to_be_focused()
    page.reload()
    expect(page.locator("#details")).to_have_value("Half a session")
    expect(page.locator("#maximum")).to_have_value("1")


def test_cohort_is_invited_at_once_and_private_counts_its_places(own_demo_site: DemoSite, page: Page) -> None:
    begin(page, own_demo_site)
    choose_program(page)
    fill(page, "Story evening")
    everybody = page.get_by_label("Invite everybody of a cohort, a tag or the programme")
    cohort = everybody.locator("option", has_text="Cohort").first.inner_text()
    everybody.select_option(label=cohort)
    expect(page.get_by_role("button", name=re.compile(f"{cohort}.*Take out"))).to_be_visible()
    said = page.get_by_text(re.compile(r"(people|person) will be invited\."))
    expect(said).to_be_visible()
    page.get_by_text("Private", exact=True).click()
    page.locator("#maximum").fill("2")
    expect(said).to_have_count(0)
    create(page)
    expect(page.locator("#invite-error")).not_to_be_empty()
    expect(page.locator("input#invite-search")).to_be_focused()
    page.locator("#maximum").fill("200")
    expect(said).to_be_visible()
    create(page)
    expect(created(page)).to_be_visible()
    expect(page.get_by_text(re.compile(r"0 of 199 places taken · \d+ invited|places taken"))).to_be_visible()


def test_host_is_chosen_by_keyboard(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site)
    choose_program(page)
    page.locator("button#host-search").press("Enter")
    search = page.locator("input#host-search")
    expect(search).to_be_focused()
    page.keyboard.type("bjorn nakamura")
    expect(page.locator("#host-options [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("bjorn.nakamura@")).to_be_visible()


def test_session_is_edited_and_repeated_on_other_dates(own_demo_site: DemoSite, page: Page) -> None:
    begin(page, own_demo_site)
    choose_program(page)
    fill(page, "Story evening")
    create(page)
    expect(created(page)).to_be_visible()
    page.get_by_role("link", name="Edit Session").click()
    expect(page.locator("#title")).to_have_value("Story evening")
    expect(page.get_by_text("Public. Stays as published.")).to_be_visible()
    page.locator("#title").fill("Story night")
    page.locator("#maximum").fill("20")
    page.get_by_role("link", name="Meeting link").click()
    expect(page.get_by_role("heading", name="Meeting", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Story night")).to_be_visible()
    expect(page.get_by_text("0 of 19 places taken")).to_be_visible()
    page.get_by_role("link", name="Duplicate").click()
    asked = page.get_by_role("dialog", name="Duplicate “Story night”")
    expect(asked.get_by_label("Start time")).to_have_value("05:00")
    asked.get_by_role("button", name="Create").click()
    expect(asked.get_by_role("alert")).not_to_be_empty()
    for number, days in enumerate((76, 83)):
        later = date.fromisoformat(FAR) + timedelta(days=days - 75)
        asked.get_by_label(f"Date {number + 1}").fill(later.isoformat())
    expect(asked.get_by_text("These dates are free.")).to_be_visible()
    asked.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Created 2 sessions!")).to_be_visible()
    visit(page, f"{own_demo_site.base_url}/sessions?q=Story night")
    expect(page.get_by_role("row").filter(has_text="Story night")).to_have_count(3)


def test_picture_is_sent_shown_shifted_and_removed(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site)
    choose_program(page)
    written = io.BytesIO()
    Image.new("RGB", (800, 900), "teal").save(written, "JPEG")
    chooser = page.locator("#picture-library")
    chooser.set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()})
    shown = page.get_by_alt_text("The session’s picture")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("naturalWidth", 800)
    page.get_by_label("Part that is seen").press("Home")
    expect(shown).to_be_visible()
    chooser.set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"})
    expect(page.get_by_text("This is not a picture we can read.")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(shown).to_have_count(0)


def test_mentees_find_no_list(demo_site: DemoSite, page: Page) -> None:
    visit(enter(page, demo_site, demo_site.mentee), demo_site.base_url)
    expect(page.get_by_role("link", name="Group sessions")).to_have_count(0)
    visit(page, f"{demo_site.base_url}/sessions")
    expect(page.get_by_text("This is for those who run sessions")).to_be_visible()
    visit(page, f"{demo_site.base_url}/sessions/new")
    expect(page.get_by_text("There is no programme to create a session in")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_list_and_form_are_accessible(demo_site: DemoSite, new_page: PageFactory, size: str) -> None:
    page = new_page(viewport=SIZES[size])
    begin(page, demo_site, "/sessions?type=public,private")
    expect(page.locator(".sessions-table tbody tr").first).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name=re.compile("^Duplicate")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    visit(page, f"{demo_site.base_url}/sessions/new")
    choose_program(page)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
