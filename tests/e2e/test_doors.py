"""Ways in and out, as people with a browser meet them."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, PageFactory, ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import PASSWORD, DemoSite, furnish
from tests.support.mail import MailServer
from tests.support.pages import sign_in, visit, wait_until_live
from tests.support.servers import Server

OWNERS_PASSWORD = "three rivers meet here"
SCHEMES = ("light", "dark")
SIZES = {"desktop": DESKTOP, "phone": PHONE}


def setup_link(site: Server) -> str:
    """Start once more, and read what a newcomer reads."""
    found = re.search(r"http://\S+/setup\?token=\S+", site.run("-m", "app.prepare"))
    assert found
    return found[0]


def fill_in_setup(page: Page) -> None:
    page.get_by_label("Name of the organisation").fill("Bright Futures")
    page.get_by_label("Your first name").fill("Olga")
    page.get_by_label("Your last name").fill("Owner")
    page.get_by_label("Your e-mail address").fill("Olga@Example.org")
    page.get_by_label("Choose a password").fill(OWNERS_PASSWORD)


def as_manager(page: Page, site: DemoSite) -> Page:
    sign_in(page, site.base_url, site.manager, PASSWORD)
    return page


def open_account_menu(page: Page) -> None:
    page.get_by_role("button", name="Your account").click()


def test_setup_from_the_printed_link_makes_an_organisation_once(server: ServerFactory, new_page: PageFactory) -> None:
    site = server()
    page = new_page(timezone_id="Asia/Kolkata")
    visit(page, site.base_url)
    expect(page.get_by_text("This Meridian is new")).to_be_visible()
    link = setup_link(site)
    page.goto(link)
    expect(page.get_by_label("Its time zone")).to_have_value(re.compile("Asia/(Kolkata|Calcutta)"))
    assert_accessible(page)
    fill_in_setup(page)
    page.get_by_role("button", name="Create").click()
    wait_until_live(page)
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    expect(page.get_by_text("Bright Futures").first).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="Already set up")).to_be_visible()
    stranger = new_page()
    sign_in(stranger, site.base_url, "olga@example.org", OWNERS_PASSWORD)
    expect(stranger.get_by_role("heading", name="Dashboard")).to_be_visible()


def test_setup_says_what_is_wrong_and_keeps_the_rest(server: ServerFactory, page: Page) -> None:
    page.goto(setup_link(server()))
    fill_in_setup(page)
    page.get_by_label("Choose a password").fill("aaaaaaaaaaaa")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("too easy to guess")).to_be_visible()
    expect(page.get_by_label("Name of the organisation")).to_have_value("Bright Futures")


def test_setup_fills_a_demo_and_shows_its_password(server: ServerFactory, page: Page) -> None:
    page.goto(setup_link(server()))
    page.get_by_role("button", name="Explore").click()
    expect(page.get_by_role("heading", name="The demo is ready")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Look around").click()
    wait_until_live(page)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()


def test_setup_link_of_an_earlier_start_no_longer_works(server: ServerFactory, page: Page) -> None:
    site = server()
    earlier = setup_link(site)
    setup_link(site)
    page.goto(earlier)
    expect(page.get_by_role("heading", name="This set-up link does not work")).to_be_visible()


def test_stranger_is_led_to_the_door_and_back_to_where_they_wanted(demo_site: DemoSite, page: Page) -> None:
    visit(page, f"{demo_site.base_url}/account?from=mail")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    page.get_by_label("E-mail address").fill(demo_site.mentee)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{demo_site.base_url}/account?from=mail")
    expect(page.get_by_label("E-mail address")).to_have_value(demo_site.mentee)


def test_stranger_gets_no_page_even_without_a_script(demo_site: DemoSite) -> None:
    for path in ("/", "/account", "/settings", "/s/1", "/settings/"):
        answer = httpx.get(demo_site.base_url + path)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in"), path


def test_sign_in_leads_nowhere_else(demo_site: DemoSite) -> None:
    form = {"email": demo_site.manager, "password": PASSWORD}
    for wanted in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\tx"):
        answer = httpx.post(f"{demo_site.base_url}/sign-in", data=form | {"next": wanted})
        assert (answer.status_code, answer.headers["location"]) == (303, "/"), wanted


def test_sign_in_keeps_the_address_and_says_the_same_for_every_wrong_pair(demo_site: DemoSite, page: Page) -> None:
    said = []
    for email in (demo_site.mentor, "nobody@example.org"):
        visit(page, f"{demo_site.base_url}/sign-in")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill("not the password")
        page.get_by_role("button", name="Sign in").click()
        wait_until_live(page)
        expect(page.get_by_role("alert").filter(has_text="do not belong together")).to_be_visible()
        expect(page.get_by_label("E-mail address")).to_have_value(email)
        said.append(page.locator("#problem").inner_text())
    assert said[0] == said[1]


def test_sign_in_slows_guessing_down(demo_site: DemoSite) -> None:
    def try_once() -> str:
        form = {"email": "guessed@example.org", "password": "guess"}
        answer = httpx.post(f"{demo_site.base_url}/sign-in", data=form)
        return httpx.URL("?" + answer.headers["set-cookie"].split(";")[0]).params["meridian_said"]

    assert ["too many" in try_once() for _ in range(7)] == [False] * 5 + [True] * 2


def test_sign_out_ends_the_login_and_the_tab_knows_nothing_any_more(demo_site: DemoSite, page: Page) -> None:
    as_manager(page, demo_site)
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    open_account_menu(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    answer = httpx.get(f"{demo_site.base_url}/", cookies={"meridian_login": cookies["meridian_login"]})
    assert answer.status_code == 303
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()


def test_sign_out_everywhere_empties_the_other_browser_at_once(demo_site: DemoSite, new_page: PageFactory) -> None:
    here, there = new_page(), new_page()
    for page in (here, there):
        sign_in(page, demo_site.base_url, demo_site.mentee, PASSWORD)
    visit(here, f"{demo_site.base_url}/account")
    expect(here.get_by_text("This browser")).to_have_count(1)
    here.get_by_role("button", name="Sign out everywhere").click()
    expect(here.get_by_text("You are signed out.")).to_be_visible()
    expect(there).to_have_url(re.compile("/sign-in"))
    expect(there.get_by_label("Password")).to_be_visible()


def test_mailed_link_signs_in_once_and_survives_a_scanner(
    server: ServerFactory, smtp: MailServer, new_page: PageFactory
) -> None:
    site = furnish(server(running=False, MERIDIAN_SMTP_URL=smtp.url))
    page = new_page()
    visit(page, f"{site.base_url}/sign-in")
    page.get_by_label("E-mail address").fill(site.mentor.upper())
    page.get_by_role("button", name="E-mail me a link instead").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    smtp.wait_until(lambda _: bool(smtp.to(site.mentor)))
    body = smtp.to(site.mentor)[0].get_body(("plain",))
    assert body is not None
    link = re.search(r"http://\S+/enter/[\w-]+", body.get_content())
    assert link
    assert httpx.get(link[0]).status_code == 200
    page.goto(link[0])
    assert_accessible(page)
    page.get_by_role("button", name="Sign in").click()
    wait_until_live(page)
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    other = new_page()
    other.goto(link[0])
    expect(other.get_by_role("heading", name="This link no longer works")).to_be_visible()


def test_mailed_link_is_promised_to_every_address_alike(demo_site: DemoSite) -> None:
    answers = [
        httpx.post(f"{demo_site.base_url}/sign-in/link", data={"email": email})
        for email in (demo_site.mentor, "nobody@example.org")
    ]
    texts = [answer.text.replace(demo_site.mentor, "…").replace("nobody@example.org", "…") for answer in answers]
    assert texts[0] == texts[1]
    assert answers[0].status_code == answers[1].status_code == 200


def test_form_of_another_site_is_refused(demo_site: DemoSite) -> None:
    form = {"email": demo_site.manager, "password": PASSWORD}
    for origin in ("https://evil.example", "null"):
        answer = httpx.post(f"{demo_site.base_url}/sign-in", data=form, headers={"origin": origin})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_every_answer_wears_its_headers(demo_site: DemoSite) -> None:
    for path in ("/sign-in", "/health", "/nowhere", "/ping", "/meridian.css"):
        headers = httpx.get(demo_site.base_url + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"
    page = httpx.get(f"{demo_site.base_url}/sign-in")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-cache")
    asset = re.search(r'/assets/[^"]+\.js', page.text)
    assert asset
    assert "immutable" in httpx.get(demo_site.base_url + asset[0]).headers["cache-control"]
    assert httpx.get(f"{demo_site.base_url}/health").json()["ok"] is True


def test_cookie_is_for_the_server_alone(demo_site: DemoSite, page: Page) -> None:
    as_manager(page, demo_site)
    cookie = next(cookie for cookie in page.context.cookies() if cookie["name"] == "meridian_login")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["secure"]) == (True, "Lax", False)
    assert cookie["value"] not in page.content()


def test_not_found_says_so_and_leads_back(demo_site: DemoSite, page: Page) -> None:
    assert httpx.get(f"{demo_site.base_url}/no/such/page").status_code == 404
    visit(page, f"{demo_site.base_url}/no/such/page")
    expect(page.get_by_role("heading", name="This page was not found")).to_be_visible()
    assert_accessible(page)


def test_keyboard_alone_reaches_content_menu_and_sign_out(demo_site: DemoSite, page: Page) -> None:
    as_manager(page, demo_site)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
    page.locator("body").press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_role("button", name="Your account").focus()
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="Your account")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Your account")).to_be_focused()
    page.keyboard.press("Enter")
    menu.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_manager_switches_to_their_own_sessions_and_back(demo_site: DemoSite, page: Page) -> None:
    as_manager(page, demo_site)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
    open_account_menu(page)
    page.get_by_role("button", name="Personal").click()
    expect(page.get_by_role("heading", name="Waits for you")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Waits for you")).to_be_visible()
    open_account_menu(page)
    page.get_by_role("button", name="Manager").click()
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()


def test_phone_has_its_navigation_at_the_bottom(demo_site: DemoSite, new_page: PageFactory) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    sign_in(page, demo_site.base_url, demo_site.mentee, PASSWORD)
    nav = page.get_by_role("navigation", name="Main, at the bottom")
    for name in ("Calendar", "Book", "Today"):
        nav.get_by_role("link", name=name).tap()
        expect(nav.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
    nav.get_by_role("button", name="You").tap()
    page.get_by_role("link", name="Account").tap()
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_lost_connection_is_said_and_takes_nothing_that_was_typed(own_demo_site: DemoSite, page: Page) -> None:
    site = own_demo_site
    as_manager(page, site)
    visit(page, f"{site.base_url}/settings")
    page.get_by_label("Public contact").fill("Half a sentence")
    site.server.kill()
    notice = page.get_by_text("Not connected.")
    expect(notice).to_be_visible(timeout=30_000)
    site.server.start()
    expect(notice).to_be_hidden(timeout=30_000)
    expect(page.get_by_label("Public contact")).to_have_value("Half a sentence")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Public contact")).to_have_value("Half a sentence")


def test_settings_take_a_name_a_logo_and_a_test_mail(own_demo_site: DemoSite, page: Page) -> None:
    as_manager(page, own_demo_site)
    visit(page, f"{own_demo_site.base_url}/settings")
    page.get_by_label("Name", exact=True).fill("Süd & <b>Nord</b> 🌊")
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


def test_settings_are_closed_to_everybody_else(demo_site: DemoSite, page: Page) -> None:
    sign_in(page, demo_site.base_url, demo_site.mentor, PASSWORD)
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
    page.get_by_role("button", name="Save").click()
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


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_pages_are_accessible(demo_site: DemoSite, new_page: PageFactory, scheme: str, size: str) -> None:
    page = new_page(viewport=SIZES[size], color_scheme=scheme)
    visit(page, f"{demo_site.base_url}/sign-in")
    assert_accessible(page)
    as_manager(page, demo_site)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Your account" if size == "desktop" else "You").click()
    assert_accessible(page)
    for path, heading in (("/settings", "BigBlueButton"), ("/account", "Password")):
        visit(page, demo_site.base_url + path)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        assert_accessible(page)


def test_tab_shows_nothing_of_whoever_used_it_before(
    server: ServerFactory, page: Page, redis_url: str, postgres_url: str
) -> None:
    site = furnish(server(running=False, database_url=postgres_url, workers=2, MERIDIAN_REDIS_URL=redis_url))
    as_manager(page, site)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
    answer = httpx.post(f"{site.base_url}/sign-in", data={"email": site.mentee, "password": PASSWORD})
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "meridian_login", "value": answer.cookies["meridian_login"], "url": site.base_url}]
    )
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    visit(page, site.base_url)
    open_account_menu(page)
    expect(page.get_by_role("dialog", name="Your account").get_by_text(site.mentee)).to_be_visible()
    assert heard
    assert not any(site.manager in frame for frame in heard)


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


def test_dashboard_follows_what_others_do(own_demo_site: DemoSite, page: Page) -> None:
    as_manager(page, own_demo_site)
    count = page.locator(".pile.is-answer .count")
    before = int(count.inner_text())
    own_demo_site.server.run("-c", CANCEL_ONE)
    expect(count).to_have_text(str(before - 1), timeout=5_000)
