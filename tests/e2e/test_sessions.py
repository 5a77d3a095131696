"""The list of all sessions as managers use it: narrowing, sorting, pages, people, several at once, files, phones."""

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.models.uploads.reading import read_table
from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import PASSWORD, DemoSite
from tests.support.pages import as_manager, sign_in, visit, wait_until_live

SIZES = {"desktop": DESKTOP, "phone": PHONE}


def begin(page: Page, site: DemoSite, query: str = "") -> None:
    as_manager(page, site)
    visit(page, f"{site.base_url}/sessions{query}")
    expect(page.locator("#sessions-count")).to_be_visible()


def rows(page: Page) -> Locator:
    return page.locator(".sessions-table tbody tr")


def total(page: Page) -> int:
    words = page.locator("#sessions-count strong").inner_text()
    return int(words.rsplit(" ", 1)[-1].replace(",", ""))


def test_filters_become_chips_and_an_address_that_survives(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site)
    upcoming = total(page)
    page.get_by_role("button", name="Filters").click()
    panel = page.get_by_role("dialog", name="Filters")
    panel.get_by_label("Cancelled").check()
    panel.get_by_label("Missed").check()
    panel.get_by_label("One-to-one").check()
    assert_accessible(page)
    panel.get_by_role("button", name="Apply").click()
    expect(panel).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/sessions\?type=one_to_one&status=missed,cancelled$"))
    statuses = set(rows(page).locator(".status").all_inner_texts())
    assert statuses <= {"Cancelled", "Missed"}
    page.reload()
    wait_until_live(page)
    chip = page.get_by_role("button", name="Clear the filter Missed")
    expect(chip).to_be_visible()
    chip.click()
    expect(page).to_have_url(re.compile(r"status=cancelled$"))
    expect(rows(page).locator(".status", has_text="Missed")).to_have_count(0)
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"/sessions$"))
    expect(page.locator("#sessions-count strong")).to_contain_text(f"of {upcoming:,}")


def test_search_waits_for_enter(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site, "?show=all")
    everything = total(page)
    host = rows(page).first.locator("td[data-label] a").first.inner_text()
    field = page.locator("#sessions-search")
    field.fill(host)
    expect(page.locator("#sessions-count strong")).to_contain_text(f"of {everything:,}")
    field.press("Enter")
    expect(page).to_have_url(re.compile("q="))
    expect(page.get_by_role("button", name=f"Clear the filter “{host}”")).to_be_visible()
    assert 0 < total(page) < everything
    field.fill("nothing is called so")
    field.press("Enter")
    expect(page.get_by_role("heading", name="No session fits")).to_be_visible()


def test_list_is_sorted_and_paged(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site, "?show=all")
    everything = total(page)
    page.get_by_role("columnheader", name="ID").get_by_role("button").click()
    expect(rows(page).first.locator(".sessions-id")).to_have_text("1")
    expect(page.get_by_role("columnheader", name="ID")).to_have_attribute("aria-sort", "ascending")
    pages = page.get_by_role("navigation", name="Pages")
    pages.get_by_role("button", name="Next").press("Enter")
    expect(pages).to_contain_text(f"21–40 of {everything:,}")
    expect(page).to_have_url(re.compile("page=2"))
    page.get_by_label("Items per page").select_option("100")
    expect(rows(page)).to_have_count(100)
    expect(page).to_have_url(re.compile("per=100"))
    page.get_by_role("columnheader", name="ID").get_by_role("button").click()
    expect(page.get_by_role("columnheader", name="ID")).to_have_attribute("aria-sort", "descending")
    expect(pages.get_by_role("button", name="Previous")).to_be_disabled()
    page.get_by_role("group", name="Which sessions").get_by_role("button", name="Live").click()
    expect(page).to_have_url(re.compile("show=live"))


def test_count_opens_the_mentee_list(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site, "?show=all&type=public,private&sort=enrolment&down=1")
    count = rows(page).first.locator("button.sessions-count")
    enrolled = int(count.inner_text().split(" ", 1)[0])
    count.click()
    window = page.get_by_role("dialog")
    people = window.get_by_role("list", name="People").get_by_role("listitem")
    expect(people.first).to_contain_text("@")
    assert people.count() >= enrolled > 0
    assert_accessible(page)
    name = people.first.get_by_role("link").inner_text()
    window.get_by_label("Search by name or e-mail").fill(name)
    expect(people).to_have_count(1)
    with page.expect_download() as download:
        window.get_by_role("link", name="Download CSV").click()
    table = read_table(Path(download.value.path()).read_bytes())
    assert table.columns == ("Name", "E-mail", "Status", "Attendance")
    assert name in [line.cells[0] for line in table.lines]
    window.get_by_role("button", name="Close").press("Escape")
    expect(window).to_have_count(0)
    expect(count).to_be_focused()
    rows(page).first.locator(".sessions-title a").click()
    card = page.get_by_role("button", name="View list")
    card.click()
    expect(people.filter(has_text=name)).to_have_count(1)
    assert_accessible(page)
    window.get_by_role("button", name="Close").press("Escape")
    expect(card).to_be_focused()


def test_file_holds_what_the_filters_show(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site, "?show=completed")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    table = read_table(Path(download.value.path()).read_bytes())
    assert len(table.lines) == total(page)
    assert {line.cells[-1] for line in table.lines} == {"Completed"}


