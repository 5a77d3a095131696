"""Ways in and out, as people with a browser meet them."""

import re
from urllib.parse import quote

import httpx
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageFactory, ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import PASSWORD, DemoSite, furnish
from tests.support.mail import MailServer
from tests.support.pages import open_account_menu, sign_in, visit, wait_until_live


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
    door, form = f"{demo_site.base_url}/sign-in", {"email": demo_site.manager, "password": PASSWORD}
    for wanted in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\tx"):
        answer = httpx.post(door, data=form, headers={"referer": f"{door}?next={quote(wanted)}"})
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
    sign_in(page, demo_site.base_url, demo_site.manager, PASSWORD)
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
    visit(page, f"{site.base_url}/account")
    page.get_by_label("E-mail address").fill(site.mentor.upper())
    page.get_by_role("button", name="E-mail me a link instead").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    smtp.wait_until(lambda _: bool(smtp.to(site.mentor)))
    body = smtp.to(site.mentor)[0].get_body(("plain",))
    assert body is not None
    link = re.search(r"http://\S+/enter/\S+", body.get_content())
    assert link
    assert httpx.get(link[0]).status_code == 200
    page.goto(link[0])
    assert_accessible(page)
    page.get_by_role("button", name="Sign in").click()
    wait_until_live(page)
    expect(page).to_have_url(f"{site.base_url}/account")
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
    sign_in(page, demo_site.base_url, demo_site.manager, PASSWORD)
    cookie = next(cookie for cookie in page.context.cookies() if cookie["name"] == "meridian_login")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["secure"]) == (True, "Lax", False)
    assert cookie["value"] not in page.content()


def test_tab_shows_nothing_of_whoever_used_it_before(
    server: ServerFactory, page: Page, redis_url: str, postgres_url: str
) -> None:
    site = furnish(server(running=False, database_url=postgres_url, workers=2, MERIDIAN_REDIS_URL=redis_url))
    sign_in(page, site.base_url, site.manager, PASSWORD)
    expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
    answer = httpx.post(f"{site.base_url}/sign-in", data={"email": site.mentee, "password": PASSWORD})
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "meridian_login", "value": answer.cookies["meridian_login"], "url": site.base_url}]
    )
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    visit(page, f"{site.base_url}/me")
    open_account_menu(page)
    expect(page.get_by_role("dialog", name="Your account").get_by_text(site.mentee)).to_be_visible()
    assert heard
    assert not any(site.manager in frame for frame in heard)
