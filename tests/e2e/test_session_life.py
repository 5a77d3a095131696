"""A one-to-one session's whole life in a browser: every step of the table, by whoever may take it."""

from playwright.sync_api import Page, expect

from app.models.words import Place, Status
from tests.e2e.conftest import PHONE
from tests.models import factories as make
from tests.support.booking import ahead
from tests.support.meetings import Meetings, confirm, expect_closed, expect_status, hence, press

IN_PERSON = {"place": Place.IN_PERSON, "address": "Room 4, Old School"}


def asking(meetings: Meetings) -> int:
    """A session that the mentor booked and the mentee has not answered."""
    people = {"asked_id": meetings.house.mentee.person_id, "asked_by_id": meetings.house.mentor.person_id}
    return meetings.session(hence(days=2), status=Status.PENDING, **people)


def test_manager_moves_and_renames_it_and_the_mentee_sees_it_live(meetings: Meetings) -> None:
    session_id = meetings.session(hence(days=2), number=1)
    mentee = meetings.open(meetings.house.mentee, session_id)
    page = meetings.open(meetings.house.manager, session_id)
    press(page, "Edit Session")
    expect(page.get_by_label("Date")).to_be_focused()
    page.get_by_label("Date").fill(ahead(3).isoformat())
    page.get_by_label("Title (optional)").fill("Fractions")
    page.get_by_label("Reason, if you move it (optional)").fill("School trip")
    expect(page.get_by_label("Notify the participants")).to_be_checked()
    confirm(page, "Save changes")
    expect_closed(page)
    expect(page.get_by_role("button", name="Edit Session")).to_be_focused()
    expect(mentee.get_by_role("heading", name="Fractions")).to_be_visible()
    expect(mentee.get_by_text("Rescheduled by Mona Manager")).to_be_visible()
    expect(mentee.get_by_text("“School trip”").first).to_be_visible()
    [move] = make.moves(session_id)
    assert move.new_start_at == make.session(session_id).start_at


def test_mentor_cancels_it_with_a_reason_and_brings_it_back(meetings: Meetings) -> None:
    session_id = meetings.session(hence(days=2), number=2)
    page = meetings.open(meetings.house.mentor, session_id)
    press(page, "Cancel Session")
    expect(page.get_by_text("Mia Mentee will be told by e-mail.")).to_be_visible()
    confirm(page, "Yes, cancel")
    expect(page.get_by_role("alert").filter(has_text="The reason is missing.")).to_be_visible()
    page.get_by_label("Why is it cancelled?").fill("I am ill")
    confirm(page, "Yes, cancel")
    expect_closed(page)
    expect_status(page, "Cancelled")
    expect(page.get_by_text("Reason: I am ill")).to_be_visible()
    press(page, "Reactivate Session 2")
    confirm(page, "Reactivate")
    expect_closed(page)
    expect_status(page, "Scheduled")


def test_cancelled_session_whose_time_is_taken_says_so_and_asks_for_a_new_one(meetings: Meetings) -> None:
    start = hence(days=2).replace(hour=12, minute=0)
    session_id = meetings.session(start, status=Status.CANCELLED)
    meetings.session(start, title="Geometry")
    page = meetings.open(meetings.house.mentor, session_id)
    press(page, "Reactivate session")
    confirm(page, "Reactivate")
    expect(page.get_by_role("alert").filter(has_text="You have “Geometry”")).to_be_visible()
    confirm(page, "Choose a new time instead")
    page.get_by_label("Date").fill(f"{hence(days=3):%Y-%m-%d}")
    confirm(page, "Arrange session")
    expect_closed(page)
    expect_status(page, "Scheduled")


def test_cancelling_suggests_to_move_it_instead(meetings: Meetings) -> None:
    page = meetings.open(meetings.house.mentee, meetings.session(hence(days=2)))
    press(page, "Cancel Session")
    confirm(page, "Edit date and time instead")
    expect(page.get_by_role("dialog", name="Edit Session")).to_be_visible()
    expect(page.get_by_label("Date")).to_be_focused()