def test_several_are_cancelled_and_what_cannot_be_is_named(own_demo_site: DemoSite, page: Page) -> None:
    begin(page, own_demo_site, "?show=all&status=scheduled,completed&sort=status")
    first = rows(page).first.locator(".sessions-id").inner_text()
    rows(page).first.get_by_role("checkbox").click()
    expect(page.get_by_text("1 selected")).to_be_visible()
    page.get_by_role("columnheader", name="Status").get_by_role("button").click()
    expect(rows(page).first).to_contain_text("Completed")
    title = rows(page).first.locator(".sessions-title a").inner_text()
    rows(page).first.get_by_role("checkbox").click()
    several = page.get_by_role("region", name="With the selected sessions")
    expect(several).to_contain_text("2 selected")
    several.get_by_role("button", name="Cancel").click()
    question = page.get_by_role("dialog", name="Cancel 1 session?")
    expect(question).to_contain_text("1 of those you selected stays as it is")
    question.get_by_label("Reason").fill("The house is closed")
    question.get_by_role("button", name="Cancel 1 session").click()
    result = page.get_by_role("dialog", name="Not all could be done")
    expect(result).to_contain_text("1 session is cancelled.")
    expect(result.get_by_role("listitem")).to_contain_text(title)
    assert_accessible(page)
    result.get_by_role("button", name="Close").last.click()
    expect(several).to_contain_text("1 selected")
    visit(page, f"{own_demo_site.base_url}/s/{first}")
    expect(page.get_by_text("The house is closed").first).to_be_visible()


def test_deleted_sessions_leave_the_list(own_demo_site: DemoSite, page: Page) -> None:
    begin(page, own_demo_site, "?type=one_to_one")
    before, first = total(page), rows(page).first.locator(".sessions-id").inner_text()
    rows(page).first.get_by_role("button", name=re.compile("^Delete ")).click()
    page.get_by_role("dialog", name="Delete 1 session?").get_by_role("button", name="Yes delete").click()
    expect(page.get_by_text("1 session is deleted.")).to_be_visible()
    expect(page.locator("#sessions-count")).to_be_focused()
    expect(page.locator("#sessions-count strong")).to_contain_text(f"of {before - 1:,}")
    expect(rows(page).locator(".sessions-id", has_text=re.compile(f"^{first}$"))).to_have_count(0)
    host, _ = Counter(rows(page).locator(".sessions-host a").all_inner_texts()).most_common(1)[0]
    page.locator("#sessions-search").fill(host)
    page.locator("#sessions-search").press("Enter")
    expect(page.get_by_role("button", name=f"Clear the filter “{host}”")).to_be_visible()
    theirs = total(page)
    rows(page).first.get_by_role("checkbox").click()
    several = page.get_by_role("region", name="With the selected sessions")
    several.get_by_role("button", name=f"Select all {theirs}").click()
    expect(page.locator("#sessions-picked")).to_be_focused()
    expect(several).to_contain_text(f"All {theirs} selected")
    several.get_by_role("button", name="Delete").click()
    question = page.get_by_role("dialog", name=re.compile("^Delete "))
    expect(question).to_contain_text(re.compile(r"This concerns \d+ people"))
    assert_accessible(page)
    question.get_by_role("button", name="Yes delete").click()
    expect(page.get_by_text(re.compile(f"^{theirs} sessions? (is|are) deleted"))).to_be_visible()
    expect(page.get_by_role("heading", name="No session fits")).to_be_visible()


def test_participants_of_all_that_is_shown_are_written_to(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site)
    page.get_by_role("checkbox", name="Select page").click()
    several = page.get_by_role("region", name="With the selected sessions")
    expect(several).to_contain_text("20 selected")
    several.get_by_role("button", name="Select all").click()
    expect(several).to_contain_text(f"All {total(page)} selected")
    several.get_by_role("button", name="Message participants").click()
    expect(page).to_have_url(re.compile(r"/announcements\?sessions="))
    expect(page.get_by_role("radio", name="People I choose")).to_be_checked()


def test_one_to_one_is_edited_from_the_list(demo_site: DemoSite, page: Page) -> None:
    begin(page, demo_site, "?type=one_to_one")
    title = rows(page).first.locator(".sessions-title a").inner_text()
    rows(page).first.get_by_role("link", name=f"Edit: {title}").click()
    expect(page.get_by_role("dialog", name=re.compile("^Edit "))).to_be_visible()
    expect(page).to_have_url(re.compile(r"/s/\d+$"))


def test_mentors_keep_their_own_list(demo_site: DemoSite, page: Page) -> None:
    sign_in(page, demo_site.base_url, demo_site.mentor, PASSWORD)
    visit(page, f"{demo_site.base_url}/sessions")
    expect(page.get_by_role("navigation", name="Which sessions")).to_be_visible()
    expect(page.locator("#sessions-count")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_list_is_accessible(demo_site: DemoSite, new_page: PageFactory, scheme: str, size: str) -> None:
    page = new_page(viewport=SIZES[size], color_scheme=scheme)
    begin(page, demo_site, "?show=all&type=public,one_to_one&per=50")
    rows(page).first.get_by_role("checkbox").click()
    expect(page.get_by_role("region", name="With the selected sessions")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("dialog", name="Filters")).to_be_visible()
    assert_accessible(page)
