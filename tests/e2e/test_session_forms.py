"""Nothing typed into a session's form is lost, nothing is done twice, and refusals are where they are seen."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.models.words import Place, Status
from tests.e2e.conftest import DESKTOP, PHONE, PageFactory, ServerFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, confirm, database_of, expect_closed, expect_status, hence, press
from tests.support.pages import wait_until_live


def edit(meetings: Meetings, session_id: int) -> Page:
    """Open the edit form as the mentor and type into it."""
    page = meetings.open(meetings.house.mentor, session_id)
    press(page, "Edit Session")
    page.get_by_label("Extra information (optional)").fill("Typed by hand")
    return page


def clock_of(at: datetime) -> str:
    """Say an instant as the form's clock does."""
    return f"{make.clock.wall(at, make.BERLIN):%H:%M}"


def expect_typed(page: Page) -> None:
    expect(page.get_by_label("Extra information (optional)")).to_have_value("Typed by hand")


def test_refused_field_is_named_and_focused_and_all_else_is_kept(meetings: Meetings) -> None:
    start = hence(days=2)
    page = edit(meetings, meetings.session(start))
    page.get_by_label("End time").fill(clock_of(start + timedelta(minutes=10)))
    confirm(page, "Save changes")
    expect(page.get_by_text("A session lasts from 30 minutes to 12 hours.")).to_be_visible()
    expect(page.get_by_label("End time")).to_be_focused()
    expect_typed(page)
    page.get_by_label("End time").fill(clock_of(start + timedelta(minutes=45)))
    confirm(page, "Save changes")
    expect_closed(page)
    expect(page.get_by_text("Typed by hand")).to_be_visible()


def test_clash_is_named_while_typing_and_a_free_time_taken_by_a_click(meetings: Meetings) -> None:
    taken = hence(days=2).replace(hour=12, minute=0)
    meetings.session(taken, title="Geometry")
    session_id = meetings.session(taken.replace(hour=15))
    page = edit(meetings, session_id)
    page.get_by_label("Start time").fill(f"{make.clock.wall(taken, make.BERLIN):%H:%M}")
    expect(page.get_by_text("You have “Geometry”")).to_be_visible()
    page.get_by_role("dialog").locator("button.chip").first.click()
    expect(page.get_by_text("You have “Geometry”")).to_have_count(0)
    confirm(page, "Save changes")
    expect_closed(page)
    assert make.session(session_id).start_at != taken.replace(hour=15)


def test_end_keeps_its_distance_when_the_start_is_changed(meetings: Meetings) -> None:
    page = edit(meetings, meetings.session(hence(days=2).replace(hour=12, minute=0), minutes=90))
    page.get_by_label("Start time").fill("23:00")
    expect(page.get_by_label("End time")).to_have_value("00:30")
    expect(page.get_by_text("Lasts 1 hour 30 minutes")).to_be_visible()
    page.get_by_label("End time").fill("23:30")
    expect(page.get_by_text("Lasts 30 minutes")).to_be_visible()


def test_change_by_somebody_else_is_told_and_what_is_typed_can_be_saved_after(meetings: Meetings) -> None:
    start = hence(days=2)
    session_id = meetings.session(start)
    page = edit(meetings, session_id)
    other = meetings.open(meetings.house.manager, session_id)
    press(other, "Edit Session")
    other.get_by_label("End time").fill(clock_of(start + timedelta(minutes=90)))
    confirm(other, "Save changes")
    expect_closed(other)
    expect(page.get_by_text("Somebody changed this session meanwhile. It is now")).to_be_visible()
    confirm(page, "Save changes")
    expect(page.get_by_text("Look at it again, then repeat your change.")).to_be_visible()
    expect_typed(page)
    confirm(page, "Save changes")
    expect_closed(page)
    assert make.session(session_id).details == "Typed by hand"


def test_reload_in_the_middle_keeps_the_form_and_its_text(meetings: Meetings) -> None:
    page = edit(meetings, meetings.session(hence(days=2)))
    page.get_by_label("In person").check()
    page.get_by_label("Notify the other participant").uncheck()
    page.reload()
    wait_until_live(page)
    expect_typed(page)
    expect(page.get_by_label("In person")).to_be_checked()
    expect(page.get_by_label("Notify the other participant")).not_to_be_checked()


