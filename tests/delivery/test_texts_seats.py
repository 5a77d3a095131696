"""Mails about a place in a group session, as those get them who have no account, and as members do."""

import re
from typing import Any

import pytest

from app.delivery.mail import compose, preview
from app.delivery.texts import message_of
from app.models import notices
from app.models.database import transaction
from app.models.tables import Person, Session
from app.models.words import Audience, NoticeKind, Place, SeatStatus
from tests.delivery.world import NOW, World, at, calendars, events, text_of

HOUSE = "https://meet.northlight.example"
PUBLIC = f"{HOUSE}/g/open-harmony"
SEAT_KINDS = [
    *(NoticeKind.INVITED, NoticeKind.CONFIRM, NoticeKind.ENROLLED, NoticeKind.WAITING, NoticeKind.PROMOTED),
    *(NoticeKind.PUT_BACK, NoticeKind.LEFT, NoticeKind.REMOVED, NoticeKind.RATE),
]
SESSION_KINDS = [NoticeKind.MOVED, NoticeKind.CHANGED, NoticeKind.CANCELLED, NoticeKind.REACTIVATED]


def open_group(world: World, **values: Any) -> Session:
    usual = {"slug": "open-harmony", "audience": Audience.PUBLIC}
    session = world.group(at("2026-11-10T10:30"), [])
    world.update(session, **usual | values)
    return session


def visitor(world: World, session: Session, status: SeatStatus = SeatStatus.ENROLLED, **values: Any) -> Person:
    person = world.person("vera@visitors.example", "Vera", "Visitor", **values)
    world.seat(session, person, status=status)
    return person


def say(world: World, person: Person, kind: NoticeKind, session: Session, **facts: Any) -> None:
    with transaction() as db:
        told = notices.about(db, [session])
    world.say(person, kind, told | {"reason": ""} | facts, session_id=session.id)


def addresses(text: str) -> set[str]:
    """What kinds of page a mail leads to; what is signed is left out."""
    found = re.findall(r"https://[^\s<>\\]+", text)
    return {re.sub(r"/(seat|confirm|invitation|rating)/[\w.-]+", r"/\1/…", one) for one in found}


@pytest.mark.parametrize("kind", [*SEAT_KINDS, NoticeKind.REMINDER])
def test_visitor_is_led_nowhere_that_asks_to_sign_in(world: World, kind: NoticeKind) -> None:
    session = open_group(world)
    vera = visitor(world, session)
    say(world, vera, kind, session)
    mail = compose(world.letter(vera), NOW)
    told = text_of(mail) + "".join(one.to_ical().decode().replace("\r\n ", "") for one in calendars(mail))
    signed = {f"{HOUSE}/{door}/…" for door in ("seat", "confirm", "invitation", "rating")}
    assert addresses(told) <= {PUBLIC, f"{HOUSE}/invitation/…?answer=decline", *signed}
    assert "account" not in text_of(mail)


@pytest.mark.parametrize("kind", SESSION_KINDS)
def test_visitor_hears_of_the_session_without_signing_in(world: World, kind: NoticeKind) -> None:
    session = open_group(world)
    vera = visitor(world, session)
    world.tell(kind, [session], world.barbara)
    mail = compose(world.letter(vera), NOW)
    (event,) = events(calendars(mail)[0])
    assert (event["URL"], event["LOCATION"]) == (PUBLIC, PUBLIC)
    assert addresses(text_of(mail) + str(event["DESCRIPTION"])) <= {PUBLIC, f"{HOUSE}/seat/…"}


def test_registration_is_confirmed_with_entry_and_way_out(world: World) -> None:
    session = open_group(world, details="Bring the score.")
    vera = visitor(world, session, browser_zone="America/New_York")
    say(world, vera, NoticeKind.ENROLLED, session)
    mail = compose(world.letter(vera), NOW)
    text = re.sub(r"/seat/[\w.-]+", "/seat/…", text_of(mail))
    assert text.splitlines() == [
        "Harmony", "",
        "You have a place in this session.", "",
        "If you cannot come, please give it up, so that somebody else can.", "",
        "When: Tuesday 10 November 2026, 04:30–05:30 (New York time, UTC−5)",
        "In the session’s own zone: Tuesday 10 November 2026, 10:30–11:30 (Berlin time, UTC+1)",
        "Host: Barbara Kowalski",
        "Where: Online, BigBlueButton; join from the session’s page",
        "Programme: Piano for all",
        "Details: Bring the score.",
        f"Session’s page: {PUBLIC}", "",
        f"See or give up your place: {HOUSE}/seat/…", "",
        "-- ",
        "Northlight",
        "Times are shown as clocks in America/New_York show them.",
    ]  # fmt: skip
    (calendar,) = calendars(mail)
    (event,) = events(calendar)
    assert (calendar["METHOD"], event["UID"], event["STATUS"]) == ("REQUEST", session.uid, "CONFIRMED")
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert str(event["DESCRIPTION"]).startswith(f"Bring the score.\n\nDetails and Join: {PUBLIC}\n\nYour place, ")


def test_visitor_who_never_said_where_they_are_reads_the_sessions_time(world: World) -> None:
    world.settle(zone="Asia/Kolkata")
    session = open_group(world)
    vera = visitor(world, session)
    say(world, vera, NoticeKind.ENROLLED, session)
    assert dict(message_of(world.letter(vera)).rows)["When"].endswith("10:30–11:30 (Berlin time, UTC+1)")


