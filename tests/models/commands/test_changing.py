"""Editing, moving and taking a move back."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from app.models import clock
from app.models.commands.booking import book
from app.models.commands.cancelling import cancel
from app.models.commands.changing import edit, move, undo_move
from app.models.database import transaction
from app.models.drafts import CancelDraft, Meeting, Repetition
from app.models.errors import Clash, NotFound, Refusal, Stale, StepRefused
from app.models.tables import Notice, Session
from app.models.words import MailStatus, NoticeKind, Place, Repeat, Scope, Status
from tests.models.factories import (
    BERLIN,
    IN_PERSON,
    NOW,
    House,
    at,
    booking,
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
    sessions,
    told,
    viewer,
)


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def weekly(house: House) -> list[int]:
    """Four Tuesdays at five; the clocks go forward before the last."""
    repetition = Repetition(repeat=Repeat.WEEKLY, times=5)
    ids = do(book, house.manager, booking(house, repetition=repetition, title="Algebra"))["session_ids"]
    with transaction() as db:
        for notice in notices():
            db.delete(db.get_one(Notice, notice.id))
    return ids


def starts(ids: list[int]) -> list[datetime | None]:
    return [session(one).start_at for one in ids]


# One session


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


# Confirmation


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


# Series


def test_edit_this_leaves_the_others(house: House, weekly: list[int]):
    do(edit, house.mentor, weekly[1], editing(at(9, 18)))

    assert starts(weekly) == [at(1), at(9, 18), at(15), at(22), at(29)]
    assert session(weekly[1]).recurrence_at == at(8)


@pytest.mark.zones
def test_edit_following_shifts_days_and_hour_in_wall_time(house: House, weekly: list[int]):
    result = do(edit, house.mentor, weekly[1], editing(at(9, 18), 90, scope=Scope.FOLLOWING))

    assert result == {"moved": 4, "changed": 0}
    assert starts(weekly) == [at(1), at(9, 18), at(16, 18), at(23, 18), at(30, 18)]
    assert [session(one).recurrence_at for one in weekly] == [at(1), at(8), at(15), at(22), at(29)]
    assert len({session(one).uid for one in weekly}) == 1
    assert [session(one).sequence for one in weekly] == [0, 1, 1, 1, 1]
    assert [len(moves(one)) for one in weekly] == [0, 1, 1, 1, 1]
    assert len(sessions()) == 5


def test_edit_all_is_one_notice_a_person(house: House, weekly: list[int]):
    do(edit, house.mentor, weekly[2], editing(at(16), scope=Scope.ALL))

    assert told() == [(house.mentor.person_id, NoticeKind.MOVED), (house.mentee.person_id, NoticeKind.MOVED)]
    assert len(notices()[0].facts["sessions"]) == 5


def test_edit_all_leaves_past_started_and_final_ones(house: House, weekly: list[int], clock_at: time_machine.Traveller):
    with transaction() as db:
        for one, status in zip(weekly[1:3], (Status.LIVE, Status.CANCELLED), strict=True):
            db.get_one(Session, one).status = status
    clock_at.move_to(at(1, 17, 30))

    do(edit, house.mentor, weekly[4], editing(at(29, 19), scope=Scope.ALL))

    assert starts(weekly) == [at(1), at(8), at(15), at(22, 19), at(29, 19)]


def test_edit_all_carries_only_what_differs(house: House, weekly: list[int]):
    do(edit, house.mentor, weekly[1], editing(at(8), title="Algebra", details="Bring a ruler"))
    do(edit, house.mentor, weekly[3], editing(at(23, 9), title="Algebra"))

    do(edit, house.mentor, weekly[2], editing(at(15), title="Geometry", scope=Scope.ALL))

    assert [session(one).title for one in weekly] == ["Geometry"] * 5
    assert session(weekly[1]).details == "Bring a ruler"
    assert session(weekly[3]).start_at == at(23, 9)


def test_edit_all_lists_the_clashing_dates_and_changes_nothing(house: House, weekly: list[int]):
    other = make_house()
    for day in (8, 22):
        make_session(other, at(day, 19), mentee_id=house.mentee.person_id, relationship_id=None, title=f"Day {day}")

    with pytest.raises(Clash) as refused:
        do(edit, viewer(house.manager.person_id), weekly[0], editing(at(1, 19), scope=Scope.ALL))

    assert len(refused.value.problems) == 2
    assert starts(weekly) == [at(1), at(8), at(15), at(22), at(29)]


def test_edit_all_refuses_to_put_two_of_the_series_in_one_hour(house: House, weekly: list[int]):
    """The second is moved into the third's day, at another hour; one hour for all would make them meet."""
    do(edit, house.mentor, weekly[1], editing(at(15, 9)))

    with pytest.raises(Clash, match="“Algebra”"):
        do(edit, house.mentor, weekly[0], editing(at(1, 12), scope=Scope.ALL))


def test_edit_all_refuses_dates_that_would_have_passed(house: House, weekly: list[int]):
    with pytest.raises(Refusal, match="23:00 on 23 February 2026 has passed"):
        do(edit, house.mentor, weekly[1], editing(at(0, 23), scope=Scope.ALL))


@pytest.mark.zones
def test_edit_all_names_the_date_on_which_the_hour_does_not_occur(house: House):
    repetition = Repetition(repeat=Repeat.DAILY, times=3)
    ids = do(book, house.manager, booking(house, at(26), repetition=repetition))["session_ids"]

    with pytest.raises(Refusal, match="02:30 on 29 March 2026 does not exist"):
        do(edit, house.mentor, ids[0], editing(at(26, 2, 30), scope=Scope.ALL))


