"""One's own home: what is next, what waits, what is to be arranged; only one's own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.queries.me import Mine, load_mine
from app.models.tables import Message, Series
from app.models.words import Place, Role, SeatStatus, Status
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_member,
    make_person,
    make_relationship,
    make_seat,
    make_session,
)

Reads = Callable[[], AbstractContextManager[list[str]]]


def mine(who: Viewer, **options: int) -> Mine:
    with reading() as db:
        return load_mine(db, who, NOW, **options)


def test_next_is_the_first_that_stands(house: House) -> None:
    make_session(house, at(1), status=Status.PENDING, asked_id=house.mentee.person_id)
    standing = make_session(house, at(2), number=2)
    found = mine(house.mentor)
    assert found.next is not None
    assert (found.next.id, found.next.title, found.next.people) == (
        standing, "Session 2 · Algebra", "with Mia Mentee · Reading",
    )  # fmt: skip
    assert (found.next.when, found.next.step, found.next.join_hint) == (
        "Wed 4 Mar 2026, 17:00–18:00", "", "Opens on Wed 4 Mar 2026 at 16:45",
    )  # fmt: skip


def test_next_is_found_behind_a_list_full_of_unanswered_ones(house: House) -> None:
    for day in range(1, 5):
        make_session(house, at(day), status=Status.PENDING, asked_id=house.mentee.person_id)
    standing = make_session(house, at(9))
    found = mine(house.mentor, future=2)
    assert found.next is not None
    assert (found.next.id, len(found.future.sessions), found.future.has_more) == (standing, 2, True)


def test_what_can_be_joined_now_says_so(house: House) -> None:
    make_session(house, NOW + timedelta(minutes=10))
    for who in (house.mentor, house.mentee):
        found = mine(who).next
        assert found is not None
        assert (found.when, found.step, found.join_hint) == ("Today, 10:10–11:10", "enter", "")


def test_session_in_person_is_started_by_its_host_alone(house: House) -> None:
    make_session(house, NOW + timedelta(minutes=10), place=Place.IN_PERSON)
    steps = [found.step for who in (house.mentor, house.mentee) if (found := mine(who).next)]
    assert steps == ["start", ""]


def test_lists_are_in_order_of_time_and_leave_out_what_is_deleted(house: House) -> None:
    ahead = [make_session(house, at(day)) for day in (3, 1, 2)]
    past = [make_session(house, at(day), status=Status.COMPLETED) for day in (-3, -1, -2)]
    make_session(house, at(4), deleted_at=NOW)
    make_session(house, at(5), status=Status.CANCELLED)
    found = mine(house.mentee)
    assert [one.id for one in found.future.sessions] == [ahead[1], ahead[2], ahead[0]]
    assert [one.id for one in found.past.sessions] == [past[1], past[2], past[0]]
    assert not found.future.has_more


def test_answers_wait_for_who_was_asked_alone_a_series_as_one(house: House) -> None:
    with transaction() as db:
        series = Series(uid="s", rrule="FREQ=WEEKLY", zone=BERLIN, first_wall="", minutes=60, created_at=NOW)
        db.add(series)
        db.flush()
    asked = {"status": Status.PENDING, "asked_id": house.mentee.person_id}
    single = make_session(house, at(1), **asked)
    dates = [make_session(house, at(day), series_id=series.id, recurrence_at=at(day), **asked) for day in (2, 9, 16)]
    make_session(house, at(-1), **asked)
    assert [(one.id, one.dates) for one in mine(house.mentee).answers] == [(single, 1), (dates[0], 3)]
    assert mine(house.mentor).answers == ()


def test_outcomes_wait_for_the_host(house: House) -> None:
    over = make_session(house, at(-1), place=Place.IN_PERSON)
    assert [one.id for one in mine(house.mentor).outcomes] == [over]
    assert mine(house.mentee).outcomes == ()


def test_to_be_arranged_is_named_by_number_for_each_relationship(house: House) -> None:
    for number in (2, 3, 5):
        make_session(house, number=number)
    ended = make_relationship(house.program_id, make_person("Old Mentor"), house.mentee.person_id, ended_at=NOW)
    make_session(house, number=1, relationship_id=ended)
    [pair] = mine(house.mentee).to_arrange
    assert (pair.relationship_id, pair.partner, pair.program, pair.numbers, pair.count) == (
        house.relationship_id, "Max Mentor", "Reading", "Sessions 2, 3 and 5", 3,
    )  # fmt: skip


def test_group_sessions_have_a_link_to_copy(house: House) -> None:
    make_group(house, at(1), [house.mentee.person_id], slug="open-chess")
    [group] = mine(house.mentee).future.sessions
    assert (group.link, group.people, group.title) == ("/g/open-chess", "Hosted by Max Mentor · Reading", "Chess")
    assert mine(house.mentor).future.sessions[0].people == "Hosted by you · Reading"


def test_invitations_wait_and_are_not_what_is_next(house: House) -> None:
    waiting = make_group(house, at(1), title="Full")
    make_seat(waiting, house.mentee.person_id, SeatStatus.WAITING)
    invited = make_group(house, at(2), title="Open")
    make_seat(invited, house.mentee.person_id, SeatStatus.INVITED)
    over = make_group(house, at(-2), status=Status.COMPLETED)
    make_seat(over, house.mentee.person_id, SeatStatus.INVITED)
    standing = make_group(house, at(3), [house.mentee.person_id])
    found = mine(house.mentee)
    assert [one.id for one in found.invitations] == [invited]
    assert found.next is not None
    assert found.next.id == standing
    assert [(one.id, one.standing) for one in found.future.sessions] == [
        (waiting, "You are on the waiting list"), (invited, "You are invited"), (standing, ""),
    ]  # fmt: skip


def test_unread_messages_are_named_with_whom(house: House) -> None:
    with transaction() as db:
        sent = {"relationship_id": house.relationship_id, "sent_at": NOW}
        db.add(Message(sender_id=house.mentor.person_id, text="Hello", **sent))
    assert [(one.other_name, one.unread) for one in mine(house.mentee).unread] == [("Max Mentor", 1)]
    assert mine(house.mentor).unread == ()


def test_a_stranger_and_a_manager_see_nothing_of_the_pairs(house: House) -> None:
    make_session(house, at(1))
    make_session(house, at(-1), status=Status.COMPLETED)
    make_session(house, number=1)
    for who in (house.manager, make_house(name="Chess").mentor):
        found = mine(who)
        assert (found.next, found.future.sessions, found.past.sessions, found.to_arrange) == (None, (), (), ())


def test_home_asks_the_same_for_one_and_for_thirty(house: House, count_reads: Reads) -> None:
    def asks() -> int:
        with reading() as db, count_reads() as reads:
            load_mine(db, house.mentor, NOW)
        return len(reads)

    def fill(count: int) -> None:
        for day in range(count):
            pupil = make_person()
            make_member(house.program_id, pupil, Role.MENTEE)
            pair = make_relationship(house.program_id, house.mentor.person_id, pupil)
            people = {"relationship_id": pair, "mentee_id": pupil}
            make_session(house, at(day + 1), **people)
            make_session(house, at(-day - 1), status=Status.COMPLETED, **people)
            make_session(house, number=1, **people)

    fill(1)
    few = asks()
    fill(30)
    assert (few, asks()) == (7, 7)