def test_manager_cancels_this_and_following_of_a_series(meetings: Meetings) -> None:
    from app.models.commands import booking
    from app.models.drafts import Repetition
    from app.models.words import Repeat

    draft = make.booking(meetings.house, hence(days=2), repetition=Repetition(repeat=Repeat.WEEKLY, times=3))
    ids = make.do(booking.book, meetings.house.manager, draft)["session_ids"]
    page = meetings.open(meetings.house.manager, ids[1])
    expect(page.get_by_text("2 of 3")).to_be_visible()
    press(page, "Cancel Session")
    page.get_by_label("This and following").check()
    page.get_by_label("Why is it cancelled?").fill("Holidays")
    confirm(page, "Yes, cancel")
    expect_closed(page)
    statuses = [make.session(one).status for one in ids]
    assert statuses == [Status.SCHEDULED, Status.CANCELLED, Status.CANCELLED]


def test_manager_deletes_it_for_good(meetings: Meetings) -> None:
    session_id = meetings.session(hence(days=2), number=5)
    page = meetings.open(meetings.house.manager, session_id)
    press(page, "Delete")
    confirm(page, "Yes delete")
    expect(page.get_by_role("heading", name="This session was not found")).to_be_visible()
    assert make.session(session_id).deleted_at is not None


def test_mentee_accepts_the_time(meetings: Meetings) -> None:
    session_id = asking(meetings)
    mentor = meetings.open(meetings.house.mentor, session_id)
    expect(mentor.get_by_text("You asked for this time. It waits for the answer of Mia Mentee.")).to_be_visible()
    expect(mentor.get_by_role("button", name="Accept")).to_have_count(0)
    page = meetings.open(meetings.house.mentee, session_id)
    press(page, "Accept")
    expect_status(page, "Scheduled")
    expect_status(mentor, "Scheduled")


def test_mentee_declines_the_time(meetings: Meetings) -> None:
    page = meetings.open(meetings.house.mentee, asking(meetings))
    press(page, "Decline")
    page.get_by_label("Reason (optional)").fill("Exam week")
    confirm(page, "Decline")
    expect_closed(page)
    expect_status(page, "Cancelled")
    page.get_by_text("History").click()
    expect(page.get_by_text("“Exam week”")).to_be_visible()


def test_mentee_proposes_another_time_and_the_mentor_is_asked(meetings: Meetings) -> None:
    session_id = asking(meetings)
    page = meetings.open(meetings.house.mentee, session_id)
    press(page, "Propose another time")
    page.get_by_label("Date").fill(f"{hence(days=4):%Y-%m-%d}")
    confirm(page, "Propose this time")
    expect_closed(page)
    expect(page.get_by_text("You asked for this time. It waits for the answer of Max Mentor.")).to_be_visible()
    mentor = meetings.open(meetings.house.mentor, session_id)
    expect(mentor.get_by_role("button", name="Accept")).to_be_visible()


def test_mentor_on_a_phone_joins_runs_and_ends_it(meetings: Meetings) -> None:
    session_id = meetings.session(hence(minutes=5), number=7)
    page = meetings.open(meetings.house.mentor, session_id, viewport=PHONE, has_touch=True)
    box = page.get_by_role("button", name="Join").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    with page.context.expect_page() as opened:
        press(page, "Join")
    expect(opened.value).to_have_url(meetings.link)
    expect_status(page, "In progress")
    expect(page.get_by_text("This session has started, so it can no longer be changed or cancelled.")).to_be_visible()
    expect(page.get_by_role("button", name="Edit Session")).to_have_count(0)
    expect(page.get_by_role("link", name="open the meeting")).to_have_attribute("href", meetings.link)
    press(page, "Edit meeting details")
    page.get_by_label("Passcode (optional)").fill("4711")
    confirm(page, "Save details")
    expect(page.get_by_text("4711")).to_be_visible()
    press(page, "End session")
    confirm(page, "End session")
    expect_closed(page)
    expect_status(page, "Missed")
    assert make.seats(session_id)[meetings.house.mentee.person_id].attended is False


