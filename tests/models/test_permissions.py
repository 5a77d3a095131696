"""Who sees what, and which parts they play."""

import pytest
from sqlmodel import col, select

from app.models.database import reading, transaction
from app.models.errors import NotFound
from app.models.permissions import (
    access_person,
    access_session,
    load_viewer,
    own_sessions,
    require_org_manager,
    visible_people,
    visible_programs,
    visible_sessions,
)
from app.models.tables import Person, Program, Relationship, Session
from app.models.words import Part, Rank, Role, SeatStatus
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_member,
    make_person,
    make_seat,
    make_session,
    viewer,
)


def seen(who: int, *, mine_only: bool = False) -> list[int | None]:
    with reading() as db:
        condition = visible_sessions(viewer(who), mine_only=mine_only)
        return list(db.exec(select(Session.id).where(condition).order_by(col(Session.id))))


def test_sessions_are_seen_by_those_with_a_seat_and_by_their_managers(house: House):
    other = make_house()
    ours, theirs = make_session(house, at(1)), make_session(other, at(1))
    chief = make_person(rank=Rank.MANAGER)

    assert seen(house.manager.person_id) == [ours]
    assert seen(house.mentor.person_id) == [ours]
    assert seen(house.mentee.person_id) == [ours]
    assert seen(other.mentee.person_id) == [theirs]
    assert seen(chief) == [ours, theirs]
    assert seen(chief, mine_only=True) == []
    assert seen(make_person()) == []


def test_manager_of_one_programme_sees_the_sessions_they_attend_elsewhere(house: House):
    other = make_house()
    session_id = make_group(other, at(1), [house.manager.person_id])

    assert seen(house.manager.person_id) == [session_id]


@pytest.mark.parametrize("status", SeatStatus)
def test_seat_shows_a_session_unless_it_was_given_up(house: House, status: SeatStatus):
    guest = make_person()
    session_id = make_group(house, at(1))
    make_seat(session_id, guest, status)

    gone = status in (SeatStatus.DECLINED, SeatStatus.WITHDRAWN)
    assert seen(guest) == ([] if gone else [session_id])
    with reading() as db:
        assert list(db.exec(select(Session.id).where(own_sessions(viewer(guest))))) == ([] if gone else [session_id])
        if gone:
            with pytest.raises(NotFound):
                access_session(db, viewer(guest), session_id)
        else:
            access_session(db, viewer(guest), session_id)


def test_deleted_session_is_hidden_from_everybody(house: House):
    session_id = make_session(house, at(1), deleted_at=NOW)
    owner = make_person(rank=Rank.OWNER)

    for who in (owner, house.manager.person_id, house.mentor.person_id):
        assert seen(who) == []
        with reading() as db, pytest.raises(NotFound):
            access_session(db, viewer(who), session_id)


def test_people_are_seen_by_their_managers_and_partners(house: House):
    other = make_house()
    ours = {house.manager.person_id, house.mentor.person_id, house.mentee.person_id}

    def people(who: int) -> set[int | None]:
        with reading() as db:
            return set(db.exec(select(Person.id).where(visible_people(viewer(who)))))

    assert people(house.manager.person_id) == ours
    assert people(house.mentor.person_id) == {house.mentor.person_id, house.mentee.person_id}
    assert people(house.mentee.person_id) == {house.mentor.person_id, house.mentee.person_id}
    assert people(make_person(rank=Rank.MANAGER)) >= ours | {other.mentee.person_id}
    with reading() as db, pytest.raises(NotFound):
        access_person(db, house.mentee, other.mentee.person_id)


def test_programmes_are_seen_by_their_members(house: House):
    other = make_house()
    with reading() as db:
        assert list(db.exec(select(Program.id).where(visible_programs(house.mentee)))) == [house.program_id]
        managed = db.exec(select(Program.id).where(visible_programs(house.manager))).all()
    assert (house.program_id in managed, other.program_id in managed) == (True, False)


def test_parts_name_everything_somebody_is(house: House):
    make_member(house.program_id, house.mentor.person_id, Role.MANAGER)
    session_id = make_session(house, at(1), asked_id=house.mentee.person_id)
    with reading() as db:
        assert access_session(db, viewer(house.mentor.person_id), session_id).parts == {
            Part.MANAGER,
            Part.HOST,
            Part.MENTOR,
        }
        assert access_session(db, house.mentee, session_id).parts == {
            Part.MENTEE,
            Part.PARTICIPANT,
            Part.ANSWERER,
        }


def test_parts_of_mentor_and_mentee_end_with_the_relationship(house: House):
    session_id = make_session(house, at(1))
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW
    with reading() as db:
        assert access_session(db, house.mentor, session_id).parts == {Part.HOST}
        assert access_session(db, house.mentee, session_id).parts == {Part.PARTICIPANT}


def test_viewer_is_nobody_once_deactivated(house: House):
    with transaction() as db:
        db.get_one(Person, house.mentor.person_id).deactivated_at = NOW
    with reading() as db:
        assert load_viewer(db, house.mentor.person_id) is None
        assert load_viewer(db, 999) is None


def test_viewer_reads_times_in_the_zone_they_set_else_in_their_browsers():
    chosen = make_person(zone="Asia/Tokyo", browser_zone="Europe/Paris")
    browser = make_person(zone="", browser_zone="Europe/Paris")
    neither = make_person(zone="")

    assert [viewer(one).zone for one in (chosen, browser, neither)] == ["Asia/Tokyo", "Europe/Paris", "UTC"]


def test_managers_only_lets_managers_pass(house: House):
    owner = viewer(make_person(rank=Rank.OWNER))

    require_org_manager(owner)
    with pytest.raises(NotFound):
        require_org_manager(house.manager)
    assert (owner.is_owner, owner.manages(house.program_id)) == (True, True)


@pytest.mark.parametrize("count", [1, 30])
def test_access_asks_equally_often_for_one_seat_and_for_thirty(house: House, count: int, count_reads):
    session_id = make_group(house, at(1), [make_person() for _ in range(count)])

    with count_reads() as reads, reading() as db:
        access_session(db, house.manager, session_id)

    assert len(reads) == 3
