"""Editing one session: its time, its place, and who is asked anew."""

from datetime import date, time

import pytest
import time_machine

from app.models.commands.changing import edit, move
from app.models.drafts import Meeting
from app.models.errors import Clash, Refusal, Stale, StepRefused
from app.models.words import MailStatus, NoticeKind, Place, Status
from tests.models.factories import (
    BERLIN,
    IN_PERSON,
    NOW,
    House,
    at,
    changes,
    do,
    editing,
    make_group,
    make_house,
    make_person,
    make_session,
    moves,
    moving,
    notices,
    session,
    told,
    viewer,
)


@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
def test_edit_moves_the_same_row_and_leaves_a_trace(house: House, part: str):
    session_id = make_session(house, at(1), uid="u@m", number=3)

    result = do(edit, house.part(part), session_id, editing(at(2, 18), 90, reason="Train strike"))

    assert result == {"moved": 1, "changed": 0}
    row = session(session_id)
    assert (row.start_at, row.end_at, row.status) == (at(2, 18), at(2, 19, 30), Status.SCHEDULED)
    assert (row.uid, row.number, row.sequence, row.version) == ("u@m", 3, 1, 2)
    [trace] = moves(session_id)
    assert (trace.old_start_at, trace.old_end_at, trace.new_start_at) == (at(1), at(1, 18), at(2, 18))
    assert (trace.reason, trace.moved_by_id) == ("Train strike", house.part(part).person_id)
    assert trace.undoable_until is None


def test_edit_of_time_tells_everybody_with_the_old_time_and_the_reason(house: House):
    session_id = make_session(house, at(1))

    do(edit, house.mentor, session_id, editing(at(2), reason="Train strike"))

    assert told() == [(house.mentor.person_id, NoticeKind.MOVED), (house.mentee.person_id, NoticeKind.MOVED)]
    facts = notices()[1].facts
    assert (facts["reason"], facts["actor"]) == ("Train strike", "Max Mentor")
    assert facts["sessions"][0]["old_start_at"] == at(1).isoformat()
    assert facts["sessions"][0]["start_at"] == at(2).isoformat()


def test_edit_of_place_tells_of_a_change_and_leaves_no_move(house: House):
    session_id = make_session(house, at(1))

    result = do(edit, house.mentee, session_id, editing(at(1), meeting=IN_PERSON))

    assert result == {"moved": 0, "changed": 1}
    row = session(session_id)
    assert (row.place, row.address, row.link) == (Place.IN_PERSON, "Room 4, Old School", "")
    assert (row.sequence, moves(session_id)) == (1, [])
    assert {kind for _, kind in told()} == {NoticeKind.CHANGED}
    [change] = changes(session_id)
    assert (change.before["place"], change.after["place"]) == ("online", "in_person")


def test_edit_of_time_and_place_is_one_notice(house: House):
    session_id = make_session(house, at(1))

    do(edit, house.mentee, session_id, editing(at(2), meeting=IN_PERSON))

    assert [kind for _, kind in told()] == [NoticeKind.MOVED, NoticeKind.MOVED]


def test_edit_that_changes_nothing_tells_nobody_and_leaves_no_history(house: House):
    session_id = make_session(house, at(1))

    assert do(edit, house.mentee, session_id, editing(at(1))) == {"moved": 0, "changed": 0}

    assert (told(), changes(session_id), session(session_id).version) == ([], [], 1)


def test_edit_in_another_zone_than_the_sessions_changes_nothing_at_the_same_instant(house: House):
    session_id = make_session(house, at(1))
    tokyo = editing(at(1)).model_copy(update={"day": date(2026, 3, 4), "at": time(1), "zone": "Asia/Tokyo"})

    assert do(edit, house.mentee, session_id, tokyo) == {"moved": 0, "changed": 0}
    assert session(session_id).zone == BERLIN


def test_edit_without_mail_still_rings_the_bell(house: House):
    session_id = make_session(house, at(1))

    do(edit, house.mentee, session_id, editing(at(2), notifies=False))

    assert {notice.mail_status for notice in notices()} == {MailStatus.NONE}


def test_edit_may_make_a_session_longer_after_its_hour_has_come(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1))
    clock_at.move_to(at(1, 17, 40))

    do(edit, house.mentor, session_id, editing(at(1), 90))

    assert session(session_id).end_at == at(1, 18, 30)
    with pytest.raises(Refusal, match="new end has passed"):
        do(edit, house.mentor, session_id, editing(at(1), 30))


