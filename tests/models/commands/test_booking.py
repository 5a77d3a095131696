"""Booking one session: who may, what is refused, what is written and told."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from app.models.commands.booking import book
from app.models.database import reading, transaction
from app.models.drafts import Repetition
from app.models.errors import NotFound, Refusal
from app.models.tables import Membership, Person, Program, Relationship
from app.models.words import MailStatus, NoticeKind, Rank, Repeat, Role, Status
from tests.models.factories import (
    BERLIN,
    LINK,
    NOW,
    House,
    at,
    booking,
    changes,
    do,
    make_house,
    make_member,
    make_person,
    make_program,
    make_relationship,
    make_session,
    make_strangers,
    notices,
    seats,
    session,
    sessions,
    told,
    viewer,
)

WEEKLY = Repetition(repeat=Repeat.WEEKLY, times=3)


def test_book_writes_a_scheduled_session_with_both_seats(house: House):
    result = do(book, house.manager, booking(house, title="Fractions", details="Page 12"))

    [session_id] = result["session_ids"]
    row = session(session_id)
    assert (row.status, row.start_at, row.end_at) == (Status.SCHEDULED, at(), at(1, 18))
    assert (row.title, row.details, row.zone, row.link) == ("Fractions", "Page 12", BERLIN, LINK)
    assert (row.number, row.sequence, row.recurrence_at) == (1, 0, None)
    assert row.uid.endswith("@meridian")
    assert {person: seat.is_host for person, seat in seats(session_id).items()} == {
        house.mentor.person_id: True,
        house.mentee.person_id: False,
    }


def test_book_tells_both_once_and_the_booker_by_mail_only(house: House):
    do(book, house.mentor, booking(house))

    assert told() == [
        (house.mentor.person_id, NoticeKind.BOOKED),
        (house.mentee.person_id, NoticeKind.BOOKED),
    ]
    assert [notice.seen_at for notice in notices()] == [NOW, None]
    assert {notice.mail_status for notice in notices()} == {MailStatus.WAITING}


def test_book_without_mail_still_rings_the_bell(house: House):
    do(book, house.manager, booking(house, notifies=False))

    assert {notice.mail_status for notice in notices()} == {MailStatus.NONE}


def test_book_appends_to_the_history_what_changed(house: House):
    [session_id] = do(book, house.manager, booking(house))["session_ids"]

    [change] = changes(session_id)
    assert (change.step, change.actor_id, change.at) == ("book", house.manager.person_id, NOW)
    assert (change.before["status"], change.after["status"]) == ("to_be_arranged", "scheduled")
    assert (change.before["start_at"], change.after["start_at"]) == (None, at().isoformat())


@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
def test_book_is_open_to_the_pair_and_their_manager(house: House, part: str):
    assert len(do(book, house.part(part), booking(house))["session_ids"]) == 1


@pytest.mark.parametrize("name", ["nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_book_is_not_found_for_strangers(house: House, name: str):
    stranger = viewer(make_strangers(house)[name])

    with pytest.raises(NotFound):
        do(book, stranger, booking(house))

    assert sessions() == []


def test_book_is_not_found_for_a_mentor_after_the_relationship_ended():
    program_id = make_program()
    mentor, mentee = make_person(), make_person()
    make_member(program_id, mentor, Role.MENTOR)
    pair = make_relationship(program_id, mentor, mentee, ended_at=NOW)
    house = House(program_id, viewer(mentor), viewer(mentor), viewer(mentee), pair)

    with pytest.raises(NotFound):
        do(book, house.mentor, booking(house))


def test_book_is_not_found_in_a_programme_that_does_not_exist(house: House):
    with pytest.raises(NotFound):
        do(book, house.manager, booking(house, program_id=999))


def test_book_by_a_programme_manager_is_not_found_for_somebody_they_cannot_see(house: House):
    outsider = make_person("Olga Outsider")

    with pytest.raises(NotFound):
        do(book, house.manager, booking(house, mentee_id=outsider))


def test_book_assigns_a_pair_that_is_not_with_numbered_sessions(house: House):
    newcomer = make_person("Nia New")
    make_member(house.program_id, newcomer, Role.MENTEE)

    do(book, house.manager, booking(house, mentee_id=newcomer))

    rows = sessions(mentee_id=newcomer)
    assert sorted((row.number, row.status) for row in rows) == [
        (1, Status.SCHEDULED),
        (2, Status.TO_BE_ARRANGED),
        (3, Status.TO_BE_ARRANGED),
    ]
    assert len({row.uid for row in rows}) == 3
    with reading() as db:
        assert db.get_one(Relationship, rows[0].relationship_id).next_number == 4


def test_book_by_the_organisations_manager_makes_missing_memberships(house: House):
    chief = make_person("Cleo Chief", rank=Rank.MANAGER)
    mentor, mentee = make_person(), make_person()

    do(book, viewer(chief), booking(house, mentor_id=mentor, mentee_id=mentee))

    assert viewer(mentor).mentored == {house.program_id}
    assert viewer(mentee).attended == {house.program_id}


def test_book_makes_a_new_relationship_after_one_that_ended():
    house = make_house()
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW

    [session_id] = do(book, house.manager, booking(house))["session_ids"]

    assert session(session_id).relationship_id != house.relationship_id


def test_book_fills_the_lowest_number_to_be_arranged_then_adds(house: House):
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).next_number = 6
    make_session(house, number=4)
    make_session(house, number=2)
    make_session(house, at(9), number=5, status=Status.CANCELLED)

    result = do(book, house.manager, booking(house, repetition=WEEKLY))

    rows = [session(one) for one in result["session_ids"]]
    assert [(row.number, row.start_at) for row in rows] == [(2, at(1)), (4, at(8)), (6, at(15))]


def test_book_refuses_somebody_with_themselves(house: House):
    with pytest.raises(Refusal, match="Nobody meets themselves"):
        do(book, house.manager, booking(house, mentee_id=house.mentor.person_id))


def test_book_refuses_a_person_who_is_no_longer_active(house: House):
    with transaction() as db:
        db.get_one(Person, house.mentee.person_id).deactivated_at = NOW

    with pytest.raises(Refusal, match="no longer active"):
        do(book, house.mentor, booking(house))


def test_book_refuses_a_closed_programme(house: House):
    with transaction() as db:
        db.get_one(Program, house.program_id).archived_at = NOW

    with pytest.raises(Refusal, match="closed"):
        do(book, house.manager, booking(house))


@pytest.mark.parametrize("start", [NOW, NOW - timedelta(hours=1)])
def test_book_refuses_a_start_that_is_not_ahead(house: House, start: datetime):
    with pytest.raises(Refusal, match="has passed") as refused:
        do(book, house.manager, booking(house, start))

    assert [problem.field for problem in refused.value.problems] == ["day"]


@pytest.mark.zones
def test_book_refuses_a_wall_time_that_does_not_occur(house: House):
    draft = booking(house).model_copy(update={"day": date(2026, 3, 29), "at": time(2, 30)})

    with pytest.raises(Refusal, match="does not exist in Europe/Berlin"):
        do(book, house.manager, draft)


@pytest.mark.zones
def test_book_takes_the_first_of_a_wall_time_that_occurs_twice(house: House):
    draft = booking(house).model_copy(update={"day": date(2026, 10, 25), "at": time(2, 30)})

    [session_id] = do(book, house.manager, draft)["session_ids"]

    assert session(session_id).start_at == datetime(2026, 10, 25, 0, 30, tzinfo=NOW.tzinfo)


def test_book_asks_the_other_party_where_the_programme_wants_it():
    house = make_house(asks_confirmation=True)

    for part, other in (("mentor", house.mentee), ("mentee", house.mentor)):
        day = 1 if part == "mentor" else 2
        [session_id] = do(book, house.part(part), booking(house, at(day), notifies=False))["session_ids"]
        row = session(session_id)
        assert (row.status, row.asked_id) == (Status.PENDING, other.person_id)
        assert row.asked_by_id == house.part(part).person_id
    assert {notice.kind for notice in notices()} == {NoticeKind.ASKED}
    assert {notice.mail_status for notice in notices()} == {MailStatus.WAITING}, "a question is always mailed"


def test_book_by_a_manager_asks_nobody():
    house = make_house(asks_confirmation=True)

    [session_id] = do(book, house.manager, booking(house))["session_ids"]

    assert (session(session_id).status, session(session_id).asked_id) == (Status.SCHEDULED, None)


def test_memberships_are_not_made_twice(house: House):
    newcomer = make_person()
    make_member(house.program_id, newcomer, Role.MENTEE)

    do(book, house.manager, booking(house, mentee_id=newcomer))

    with reading() as db:
        assert len(db.exec(select(Membership).where(Membership.person_id == newcomer)).all()) == 1
