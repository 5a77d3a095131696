"""What each viewer of a session's card sees, may do, and is not told."""

import pytest
import time_machine

from app.models import clock
from app.models.commands import booking, cancelling, changing, meeting
from app.models.database import reading, transaction
from app.models.drafts import CancelDraft, Repetition
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.session_card import SessionCard, load_card
from app.models.tables import Relationship
from app.models.words import Audience, Place, Rank, Repeat, Role, SeatStatus, Status
from tests.models import factories as make
from tests.models.factories import LINK, at, do


def card(who: Viewer, session_id: int) -> SessionCard:
    with reading() as db:
        return load_card(db, who, clock.now(), session_id)


def text(pieces: list) -> str:
    return "".join(piece.text for piece in pieces)


def test_card_shows_a_session_to_its_mentor() -> None:
    house = make.make_house(name="Algebra for all")
    shown = card(house.mentor, make.make_session(house, at(), number=3, details="Bring a ruler."))
    assert (shown.title, shown.number, shown.program) == ("Algebra", "Session 3", "Algebra for all")
    assert (shown.status, shown.word) == ("scheduled", "Scheduled")
    assert (shown.day, shown.hours, shown.zone) == ("Tuesday 3 March 2026", "17:00–18:00", "Berlin time, UTC+1")
    assert (shown.duration, shown.own_time) == ("1 hour", "")
    assert (shown.place, shown.platform, shown.link) == ("Online", "Zoom", LINK)
    assert [(p.name, p.part, p.is_me) for p in shown.people] == [
        ("Max Mentor", "Mentor", True),
        ("Mia Mentee", "Mentee", False),
    ]
    assert text(shown.details) == "Bring a ruler."
    assert shown.steps == ["edit", "move", "cancel"]


def test_card_names_the_viewers_zone_and_the_sessions_own_where_the_dates_differ() -> None:
    house = make.make_house()
    far = make.make_person("Ravi Rao", zone="Asia/Kolkata", rank=Rank.OWNER)
    shown = card(make.viewer(far), make.make_session(house, at(1, 23)))
    assert (shown.day, shown.hours) == ("Wednesday 4 March 2026", "03:30–04:30")
    assert shown.zone == "Kolkata time, UTC+5:30"
    assert shown.own_time == "Tue 3 Mar 2026, 23:00 – Wednesday 4 March, 00:00 (Berlin time, UTC+1)"


def test_card_says_what_it_is_and_its_number_to_those_who_run_it() -> None:
    house = make.make_house()
    listed = {"recommended_for": ["Parents", "Pupils"], "categories": ["Reading"], "medium": ["German"]}
    group = make.make_group(house, at(), [house.mentee.person_id], image="a" * 64, **listed)
    about = [("Type", "Private"), ("Recommended for", "Parents, Pupils"), ("Categories", "Reading")]
    about += [("Medium", "German")]
    shown = {who: card(who, group) for who in (house.manager, house.mentor, house.mentee)}
    said = {who: [(fact.label, fact.words) for fact in one.about if not fact.href] for who, one in shown.items()}
    assert said == {
        house.manager: [("ID", str(group)), *about],
        house.mentor: [("ID", str(group)), *about],
        house.mentee: about,
    }
    assert {one.image for one in shown.values()} == {"a" * 64}
    assert card(house.mentee, make.make_session(house, at(1))).about == []


def test_card_of_a_public_group_leads_to_its_page() -> None:
    house = make.make_house()
    shown = {}
    for audience in Audience:
        about = card(house.mentor, make.make_group(house, at(), slug=audience, audience=audience)).about
        shown[audience] = [fact.href for fact in about if fact.href]
    assert shown == {Audience.PUBLIC: ["/g/public"], Audience.PRIVATE: []}


def test_card_of_a_group_leads_managers_to_an_announcement() -> None:
    house = make.make_house()
    session_id = make.make_group(house, at(), audience=Audience.PRIVATE)
    shown = {
        who: [fact.href for fact in card(who, session_id).about if fact.href] for who in (house.manager, house.mentor)
    }
    assert shown == {house.manager: [f"/announcements?session={session_id}"], house.mentor: []}


def test_card_uses_the_words_of_the_programme() -> None:
    house = make.make_house(mentor_word="coach", mentee_word="coachee")
    shown = card(house.mentee, make.make_session(house, at()))
    assert [person.part for person in shown.people] == ["Coach", "Coachee"]


