"""The four ways of assigning (A1): the wizard, booking, a person's page and the upload leave the same rows."""

from collections.abc import Callable, Iterable

import pytest
from sqlmodel import col, select

from app.models.commands.assigning import assign_pair
from app.models.commands.booking import book
from app.models.commands.people import add_person
from app.models.database import reading
from app.models.drafts.people import NewPersonDraft, PairingDraft, RoleDraft
from app.models.drafts.relationships import PairDraft
from app.models.tables import Change, Membership, Person, Relationship, Seat, Session
from app.models.words import NoticeKind, Role
from tests.models.factories import House, at, booking, do, make_house, make_organisation, notices
from tests.models.uploads.sheets import carry_out, sheet, upload

EMAIL = "new@example.org"
SESSIONS = 4


@pytest.fixture
def house() -> House:
    make_organisation()
    return make_house(session_count=SESSIONS)


def newcomer(house: House) -> NewPersonDraft:
    role = RoleDraft(program_id=house.program_id, role=Role.MENTEE)
    return NewPersonDraft(email=EMAIL, first_name="Nia", last_name="New", roles=(role,))


def by_wizard(house: House) -> None:
    pairing = PairingDraft(program_id=house.program_id, other_id=house.mentor.person_id, as_role=Role.MENTEE)
    do(add_person, house.manager, newcomer(house).model_copy(update={"assignments": (pairing,)}))


def by_booking(house: House) -> None:
    person_id = do(add_person, house.manager, newcomer(house))["person_id"]
    do(book, house.manager, booking(house, at(1), mentee_id=person_id))


def by_page(house: House) -> None:
    person_id = do(add_person, house.manager, newcomer(house))["person_id"]
    pair = PairDraft(program_id=house.program_id, mentor_id=house.mentor.person_id, mentee_id=person_id)
    do(assign_pair, house.manager, pair)


def by_upload(house: House) -> None:
    row = ["Add", "Nia", "New", EMAIL, "mentee", house.mentor.email]
    carry_out(house.manager, upload(house.manager, sheet(row)))


WAYS = {"wizard": by_wizard, "booking": by_booking, "page": by_page, "upload": by_upload}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_four_ways_leave_the_same_rows(house: House, way: Callable[[House], None]) -> None:
    way(house)
    with reading() as db:
        mentee = db.exec(select(Person.id).where(Person.email == EMAIL)).one() or 0
        pair = db.exec(select(Relationship).where(Relationship.mentee_id == mentee)).one()
        members = db.exec(select(Membership).where(col(Membership.person_id).in_((pair.mentor_id, mentee)))).all()
        sessions = db.exec(select(Session).where(Session.relationship_id == pair.id).order_by(col(Session.number)))
        seats = {one.number: sorted(_seats(db.exec(select(Seat).where(Seat.session_id == one.id)))) for one in sessions}
        [assigned] = db.exec(select(Change).where(Change.relationship_id == pair.id, Change.step == "assign"))
        made = db.exec(select(Change.step).where(Change.person_id == mentee).order_by(col(Change.id))).all()
    both = [(True, "enrolled", pair.mentor_id), (False, "enrolled", mentee)]
    two = {"mentor_id": house.mentor.person_id, "mentee_id": mentee}
    assert pair.model_dump(exclude={"id", "created_at"}) == two | {
        "program_id": house.program_id,
        "next_number": SESSIONS + 1,
        "ended_at": None,
        "thread_closed_at": None,
    }
    assert sorted((one.person_id, one.role, one.cohort) for one in members) == [
        (pair.mentor_id, "mentor", ""),
        (mentee, "mentee", ""),
    ]
    assert seats == dict.fromkeys(range(1, SESSIONS + 1), sorted(both))
    assert (assigned.actor_id, assigned.program_id, assigned.after) == (house.manager.person_id, house.program_id, two)
    assert made == ["add_person"]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_four_ways_tell_both_people_once(house: House, way: Callable[[House], None]) -> None:
    way(house)
    told = notices(kind=NoticeKind.ASSIGNED)
    others = {notice.kind for notice in notices()} - {NoticeKind.ASSIGNED}
    assert len(told) == len({notice.person_id for notice in told}) == 2
    assert others == ({NoticeKind.BOOKED} if way is by_booking else set())


def _seats(rows: Iterable[Seat]) -> list[tuple[bool, str, int]]:
    return [(one.is_host, one.status, one.person_id) for one in rows]
