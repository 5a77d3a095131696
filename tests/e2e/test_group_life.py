"""A group session from its first Join to its rating, in the browsers of its host and two participants."""

import re

from playwright.sync_api import Page, expect

from app.models.permissions import Viewer
from app.models.words import Audience, Role, SeatStatus, Status
from tests.e2e.conftest import PHONE
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, confirm, expect_closed, expect_status, hence, press


def member(meetings: Meetings, name: str) -> Viewer:
    person_id = make.make_person(name)
    make.make_member(meetings.house.program_id, person_id, Role.MENTEE)
    return make.viewer(person_id)


def group(meetings: Meetings, people: list[Viewer], **values: object) -> int:
    usual = {"audience": Audience.PUBLIC, "link": meetings.link, "slug": f"s{meetings.house.program_id}"}
    ids = [one.person_id for one in people]
    return make.make_group(meetings.house, hence(minutes=5), ids, **usual | values)


def hear(page: Page) -> list[str]:
    """Collect everything the server sends over this browser's socket."""
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda payload: frames.append(str(payload))))
    return frames


def join(page: Page) -> None:
    with page.context.expect_page():
        press(page, "Join")


def test_group_lives_without_its_host_and_is_rated(meetings: Meetings) -> None:
    gina, otto = member(meetings, "Gina Guest"), member(meetings, "Otto Other")
    session_id = group(meetings, [gina, otto])
    host = meetings.open(meetings.house.mentor, session_id)
    first, second = (meetings.sign_in(one, viewport=PHONE) for one in (gina, otto))
    frames = hear(first)
    for page in (first, second):
        meetings.go(page, session_id)
        expect(page.get_by_text("You are attending!")).to_be_visible()

    join(first)
    expect_status(host, "In progress")
    expect(host.get_by_text("has joined", exact=False).first).to_be_visible()
    join(second)

    press(host, "Attendance")
    expect(host.get_by_role("checkbox", name=re.compile("Gina Guest"))).to_be_checked()
    host.get_by_role("dialog").get_by_role("checkbox", name=re.compile("Max Mentor")).check()
    confirm(host, "Save attendance")
    expect_closed(host)
    assert make.seats(session_id)[meetings.house.mentor.person_id].attended is True

    press(host, "End session")
    confirm(host, "End session")
    expect_closed(host)
    assert make.session(session_id).status == Status.COMPLETED

    rate(first, 4, "A lively hour")
    rate(second, 2, "")
    expect(host.get_by_text("3.0 of 5 stars from 2 ratings")).to_be_visible()
    expect(host.get_by_text("A lively hour")).to_be_visible()
    comment = host.locator(".rating-comments")
    expect(comment).not_to_contain_text("Gina Guest")
    expect(host.locator(".history")).not_to_contain_text("rated")

    manager = meetings.open(meetings.house.manager, session_id)
    expect(manager.locator(".rating-comments")).to_contain_text("Gina Guest")

    assert frames
    assert [frame for frame in frames if "Otto" in frame] == []
    expect(first.get_by_text("Otto Other")).to_have_count(0)


def rate(page: Page, stars: int, comment: str) -> None:
    expect_status(page, "Completed")
    press(page, "Rate this session")
    page.get_by_role("radio", name=f"{stars} stars").check(force=True)
    page.get_by_label("Comment (optional)").fill(comment)
    confirm(page, "Save rating")
    expect_closed(page)
    expect(page.locator(".rating-mine")).to_contain_text(f"{stars} of 5 stars")


def test_rating_is_changed_and_asks_for_stars(meetings: Meetings) -> None:
    gina = member(meetings, "Gina Guest")
    times = {"status": Status.COMPLETED, "finished_at": hence(minutes=-1)}
    session_id = group(meetings, [gina], **times)
    page = meetings.open(gina, session_id)
    press(page, "Rate this session")
    confirm(page, "Save rating")
    expect(page.get_by_text("The rating is missing.")).to_be_visible()
    page.get_by_role("radio", name="5 stars").check(force=True)
    confirm(page, "Save rating")
    expect_closed(page)
    press(page, "Change")
    expect(page.get_by_role("radio", name="5 stars")).to_be_checked()
    page.get_by_role("radio", name="1 star").check(force=True)
    confirm(page, "Save rating")
    expect_closed(page)
    assert make.seats(session_id)[gina.person_id].rating == 1