def test_text_is_given_back_to_a_form_that_was_drawn_before_the_script_was_there(meetings: Meetings) -> None:
    page = edit(meetings, meetings.session(hence(days=2)))
    page.route("**/session.js*", lambda route: route.abort())
    page.reload()
    expect(page.get_by_label("Extra information (optional)")).to_have_value("")
    page.unroute("**/session.js*")
    page.add_script_tag(url=f"{meetings.server.base_url}/session.js")
    expect_typed(page)


def test_form_that_was_closed_starts_anew(meetings: Meetings) -> None:
    page = edit(meetings, meetings.session(hence(days=2)))
    page.keyboard.press("Escape")
    expect_closed(page)
    expect(page.get_by_role("button", name="Edit Session")).to_be_focused()
    press(page, "Edit Session")
    expect(page.get_by_label("Extra information (optional)")).to_have_value("")


def test_click_beside_the_form_does_not_close_it(meetings: Meetings) -> None:
    page = edit(meetings, meetings.session(hence(days=2)))
    page.mouse.click(5, 400)
    expect_typed(page)


def test_double_click_changes_once(meetings: Meetings) -> None:
    session_id = meetings.session(hence(days=2))
    page = edit(meetings, session_id)
    page.get_by_role("dialog").get_by_role("button", name="Save changes").dblclick()
    expect_closed(page)
    assert [change.step for change in make.changes(session_id)] == ["edit"]


def test_restart_of_the_server_keeps_the_form_and_its_text(server: ServerFactory, new_page: PageFactory) -> None:
    one = server()
    with database_of(one):
        make.make_organisation()
        meetings = Meetings(one, new_page, make.make_house())
        session_id = meetings.session(hence(days=2))
        page = edit(meetings, session_id)
        key = page.locator("input[name=edit_key]")
        before = key.input_value()
        one.kill()
        expect(page.get_by_text("Not connected")).to_be_visible()
        one.start()
        expect(key).not_to_have_value(before)  # the server that knew nothing of the form has opened it again
        expect(page.get_by_text("Not connected")).to_have_count(0)
        expect_typed(page)
        confirm(page, "Save changes")
        expect_closed(page)
        assert make.session(session_id).details == "Typed by hand"


@pytest.mark.parametrize("text", ["😀 <script>alert(1)</script>", "مرحبا بالعالم", "x" * 400])
def test_any_title_is_shown_as_it_was_typed(meetings: Meetings, text: str) -> None:
    page = edit(meetings, meetings.session(hence(days=2)))
    page.get_by_label("Title (optional)").fill(text)
    confirm(page, "Save changes")
    expect_closed(page)
    expect(page.get_by_role("heading", name=text, exact=True)).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_card_and_forms_are_accessible(meetings: Meetings, viewport: dict[str, int]) -> None:
    page = meetings.open(meetings.house.mentor, meetings.session(hence(days=2)), viewport=viewport)
    assert_accessible(page)
    for name in ("Edit Session", "Cancel Session"):
        press(page, name)
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        assert_accessible(page)
        page.keyboard.press("Escape")
        expect_closed(page)


def test_card_of_every_status_is_accessible(meetings: Meetings) -> None:
    house = meetings.house
    asked = {"asked_id": house.mentor.person_id, "asked_by_id": house.mentee.person_id}
    made = {
        "To be arranged": meetings.session(None),
        "Pending confirmation": meetings.session(hence(days=3), status=Status.PENDING, **asked),
        "In progress": meetings.session(hence(minutes=-5), status=Status.LIVE),
        "Awaiting outcome": meetings.session(hence(hours=-5), place=Place.CALL, address="Max calls"),
        "Completed": meetings.session(hence(days=-1), status=Status.COMPLETED, covered="Fractions"),
        "Missed": meetings.session(hence(days=-2), status=Status.MISSED),
        "Cancelled": meetings.session(hence(days=4), status=Status.CANCELLED, cancel_reason="Ill"),
    }
    page = meetings.sign_in(house.mentor)
    for word, session_id in made.items():
        meetings.go(page, session_id)
        expect_status(page, word)  # the card that this tab showed last is gone
        page.get_by_text("History").click()
        assert_accessible(page)
