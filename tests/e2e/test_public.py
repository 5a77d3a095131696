"""The public page of a group session in a browser: without script, live, on a slow phone, and what it never tells."""

import json

import httpx
import pytest
from playwright.sync_api import Page, Route, WebSocket, expect

from tests.e2e.conftest import DESKTOP, PATIENCE, PHONE, PageFactory, ServerFactory
from tests.support.accessibility import assert_accessible
from tests.support.demo import DemoSite, furnish
from tests.support.pages import as_manager

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
"""1.6 Mbit/s down, 750 kbit/s up, 150 ms, as Lighthouse throttles a phone; bytes a second."""
LIVE = "[data-live-view]"
PEOPLE = """
import json, sys
from sqlmodel import select
from app.models.database import reading
from app.models.tables import Person, Seat, Session
with reading() as db:
    session = db.exec(select(Session).where(Session.slug == sys.argv[1])).one()
    people = db.exec(select(Person, Seat).join(Seat).where(Seat.session_id == session.id)).all()
    print(json.dumps([[one.name, one.email, seat.is_host] for one, seat in people]))
"""


@pytest.fixture(scope="module")
def site(start_server: ServerFactory) -> DemoSite:
    """A demo of this module's own: its tests register."""
    return furnish(start_server(running=False), sessions=100)


def address(site: DemoSite) -> str:
    return f"{site.base_url}/g/{site.group_slug}"


def email_of(name: str) -> str:
    return f"{name.partition(' ')[0].lower()}@visitors.example"


def register(site: DemoSite, name: str) -> httpx.Response:
    """Register as another browser would."""
    return httpx.post(address(site), data={"name": name, "email": email_of(name)}, timeout=PATIENCE / 1000)


def fill(page: Page, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your e-mail address").fill(email_of(name))


def places(page: Page) -> int:
    return int(page.locator("[data-places]").last.inner_text().split()[0])


def test_visitor_without_script_reads_registers_and_leaves(site: DemoSite, new_page: PageFactory) -> None:
    page = new_page(java_script_enabled=False, viewport=PHONE)
    page.goto(address(site))
    expect(page.locator("[data-words]")).to_contain_text("Berlin time, UTC")
    before = places(page)
    fill(page, "Nora Noscript")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()
    assert places(page) == before - 1
    page.reload()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_text("You gave up your place.")).to_be_visible()
    assert places(page) == before


def test_without_script_errors_keep_what_was_typed(site: DemoSite, new_page: PageFactory) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address(site))
    page.get_by_label("Your name").fill("Nora Noscript")
    page.get_by_label("Your e-mail address").fill("nora@nowhere")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("This is not an e-mail address.")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Nora Noscript")


def test_places_follow_in_another_browser(site: DemoSite, page: Page) -> None:
    page.goto(address(site))
    expect(page.locator(LIVE)).to_be_visible()
    expect(page.locator("[data-first-view]")).to_have_count(0)
    before = places(page)
    register(site, "Lena Live")
    expect(page.locator("[data-places]")).to_contain_text(f"{before - 1} of ")


def test_live_page_shows_the_time_of_the_browser(site: DemoSite, new_page: PageFactory) -> None:
    page = new_page(timezone_id="America/New_York")
    page.goto(address(site))
    first = page.locator("time").first.inner_text()
    expect(page.get_by_text("(New York time, UTC")).to_be_visible()
    expect(page.locator(LIVE)).to_be_visible()
    expect(page.locator("[data-first-view]")).to_have_count(0)
    expect(page.locator("time").first).to_have_text(first, use_inner_text=True)
    expect(page.get_by_text("Where it is planned")).to_be_visible()


def test_typed_text_goes_over_into_the_live_page(site: DemoSite, page: Page) -> None:
    held: list[Route] = []
    typed: list[str] = []

    def hold(script: Route) -> None:
        """Keep the live page's scripts back while there is nothing typed yet."""
        held.append(script)
        if typed:
            script.continue_()

    page.route("**/assets/*.js", hold)
    page.goto(address(site), wait_until="commit")
    name = page.locator("[data-first-view] #name")
    name.fill("Tara Typing")
    typed.append("Tara Typing")
    for script in [*held]:
        script.continue_()
    expect(page.locator(LIVE)).to_be_attached()
    expect(name).to_be_focused()
    name.press("End")
    name.press("!")
    page.locator("h1").first.click()
    expect(page.locator("[data-first-view]")).to_have_count(0)
    expect(page.locator(f"{LIVE} #name")).to_have_value("Tara Typing!")