def test_host_removes_somebody_and_the_first_who_waits_moves_up(meetings: Meetings) -> None:
    gina, walt = member(meetings, "Gina Guest"), member(meetings, "Walt Waiting")
    session_id = group(meetings, [gina], maximum=2)
    make.make_seat(session_id, walt.person_id, SeatStatus.WAITING)
    waits = meetings.open(walt, session_id, viewport=PHONE)
    expect(waits.get_by_text("You are number 1 on the waiting list.")).to_be_visible()
    page = meetings.open(meetings.house.mentor, session_id)
    expect(page.get_by_text("1 of 1 place taken · 1 on the waiting list")).to_be_visible()
    press(page, "Remove Gina Guest")
    expect(page.get_by_text("The first on the waiting list moves up.")).to_be_visible()
    confirm(page, "Yes, remove")
    expect_closed(page)
    expect(waits.get_by_text("You are attending!")).to_be_visible()
    assert [make.seats(session_id)[one.person_id].status for one in (gina, walt)] == ["withdrawn", "enrolled"]


def test_participant_leaves_and_is_led_to_the_public_page(meetings: Meetings) -> None:
    gina = member(meetings, "Gina Guest")
    session_id = group(meetings, [gina])
    page = meetings.open(gina, session_id)
    press(page, "Leave")
    expect(page.get_by_text("Your place is free for somebody else.")).to_be_visible()
    confirm(page, "Yes, leave")
    page.wait_for_url(re.compile(rf"/g/s{meetings.house.program_id}$"))
    assert make.seats(session_id)[gina.person_id].status == SeatStatus.WITHDRAWN


def test_invited_person_accepts_on_the_card(meetings: Meetings) -> None:
    ines = member(meetings, "Ines Invited")
    session_id = group(meetings, [], audience=Audience.PRIVATE)
    make.make_seat(session_id, ines.person_id, SeatStatus.INVITED)
    page = meetings.open(ines, session_id)
    expect(page.get_by_text("You are invited. A place is kept for you.")).to_be_visible()
    press(page, "Accept")
    expect(page.get_by_text("You are attending!")).to_be_visible()


def test_two_hundred_are_searched_and_ticked_at_once(meetings: Meetings) -> None:
    guests = [make.make_person(f"Guest Number{number}") for number in range(200)]
    session_id = make.make_group(
        meetings.house, hence(minutes=-5), guests, status=Status.LIVE, maximum=300, audience=Audience.PUBLIC
    )
    page = meetings.open(meetings.house.mentor, session_id)
    lines = page.locator(".roster-list > li:visible")
    expect(lines).to_have_count(201)
    page.get_by_role("searchbox", name="Search participants").fill("number 19")
    expect(lines).to_have_count(12)
    page.get_by_role("searchbox", name="Search participants").fill("nobody at all")
    expect(page.get_by_text("Nobody is found.")).to_be_visible()
    page.get_by_role("searchbox", name="Search participants").fill("")

    press(page, "Attendance")
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="All came").click()
    expect(window.get_by_text("201 of 201 came")).to_be_visible()
    window.get_by_role("searchbox", name="Search").fill("number7")
    window.get_by_role("checkbox", name=re.compile(r"Number7 ")).uncheck()
    confirm(page, "Save attendance")
    expect_closed(page)
    came = [make.seats(session_id)[one].attended for one in guests]
    assert (came.count(True), came[7]) == (199, None)


def test_card_of_a_group_is_accessible(meetings: Meetings) -> None:
    gina, walt = member(meetings, "Gina Guest"), member(meetings, "Walt Waiting")
    session_id = group(meetings, [gina], maximum=2)
    make.make_seat(session_id, walt.person_id, SeatStatus.WAITING)
    done = group(meetings, [gina], status=Status.COMPLETED, finished_at=hence(minutes=-1), slug=None)
    for who in (meetings.house.mentor, walt, gina):
        page = meetings.open(who, session_id)
        expect(page.locator(".own-place .note")).to_be_visible()
        assert_accessible(page)
    meetings.go(page, done)
    press(page, "Rate this session")
    expect(page.get_by_role("radio", name="5 stars")).to_be_attached()
    assert_accessible(page)


def test_host_finds_their_profile_in_the_menu_and_at_the_side(meetings: Meetings) -> None:
    page = meetings.open(meetings.house.mentor, group(meetings, []))
    side = page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="View profile")
    expect(side).to_have_attribute("href", re.compile("^/m/p"))
    press(page, "Your account")
    expect(page.locator(".account-menu").get_by_role("link", name="View profile")).to_be_visible()
