"""Inviting by name, cohort, tag and programme, and taking it back."""

from typing import Any

import pytest

from app.models.commands import enrolling, inviting
from app.models.database import reading, transaction
from app.models.drafts.seats import InviteDraft
from app.models.errors import NotFound, Refusal, StepRefused
from app.models.permissions import Viewer
from app.models.tables import Membership, PersonTag, Seat
from app.models.words import Audience, NoticeKind, Rank, Role, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_member,
    make_person,
    make_seat,
    make_strangers,
    notices,
    rows_of,
    viewer,
)


def group(house: House, audience: Audience = Audience.PUBLIC, maximum: int = 4, **values: Any) -> int:
    return make_group(house, at(), audience=audience, maximum=maximum, **values)


def member(house: House, cohort: str = "", tag: str = "") -> int:
    person_id = make_person()
    with transaction() as db:
        db.add(
            Membership(
                program_id=house.program_id, person_id=person_id, role=Role.MENTEE, cohort=cohort, created_at=NOW
            )
        )
        if tag:
            db.add(PersonTag(person_id=person_id, name=tag))
    return person_id


def invited(session_id: int) -> list[int]:
    rows = [row for row in rows_of(Seat) if row.session_id == session_id]
    return [row.person_id for row in rows if row.status == SeatStatus.INVITED]


def count(who: Viewer, session_id: int, draft: InviteDraft) -> dict[str, Any]:
    with reading() as db:
        return inviting.count(db, who, NOW, session_id, draft)


def test_cohorts_tags_and_names_are_invited_once_each(house: House):
    session_id = group(house, maximum=10)
    one, two, three = member(house, "2026", "chess"), member(house, "2026"), member(house, "", "chess")
    member(house, "2025")
    draft = InviteDraft(person_ids=(one,), cohorts=("2026",), tags=("chess",))
    foretold = count(house.manager, session_id, draft)
    assert foretold == {"invited": 3, "already": 0, "warning": "", "refusal": ""}
    assert do(inviting.invite, house.manager, session_id, draft) == foretold
    assert sorted(invited(session_id)) == sorted([one, two, three])
    assert sorted((row.kind, row.person_id) for row in notices()) == sorted(
        (NoticeKind.INVITED, person_id) for person_id in (one, two, three)
    )


def test_host_finds_out_nothing_by_the_managers_tags(house: House):
    session_id = group(house, maximum=10)
    tagged = member(house, "", "gifted")
    draft = InviteDraft(tags=("gifted",))

    assert count(house.mentor, session_id, draft)["invited"] == 0
    assert do(inviting.invite, house.mentor, session_id, draft)["invited"] == 0
    assert count(house.manager, session_id, draft)["invited"] == 1
    do(inviting.invite, house.manager, session_id, draft)
    assert invited(session_id) == [tagged]


def test_the_whole_programme_leaves_out_who_is_in_and_the_host(house: House):
    session_id = group(house, maximum=10)
    one, two = member(house), member(house)
    make_seat(session_id, one, SeatStatus.WAITING)
    given = do(inviting.invite, house.manager, session_id, InviteDraft(program=True))
    assert (given["invited"], given["already"]) == (3, 1)
    assert sorted(invited(session_id)) == sorted([two, house.mentee.person_id, house.manager.person_id])


def test_who_declined_is_invited_again_only_by_name(house: House):
    session_id = group(house)
    one = member(house, "2026")
    make_seat(session_id, one, SeatStatus.DECLINED)
    assert do(inviting.invite, house.mentor, session_id, InviteDraft(cohorts=("2026",)))["invited"] == 0
    assert do(inviting.invite, house.mentor, session_id, InviteDraft(person_ids=(one,)))["invited"] == 1