@pytest.mark.parametrize("command", [edit, move])
def test_change_refuses_a_time_that_has_passed(house: House, command):
    session_id = make_session(house, at(1))
    draft = editing(NOW) if command is edit else moving(NOW)

    with pytest.raises(Refusal, match="has passed"):
        do(command, house.mentor, session_id, draft)


@pytest.mark.parametrize("command", [edit, move])
def test_change_refuses_what_somebody_else_has_changed(house: House, command):
    session_id = make_session(house, at(1), version=2)
    draft = editing(at(2), version=1) if command is edit else moving(at(2), version=1)

    with pytest.raises(Stale):
        do(command, house.mentor, session_id, draft)


@pytest.mark.parametrize("command", [edit, move])
def test_change_refuses_an_hour_that_is_taken(house: House, command):
    make_session(house, at(2))
    session_id = make_session(house, at(1))
    draft = editing(at(2, 18)) if command is edit else moving(at(2, 18))

    with pytest.raises(Clash):
        do(command, house.mentor, session_id, draft)
    assert session(session_id).start_at == at(1)


def test_change_does_not_clash_with_the_session_itself(house: House):
    session_id = make_session(house, at(1))

    do(edit, house.mentor, session_id, editing(at(1, 17, 30)))

    assert session(session_id).start_at == at(1, 17, 30)


@pytest.mark.parametrize("command", [edit, move])
def test_change_of_a_started_session_is_refused_with_the_reason(house: House, command):
    session_id = make_session(house, at(1), status=Status.LIVE)
    draft = editing(at(2)) if command is edit else moving(at(2))

    with pytest.raises(StepRefused, match="has started"):
        do(command, house.manager, session_id, draft)


def test_edit_refuses_a_place_nobody_could_find(house: House):
    session_id = make_session(house, at(1))

    with pytest.raises(Refusal, match="address is missing"):
        do(edit, house.mentor, session_id, editing(at(1), meeting=Meeting(place=Place.IN_PERSON)))


def test_edit_of_the_title_minds_no_place_that_was_never_given(house: House):
    session_id = make_session(house, at(1), link="", platform="bigbluebutton")
    draft = editing(at(1), title="Geometry", meeting=Meeting())

    do(edit, house.mentor, session_id, draft)

    assert session(session_id).title == "Geometry"


def test_edit_of_a_group_session_is_for_host_and_manager_only(house: House):
    guest = make_person()
    session_id = make_group(house, at(1), [guest])

    with pytest.raises(StepRefused, match="not for you"):
        do(edit, viewer(guest), session_id, editing(at(2), title="Chess"))
    do(edit, house.mentor, session_id, editing(at(2), title="Chess"))
    assert {person for person, _ in told()} == {house.mentor.person_id, guest}


@pytest.mark.zones
def test_edit_refuses_a_wall_time_that_does_not_occur(house: House):
    session_id = make_session(house, at(1))
    draft = editing(at(1)).model_copy(update={"day": date(2026, 3, 29), "at": time(2, 30)})

    with pytest.raises(Refusal, match="does not exist") as refused:
        do(edit, house.mentor, session_id, draft)
    assert list(refused.value.by_field()) == ["at"]


@pytest.mark.parametrize(("mover", "asked"), [("mentor", "mentee"), ("mentee", "mentor")])
@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.PENDING])
def test_new_time_asks_the_other_party_anew(mover: str, asked: str, status: Status):
    house = make_house(asks_confirmation=True)
    session_id = make_session(house, at(1), status=status, asked_id=house.part(mover).person_id)

    do(edit, house.part(mover), session_id, editing(at(2), notifies=False))

    row = session(session_id)
    assert (row.status, row.asked_id) == (Status.PENDING, house.part(asked).person_id)
    assert row.asked_by_id == house.part(mover).person_id
    assert {notice.mail_status for notice in notices()} == {MailStatus.WAITING}


def test_new_time_by_a_manager_asks_nobody_anew():
    house = make_house(asks_confirmation=True)
    standing = make_session(house, at(1))
    waiting = make_session(house, at(4), status=Status.PENDING, asked_id=house.mentee.person_id)

    do(edit, house.manager, standing, editing(at(2)))
    do(edit, house.manager, waiting, editing(at(5)))

    assert session(standing).status == Status.SCHEDULED
    assert (session(waiting).status, session(waiting).asked_id) == (Status.PENDING, house.mentee.person_id)


def test_new_place_asks_nobody_anew():
    house = make_house(asks_confirmation=True)
    session_id = make_session(house, at(1))

    do(edit, house.mentee, session_id, editing(at(1), meeting=IN_PERSON))

    assert session(session_id).status == Status.SCHEDULED
