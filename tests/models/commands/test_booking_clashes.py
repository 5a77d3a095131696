"""Booking into time that is taken: what clashes, what only warns, and what a refusal may tell."""

from datetime import datetime

import pytest

from app.models.commands.booking import book, check
from app.models.commands.dates import Verdict
from app.models.database import reading, transaction
from app.models.errors import Clash
from app.models.tables import Program
from app.models.words import Rank, Role, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    do,
    make_group,
    make_house,
    make_member,
    make_person,
    make_session,
    viewer,
)

CLASHING = [
    pytest.param(at(1, 17), 60, id="equal"),
    pytest.param(at(1, 16, 30), 120, id="contains"),
    pytest.param(at(1, 17, 15), 30, id="within"),
    pytest.param(at(1, 17, 45), 60, id="end"),
    pytest.param(at(1, 16, 15), 60, id="start"),
]


@pytest.mark.parametrize(("start", "minutes"), CLASHING)
def test_book_refuses_an_hour_that_is_taken(house: House, start: datetime, minutes: int):
    make_session(house, at())

    with pytest.raises(Clash, match="Max Mentor has “Algebra” on Tue 3 Mar 2026, 17:00–18:00"):
        do(book, house.manager, booking(house, start, minutes))


@pytest.mark.parametrize("start", [at(1, 16), at(1, 18)])
def test_book_refuses_to_touch_a_mentors_session_unless_back_to_back_is_allowed(house: House, start: datetime):
    make_session(house, at())

    with pytest.raises(Clash, match="may not touch"):
        do(book, house.manager, booking(house, start))

    with transaction() as db:
        db.get_one(Program, house.program_id).allows_back_to_back = True
    assert do(book, house.manager, booking(house, start))["session_ids"]


def test_book_refuses_to_touch_where_only_one_programme_allows_it(house: House):
    other = make_house(allows_back_to_back=True)
    make_session(house, at())
    draft = booking(other, at(1, 18), mentor_id=house.mentor.person_id)
    chief = viewer(make_person(rank=Rank.OWNER))

    with pytest.raises(Clash):
        do(book, chief, draft)


def test_book_lets_a_mentees_sessions_touch(house: House):
    make_session(house, at())
    other = make_person("Otto Other")
    make_member(house.program_id, other, Role.MENTOR)

    assert do(book, house.manager, booking(house, at(1, 18), mentor_id=other))["session_ids"]
    with pytest.raises(Clash, match="Mia Mentee"):
        do(book, house.manager, booking(house, at(1, 17, 30), mentor_id=other))


@pytest.mark.parametrize("status", Status)
def test_book_minds_only_what_occupies_time(house: House, status: Status):
    make_session(house, at(), status=status)

    if status in (Status.PENDING, Status.SCHEDULED, Status.LIVE):
        with pytest.raises(Clash):
            do(book, house.manager, booking(house))
    else:
        do(book, house.manager, booking(house))


def test_book_does_not_mind_a_deleted_session(house: House):
    make_session(house, at(), deleted_at=NOW)

    assert do(book, house.manager, booking(house))["session_ids"]


def test_book_minds_a_group_session_that_the_mentor_hosts(house: House):
    make_group(house, at())

    with pytest.raises(Clash, match="Max Mentor has “Chess”"):
        do(book, house.manager, booking(house))


def test_book_only_warns_of_a_group_seat_of_the_mentee(house: House):
    host = make_house()
    make_group(host, at(), [house.mentee.person_id])

    with reading() as db:
        [finding] = check(db, house.mentee, NOW, booking(house)).findings
    assert finding.verdict == Verdict.WARNED
    assert finding.messages[0].startswith("You have a place in “Chess”")
    assert do(book, house.mentee, booking(house))["session_ids"]


def test_book_minds_a_session_in_which_the_mentor_is_a_mentee(house: House):
    elsewhere = make_house()
    make_session(elsewhere, at(), mentee_id=house.mentor.person_id, relationship_id=None, title="How to teach")

    with pytest.raises(Clash):
        do(book, house.manager, booking(house, at(1, 17, 30)))
    assert do(book, house.manager, booking(house, at(1, 18)))["session_ids"], "it may touch"


def test_clash_does_not_tell_a_mentee_whom_else_the_mentor_meets(house: House):
    secret = make_person("Sam Secret")
    make_session(house, at(), mentee_id=secret, title="Sam’s troubles", relationship_id=None)

    with pytest.raises(Clash) as refused:
        do(book, house.mentee, booking(house, at(1, 17, 30)))

    text = str(refused.value)
    assert text == "Max Mentor is busy on Tue 3 Mar 2026, 17:30–18:30 (Berlin time, UTC+1). Choose another time."
    assert "Sam" not in text


def test_clash_is_told_in_the_viewers_zone(house: House):
    make_session(house, at())
    manager = viewer(make_person("Nina", zone="America/New_York", rank=Rank.MANAGER))

    with pytest.raises(Clash, match=r"11:00–12:00 \(New York time, UTC−5\)"):
        do(book, manager, booking(house))


def test_clash_with_ones_own_session_says_you(house: House):
    make_session(house, at())

    with pytest.raises(Clash, match="You have “Algebra”"):
        do(book, house.mentor, booking(house))
