"""A hosted (group) session in a browser: what its host, its participants and its manager may do."""

from playwright.sync_api import expect

from app.models.words import SeatStatus, Status
from tests.e2e.conftest import PHONE
from tests.models import factories as make
from tests.support.meetings import Meetings, confirm, expect_closed, expect_status, hence, press


def test_participant_sees_the_host_but_not_the_others(meetings: Meetings) -> None:
    gina, otto = make.make_person("Gina Guest"), make.make_person("Otto Other")
    session_id = make.make_group(meetings.house, hence(days=2), [gina, otto])
    page = meetings.open(make.viewer(gina), session_id, viewport=PHONE)
    people = page.locator(".session-people")
    expect(people).to_contain_text("Max Mentor")
    expect(people).to_contain_text("Gina Guest (you)")
    expect(page.get_by_text("Otto Other")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit Session")).to_have_count(0)


def test_host_moves_it_without_being_asked_whom_to_tell(meetings: Meetings) -> None:
    gina, texts = make.make_person("Gina Guest"), {"details": "Bring a board.", "slug": "a-move", "link": meetings.link}
    session_id = make.make_group(meetings.house, hence(days=2), [gina], **texts)
    page = meetings.open(meetings.house.mentor, session_id)
    expect(page.locator(".session-people")).to_contain_text("Gina Guest")
    page.get_by_role("link", name="Edit Session").click()
    expect(page.locator("#title")).to_have_value("Chess")
    expect(page.get_by_label("Notify")).to_have_count(0)
    page.get_by_label("Date", exact=True).fill(f"{hence(days=4):%Y-%m-%d}")
    press(page, "Save")
    expect(page.get_by_text("Rescheduled by you")).to_be_visible()


def test_host_cancels_it_without_a_reason_and_arranges_it_again(meetings: Meetings) -> None:
    session_id = make.make_group(meetings.house, hence(days=2), [make.make_person("Gina Guest")])
    page = meetings.open(meetings.house.mentor, session_id)
    press(page, "Cancel Session")
    expect(page.get_by_text("Gina Guest will be told by e-mail.")).to_be_visible()
    confirm(page, "Yes, cancel")
    expect_closed(page)
    expect_status(page, "Cancelled")
    press(page, "Reactivate session")
    confirm(page, "Reactivate")
    expect_closed(page)
    expect_status(page, "Scheduled")


def test_host_deletes_it(meetings: Meetings) -> None:
    session_id = make.make_group(meetings.house, hence(days=2))
    page = meetings.open(meetings.house.mentor, session_id)
    press(page, "Delete")
    confirm(page, "Yes delete")
    expect(page.get_by_role("heading", name="This session was not found")).to_be_visible()


def test_participant_joins_and_host_ends_it(meetings: Meetings) -> None:
    gina = make.viewer(make.make_person("Gina Guest"))
    session_id = make.make_group(meetings.house, hence(minutes=5), [gina.person_id], link=meetings.link)
    host = meetings.open(meetings.house.mentor, session_id)
    page = meetings.open(gina, session_id, viewport=PHONE)
    with page.context.expect_page() as opened:
        press(page, "Join")
    expect(opened.value).to_have_url(meetings.link)
    expect_status(host, "In progress")
    expect(host.get_by_text("Participant · has joined")).to_be_visible()
    press(host, "End session")
    confirm(host, "End session")
    expect_closed(host)
    expect_status(host, "Completed")
    expect_status(page, "Completed")
    assert make.session(session_id).status == Status.COMPLETED


def test_invited_person_sees_no_way_in(meetings: Meetings) -> None:
    guest = make.make_person("Ines Invited")
    session_id = make.make_group(meetings.house, hence(minutes=5), link=meetings.link)
    make.make_seat(session_id, guest, SeatStatus.INVITED)
    page = meetings.open(make.viewer(guest), session_id)
    expect(page.get_by_text("Chess")).to_be_visible()
    expect(page.get_by_role("button", name="Join")).to_have_count(0)
    expect(page.get_by_text(meetings.link)).to_have_count(0)


def test_manager_of_another_programme_does_not_find_it(meetings: Meetings) -> None:
    session_id = make.make_group(meetings.house, hence(days=2))
    page = meetings.open(make.make_house().manager, session_id)
    expect(page.get_by_role("heading", name="This session was not found")).to_be_visible()
