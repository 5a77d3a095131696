"""A person's details page in a browser: its parts, assigning from both sides, ending, leaving, handing over."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from app.models import clock
from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.tables import Message, Person, Relationship
from app.models.words import Role
from tests.e2e.conftest import PHONE, PageFactory
from tests.models import factories as make
from tests.support.accessibility import assert_accessible
from tests.support.meetings import Meetings, confirm, expect_closed, press
from tests.support.pages import visit
from tests.support.servers import Server

WORDS = {"mentor_word": "instructor", "mentors_word": "instructors", "mentee_word": "student"}


@pytest.fixture
def meetings(site: Server, new_page: PageFactory) -> Meetings:
    return Meetings(site, new_page, make.make_house(**WORDS, mentees_word="students"))


def open_person(meetings: Meetings, who: Viewer, person_id: int, part: str = "", **options) -> Page:
    page = meetings.sign_in(who, **options)
    visit(page, f"{meetings.server.base_url}/people/{person_id}{part and f'?part={part}'}")
    expect(page.locator(".person")).to_be_visible()
    return page


def noon(days: int) -> datetime:
    day = clock.today(clock.now(), make.BERLIN) + timedelta(days=days)
    return clock.instant(datetime(day.year, day.month, day.day, 12), make.BERLIN)  # noqa: DTZ001  # wall time


def member(meetings: Meetings, name: str, role: Role) -> int:
    person_id = make.make_person(name)
    make.make_member(meetings.house.program_id, person_id, role)
    return person_id


def pairs_of(meetings: Meetings) -> set[tuple[int, int]]:
    """Who works with whom now in the house's programme."""
    wanted = (Relationship.program_id == meetings.house.program_id, col(Relationship.ended_at).is_(None))
    with reading() as db:
        return {(one.mentor_id, one.mentee_id) for one in db.exec(select(Relationship).where(*wanted))}


def choose(page: Page, label: str, typed: str, name: str) -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    box.fill(typed)
    expect(page.locator("[data-combobox]", has=box)).to_have_attribute("data-found-for", typed)
    page.get_by_role("option", name=name).click()
    expect(page.locator(".chosen", has_text=name)).to_be_visible()


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of this page").get_by_role("link", name=name, exact=True).click()


def test_manager_walks_from_the_details_to_assign_an_instructor(meetings: Meetings) -> None:
    student = member(meetings, "Stella Student", Role.MENTEE)
    page = open_person(meetings, meetings.house.manager, student)
    expect(page.get_by_role("heading", name="Student Details", exact=True)).to_be_visible()
    part(page, "Instructors")
    expect(page).to_have_url(f"{meetings.server.base_url}/people/{student}?part=instructors")
    expect(page.get_by_text("Nobody is assigned yet.")).to_be_visible()
    expect(page.get_by_role("heading", name="Assign Instructor")).to_be_visible()
    choose(page, "Instructor", "max", "Max Mentor")
    expect(page.get_by_label("Programme", exact=True)).to_have_value(str(meetings.house.program_id))
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    assert_accessible(page)
    press(page, "Save")
    expect(page.get_by_text("Max Mentor is assigned.")).to_be_visible()
    expect(page.locator(".pair")).to_contain_text("Max Mentor")
    expect(page.locator(".pair")).to_contain_text("0 of 3 sessions")
    assert (meetings.house.mentor.person_id, student) in pairs_of(meetings)


def test_instructor_is_assigned_a_student_by_keys_alone_and_others_see_it_at_once(meetings: Meetings) -> None:
    student = member(meetings, "Stella Student", Role.MENTEE)
    watching = open_person(meetings, meetings.house.manager, student, "instructors", locale="en-US")
    page = open_person(meetings, meetings.house.manager, meetings.house.mentor.person_id, "students")
    others = page.get_by_role("combobox", name="Student", exact=True)
    others.press_sequentially("stella")
    expect(page.get_by_role("option")).to_have_count(1)  # the list that was open before the name has more
    expect(page.get_by_role("option", name="Stella Student")).to_be_visible()
    others.press("ArrowDown")
    others.press("Enter")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Stella Student is assigned.")).to_be_visible()
    expect(page.locator(".pair")).to_have_count(2)
    expect(watching.locator(".pair")).to_contain_text("Max Mentor")