def test_join_says_when_it_opens(meetings: Meetings) -> None:
    page = meetings.open(meetings.house.mentee, meetings.session(hence(hours=3)))
    expect(page.get_by_role("button", name="Join")).to_be_disabled()
    expect(page.get_by_text("Opens")).to_be_visible()


def test_host_starts_and_ends_a_session_in_person(meetings: Meetings) -> None:
    page = meetings.open(meetings.house.mentor, meetings.session(hence(minutes=5), **IN_PERSON))
    press(page, "Start session")
    expect_status(page, "In progress")
    press(page, "End session")
    expect(page.get_by_label("Mia Mentee")).to_be_checked()
    confirm(page, "End session")
    expect_closed(page)
    expect_status(page, "Completed")


def test_outcome_is_recorded_written_up_and_corrected(meetings: Meetings) -> None:
    session_id = meetings.session(hence(hours=-3), **IN_PERSON)
    page = meetings.open(meetings.house.mentor, session_id)
    expect_status(page, "Awaiting outcome")
    press(page, "Record outcome")
    confirm(page, "Save outcome")
    expect_status(page, "Completed")
    press(page, "Post-Session details")
    page.get_by_label("What was covered").fill("Long division")
    page.get_by_label("Next steps").fill("Page 9")
    confirm(page, "Save details")
    expect_closed(page)
    mentee = meetings.open(meetings.house.mentee, session_id)
    press(mentee, "Post-Session details")
    expect(mentee.get_by_text("Long division")).to_be_visible()
    expect(mentee.get_by_text("Mia Mentee · came")).to_be_visible()
    correct(meetings.open(meetings.house.manager, session_id))
    assert make.session(session_id).status == Status.MISSED


def correct(page: Page) -> None:
    """Correct it to missed; without a note it is refused."""
    press(page, "Correct")
    page.get_by_label("Missed").check()
    page.get_by_label("Mia Mentee").uncheck()
    confirm(page, "Save correction")
    expect(page.get_by_role("alert").filter(has_text="The note is missing.")).to_be_visible()
    expect(page.get_by_label("Missed")).to_be_checked()
    page.get_by_label("Why is it corrected?").fill("She was ill")
    confirm(page, "Save correction")
    expect_closed(page)
    expect_status(page, "Missed")


def test_missed_session_is_arranged_again(meetings: Meetings) -> None:
    session_id = meetings.session(hence(days=-1), status=Status.MISSED)
    page = meetings.open(meetings.house.mentee, session_id)
    press(page, "Arrange again")
    page.get_by_label("Date").fill(f"{hence(days=2):%Y-%m-%d}")
    confirm(page, "Arrange session")
    expect_closed(page)
    expect_status(page, "Scheduled")
    expect(page).not_to_have_url(f"{meetings.server.base_url}/s/{session_id}")
    assert [one.status for one in make.sessions(relationship_id=meetings.house.relationship_id)] == [
        Status.MISSED,
        Status.SCHEDULED,
    ]


def test_session_to_be_arranged_is_arranged(meetings: Meetings) -> None:
    page = meetings.open(meetings.house.mentor, meetings.session(None, number=3, title=""))
    expect_status(page, "To be arranged")
    press(page, "Arrange session")
    confirm(page, "Arrange session")
    expect(page.get_by_role("alert").filter(has_text="The date is missing.")).to_be_visible()
    expect(page.get_by_label("Date")).to_be_focused()
    page.get_by_label("Date").fill(f"{hence(days=2):%Y-%m-%d}")
    page.get_by_label("Start time").fill("10:30")
    page.get_by_label("In person").check()
    page.get_by_label("Location").fill("Library")
    confirm(page, "Arrange session")
    expect_closed(page)
    expect_status(page, "Scheduled")
    expect(page.get_by_text("Library")).to_be_visible()


def test_session_of_others_is_not_found(meetings: Meetings) -> None:
    session_id = meetings.session(hence(days=2), title="Secret algebra")
    page = meetings.open(make.make_house().mentor, session_id)
    expect(page.get_by_role("heading", name="This session was not found")).to_be_visible()
    expect(page.get_by_text("Secret algebra")).to_have_count(0)
