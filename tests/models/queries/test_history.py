"""What a session's history says, as its card tells it."""

from app.models import clock
from app.models.commands import answering, booking, clockwork, meeting
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.session_card import SessionCard, load_card
from tests.models import factories as make
from tests.models.factories import at, do


def card(who: Viewer, session_id: int) -> SessionCard:
    with reading() as db:
        return load_card(db, who, clock.now(), session_id)


def test_history_says_who_did_what() -> None:
    house = make.make_house(asks_confirmation=True)
    session_id = do(booking.book, house.mentor, make.booking(house))["session_ids"][0]
    do(answering.accept, house.mentee, session_id)
    what = [(entry.who, entry.what) for entry in card(house.manager, session_id).history]
    assert what == [
        ("Mia Mentee", "accepted the time"),
        ("Max Mentor", "booked this session: Tue 3 Mar 2026, 17:00"),
    ]


def test_history_names_the_clock_meridian() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(-1))
    clockwork.tick(clock.now())
    assert [(e.who, e.what) for e in card(house.mentor, session_id).history] == [
        ("Meridian", "closed by itself: Missed")
    ]


def test_history_tells_of_joining_and_ending() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(0, 10))
    do(meeting.enter, house.mentor, session_id)
    do(meeting.finish, house.manager, session_id)
    assert [(e.who, e.what) for e in card(house.mentor, session_id).history] == [
        ("Mona Manager", "ended this session: Missed"),
        ("You", "joined"),
    ]