def test_ending_an_assignment_keeps_one_session_and_cancels_another(meetings: Meetings) -> None:
    kept = meetings.session(noon(3), title="Kept algebra")
    gone = meetings.session(noon(4), title="Lost algebra")
    page = open_person(meetings, meetings.house.manager, meetings.house.mentee.person_id, "instructors")
    page.get_by_role("button", name="End assignment of Max Mentor").click()
    page.get_by_role("checkbox", name="Cancel Lost algebra").check()
    assert_accessible(page)
    confirm(page, "End assignment")
    expect(page.get_by_text("The reason is missing.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Cancel Lost algebra")).to_be_checked()
    page.get_by_label("Reason").fill("They moved away")
    confirm(page, "End assignment")
    expect_closed(page)
    expect(page.get_by_text("Nobody is assigned yet.")).to_be_visible()
    assert (make.session(kept).status, make.session(gone).status) == ("scheduled", "cancelled")
    assert pairs_of(meetings) == set()
    part(page, "Relationships")
    expect(page.locator(".pair")).to_contain_text("Ended")
    part(page, "History")
    expect(page.locator(".person-part")).to_contain_text("ended the assignment of Max Mentor and Mia Mentee")


def test_leaving_is_refused_until_every_session_is_cancelled(meetings: Meetings) -> None:
    session = meetings.session(noon(3), title="Algebra")
    page = open_person(meetings, meetings.house.manager, meetings.house.mentee.person_id)
    page.set_viewport_size({"width": 1024, "height": 480})  # too low for the whole window
    press(page, "Deactivate")
    confirm(page, "Deactivate")
    expect(page.get_by_text("is still to come")).to_be_visible()
    expect(page.locator("#deactivate-error")).to_be_focused()
    error, foot = (page.locator(one).bounding_box() for one in ("#deactivate-error", ".dialog-foot"))
    assert error
    assert foot
    assert error["y"] + error["height"] <= foot["y"], "what is wrong lies behind the buttons"
    page.get_by_role("checkbox", name="Cancel Algebra").check()
    page.get_by_label("Reason").fill("They left us")
    confirm(page, "Deactivate")
    expect_closed(page)
    expect(page.get_by_text("This account is deactivated")).to_be_visible()
    assert make.session(session).status == "cancelled"
    press(page, "Reactivate")
    expect(page.get_by_text("This account is deactivated")).to_have_count(0)


def test_instructor_who_leaves_hands_over_first(meetings: Meetings) -> None:
    other = member(meetings, "Ina Other", Role.MENTOR)
    first, second = (meetings.session(noon(day), number=day) for day in (3, 4))
    page = open_person(meetings, meetings.house.manager, meetings.house.mentor.person_id)
    press(page, "Deactivate")
    page.get_by_role("button", name="Tick all").click()
    expect(page.locator(".coming input:checked")).to_have_count(2)
    confirm(page, "Hand over first")
    choose(page, "To whom", "ina", "Ina Other")
    confirm(page, "Hand over")
    expect_closed(page)
    assert [make.session(one).host_id for one in (first, second)] == [other, other]
    press(page, "Deactivate")
    expect(page.get_by_text("No session is still to come.")).to_be_visible()
    confirm(page, "Deactivate")
    expect(page.get_by_text("This account is deactivated")).to_be_visible()