@pytest.mark.parametrize("who", ["foreign mentor", "foreign manager", "stranger"])
def test_card_is_not_found_by_those_it_does_not_concern(who: str) -> None:
    house, other = make.make_house(), make.make_house()
    stranger = make.viewer(make.make_person())
    viewer = {"foreign mentor": other.mentor, "foreign manager": other.manager, "stranger": stranger}[who]
    session_id = make.make_session(house, at())
    with pytest.raises(NotFound):
        card(viewer, session_id)


@pytest.mark.parametrize("session_id", [0, -1, 999, 2**31, 10**40])
def test_card_is_not_found_without_a_session(session_id: int) -> None:
    house = make.make_house()
    with pytest.raises(NotFound):
        card(house.manager, session_id)


def test_card_is_not_found_once_the_session_is_deleted() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at())
    do(cancelling.delete, house.manager, session_id)
    with pytest.raises(NotFound):
        card(house.manager, session_id)


def test_card_links_only_people_whose_details_the_viewer_may_open() -> None:
    house = make.make_house()
    guest = make.make_person("Gina Guest")
    session_id = make.make_group(house, at(), [guest])
    seen = {p.name: p.href for p in card(house.manager, session_id).people}
    assert seen == {"Max Mentor": f"/people/{house.mentor.person_id}", "Gina Guest": ""}


def test_card_of_a_group_hides_the_others_from_a_participant() -> None:
    house = make.make_house()
    gina, otto = make.make_person("Gina Guest"), make.make_person("Otto Other")
    session_id = make.make_group(house, at(0, 10), [gina, otto])
    do(meeting.enter, make.viewer(otto), session_id)
    shown = card(make.viewer(gina), session_id)
    assert [person.name for person in shown.people] == ["Max Mentor", "Gina Guest"]
    assert "Otto" not in repr(shown)
    assert shown.hides_people
    assert "Otto Other" in repr(card(house.mentor, session_id))


@pytest.mark.parametrize(
    ("status", "link"), [(SeatStatus.ENROLLED, LINK), (SeatStatus.INVITED, ""), (SeatStatus.WAITING, "")]
)
def test_card_gives_the_link_to_participants_only(status: SeatStatus, link: str) -> None:
    house = make.make_house()
    guest = make.make_person()
    session_id = make.make_group(house, at(), passcode="1234")
    make.make_seat(session_id, guest, status)
    shown = card(make.viewer(guest), session_id)
    assert (shown.link, shown.passcode) == (link, "1234" if link else "")


def test_card_says_whose_answer_is_awaited() -> None:
    house = make.make_house(asks_confirmation=True)
    session_id = do(booking.book, house.mentor, make.booking(house))["session_ids"][0]
    asked, asking = card(house.mentee, session_id), card(house.mentor, session_id)
    assert asked.waiting == "Max Mentor asked for this time. It waits for your answer."
    assert asking.waiting == "You asked for this time. It waits for the answer of Mia Mentee."
    assert {"accept", "decline", "propose"} <= set(asked.steps)
    assert not {"accept", "decline", "propose"} & set(asking.steps)


def test_card_shows_each_move_and_its_reason() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(1, 17))
    do(changing.edit, house.mentor, session_id, make.editing(at(2, 18), reason="School trip"))
    shown = card(house.mentee, session_id)
    assert [(m.old, m.new, m.who, m.reason) for m in shown.moves] == [
        (
            "Tue 3 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)",
            "Wed 4 Mar 2026, 18:00–19:00 (Berlin time, UTC+1)",
            "Max Mentor",
            "School trip",
        )
    ]
    entry = shown.history[0]
    assert (entry.who, entry.reason) == ("Max Mentor", "School trip")
    assert entry.what == "moved it from Tue 3 Mar 2026, 17:00 to Wed 4 Mar 2026, 18:00"
    assert entry.at == "Mon 2 Mar 2026, 10:00"


def test_card_gives_the_reason_of_a_cancellation_and_the_ways_back() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(), number=2)
    do(cancelling.cancel, house.mentee, session_id, CancelDraft(reason="I am ill"))
    shown = card(house.mentor, session_id)
    assert (shown.word, shown.cancel_reason) == ("Cancelled", "I am ill")
    assert shown.steps == ["arrange", "reactivate"]
    assert [(e.who, e.what, e.reason) for e in shown.history] == [("Mia Mentee", "cancelled this session", "I am ill")]


