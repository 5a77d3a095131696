"""The bulk upload of sessions in a browser: sample, corrected cells, carrying out, result, undo."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.models.uploads.exports import as_csv
from app.models.uploads.reading import read_table
from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite
from tests.support.pages import as_manager, visit

WAITS = 60_000
NEW = "teacher@example.org"


def send(page: Page, site: DemoSite, path: str, content: bytes, name: str) -> None:
    visit(page, f"{site.base_url}{path}")
    page.get_by_label("CSV or XLSX file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_label("Programme of the rows").select_option(index=1)
    page.get_by_role("button", name="Upload").first.click()


def add_a_teacher(page: Page, site: DemoSite) -> None:
    headings, row = ["Action", "First name", "Email", "Role"], ["Add", "Tara", NEW, "mentor"]
    send(page, site, "/people/upload", as_csv(headings, [row]), "people.csv")
    page.get_by_role("button", name="Carry out 1 row").click(timeout=WAITS)
    page.get_by_role("dialog").get_by_role("button", name="Carry out").click()
    expect(page.get_by_role("heading", name="The result")).to_be_visible(timeout=WAITS)


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo this upload").click()
    expect(page.get_by_role("heading", name="Undo of sessions.csv")).to_be_visible(timeout=WAITS)
    page.get_by_role("button", name="Carry out 1 row").click(timeout=WAITS)
    page.get_by_role("dialog").get_by_role("button", name="Carry out").click()
    expect(page.get_by_role("row").filter(has_text="Deleted.")).to_have_count(1, timeout=WAITS)


def test_sample_is_filled_in_corrected_carried_out_and_undone(page: Page, own_demo_site: DemoSite) -> None:
    as_manager(page, own_demo_site)
    add_a_teacher(page, own_demo_site)
    visit(page, f"{own_demo_site.base_url}/sessions")
    page.get_by_role("link", name="Bulk upload").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download sample CSV").click()
    table = read_table(Path(download.value.path()).read_bytes())
    cells = dict(zip(table.columns, table.lines[2].cells, strict=True))
    mentor = next(column for column in table.columns if column.endswith("(Email)"))
    slashes = f"{datetime.now(UTC) + timedelta(days=40):%d/%m/%Y}"
    row = [{**cells, mentor: NEW, "Date (DD-MM-YYYY)": slashes}[column] for column in table.columns]
    send(page, own_demo_site, "/sessions/bulk", as_csv(table.columns, [row]), "sessions.csv")
    cell = page.get_by_role("textbox", name="Date (DD-MM-YYYY), row 2")
    expect(cell).to_be_visible(timeout=WAITS)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cell.fill(slashes.replace("/", "-"))
    cell.press("Enter")
    carry_out = page.get_by_role("button", name="Carry out 1 row")
    expect(carry_out).to_be_enabled(timeout=WAITS)
    carry_out.press("Enter")
    confirmed = page.get_by_role("dialog").get_by_role("button", name="Carry out")
    expect(confirmed).to_be_focused()
    assert_accessible(page)
    confirmed.press("Enter")
    expect(page.get_by_role("heading", name="The result")).to_be_visible(timeout=WAITS)
    expect(page.get_by_role("row").filter(has_text="Created as session")).to_have_count(1)
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    result = Path(download.value.path()).read_bytes()
    undo(page)
    send(page, own_demo_site, "/sessions/bulk", result, "result.csv")
    expect(page.get_by_text("A new session has no ID yet.")).to_be_visible(timeout=WAITS)
    expect(page.get_by_role("button", name="Carry out 0 rows")).to_be_disabled()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/sessions/bulk", "/sessions/bulk/help"])
def test_bulk_pages_are_accessible(
    new_page: PageFactory, demo_site: DemoSite, viewport: dict[str, int], scheme: str, path: str
) -> None:
    page = new_page(viewport=viewport, color_scheme=scheme)
    as_manager(page, demo_site)
    visit(page, f"{demo_site.base_url}{path}")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    assert_accessible(page)
