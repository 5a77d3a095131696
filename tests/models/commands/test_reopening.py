"""Sessions that were cancelled and come back: who has a place then, and who is no longer there."""

import pytest

from app.models.commands.booking import arrange, reactivate
from app.models.commands.cancelling import cancel
from app.models.commands.leaving import deactivate
from app.models.drafts import CancelDraft
from app.models.drafts.people import DeactivateDraft
from app.models.errors import Refusal
from app.models.words import Kind, NoticeKind, Role, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    editing,
    make_group,
    make_member,
    make_person,
    make_seat,
    make_session,
    seats,
    session,
    told,
)


def call_off(house: House, session_id: int) -> None:
    do(cancel, house.manager, session_id, CancelDraft(reason="Snow"))


def dismiss(house: House, person_id: int) -> None:
    do(deactivate, house.manager, person_id, DeactivateDraft())


@pytest.mark.parametrize("again", ["reactivate", "arrange"])
def test_place_of_who_was_deactivated_meanwhile_goes_to_who_waits(house: House, again: str) -> None:
    leaver, waits = make_person("Lea Leaver"), make_person("Wanda Waits")
    make_member(house.program_id, leaver, Role.MENTEE)
    chess = make_group(house, at(2), [leaver], maximum=2)
    make_seat(chess, waits, SeatStatus.WAITING)
    call_off(house, chess)
    dismiss(house, leaver)
    assert seats(chess)[waits].status == SeatStatus.WAITING
    if again == "reactivate":
        do(reactivate, house.mentor, chess)
    else:
        do(arrange, house.mentor, chess, editing(at(5)))
    assert {person: seats(chess)[person].status for person in (leaver, waits)} == {
        leaver: SeatStatus.WITHDRAWN,
        waits: SeatStatus.ENROLLED,
    }
    assert told(kind=NoticeKind.PROMOTED) == [(waits, NoticeKind.PROMOTED)]


@pytest.mark.parametrize("kind", Kind)
def test_session_of_who_was_deactivated_meanwhile_does_not_come_back(house: House, kind: Kind) -> None:
    made = make_group(house, at(2)) if kind == Kind.GROUP else make_session(house, at(2))
    call_off(house, made)
    dismiss(house, house.mentor.person_id)
    for step in (lambda: do(reactivate, house.manager, made), lambda: do(arrange, house.manager, made, editing(at(5)))):
        with pytest.raises(Refusal, match="no longer active"):
            step()
    assert session(made).status == Status.CANCELLED


def test_new_time_has_its_people_counted_anew(house: House) -> None:
    chess = make_group(house, at(0, 20), minimum=3, minimum_checked_at=NOW)
    call_off(house, chess)
    do(arrange, house.mentor, chess, editing(at(5)))
    assert session(chess).minimum_checked_at is None
