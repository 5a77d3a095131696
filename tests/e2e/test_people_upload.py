"""The multi-user upload in a browser: sample, file, correction, carrying out, result."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.models.uploads.reading import read_table
from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite
from tests.support.pages import as_manager, visit
from tests.support.roster import as_csv

HEADINGS = ["Action", "First name", "Last name", "Email", "Role", "Instructors"]
ROWS = [
    ["Add", "Özgür", "Müller", "oezguer@example.org", "instructor", ""],
    ["Add", "आरव", "शर्मा", "aarav@example.org", "student", "oezguer@example.org"],
    ["Add", "", "Nobody", "nora@example.org", "student", "oezguer@example.org"],
]
WAITS = 60_000


def send(page: Page, site: DemoSite, content: bytes | Path, name: str = "people.csv") -> None:
    visit(page, f"{site.base_url}/people/upload")
    file = {"name": name, "mimeType": "text/csv", "buffer": content} if isinstance(content, bytes) else content
    page.get_by_label("CSV or XLSX file").set_input_files(file)
    page.get_by_label("Programme of the rows").select_option(index=1)
    page.get_by_role("button", name="Upload and check").click()


def test_file_is_corrected_and_carried_out_by_keyboard(page: Page, own_demo_site: DemoSite) -> None:
    as_manager(page, own_demo_site)
    send(page, own_demo_site, as_csv([HEADINGS, *ROWS], delimiter=";", encoding="utf-16"))
    cell = page.get_by_role("textbox", name="First name, row 4")
    expect(cell).to_be_visible(timeout=WAITS)
    expect(page.get_by_text("The first name is missing.")).to_be_visible()
    assert_accessible(page)
    cell.press_sequentially("Nora")
    cell.press("Enter")
    carry_out = page.get_by_role("button", name="Carry out 3 rows")
    expect(carry_out).to_be_enabled(timeout=WAITS)
    carry_out.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("dialog").get_by_role("button", name="Carry out").press("Enter")
    expect(page.get_by_role("heading", name="The result")).to_be_visible(timeout=WAITS)
    expect(page.get_by_role("row").filter(has_text="Added. Assigned.")).to_have_count(2)
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    result = Path(download.value.path()).read_bytes()
    assert [line.cells[1] for line in read_table(result).lines] == ["Özgür", "आरव", "Nora"]
    send(page, own_demo_site, result)
    expect(page.get_by_role("button", name="Unchanged 3")).to_be_visible(timeout=WAITS)
    expect(page.get_by_role("button", name="Carry out 0 rows")).to_be_disabled()


def test_sample_is_right_as_it_stands(page: Page, own_demo_site: DemoSite) -> None:
    as_manager(page, own_demo_site)
    visit(page, f"{own_demo_site.base_url}/people/upload")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download sample XLSX").click()
    send(page, own_demo_site, Path(download.value.path()).read_bytes(), "sample.xlsx")
    expect(page.get_by_role("button", name="Carry out 4 rows")).to_be_enabled(timeout=WAITS)


def test_what_is_no_table_is_refused_where_it_was_chosen(page: Page, own_demo_site: DemoSite, tmp_path: Path) -> None:
    as_manager(page, own_demo_site)
    send(page, own_demo_site, b"\x89PNG\r\n\x1a\n0000")
    expect(
        page.get_by_role("alert").filter(has_text="This is a picture (PNG), whatever its name says.")
    ).to_be_visible()
    large = tmp_path / "large.csv"
    large.write_bytes(b"a" * 30 * 1024 * 1024)
    send(page, own_demo_site, large)
    expect(page.get_by_role("alert").filter(has_text="This file is larger than 10 MB.")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_upload_page_is_accessible(new_page: PageFactory, demo_site: DemoSite, viewport: dict[str, int]) -> None:
    page = new_page(viewport=viewport)
    as_manager(page, demo_site)
    visit(page, f"{demo_site.base_url}/people/upload")
    expect(page.get_by_role("heading", name="The columns")).to_be_visible()
    assert_accessible(page)