def test_private_invitations_may_not_exceed_the_places(house: House):
    session_id = group(house, Audience.PRIVATE, 3)
    people = tuple(member(house) for _ in range(3))
    with pytest.raises(Refusal, match="2 places are left, and this would invite 3"):
        do(inviting.invite, house.mentor, session_id, InviteDraft(person_ids=people))
    assert count(house.mentor, session_id, InviteDraft(person_ids=people))["refusal"] != ""
    do(inviting.invite, house.mentor, session_id, InviteDraft(person_ids=people[:2]))
    with pytest.raises(Refusal, match="No place is left, and this would invite 1"):
        do(inviting.invite, house.mentor, session_id, InviteDraft(person_ids=people))


def test_public_invitations_above_the_places_only_warn(house: House):
    session_id = group(house, Audience.PUBLIC, 3)
    people = tuple(member(house) for _ in range(3))
    given = do(inviting.invite, house.mentor, session_id, InviteDraft(person_ids=people))
    assert given["warning"] == "2 places are left: those who accept first get them."


def test_removing_frees_the_place_for_who_waits(house: House):
    session_id = group(house, Audience.PUBLIC, 2)
    one, two = member(house), member(house)
    do(enrolling.join, viewer(one), session_id)
    do(enrolling.join, viewer(two), session_id)
    assert do(inviting.remove, house.mentor, session_id, one) == {"removed": True}
    assert do(inviting.remove, house.mentor, session_id, one) == {"removed": False}
    standing = {row.person_id: row.status for row in rows_of(Seat) if not row.is_host}
    assert standing == {one: "withdrawn", two: "enrolled"}
    assert [(row.kind, row.person_id) for row in notices()][2:] == [
        (NoticeKind.REMOVED, one),
        (NoticeKind.PROMOTED, two),
    ]


def test_who_was_removed_from_a_private_session_needs_a_new_invitation(house: House):
    session_id = group(house, Audience.PRIVATE)
    one = member(house)
    draft = InviteDraft(person_ids=(one,))
    do(inviting.invite, house.mentor, session_id, draft)
    do(inviting.remove, house.mentor, session_id, one)
    with pytest.raises(Refusal):
        do(enrolling.accept_invitation, viewer(one), session_id)
    with pytest.raises(Refusal):
        do(enrolling.join, viewer(one), session_id)
    do(inviting.invite, house.mentor, session_id, draft)
    assert do(enrolling.accept_invitation, viewer(one), session_id)["status"] == "enrolled"


def test_host_cannot_be_removed_or_invited(house: House):
    session_id = group(house)
    with pytest.raises(StepRefused):
        do(inviting.remove, house.manager, session_id, house.mentor.person_id)
    draft = InviteDraft(person_ids=(house.mentor.person_id,))
    assert do(inviting.invite, house.manager, session_id, draft)["invited"] == 0


def test_a_host_reaches_the_programme_only_a_manager_of_all_everybody(house: House):
    session_id = group(house)
    outsider, gone = make_person(), make_person(deactivated_at=NOW)
    make_member(house.program_id, gone, Role.MENTEE)
    chief = viewer(make_person(rank=Rank.OWNER))
    for who, person_id in ((house.mentor, outsider), (house.manager, outsider), (house.mentor, gone), (chief, gone)):
        with pytest.raises(Refusal):
            do(inviting.invite, who, session_id, InviteDraft(person_ids=(person_id,)))
    assert do(inviting.invite, chief, session_id, InviteDraft(person_ids=(outsider,)))["invited"] == 1


def test_nobody_but_host_and_managers_invites(house: House):
    session_id = group(house, Audience.PUBLIC)
    strangers = [viewer(one) for one in make_strangers(house).values()]
    guest = member(house)
    make_seat(session_id, guest)
    for who in (*strangers, viewer(guest), house.mentee):
        for command, argument in ((inviting.invite, InviteDraft(program=True)), (inviting.remove, guest)):
            with pytest.raises(NotFound):
                do(command, who, session_id, argument)
        with reading() as db, pytest.raises(NotFound):
            inviting.count(db, who, NOW, session_id, InviteDraft(program=True))


def test_a_cancelled_session_invites_nobody(house: House):
    session_id = group(house, status=Status.CANCELLED)
    with pytest.raises(StepRefused):
        do(inviting.invite, house.mentor, session_id, InviteDraft(program=True))