def test_typed_text_outlives_a_page_that_is_loaded_anew_and_is_of_that_page_alone(site: DemoSite, page: Page) -> None:
    page.goto(address(site))
    expect(page.locator("[data-first-view]")).to_have_count(0)
    fill(page, "Wanda Waking")
    page.get_by_role("link", name="Sign in").click()
    password = page.locator("input[name=password]")
    password.fill("of nobody’s business")
    expect(password).to_have_value("of nobody’s business")
    assert "business" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.goto(address(site))
    expect(page.locator("[data-first-view]")).to_have_count(0)
    expect(page.locator("#name")).to_have_value("Wanda Waking")
    expect(page.locator("#email")).to_have_value(email_of("Wanda Waking"))
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()
    page.wait_for_function("sessionStorage.getItem(`typed:${location.pathname}`) === null")


def test_page_works_without_its_socket(site: DemoSite, page: Page) -> None:
    page.route_web_socket("**/_event**", lambda socket: socket.close())
    page.goto(address(site))
    fill(page, "Otto Offline")
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault(), { once: true })")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("button", name="One moment")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")  # what was sent without a line never arrived
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()


def test_member_joins_and_leaves_with_one_button(site: DemoSite, page: Page) -> None:
    as_manager(page, site)
    page.goto(address(site))
    expect(page.locator(LIVE)).to_be_visible()
    expect(page.locator("[data-first-view]")).to_have_count(0)
    expect(page.get_by_label("Your name")).to_have_count(0)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_text("You gave up your place.")).to_be_visible()


def test_nothing_about_participants_reaches_a_stranger(site: DemoSite, page: Page) -> None:
    heard: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: heard.append(str(frame)))

    page.on("websocket", listen)
    page.goto(address(site))
    expect(page.locator(LIVE)).to_be_visible()
    expect(page.locator("[data-first-view]")).to_have_count(0)
    before = places(page)
    register(site, "Secret Person")
    expect(page.locator("[data-places]")).to_contain_text(f"{before - 1} of ")
    known = json.loads(site.server.run("-c", PEOPLE, site.group_slug))
    private = [text for name, email, is_host in known for text in ([email] if is_host else [name, email])]
    assert len(private) > 5
    everything = "\n".join([*heard, httpx.get(address(site), timeout=PATIENCE / 1000).text, page.content()])
    assert "places left" in "".join(heard)
    assert [text for text in private if text in everything] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_page_is_accessible(site: DemoSite, new_page: PageFactory, size: dict[str, int]) -> None:
    page = new_page(viewport=size)
    page.goto(address(site))
    expect(page.locator(LIVE)).to_be_visible()
    expect(page.locator("[data-first-view]")).to_have_count(0)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size == PHONE:
        heights = page.locator("button, input:visible:not([tabindex='-1'])").evaluate_all(
            "all => all.filter(one => one.checkVisibility() && one.id !== 'fax_number').map(one => one.offsetHeight)"
        )
        assert min(heights) >= 44


def test_profile_leads_to_the_session(site: DemoSite, page: Page) -> None:
    page.goto(address(site))
    expect(page.locator("[data-first-view]")).to_have_count(0)
    page.locator("dd a").click()
    expect(page.get_by_role("heading", name="Upcoming group sessions")).to_be_visible()
    page.locator(f"a[href='/g/{site.group_slug}']").click()
    expect(page.get_by_role("heading", name="Take part")).to_be_visible()
    page.goto(page.url)
    assert_accessible(page)


def test_slow_phone_reads_and_registers_before_the_scripts_arrive(site: DemoSite, new_page: PageFactory) -> None:
    page = new_page(viewport=PHONE, timezone_id="Asia/Kolkata")
    throttle = page.context.new_cdp_session(page)
    throttle.send("Network.enable")
    throttle.send("Network.emulateNetworkConditions", SLOW_4G)
    throttle.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    held: list[Route] = []

    def hold(script: Route) -> None:
        """However slow this machine is itself, the live page comes later than the visitor has written."""
        held.append(script)

    page.route("**/assets/*.js", hold)
    page.goto(address(site), wait_until="commit")
    fill(page, "Sam Slow")
    expect(page.get_by_text("UTC+5:30)")).to_be_visible()
    expect(page.locator(LIVE)).to_have_count(0)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()