def test_card_says_why_a_started_session_cannot_be_changed() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(0, 10))
    do(meeting.enter, house.mentor, session_id)
    shown = card(house.manager, session_id)
    assert shown.closed_because == "This session has started, so it can no longer be changed or cancelled."
    assert not {"edit", "cancel", "delete", "move"} & set(shown.steps)


def test_card_says_why_a_cancelled_session_cannot_come_back() -> None:
    house = make.make_house()
    past = make.make_session(house, at(-1), status=Status.CANCELLED)
    ahead = make.make_session(house, at(1), status=Status.CANCELLED)
    assert card(house.mentee, past).closed_because == "Its old time has passed: choose a new one."
    assert card(house.mentee, ahead).closed_because == ""


def test_card_of_a_pair_that_parted_is_only_to_be_read() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(-1), status=Status.CANCELLED)
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = make.NOW
    shown = card(house.mentor, session_id)
    assert (shown.steps, shown.closed_because) == ([], "")


def test_card_says_when_a_session_opens(clock_at: time_machine.Traveller) -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(0, 17))
    assert card(house.mentee, session_id).join_hint == "Opens at 16:45"
    clock_at.move_to(at(-1, 12))
    assert card(house.mentee, session_id).join_hint == "Opens on Mon 2 Mar 2026 at 16:45"
    assert card(house.manager, session_id).join_hint == ""
    clock_at.move_to(at(0, 16, 45))
    shown = card(house.mentee, session_id)
    assert (shown.join_hint, "enter" in shown.steps) == ("", True)


def test_card_shows_a_session_in_person_past_its_end_as_awaiting() -> None:
    house = make.make_house()
    place = {"place": Place.IN_PERSON, "address": "Room 4\nhttps://maps.example.org/4.", "link": "", "platform": ""}
    shown = card(house.mentor, make.make_session(house, at(-1), **place))
    assert (shown.status, shown.word, shown.steps) == ("awaiting", "Awaiting outcome", ["record"])
    assert [(p.text, p.href) for p in shown.address] == [
        ("Room 4\n", ""),
        ("https://maps.example.org/4", "https://maps.example.org/4"),
        (".", ""),
    ]


def test_card_tells_of_its_series() -> None:
    house = make.make_house()
    draft = make.booking(house, repetition=Repetition(repeat=Repeat.WEEKLY, times=4))
    second = do(booking.book, house.manager, draft)["session_ids"][1]
    shown = card(house.mentor, second)
    assert shown.series == "Weekly on Tuesdays until 24 March 2026 · 2 of 4"
    assert shown.form.in_series
    do(changing.move, house.mentor, second, make.moving(at(9)))
    moved = card(house.mentor, second)
    assert moved.series == "Weekly on Tuesdays until 24 March 2026 · 2 of 4 · moved from its usual time"


def test_card_of_a_session_to_be_arranged_offers_to_arrange_it() -> None:
    house = make.make_house(default_minutes=90)
    shown = card(house.mentee, make.make_session(house, number=4, title="", zone="UTC"))
    assert (shown.title, shown.word, shown.day, shown.steps) == (
        "Session 4",
        "To be arranged",
        "No time yet",
        ["arrange"],
    )
    assert (shown.form.day, shown.form.minutes, shown.form.zone) == ("", 90, "Europe/Berlin")


def test_card_names_who_will_be_told_but_not_the_viewer() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at())
    assert card(house.mentor, session_id).told == "Mia Mentee"
    assert card(house.manager, session_id).told == "Max Mentor and Mia Mentee"


def test_card_shows_what_was_done_and_who_came() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(-1), status=Status.COMPLETED, covered="Fractions", next_steps="Page 9")
    shown = card(house.mentee, session_id)
    assert (text(shown.covered), text(shown.next_steps)) == ("Fractions", "Page 9")
    assert shown.steps == []
    assert card(house.mentor, session_id).steps == ["write_up"]
    assert card(house.manager, session_id).steps == ["write_up", "correct"]


def test_card_reads_the_same_number_of_times_however_many_come(count_reads) -> None:
    house = make.make_house()
    small = make.make_group(house, at(), [make.make_person()])
    large = make.make_group(house, at(3), [make.make_person() for _ in range(30)], maximum=50)
    counts = []
    for session_id in (small, large):
        with count_reads() as seen:
            card(house.manager, session_id)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


def test_member_of_the_programme_alone_does_not_see_it() -> None:
    house = make.make_house()
    other = make.make_person()
    make.make_member(house.program_id, other, Role.MENTOR)
    session_id = make.make_session(house, at())
    with pytest.raises(NotFound):
        card(make.viewer(other), session_id)