@pytest.mark.zones
def test_edit_all_keeps_the_wall_time_of_each_ones_own_zone(house: House):
    """A manager in New York moves a series of Berlin: Berlin's hour is kept over Berlin's clock change."""
    repetition = Repetition(repeat=Repeat.WEEKLY, times=5)
    ids = do(book, house.manager, booking(house, repetition=repetition))["session_ids"]
    noon_in_new_york = editing(at(1)).model_copy(
        update={"at": time(12), "zone": "America/New_York", "scope": Scope.ALL, "title": ""}
    )

    do(edit, house.manager, ids[0], noon_in_new_york)

    walls = [clock.wall(start, BERLIN).time() for start in starts(ids) if start]
    assert walls == [time(18)] * 5


# Drag and Undo


def test_move_waits_ten_seconds_with_its_notices(house: House):
    session_id = make_session(house, at(1))

    batch_id = do(move, house.mentee, session_id, moving(at(2, 9)))["batch_id"]

    assert session(session_id).end_at == at(2, 10), "the length is kept"
    assert [(notice.batch_id, notice.due_at) for notice in notices()] == [(batch_id, NOW + timedelta(seconds=10))] * 2
    assert moves(session_id)[0].undoable_until == NOW + timedelta(seconds=10)


def test_move_may_change_the_length(house: House):
    session_id = make_session(house, at(1))

    do(move, house.mentee, session_id, moving(at(1), 120))

    assert session(session_id).end_at == at(1, 19)


def test_move_to_where_it_is_does_nothing(house: House):
    session_id = make_session(house, at(1))

    assert do(move, house.mentee, session_id, moving(at(1)))["batch_id"] == ""
    assert (told(), changes(session_id)) == ([], [])


def test_undo_leaves_neither_trace_nor_notice_but_a_note_in_the_history(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1), sequence=2)
    batch_id = do(move, house.mentee, session_id, moving(at(2), 90))["batch_id"]
    clock_at.shift(9)

    do(undo_move, house.mentee, batch_id)

    row = session(session_id)
    assert (row.start_at, row.end_at, row.sequence) == (at(1), at(1, 18), 2)
    assert (moves(session_id), notices()) == ([], [])
    assert [change.step for change in changes(session_id)] == ["move", "undo"]
    assert row.version == 3, "a page that was read in between is old"


def test_undo_gives_a_series_back(house: House, weekly: list[int]):
    batch_id = do(move, house.mentor, weekly[1], moving(at(9, 18), scope=Scope.FOLLOWING))["batch_id"]

    do(undo_move, house.mentor, batch_id)

    assert starts(weekly) == [at(1), at(8), at(15), at(22), at(29)]
    assert [len(moves(one)) for one in weekly] == [0] * 5
    assert notices() == []


def test_undo_keeps_earlier_moves(house: House):
    session_id = make_session(house, at(1))
    do(edit, house.mentee, session_id, editing(at(2)))
    batch_id = do(move, house.mentee, session_id, moving(at(3)))["batch_id"]

    do(undo_move, house.mentee, batch_id)

    assert [trace.new_start_at for trace in moves(session_id)] == [at(2)]


def test_undo_gives_back_who_was_asked():
    house = make_house(asks_confirmation=True)
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentor, session_id, moving(at(2)))["batch_id"]
    assert session(session_id).status == Status.PENDING

    do(undo_move, house.mentor, batch_id)

    assert (session(session_id).status, session(session_id).asked_id) == (Status.SCHEDULED, None)


def test_undo_is_refused_once_the_time_is_over(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    clock_at.shift(16)

    with pytest.raises(Refusal, match="cannot be undone"):
        do(undo_move, house.mentee, batch_id)


@pytest.mark.parametrize("status", [MailStatus.SENDING, MailStatus.SENT])
def test_undo_is_refused_once_a_mail_is_on_its_way(house: House, status: MailStatus):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    with transaction() as db:
        db.get_one(Notice, notices()[0].id).mail_status = status

    with pytest.raises(Refusal, match="cannot be undone"):
        do(undo_move, house.mentee, batch_id)
    assert session(session_id).start_at == at(2)


def test_undo_is_for_the_mover_alone(house: House):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]

    for other in (house.manager, house.mentor):
        with pytest.raises(NotFound):
            do(undo_move, other, batch_id)
    with pytest.raises(NotFound):
        do(undo_move, house.mentee, "")


def test_undo_is_refused_when_the_session_was_changed_since(house: House):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    do(edit, house.manager, session_id, editing(at(2), title="Geometry"))

    with pytest.raises(Stale):
        do(undo_move, house.mentee, batch_id)


def test_undo_twice_is_refused(house: House):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    do(undo_move, house.mentee, batch_id)

    with pytest.raises(Stale):
        do(undo_move, house.mentee, batch_id)


def test_hour_freed_by_a_move_is_free_for_others_and_then_undo_is_refused(house: House):
    session_id = make_session(house, at(1))
    batch_id = do(move, house.mentee, session_id, moving(at(2)))["batch_id"]
    do(book, house.manager, booking(house, at(1)))

    with pytest.raises(Clash):
        do(undo_move, house.mentee, batch_id)
    assert session(session_id).start_at == at(2)


def test_later_change_lets_the_notices_of_a_drag_go_first(house: House):
    session_id = make_session(house, at(1))
    do(move, house.mentee, session_id, moving(at(2)))

    do(cancel, house.mentee, session_id, CancelDraft(reason="Ill"))

    assert [(notice.kind, notice.due_at) for notice in notices()] == [
        (NoticeKind.MOVED, NOW),
        (NoticeKind.MOVED, NOW),
        (NoticeKind.CANCELLED, NOW),
        (NoticeKind.CANCELLED, NOW),
    ]
