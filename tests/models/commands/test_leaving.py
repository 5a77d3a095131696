"""Deactivating and reactivating: what must be dealt with first, what ends, and who may."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.models.commands.first_access import send_access
from app.models.commands.leaving import deactivate, reactivate_person
from app.models.database import reading, transaction
from app.models.drafts.people import DeactivateDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.leaving import future_sessions
from app.models.tables import Change, Login, MailedLink, Person
from app.models.words import NoticeKind, Rank, Role, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    changes,
    do,
    make_group,
    make_member,
    make_person,
    make_program,
    make_seat,
    make_session,
    make_strangers,
    notices,
    seats,
    session,
    told,
    viewer,
)


def is_active(person_id: int) -> bool:
    with reading() as db:
        return db.get_one(Person, person_id).deactivated_at is None


def steps_of(person_id: int) -> list[str]:
    with reading() as db:
        return list(db.exec(select(Change.step).where(Change.person_id == person_id).order_by(col(Change.id))))


def open_login(person_id: int) -> None:
    later = NOW + timedelta(days=1)
    with transaction() as db:
        db.add(Login(person_id=person_id, token_hash=f"l{person_id}", created_at=NOW, expires_at=later))
        db.add(MailedLink(person_id=person_id, purpose="p", token_hash="m", created_at=NOW, expires_at=later))


def test_deactivate_ends_access_and_keeps_roles_and_relationships(house: House) -> None:
    mentee = house.mentee.person_id
    open_login(mentee)
    assert do(deactivate, house.manager, mentee, DeactivateDraft()) == {"person_id": mentee, "session_ids": []}
    with reading() as db:
        assert (db.exec(select(Login.id)).all(), db.exec(select(MailedLink.id)).all()) == ([], [])
    assert (is_active(mentee), steps_of(mentee)) == (False, ["deactivate"])
    do(reactivate_person, house.manager, mentee)
    assert (is_active(mentee), steps_of(mentee)) == (True, ["deactivate", "reactivate_person"])
    assert viewer(mentee).attended == frozenset({house.program_id})


def test_deactivate_refuses_sessions_that_were_not_dealt_with_and_names_each(house: House) -> None:
    first, second = make_session(house, at(2)), make_session(house, at(3), status=Status.PENDING)
    hosted = make_group(house, at(4))
    draft = DeactivateDraft(cancels=(first,), reason="She moved away.")
    with pytest.raises(Refusal) as refused:
        do(deactivate, house.manager, house.mentor.person_id, draft)
    assert [(one.field, one.message) for one in refused.value.problems] == [
        ("cancels", "“Algebra”, Thu 5 Mar 2026, 17:00, is still to come."),
        ("cancels", "“Chess”, Fri 6 Mar 2026, 17:00, is still to come."),
    ]
    assert [session(one).status for one in (first, second, hosted)] == ["scheduled", "pending", "scheduled"]
    assert is_active(house.mentor.person_id)


def test_deactivate_counts_many_sessions_in_one_sentence(house: House) -> None:
    for day in range(2, 6):
        make_session(house, at(day))
    with pytest.raises(Refusal) as refused:
        do(deactivate, house.manager, house.mentor.person_id, DeactivateDraft(reason="He left."))
    assert [one.message for one in refused.value.problems] == ["4 sessions are still to come."]


def test_deactivate_cancels_with_one_mail_a_person(house: House) -> None:
    ids = [make_session(house, at(2)), make_session(house, at(3), status=Status.PENDING), make_group(house, at(4))]
    draft = DeactivateDraft(cancels=tuple(ids), reason="He left.")
    do(deactivate, house.manager, house.mentor.person_id, draft)
    assert [(session(one).status, session(one).cancel_reason) for one in ids] == [("cancelled", "He left.")] * 3
    assert told() == [(house.mentor.person_id, "cancelled"), (house.mentee.person_id, "cancelled")]


def test_deactivate_wants_a_reason_for_what_it_cancels(house: House) -> None:
    one = make_session(house, at(2))
    with pytest.raises(Refusal, match="reason is missing"):
        do(deactivate, house.manager, house.mentee.person_id, DeactivateDraft(cancels=(one,)))


def test_deactivate_leaves_what_is_past_or_to_be_arranged(house: House) -> None:
    past, open_one = make_session(house, at(-3)), make_session(house)
    do(deactivate, house.manager, house.mentee.person_id, DeactivateDraft())
    assert [session(one).status for one in (past, open_one)] == ["scheduled", "to_be_arranged"]


def test_deactivate_gives_seats_in_group_sessions_back(house: House) -> None:
    mentee = house.mentee.person_id
    group, past = make_group(house, at(2), [mentee]), make_group(house, at(-2), [mentee])
    do(deactivate, house.manager, mentee, DeactivateDraft())
    assert seats(group)[mentee].status == SeatStatus.WITHDRAWN
    assert seats(past)[mentee].status == SeatStatus.ENROLLED
    assert [change.step for change in changes(group)] == ["remove"]


def test_deactivate_lets_the_first_who_waits_into_a_full_group(house: House) -> None:
    mentee, first, second = house.mentee.person_id, make_person(), make_person()
    group = make_group(house, at(2), [mentee], maximum=2)
    for person_id in (first, second):
        make_seat(group, person_id, SeatStatus.WAITING)
    do(deactivate, house.manager, mentee, DeactivateDraft())
    assert {one: seat.status for one, seat in seats(group).items() if not seat.is_host} == {
        mentee: SeatStatus.WITHDRAWN,
        first: SeatStatus.ENROLLED,
        second: SeatStatus.WAITING,
    }
    assert [notice.person_id for notice in notices(kind=NoticeKind.PROMOTED)] == [first]


@pytest.mark.parametrize("is_group", [False, True])
def test_deactivate_is_refused_while_they_are_in_a_session(house: House, is_group: bool) -> None:
    live = {"status": Status.LIVE, "started_at": NOW}
    if is_group:
        make_group(house, at(0, 10), [house.mentee.person_id], **live)
    else:
        make_session(house, at(0, 10), **live)
    with pytest.raises(Refusal, match="Mia Mentee is in a session now"):
        do(deactivate, house.manager, house.mentee.person_id, DeactivateDraft())
    assert is_active(house.mentee.person_id)


def test_deactivate_keeps_a_link_that_waits_from_going_out(house: House) -> None:
    do(send_access, house.manager, [house.mentee.person_id])
    do(deactivate, house.manager, house.mentee.person_id, DeactivateDraft())
    assert [notice.mail_status for notice in notices(kind="first_access")] == ["dropped"]


def test_deactivate_twice_is_done_once(house: House) -> None:
    for _ in range(2):
        do(deactivate, house.manager, house.mentee.person_id, DeactivateDraft())
    assert steps_of(house.mentee.person_id) == ["deactivate"]


def test_deactivate_yourself_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="cannot deactivate yourself"):
        do(deactivate, house.manager, house.manager.person_id, DeactivateDraft())


def test_deactivate_an_owner_is_for_another_owner(owner: Viewer) -> None:
    manager = viewer(make_person("Mark Manager", rank=Rank.MANAGER))
    second = viewer(make_person("Otto Owner", rank=Rank.OWNER))
    with pytest.raises(Refusal, match="owns the organisation"):
        do(deactivate, manager, owner.person_id, DeactivateDraft())
    do(deactivate, second, owner.person_id, DeactivateDraft())
    assert not is_active(owner.person_id)
    with pytest.raises(Refusal, match="owns the organisation"):
        do(reactivate_person, manager, owner.person_id)
    do(reactivate_person, second, owner.person_id)
    assert is_active(owner.person_id)


@pytest.mark.parametrize("who", ["mentor", "nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_deactivate_and_reactivate_are_for_the_managers_of_a_person(house: House, who: str) -> None:
    strangers = make_strangers(house)
    actor = viewer(strangers[who]) if who in strangers else house.part(who)
    for command in (
        lambda: do(deactivate, actor, house.mentee.person_id, DeactivateDraft()),
        lambda: do(reactivate_person, actor, house.mentee.person_id),
    ):
        with pytest.raises(NotFound):
            command()
    assert is_active(house.mentee.person_id)


def test_deactivate_somebody_of_other_programmes_too_is_for_the_organisation(house: House, owner: Viewer) -> None:
    make_member(make_program(name="Elsewhere"), house.mentee.person_id, Role.MENTEE)
    with pytest.raises(Refusal, match="also belongs to a programme"):
        do(deactivate, house.manager, house.mentee.person_id, DeactivateDraft())
    do(deactivate, owner, house.mentee.person_id, DeactivateDraft())
    with pytest.raises(Refusal, match="also belongs to a programme"):
        do(reactivate_person, house.manager, house.mentee.person_id)


def test_future_sessions_lists_them_for_the_dialog(house: House) -> None:
    one, live = make_session(house, at(2)), make_session(house, at(0, 10), status=Status.LIVE, started_at=NOW)
    group = make_group(house, at(4))
    make_session(house, at(5), status=Status.CANCELLED)
    with reading() as db:
        found = future_sessions(db, house.manager, NOW, house.mentor.person_id)
    assert [(row.id, row.people, row.is_group, row.is_live, row.may_cancel) for row in found] == [
        (live, "with Mia Mentee", False, True, False),
        (one, "with Mia Mentee", False, False, True),
        (group, "Group session", True, False, True),
    ]
    assert found[1].when == "Wed 4 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)"


@pytest.mark.parametrize("who", ["mentee", "foreign manager"])
def test_future_sessions_are_for_managers(house: House, who: str) -> None:
    strangers = make_strangers(house)
    actor = viewer(strangers[who]) if who in strangers else house.part(who)
    with reading() as db, pytest.raises(NotFound):
        future_sessions(db, actor, NOW, house.mentor.person_id)
