"""A group's places on its card: the figures, who is named to whom, and what each may do about their place."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import timedelta

import pytest

from app.models import clock
from app.models.commands import enrolling, inviting, meeting
from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.queries.session_card import SessionCard, load_card
from app.models.queries.session_room import CardRoom
from app.models.tables import Seat
from app.models.words import Audience, Role, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_member,
    make_person,
    make_seat,
    make_session,
    viewer,
)

Reads = Callable[[], AbstractContextManager[list[str]]]
OTHERS = {
    "Ella Enrolled": SeatStatus.ENROLLED,
    "Ina Invited": SeatStatus.INVITED,
    "Walt Waiting": SeatStatus.WAITING,
    "Wilma Waiting": SeatStatus.WAITING,
    "Dora Declined": SeatStatus.DECLINED,
    "Leo Left": SeatStatus.WITHDRAWN,
    "Uma Unconfirmed": SeatStatus.UNCONFIRMED,
}


def full(house: House, **values: object) -> tuple[int, dict[str, Viewer]]:
    """A public session of three places with somebody of each status; Walt waits longer than Wilma."""
    usual = {"audience": Audience.PUBLIC, "maximum": 3, "slug": "chess-x", "minimum": 2}
    session_id = make_group(house, at(), **usual | values)
    people = {}
    for name, status in OTHERS.items():
        people[name] = make_person(name)
        make_seat(session_id, people[name], status)
    return session_id, {name: viewer(person_id) for name, person_id in people.items()}


def card(who: Viewer, session_id: int) -> SessionCard:
    with reading() as db:
        return load_card(db, who, clock.now(), session_id)


@pytest.mark.parametrize("part", ["manager", "mentor"])
def test_host_and_manager_see_everybody_by_where_they_stand(house: House, part: str):
    session_id, _ = full(house)
    shown = card(house.part(part), session_id)
    assert [(one.name, one.group, one.seat, one.can_remove) for one in shown.people] == [
        ("Max Mentor", "attending", "", False),
        ("Ella Enrolled", "attending", "", True),
        ("Uma Unconfirmed", "attending", "not confirmed yet", True),
        ("Ina Invited", "invited", "invited", True),
        ("Walt Waiting", "waiting", "number 1 on the waiting list", True),
        ("Wilma Waiting", "waiting", "number 2 on the waiting list", True),
        ("Dora Declined", "declined", "declined", False),
        ("Leo Left", "left", "not coming any more", False),
    ]
    room = shown.room
    assert (room.enrolled, room.places, room.invited, room.waiting, room.declined, room.left) == (2, 2, 1, 2, 1, 1)
    assert room.words == "2 of 2 places taken · 1 invited · 2 on the waiting list"
    assert (room.runs, "remove_person" in room.steps, room.link) == (True, True, "/g/chess-x")


@pytest.mark.parametrize("name", ["Ella Enrolled", "Ina Invited", "Wilma Waiting", "Uma Unconfirmed"])
def test_participant_learns_how_many_but_never_who(house: House, name: str):
    session_id, people = full(house)
    do(inviting.remove, house.manager, session_id, people["Leo Left"].person_id)
    shown = card(people[name], session_id)
    said = repr(asdict(shown))
    assert [other for other in OTHERS if other != name and other in said] == []
    assert "p" + str(people["Leo Left"].person_id) not in said
    assert (shown.room.words, shown.room.runs) == ("2 of 2 places taken · 2 on the waiting list", False)


def test_history_of_a_participant_tells_of_nobody_else(house: House):
    session_id = make_group(house, at(), audience=Audience.PUBLIC, slug="c", maximum=2)
    first, second = (make_person(name) for name in ("Ann First", "Ben Second"))
    for person_id in (first, second):
        make_member(house.program_id, person_id, Role.MENTEE)
        do(enrolling.join, viewer(person_id), session_id)
    do(inviting.remove, house.mentor, session_id, first)

    def told(who: Viewer) -> list[tuple[str, str]]:
        return [(entry.who, entry.what) for entry in card(who, session_id).history]

    assert told(viewer(second)) == [
        ("Meridian", "moved you up from the waiting list"),
        ("You", "joined the waiting list"),
    ]
    assert told(house.manager) == [
        ("Meridian", "moved Ben Second up from the waiting list"),
        ("Max Mentor", "removed Ann First"),
        ("Ben Second", "joined the waiting list"),
        ("Ann First", "took a place"),
    ]


def test_history_of_a_full_room_still_tells_what_was_done_before(house: House):
    people = [make_person() for _ in range(130)]
    session_id = make_group(house, NOW, people, maximum=200)
    do(meeting.start, house.mentor, session_id)
    for person_id in people:
        do(meeting.enter, viewer(person_id), session_id)
    last = card(house.manager, session_id).history[-1]
    assert (last.who, last.what) == ("Max Mentor", "started this session")
    assert [entry.what for entry in card(viewer(people[0]), session_id).history] == ["joined", "started this session"]


@pytest.mark.parametrize(
    ("name", "words", "steps"),
    [
        ("Ella Enrolled", "You are attending!", ["leave_place"]),
        ("Walt Waiting", "You are number 1 on the waiting list. You move up when a place is free, and get a mail.",
         ["leave_place"]),
        ("Ina Invited", "You are invited. All places are taken now: accept, and you are on the waiting list.",
         ["accept_invitation", "decline_invitation"]),
        ("Uma Unconfirmed", "A place is held for you for half an hour: confirm it from the e-mail.", ["leave_place"]),
    ],
)  # fmt: skip
def test_everybody_sees_where_they_stand(house: House, name: str, words: str, steps: list[str]):
    session_id, people = full(house)
    room = card(people[name], session_id).room
    assert (room.standing_words, room.steps) == (words, steps)


def test_host_is_attending_and_manager_may_join(house: House):
    session_id, _ = full(house)
    assert card(house.mentor, session_id).room.standing_words == "You are attending!"
    assert card(house.manager, session_id).room.steps == ["take_place", "remove_person"]
    private, _ = full(house, audience=Audience.PRIVATE, slug="p")
    assert card(house.manager, private).room.steps == ["remove_person"]


def test_leaving_says_who_gets_the_place(house: House):
    session_id, people = full(house)
    assert card(people["Ella Enrolled"], session_id).room.leaving == (
        "Your place goes to the first on the waiting list at once."
    )
    calm = make_group(house, at(3), [people["Ella Enrolled"].person_id], audience=Audience.PUBLIC)
    assert card(people["Ella Enrolled"], calm).room.leaving == (
        "Your place is free for somebody else. You can join again while there are places."
    )


@pytest.mark.parametrize(("status", "day"), [(Status.COMPLETED, -1), (Status.CANCELLED, 1), (Status.SCHEDULED, -1)])
def test_what_is_over_or_cancelled_offers_nothing(house: House, status: Status, day: int):
    people = [make_person()]
    session_id = make_group(house, at(day), people, status=status)
    for who in (viewer(people[0]), house.manager):
        room = card(who, session_id).room
        assert (room.steps, room.standing_words, room.warning) == ([], "", "")


def test_too_few_are_told_to_host_and_manager_only(house: House):
    people = [make_person()]
    session_id = make_group(house, at(), people, minimum=4)
    expected = "2 more people are needed: at least 4, the host counted."
    assert [card(who, session_id).room.warning for who in (house.mentor, house.manager, viewer(people[0]))] == [
        expected, expected, "",
    ]  # fmt: skip


def test_held_place_that_ran_out_leaves_its_number_to_the_next(house: House):
    session_id = make_group(house, at(), maximum=2)
    make_seat(session_id, make_person(), SeatStatus.ENROLLED)
    waiting = [make_person(), make_person()]
    for minutes, person_id in zip((5, 3), waiting, strict=True):
        with transaction() as db:
            since = NOW - timedelta(minutes=minutes)
            db.add(Seat(session_id=session_id, person_id=person_id, status=SeatStatus.WAITING, since=since))
    assert [card(viewer(one), session_id).room.standing_words[:16] for one in waiting] == [
        "You are number 1", "You are number 2",
    ]  # fmt: skip


def test_one_to_one_has_no_room(house: House):
    assert card(house.mentor, make_session(house, at())).room == CardRoom()


@pytest.mark.parametrize("part", ["manager", "mentor", "guest"])
def test_card_asks_the_same_for_one_and_for_two_hundred(house: House, count_reads: Reads, part: str) -> None:
    guest = make_person("Gina Guest")
    values = {"status": Status.COMPLETED, "finished_at": NOW, "maximum": 300}
    small = make_group(house, at(-1), [guest], **values)
    large = make_group(house, at(-3), [guest, *(make_person() for _ in range(199))], **values)
    who = viewer(guest) if part == "guest" else house.part(part)
    counts = []
    for session_id in (small, large):
        with count_reads() as seen:
            card(who, session_id)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
