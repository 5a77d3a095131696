"""Cancelling and deleting, one session or a series."""

import pytest
import time_machine

from app.models.commands.booking import book
from app.models.commands.cancelling import cancel, delete
from app.models.database import reading
from app.models.drafts import CancelDraft, Repetition
from app.models.errors import NotFound, Refusal, StepRefused
from app.models.tables import Relationship
from app.models.words import MailStatus, NoticeKind, Repeat, Scope, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    changes,
    do,
    make_group,
    make_house,
    make_person,
    make_session,
    notices,
    seats,
    session,
    sessions,
    told,
    viewer,
)

ILL = CancelDraft(reason="Ill")


@pytest.fixture
def weekly(house: House) -> list[int]:
    """Four Tuesdays at five under the numbers 1 to 4."""
    repetition = Repetition(repeat=Repeat.WEEKLY, times=4)
    return do(book, house.manager, booking(house, repetition=repetition))["session_ids"]


@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
@pytest.mark.parametrize("status", [Status.PENDING, Status.SCHEDULED])
def test_cancel_keeps_the_session_and_its_number(house: House, part: str, status: Status):
    session_id = make_session(house, at(1), number=2, status=status, asked_id=house.mentee.person_id)

    do(cancel, house.part(part), session_id, ILL)

    row = session(session_id)
    assert (row.status, row.number, row.start_at, row.cancel_reason) == (Status.CANCELLED, 2, at(1), "Ill")
    assert (row.asked_id, row.sequence, row.version) == (None, 1, 2)
    [change] = changes(session_id)
    assert (change.step, change.reason, change.before["status"]) == ("cancel", "Ill", status)


def test_cancel_tells_both_by_mail_with_the_reason(house: House):
    do(cancel, house.mentee, make_session(house, at(1)), ILL)

    assert told() == [
        (house.mentor.person_id, NoticeKind.CANCELLED),
        (house.mentee.person_id, NoticeKind.CANCELLED),
    ]
    assert {(notice.facts["reason"], notice.mail_status) for notice in notices()} == {("Ill", MailStatus.WAITING)}


@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
def test_cancel_a_one_to_one_wants_a_reason_from_everybody(house: House, part: str):
    session_id = make_session(house, at(1))

    with pytest.raises(Refusal, match="reason is missing") as refused:
        do(cancel, house.part(part), session_id, CancelDraft())

    assert list(refused.value.by_field()) == ["reason"]
    assert session(session_id).status == Status.SCHEDULED


def test_cancel_a_group_session_wants_none(house: House):
    guest = make_person()
    session_id = make_group(house, at(1), [guest])

    do(cancel, house.mentor, session_id, CancelDraft())

    assert {person for person, _ in told()} == {house.mentor.person_id, guest}


def test_cancel_a_started_session_is_refused(house: House):
    with pytest.raises(StepRefused, match="has started"):
        do(cancel, house.manager, make_session(house, at(1), status=Status.LIVE), ILL)


def test_cancel_twice_is_refused(house: House):
    session_id = make_session(house, at(1))
    do(cancel, house.mentee, session_id, ILL)

    with pytest.raises(StepRefused, match="is cancelled"):
        do(cancel, house.mentee, session_id, ILL)


@pytest.mark.parametrize(("scope", "standing"), [(Scope.THIS, [0, 2, 3]), (Scope.FOLLOWING, [0]), (Scope.ALL, [])])
def test_cancel_reaches_as_far_as_its_scope(house: House, weekly: list[int], scope: Scope, standing: list[int]):
    do(cancel, house.mentor, weekly[1], CancelDraft(reason="Ill", scope=scope))

    assert [weekly.index(row.id or 0) for row in sessions(status=Status.SCHEDULED)] == standing
    assert [kind for _, kind in told()].count(NoticeKind.CANCELLED) == 2, "one notice a person"


def test_cancel_all_leaves_what_has_begun_or_is_over(house: House, weekly: list[int], clock_at: time_machine.Traveller):
    clock_at.move_to(at(8, 17, 10))

    do(cancel, house.mentor, weekly[2], CancelDraft(reason="Ill", scope=Scope.ALL))

    assert [session(one).status for one in weekly] == [
        Status.SCHEDULED,
        Status.SCHEDULED,
        Status.CANCELLED,
        Status.CANCELLED,
    ]


def test_cancelled_hour_is_free_again(house: House):
    do(cancel, house.mentee, make_session(house, at(1)), ILL)

    assert do(book, house.manager, booking(house, at(1)))["session_ids"]


def test_delete_hides_the_session_and_gives_its_number_back(house: House, weekly: list[int]):
    deleted = weekly[1]

    do(delete, house.manager, deleted)

    row = session(deleted)
    assert (row.status, row.deleted_at, row.number) == (Status.CANCELLED, NOW, None)
    assert changes(deleted)[-1].before["number"] == 2
    [fresh] = sessions(number=2)
    assert (fresh.status, fresh.start_at, fresh.series_id) == (Status.TO_BE_ARRANGED, None, None)
    assert set(seats(fresh.id or 0)) == {house.mentor.person_id, house.mentee.person_id}
    assert fresh.uid != row.uid
    with reading() as db:
        assert db.get_one(Relationship, house.relationship_id).next_number == 5


def test_delete_tells_everybody_that_it_is_cancelled(house: House):
    do(delete, house.manager, make_session(house, at(1)))

    assert told() == [
        (house.mentor.person_id, NoticeKind.CANCELLED),
        (house.mentee.person_id, NoticeKind.CANCELLED),
    ]


def test_deleted_session_is_found_by_nobody(house: House):
    session_id = make_session(house, at(1))
    do(delete, house.manager, session_id)

    for who in (house.manager, house.mentor, house.mentee):
        with pytest.raises(NotFound):
            do(cancel, who, session_id, ILL)


def test_delete_a_series_frees_every_number(house: House, weekly: list[int]):
    do(delete, house.manager, weekly[1], Scope.FOLLOWING)

    assert sorted(row.number or 0 for row in sessions(status=Status.TO_BE_ARRANGED)) == [2, 3, 4]
    do(book, house.manager, booking(house, at(2)))
    assert [row.number for row in sessions(status=Status.SCHEDULED)] == [1, 2]


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_delete_a_one_to_one_is_for_managers(house: House, part: str):
    session_id = make_session(house, at(1))

    with pytest.raises(StepRefused, match="not for you"):
        do(delete, house.part(part), session_id)


def test_delete_a_group_session_is_for_its_host_too(house: House):
    session_id = make_group(house, at(1), [make_person()])

    do(delete, house.mentor, session_id)

    assert session(session_id).deleted_at == NOW
    assert len(sessions()) == 1


def test_delete_is_not_found_for_a_manager_of_another_programme(house: House):
    session_id = make_session(house, at(1))

    with pytest.raises(NotFound):
        do(delete, viewer(make_house().manager.person_id), session_id)


@pytest.mark.parametrize("count", [2, 30])
def test_cancel_asks_the_database_equally_often_for_few_dates_and_for_thirty(house: House, count: int, count_reads):
    repetition = Repetition(repeat=Repeat.DAILY, times=count)
    ids = do(book, house.manager, booking(house, repetition=repetition))["session_ids"]

    with count_reads() as reads:
        do(cancel, house.manager, ids[0], CancelDraft(reason="Ill", scope=Scope.ALL))

    assert len([one for one in reads if "FOR NO KEY UPDATE" not in one]) == 13