def test_handing_over_shows_clashes_first_and_gives_the_rest(meetings: Meetings) -> None:
    other = member(meetings, "Ina Other", Role.MENTOR)
    free = meetings.session(noon(3), title="Free algebra", number=1)
    taken = meetings.session(noon(4), title="Taken algebra", number=2)
    with transaction() as db:
        db.get_one(Relationship, meetings.house.relationship_id).next_number = 3
    second = member(meetings, "Mo Second", Role.MENTEE)
    pair = make.make_relationship(meetings.house.program_id, other, second)
    meetings.session(noon(4), host_id=other, mentee_id=second, relationship_id=pair)
    page = open_person(meetings, meetings.house.manager, meetings.house.mentor.person_id)
    press(page, "Hand over")
    choose(page, "To whom", "ina", "Ina Other")
    expect(page.get_by_text("1 session keeps its time.")).to_be_visible()
    expect(page.get_by_text("Becomes to be arranged")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Reason").fill("On leave")
    confirm(page, "Hand over")
    expect_closed(page)
    assert (other, meetings.house.mentee.person_id) in pairs_of(meetings)
    assert (make.session(free).host_id, make.session(free).status) == (other, "scheduled")
    assert (make.session(taken).host_id, make.session(taken).status) == (other, "to_be_arranged")


def test_details_are_changed_with_roles_cohort_and_tags(meetings: Meetings) -> None:
    page = open_person(meetings, meetings.house.manager, meetings.house.mentee.person_id)
    press(page, "Edit")
    page.get_by_label("First name").fill("")
    confirm(page, "Save")
    expect(page.locator("#first_name-error")).to_contain_text("missing")
    expect(page.get_by_label("First name")).to_be_focused()
    page.get_by_label("First name").fill("Maja")
    page.get_by_label("Tags").fill("piano, evenings")
    page.get_by_label("Cohort as Student in Reading").first.fill("Autumn 2026")
    assert_accessible(page)
    confirm(page, "Save")
    expect_closed(page)
    expect(page.get_by_role("heading", name="Maja Mentee")).to_be_visible()
    expect(page.locator(".person-tag")).to_have_text(["evenings", "piano"])
    expect(page.locator(".person-part")).to_contain_text("Student in Reading · Autumn 2026")


def test_open_form_does_not_follow_to_another_person(meetings: Meetings) -> None:
    page = open_person(meetings, meetings.house.manager, meetings.house.mentee.person_id, "instructors")
    page.get_by_role("link", name="Max Mentor").click()
    expect(page.get_by_role("heading", name="Max Mentor")).to_be_visible()
    press(page, "Edit")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Mia Mentee")).to_be_visible()
    expect_closed(page)


def test_first_access_link_is_shown_once_and_works(meetings: Meetings, new_page: PageFactory) -> None:
    newcomer = member(meetings, "Nia New", Role.MENTEE)
    page = open_person(meetings, meetings.house.manager, newcomer)
    expect(page.get_by_text("They have never signed in, and no first-access link was sent.")).to_be_visible()
    press(page, "Send again")
    expect(page.get_by_text("with their first-access link is still waiting to be sent")).to_be_visible()
    press(page, "Copy link")
    link = page.get_by_role("textbox", name="Link").input_value()
    assert link.startswith(f"{meetings.server.base_url}/welcome/")
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    expect_closed(page)
    assert link.rpartition("/")[2] not in page.content()
    stranger = new_page()
    stranger.goto(link)
    expect(stranger.get_by_text("Nia")).to_be_visible()


def test_thread_is_closed_and_reopened_without_showing_a_word(meetings: Meetings) -> None:
    house = meetings.house
    with transaction() as db:
        text = {"text": "Confidential words", "sent_at": clock.now()}
        db.add(Message(relationship_id=house.relationship_id, sender_id=house.mentor.person_id, **text))
    page = open_person(meetings, house.manager, house.mentee.person_id, "messages")
    expect(page.get_by_text("There is a thread.")).to_be_visible()
    assert "Confidential words" not in page.content()
    assert_accessible(page)
    page.get_by_role("button", name="Close thread with Max Mentor").click()
    expect(page.get_by_text("Not permitted: a manager closed the thread")).to_be_visible()
    page.get_by_role("button", name="Reopen thread with Max Mentor").click()
    expect(page.get_by_text("Permitted", exact=True)).to_be_visible()


def test_sessions_lead_from_the_future_to_the_past_and_on(meetings: Meetings) -> None:
    meetings.session(noon(2), title="Ahead")
    for day in range(1, 23):
        meetings.session(noon(-day), title=f"Past {day}", status="completed")
    page = open_person(meetings, meetings.house.manager, meetings.house.mentee.person_id, "sessions")
    expect(page.locator(".session-line")).to_contain_text("Ahead")
    page.get_by_role("link", name="Past", exact=True).click()
    expect(page.locator(".session-line")).to_have_count(20)
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".session-line")).to_have_count(2)
    page.reload()
    expect(page.locator(".session-line")).to_have_count(2)
    assert_accessible(page)


def test_mentee_on_a_phone_sees_what_they_share_and_the_ways_on(meetings: Meetings) -> None:
    house = meetings.house
    meetings.session(noon(2), title="Ours")
    page = open_person(meetings, house.mentee, house.mentor.person_id, viewport=PHONE, has_touch=True)
    expect(page.get_by_role("link", name=house.mentor.email)).to_be_visible()
    expect(page.get_by_role("link", name="Open", exact=True)).to_have_attribute(
        "href", f"/relationships/{house.relationship_id}"
    )
    expect(page.locator(".person").get_by_role("link", name="Messages")).to_have_attribute(
        "href", f"/messages/{house.relationship_id}"
    )
    expect(page.get_by_role("link", name="Book Session")).to_be_visible()
    expect(page.get_by_text("Ours")).to_be_visible()
    expect(page.get_by_role("navigation", name="Parts of this page")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert_accessible(page)


def test_very_long_names_break_nothing(meetings: Meetings) -> None:
    with transaction() as db:
        db.get_one(Person, meetings.house.mentor.person_id).first_name = "Maximiliana" * 36
    person_id = meetings.house.mentee.person_id
    for name in ("instructors", "messages", "history"):
        page = open_person(meetings, meetings.house.manager, person_id, name, viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
