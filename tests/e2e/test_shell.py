"""The frame around every page, the dashboard, settings and account."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, PageFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import PASSWORD, DemoSite
from tests.support.pages import as_manager, enter, open_account_menu, sign_in, visit

OWNERS_PASSWORD = "three rivers meet here"
SIZES = {"desktop": DESKTOP, "phone": PHONE}
CANCEL_ONE = """
from sqlmodel import select
from app.models.commands.cancelling import cancel
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts import CancelDraft
from app.models.permissions import load_viewer
from app.models.tables import Person, Session
with reading() as db:
    owner = load_viewer(db, db.exec(select(Person.id).where(Person.rank == "owner")).one())
    asked = db.exec(select(Session.id).where(Session.status == "pending").order_by(Session.start_at.desc())).first()
perform(cancel, owner, "", asked, CancelDraft(reason="Ill"))
"""


def test_not_found_says_so_and_leads_back(demo_site: DemoSite, page: Page) -> None:
    assert httpx.get(f"{demo_site.base_url}/no/such/page").status_code == 404
    visit(page, f"{demo_site.base_url}/no/such/page")
    expect(page.get_by_role("heading", name="This page was not found")).to_be_visible()
    assert_accessible(page)


def test_keyboard_alone_reaches_content_menu_and_sign_out(demo_site: DemoSite, page: Page) -> None:
    visit(as_manager(page, demo_site), demo_site.base_url)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
    page.locator("body").press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    skip.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_role("button", name="Your account").press("Enter")
    menu = page.get_by_role("dialog", name="Your account")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Your account")).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    menu.get_by_role("button", name="Sign out").press("Enter")
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_manager_switches_to_their_own_sessions_and_back(demo_site: DemoSite, page: Page) -> None:
    visit(as_manager(page, demo_site), f"{demo_site.base_url}/sessions/new")
    open_account_menu(page)
    page.get_by_role("button", name="Personal").click()
    expect(page).to_have_url(re.compile("/me$"))
    expect(page.get_by_role("heading", name="Sessions", exact=True)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Users")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Sessions", exact=True)).to_be_visible()
    visit(page, f"{demo_site.base_url}/account")
    open_account_menu(page)
    page.get_by_role("button", name="Manager").click()
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()


def test_phone_has_its_navigation_at_the_bottom(demo_site: DemoSite, new_page: PageFactory) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    visit(enter(page, demo_site, demo_site.mentee), demo_site.base_url)
    nav = page.get_by_role("navigation", name="Main, at the bottom")
    for name in ("Calendar", "Book", "Messages", "Today"):
        nav.get_by_role("link", name=name).tap()
        expect(nav.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
    for tab in nav.locator("a, button").all():
        box = tab.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    nav.get_by_role("button", name="More").tap()
    page.get_by_role("link", name="Account").tap()
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_navigation_leads_managers_everywhere_also_on_a_phone(demo_site: DemoSite, new_page: PageFactory) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    visit(as_manager(page, demo_site), demo_site.base_url)
    for name, path in (("Relationships", "relationships"), ("Programmes", "programs"), ("Mail", "outbox")):
        page.get_by_role("navigation", name="Main, at the bottom").get_by_role("button", name="More").tap()
        page.get_by_role("dialog", name="Your account").get_by_role("link", name=name, exact=True).tap()
        expect(page).to_have_url(re.compile(f"/{path}$"))
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()  # the menu of the page before is gone


def test_lost_connection_is_said_and_takes_nothing_that_was_typed(own_demo_site: DemoSite, page: Page) -> None:
    site = own_demo_site
    as_manager(page, site)
    visit(page, f"{site.base_url}/settings")
    page.get_by_label("Public contact").fill("Half a sentence")
    site.server.kill()
    notice = page.get_by_text("Not connected.")
    expect(notice).to_be_visible()
    site.server.start()
    expect(notice).to_be_hidden()
    expect(page.get_by_label("Public contact")).to_have_value("Half a sentence")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Public contact")).to_have_value("Half a sentence")


def test_settings_take_a_name_a_logo_and_a_test_mail(own_demo_site: DemoSite, page: Page) -> None:
    as_manager(page, own_demo_site)
    visit(page, f"{own_demo_site.base_url}/settings")
    page.get_by_label("Name", exact=True).fill("Süd & <b>Nord</b> 🌊")
    page.get_by_label("What you call your people").select_option(label="Coaches and coachees")
    page.get_by_label("Server address").fill("https://bbb.example.org/api")
    page.get_by_label("Shared secret").fill("top secret")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".brand-name").first).to_have_text("Süd & <b>Nord</b> 🌊")
    page.get_by_role("button", name="Send a test e-mail to me").click()
    expect(page.get_by_text(f"A test mail to {own_demo_site.manager}")).to_be_visible()
    page.get_by_label("Picture file").set_input_files("assets/favicon.ico")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("not a picture we can read")).to_be_visible()
    page.get_by_label("Picture file").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": page.locator("body").screenshot()}
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_alt_text("The logo now")).to_be_visible()
    assert page.get_by_alt_text("The logo now").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert "top secret" not in page.content()
    visit(page, f"{own_demo_site.base_url}/calendar")
    expect(page.get_by_placeholder("Coachee")).to_be_visible()


def test_settings_are_closed_to_everybody_else(demo_site: DemoSite, page: Page) -> None:
    visit(enter(page, demo_site, demo_site.mentor), demo_site.base_url)
    expect(page.get_by_role("link", name="Settings")).to_have_count(0)
    visit(page, f"{demo_site.base_url}/settings")
    expect(page.get_by_label("Shared secret")).to_have_count(0)
    cookie = {c["name"]: c["value"] for c in page.context.cookies()}
    files = {"logo": ("logo.png", b"x", "image/png")}
    answer = httpx.post(
        f"{demo_site.base_url}/settings/logo", files=files, cookies={"meridian_login": cookie["meridian_login"]}
    )
    assert "was%20not%20found" in answer.headers["set-cookie"]


def test_account_changes_the_zone_and_the_password(own_demo_site: DemoSite, new_page: PageFactory) -> None:
    site, page, elsewhere = own_demo_site, new_page(timezone_id="Europe/Berlin"), new_page()
    for browser in (page, elsewhere):
        sign_in(browser, site.base_url, site.mentee, PASSWORD)
    visit(page, f"{site.base_url}/account")
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_role("link", name="Tokyo time, UTC+9")).to_be_visible()
    page.get_by_label("Your password now").fill("wrong")
    page.get_by_label("New password").fill(OWNERS_PASSWORD)
    page.get_by_label("The same again").fill(OWNERS_PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    page.get_by_label("Your password now").fill(PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    expect(elsewhere).to_have_url(re.compile("/sign-in"))
    sign_in(elsewhere, site.base_url, site.mentee, OWNERS_PASSWORD)


@pytest.mark.parametrize("size", SIZES)
def test_pages_are_accessible(demo_site: DemoSite, new_page: PageFactory, size: str) -> None:
    page = new_page(viewport=SIZES[size])
    visit(page, f"{demo_site.base_url}/sign-in")
    assert_accessible(page)
    visit(as_manager(page, demo_site), demo_site.base_url)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Your account" if size == "desktop" else "More").click()
    assert_accessible(page)
    for path, heading in (("/settings", "BigBlueButton"), ("/account", "Password")):
        visit(page, demo_site.base_url + path)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        assert_accessible(page)


def test_dashboard_follows_what_others_do(own_demo_site: DemoSite, page: Page) -> None:
    visit(as_manager(page, own_demo_site), own_demo_site.base_url)
    count = page.locator(".pile.is-answer .count")
    expect(count).to_have_text(re.compile(r"[1-9]\d*"))
    before = int(count.inner_text())
    own_demo_site.server.run("-c", CANCEL_ONE)
    expect(count).to_have_text(str(before - 1))
