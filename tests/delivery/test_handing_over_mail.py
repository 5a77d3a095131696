"""What a hand-over does to everybody's calendar, from the command to the mail's own calendar objects."""

from datetime import timedelta

import pytest
import time_machine
from icalendar import Event

from app.delivery.mail import compose
from app.models.commands.ending import end
from app.models.commands.handing_over import hand_over
from app.models.commands.run import perform
from app.models.drafts.relationships import EndDraft, HandOverDraft
from app.models.permissions import Viewer
from app.models.tables import Person, Relationship, Session
from tests.delivery.world import NOW, World, at, calendars, events, text_of

pytestmark = pytest.mark.zones


@pytest.fixture
def nora(world: World) -> Person:
    return world.person("nora@northlight.example", "Nora", "New", "Europe/Berlin")


@pytest.fixture
def pair(world: World) -> int:
    given = {"program_id": world.program.id, "mentor_id": world.barbara.id, "mentee_id": world.arjun.id}
    return world.save(Relationship(**given, next_number=4, created_at=NOW)).id


def give(manager: Viewer, world: World, nora: Person, pair: int) -> None:
    draft = HandOverDraft(from_id=world.barbara.id or 0, to_id=nora.id or 0, relationship_ids=(pair,), reason="Leave.")
    with time_machine.travel(NOW, tick=False):
        perform(hand_over, manager, "", draft)


def calendar_of(world: World, person: Person) -> list[tuple[str, Event]]:
    """List the events of the newest mail, each with its object's method."""
    return [
        (str(calendar["METHOD"]), event)
        for calendar in calendars(compose(world.letter(person), NOW))
        for event in events(calendar)
    ]


def numbered(world: World, start: str, pair: int, number: int) -> Session:
    return world.session(at(start), relationship_id=pair, number=number, title="", sequence=1)


def test_session_leaves_the_old_mentors_calendar_and_enters_the_new_ones(world: World, nora: Person, pair: int) -> None:
    session = numbered(world, "2026-11-10T10:30", pair, 3)
    give(world.manager(), world, nora, pair)

    kept = {
        name: [(method, str(event["UID"]), event["SEQUENCE"]) for method, event in calendar_of(world, person)]
        for name, person in (("arjun", world.arjun), ("nora", nora), ("barbara", world.barbara))
    }
    assert kept == {
        "arjun": [("REQUEST", session.uid, 2)],
        "nora": [("REQUEST", session.uid, 2)],
        "barbara": [("CANCEL", session.uid, 2)],
    }


def test_calendars_name_the_new_mentor_to_the_mentee_alone(world: World, nora: Person, pair: int) -> None:
    numbered(world, "2026-11-10T10:30", pair, 3)
    give(world.manager(), world, nora, pair)

    [(_, arjuns)], [(_, barbaras)] = calendar_of(world, world.arjun), calendar_of(world, world.barbara)
    assert [one.params["CN"] for one in arjuns["ATTENDEE"]] == ["Arjun Rao", "Nora New"]
    assert [one.params["CN"] for one in barbaras["ATTENDEE"]] == ["Barbara Kowalski", "Arjun Rao"]
    assert (arjuns["SUMMARY"], barbaras["SUMMARY"]) == ("Session 3 with Nora New", "Session 3 with Arjun Rao")


def test_time_that_is_off_leaves_every_calendar_that_had_it(world: World, nora: Person, pair: int) -> None:
    session = numbered(world, "2026-11-10T10:30", pair, 3)
    other = world.person("olaf@northlight.example", "Olaf", "Other")
    world.session(at("2026-11-10T11:00"), host_id=nora.id, mentee_id=other.id, uid="other@northlight")
    give(world.manager(), world, nora, pair)

    found = {one.first_name: calendar_of(world, one) for one in (world.arjun, nora, world.barbara)}
    assert {name: [method for method, _ in made] for name, made in found.items()} == {
        "Arjun": ["CANCEL"],
        "Nora": [],
        "Barbara": ["CANCEL"],
    }
    [(_, event)] = found["Arjun"]
    assert (event["UID"], event["SEQUENCE"], event.decoded("DTSTART")) == (session.uid, 2, at("2026-11-10T10:30"))


def test_series_goes_over_date_by_date(world: World, nora: Person, pair: int) -> None:
    dates = world.series("FREQ=WEEKLY;COUNT=3", "2026-10-20T17:00")
    for number, session in enumerate(dates, 1):
        world.update(session, relationship_id=pair, number=number)
    give(world.manager(), world, nora, pair)

    made = calendar_of(world, nora)
    assert [(method, str(event["UID"])) for method, event in made] == [("REQUEST", "series@northlight")] * 3
    assert [event.decoded("RECURRENCE-ID") for _, event in made] == [session.start_at for session in dates]
    assert {method for method, _ in calendar_of(world, world.barbara)} == {"CANCEL"}


def test_mails_say_who_takes_over_and_why(world: World, nora: Person, pair: int) -> None:
    numbered(world, "2026-11-10T10:30", pair, 3)
    give(world.manager(), world, nora, pair)

    text = text_of(compose(world.letter(world.arjun), NOW))
    assert "Nora New takes over from Barbara Kowalski" in text
    assert "Reason: Leave." in text
    assert "Session 3 with Nora New: Tuesday 10 November 2026, 15:00–16:00 (Kolkata time, UTC+5:30)" in text


def test_end_takes_what_is_cancelled_out_of_calendars_and_leaves_the_rest(world: World, pair: int) -> None:
    off = numbered(world, "2026-11-10T10:30", pair, 1)
    numbered(world, "2026-11-11T10:30", pair, 2)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        draft = EndDraft(relationship_id=pair, cancels=(off.id or 0,), reason="Done.")
        perform(end, world.manager(), "", draft)

    for person in (world.arjun, world.barbara):
        assert [(method, str(event["UID"])) for method, event in calendar_of(world, person)] == [("CANCEL", off.uid)]