def test_invitation_offers_both_answers(world: World) -> None:
    session = open_group(world)
    world.seat(session, world.arjun, status=SeatStatus.INVITED)
    say(world, world.arjun, NoticeKind.INVITED, session)
    said = message_of(world.letter(world.arjun))
    assert said.button is not None
    assert said.other is not None
    assert (said.button.label, said.other.label) == ("Accept", "Decline")
    assert said.other.url == said.button.url + "?answer=decline"
    html = compose(world.letter(world.arjun), NOW).get_body(("html",))
    assert html is not None
    assert [f'href="{one}"' in html.get_content() for one in (PUBLIC, said.button.url, said.other.url)] == [True] * 3


@pytest.mark.parametrize("kind", SEAT_KINDS)
def test_managers_are_shown_no_link_that_acts_for_its_reader(world: World, kind: NoticeKind) -> None:
    session = open_group(world)
    vera = visitor(world, session)
    say(world, vera, kind, session)
    shown = preview(world.letter(vera))
    told = "".join((shown.text, shown.html, *(one.replace("\r\n ", "") for one in shown.calendars)))
    assert not [door for door in ("/seat/", "/confirm/", "/invitation/") if door in told]


@pytest.mark.parametrize("kind", [*SEAT_KINDS, NoticeKind.REMINDER])
def test_mail_names_no_other_participant(world: World, kind: NoticeKind) -> None:
    session = open_group(world)
    world.seat(session, world.arjun)
    vera = visitor(world, session)
    say(world, vera, kind, session)
    whole = compose(world.letter(vera), NOW)
    told = text_of(whole) + "".join(one.to_ical().decode() for one in calendars(whole))
    assert "Arjun" not in told
    assert "arjun@" not in told


ENTRIES = {
    NoticeKind.INVITED: [],
    NoticeKind.CONFIRM: [],
    NoticeKind.WAITING: [],
    NoticeKind.REMINDER: [],
    NoticeKind.TOO_FEW: [],
    NoticeKind.RATE: [],
    NoticeKind.ENROLLED: ["REQUEST"],
    NoticeKind.PROMOTED: ["REQUEST"],
    NoticeKind.PUT_BACK: ["CANCEL"],
    NoticeKind.LEFT: ["CANCEL"],
    NoticeKind.REMOVED: ["CANCEL"],
}


@pytest.mark.parametrize("kind", list(ENTRIES))
def test_calendar_holds_what_one_has_a_place_in(world: World, kind: NoticeKind) -> None:
    session = open_group(world)
    vera = visitor(world, session)
    say(world, vera, kind, session)
    assert [str(one["METHOD"]) for one in calendars(compose(world.letter(vera), NOW))] == ENTRIES[kind]


@pytest.mark.parametrize("kind", [NoticeKind.LEFT, NoticeKind.REMOVED, NoticeKind.PUT_BACK])
def test_who_only_waited_has_no_entry_to_strike(world: World, kind: NoticeKind) -> None:
    session = open_group(world)
    vera = visitor(world, session, SeatStatus.WITHDRAWN)
    say(world, vera, kind, session, before="waiting")
    assert calendars(compose(world.letter(vera), NOW)) == []


@pytest.mark.parametrize("status", [SeatStatus.INVITED, SeatStatus.WAITING, SeatStatus.UNCONFIRMED])
@pytest.mark.parametrize("kind", SESSION_KINDS)
def test_change_gives_no_entry_to_who_has_no_place(world: World, kind: NoticeKind, status: SeatStatus) -> None:
    session = open_group(world)
    vera = visitor(world, session, status)
    world.tell(kind, [session], world.barbara)
    assert calendars(compose(world.letter(vera), NOW)) == []


def test_who_left_a_public_session_may_look_at_it_again(world: World) -> None:
    session = open_group(world)
    vera = visitor(world, session, SeatStatus.WITHDRAWN)
    say(world, vera, NoticeKind.LEFT, session)
    said = message_of(world.letter(vera))
    assert said.other is not None
    assert (said.button, said.other.url) == (None, PUBLIC)


def test_visitor_of_a_private_session_is_led_to_their_place(world: World) -> None:
    session = open_group(world, audience=Audience.PRIVATE, place=Place.IN_PERSON, address="Room 4")
    vera = visitor(world, session)
    say(world, vera, NoticeKind.ENROLLED, session)
    (event,) = events(calendars(compose(world.letter(vera), NOW))[0])
    assert event["LOCATION"] == "Room 4"
    assert str(event["URL"]).startswith(f"{HOUSE}/seat/")


def test_too_few_says_how_many_and_what_follows(world: World) -> None:
    session = open_group(world)
    say(world, world.barbara, NoticeKind.TOO_FEW, session, people=2, minimum=5, is_cancelled=False)
    assert message_of(world.letter(world.barbara)).paragraphs == [
        "2 of at least 5 people come, the host counted. The session takes place all the same.",
        "You can still cancel it, move it, or invite more people.",
    ]
    say(world, world.barbara, NoticeKind.TOO_FEW, session, people=2, minimum=5, is_cancelled=True)
    counted = "2 of at least 5 people come, the host counted."
    assert message_of(world.letter(world.barbara)).paragraphs == [
        f"{counted} The session has been cancelled, and everybody who had a place is told."
    ]


def test_reminder_says_how_things_are_when_it_is_sent(world: World) -> None:
    session = open_group(world)
    vera = visitor(world, session)
    say(world, vera, NoticeKind.REMINDER, session)
    world.update(session, title="Counterpoint", address="Room 4", place=Place.IN_PERSON)
    said = message_of(world.letter(vera))
    assert (said.heading, dict(said.rows)["Where"]) == ("Counterpoint", "In person: Room 4")
