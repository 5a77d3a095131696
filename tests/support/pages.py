"""What every browser test does with a page."""

from playwright.sync_api import Page
from sqlmodel import select

from app.models.database import transaction
from app.models.tables import Person
from tests.support.databases import database_of
from tests.support.demo import DemoSite
from tests.support.logins import sign_in_by_cookie

LISTEN = """
window.isLive = false;
window.WebSocket = class extends WebSocket {
  constructor(...address) {
    super(...address);
    this.addEventListener("message", ({ data }) => { window.isLive ||= String(data).startsWith("40/_event,"); });
  }
};
"""
"""Runs in every document before its own scripts: notes that the server accepted the mounted page's connection.

The token in the session storage tells no more than that some page of this tab was live once.
"""
FINGERS = """
for (const kind of ["mouseover", "mouseout", "mousemove"]) {
  addEventListener(kind, (event) => event.stopImmediatePropagation(), true);
}
"""
"""Runs in every document on a phone: nothing lies where the last tap was, and so keeps a message on screen."""


def wait_until_live(page: Page) -> None:
    """Wait until this document's page is mounted and connected: what is clicked earlier is lost."""
    page.wait_for_function("window.isLive")


def visit(page: Page, url: str) -> None:
    """Open a page and wait until it is live."""
    page.goto(url)
    wait_until_live(page)


def sign_in(page: Page, base_url: str, email: str, password: str) -> None:
    """Sign in by the native form and wait until the page behind it is live."""
    visit(page, f"{base_url}/sign-in")
    page.locator("input[name=email]").first.fill(email)
    page.locator("input[name=password]").first.fill(password)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    wait_until_live(page)


def enter(page: Page, site: DemoSite, email: str) -> Page:
    """Sign somebody of the demo in by the cookie; a page is still to be opened."""
    with database_of(site.server.database_url), transaction() as db:
        person_id = db.exec(select(Person.id).where(Person.email == email)).one()
        return sign_in_by_cookie(db, page, site.base_url, person_id or 0)


def as_manager(page: Page, site: DemoSite) -> Page:
    """Sign in as the demo's manager; a page is still to be opened."""
    return enter(page, site, site.manager)


def open_account_menu(page: Page) -> None:
    """Open the account menu of a desk."""
    page.get_by_role("button", name="Your account").click()
