"""Editing a group session and repeating it on other dates: by whom, until when, and who is told."""

from datetime import time

import pytest
import time_machine

from app.models.commands.duplicating import duplicate
from app.models.commands.meeting import start
from app.models.commands.publishing import edit_group, publish
from app.models.database import transaction
from app.models.drafts.groups import DuplicateDraft
from app.models.drafts.seats import InviteDraft
from app.models.errors import Clash, NotFound, Refusal, Stale, StepRefused
from app.models.tables import Notice, Program, Session
from app.models.words import Audience, NoticeKind, Role, SeatStatus
from tests.models.commands.publications import group
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    changes,
    do,
    make_member,
    make_person,
    make_seat,
    make_session,
    make_strangers,
    moves,
    notices,
    seats,
    session,
    sessions,
    told,
    viewer,
    wall_date,
)


@pytest.fixture
def published(house: House) -> int:
    """Tomorrow at five, hosted by the mentor, with the mentee in it; nobody told yet."""
    session_id = do(publish, house.mentor, group(house))["session_id"]
    make_seat(session_id, house.mentee.person_id)
    forget_notices()
    return session_id


def forget_notices() -> None:
    with transaction() as db:
        for notice in notices():
            db.delete(db.get_one(Notice, notice.id))


def on(*days: int, hour: int = 17) -> DuplicateDraft:
    return DuplicateDraft(days=tuple(wall_date(day) for day in days), at=time(hour), zone=BERLIN)


def members(house: House, count: int) -> list[int]:
    people = [make_person() for _ in range(count)]
    for one in people:
        make_member(house.program_id, one, Role.MENTEE)
    return people


def statuses(session_id: int, people: list[int]) -> list[str]:
    found = seats(session_id)
    return [found[one].status for one in people]


def test_new_time_leaves_a_rescheduled_entry_and_tells_everybody_once(house: House, published: int) -> None:
    do(edit_group, house.mentor, published, group(house, at(2)))
    assert session(published).start_at == at(2)
    assert [(move.old_start_at, move.new_start_at) for move in moves(published)] == [(at(), at(2))]
    assert sorted(told()) == sorted(
        [(house.mentor.person_id, NoticeKind.MOVED), (house.mentee.person_id, NoticeKind.MOVED)]
    )
    assert [change.step for change in changes(published)] == ["publish", "edit"]


def test_new_time_is_looked_at_anew_for_its_minimum(house: House, published: int) -> None:
    with transaction() as db:
        db.get_one(Session, published).minimum_checked_at = NOW
    do(edit_group, house.mentor, published, group(house, at(2)))
    assert session(published).minimum_checked_at is None


def test_identity_stays_through_an_edit(house: House, published: int) -> None:
    before = session(published)
    do(edit_group, house.manager, published, group(house, at(2), title="Chess for all"))
    after = session(published)
    assert (after.uid, after.slug, after.title) == (before.uid, before.slug, "Chess for all")
    assert (after.version, after.sequence) == (before.version + 1, before.sequence + 1)


def test_text_and_place_are_told_as_changed(house: House, published: int) -> None:
    do(edit_group, house.mentor, published, group(house, details="For all.", meeting={"place": "call"}))
    assert {kind for _, kind in told()} == {NoticeKind.CHANGED}
    assert notices()[0].facts["changed"] == ["details", "place", "platform", "meeting link"]


def test_what_only_its_page_shows_is_changed_quietly(house: House, published: int) -> None:
    draft = group(house, minimum=3, maximum=12, categories="chess", medium="English")
    do(edit_group, house.mentor, published, draft)
    row = session(published)
    assert (row.minimum, row.maximum, row.categories, row.medium) == (3, 12, ["chess"], ["English"])
    assert (told(), row.sequence, row.version) == ([], 0, 2)


def test_nothing_changed_writes_nothing(house: House, published: int) -> None:
    do(edit_group, house.mentor, published, group(house))
    assert (session(published).version, len(changes(published)), told()) == (1, 1, [])


@pytest.mark.parametrize("who", ["nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_strangers_find_no_session(house: House, published: int, who: str) -> None:
    stranger = viewer(make_strangers(house)[who])
    for command, draft in ((edit_group, group(house, title="Mine")), (duplicate, on(5))):
        with pytest.raises(NotFound):
            do(command, stranger, published, draft)
    assert (session(published).title, len(sessions())) == ("Chess", 1)


def test_participant_may_neither_edit_nor_repeat(house: House, published: int) -> None:
    with pytest.raises(StepRefused):
        do(edit_group, house.mentee, published, group(house, title="Mine"))
    with pytest.raises(NotFound):
        do(duplicate, house.mentee, published, on(5))
    assert (session(published).title, len(sessions())) == ("Chess", 1)


def test_one_to_one_is_no_group_session(house: House) -> None:
    pair = make_session(house, at())
    for command, draft in ((edit_group, group(house)), (duplicate, on(5))):
        with pytest.raises(NotFound):
            do(command, house.manager, pair, draft)


@pytest.mark.parametrize("part", ["manager", "mentor"])
def test_started_session_cannot_be_edited(
    house: House, published: int, part: str, clock_at: time_machine.Traveller
) -> None:
    clock_at.move_to(at())
    do(start, house.mentor, published)
    with pytest.raises(StepRefused) as refusal:
        do(edit_group, house.part(part), published, group(house, title="Late"))
    assert str(refusal.value) == "This session has started, so it can no longer be changed or cancelled."


def test_page_read_before_somebody_elses_change_is_refused(house: House, published: int) -> None:
    do(edit_group, house.manager, published, group(house, title="Theirs"), 1)
    with pytest.raises(Stale):
        do(edit_group, house.mentor, published, group(house, title="Mine"), 1)
    assert session(published).title == "Theirs"


def test_type_host_and_programme_stay(house: House, published: int) -> None:
    other = make_person("Nora Mentor")
    make_member(house.program_id, other, Role.MENTOR)
    draft = group(house, host_id=other, audience=Audience.PRIVATE).model_copy(update={"program_id": 99})
    with pytest.raises(Refusal) as refusal:
        do(edit_group, house.manager, published, draft)
    assert {problem.field: problem.message for problem in refusal.value.problems} == {
        "host_id": "The host cannot change after publishing.",
        "audience": "The type cannot change after publishing.",
        "program_id": "The programme cannot change after publishing.",
    }
    same = group(house, host_id=house.mentor.person_id, audience=Audience.PUBLIC, title="Same")
    do(edit_group, house.manager, published, same)
    assert session(published).title == "Same"


def test_new_time_must_be_free_for_the_host(house: House, published: int) -> None:
    make_session(house, at(2))
    with pytest.raises(Clash) as clash:
        do(edit_group, house.manager, published, group(house, at(2, 18)))
    assert clash.value.problems[0].field == "at"
    assert session(published).start_at == at()


def test_own_time_is_no_clash(house: House, published: int) -> None:
    do(edit_group, house.mentor, published, group(house, minutes=90))
    assert session(published).period.minutes == 90


def test_more_places_let_in_who_waits(house: House) -> None:
    people = members(house, 3)
    session_id = do(publish, house.mentor, group(house, maximum=2))["session_id"]
    make_seat(session_id, people[0])
    for one in people[1:]:
        make_seat(session_id, one, SeatStatus.WAITING)
    forget_notices()
    do(edit_group, house.mentor, session_id, group(house, minimum=3, maximum=3))
    assert (session(session_id).minimum, session(session_id).maximum) == (3, 3)
    assert statuses(session_id, people) == [SeatStatus.ENROLLED, SeatStatus.ENROLLED, SeatStatus.WAITING]
    assert [person for person, kind in told() if kind == NoticeKind.PROMOTED] == [people[1]]


def test_who_moves_up_is_told_the_new_time_of_the_same_edit(house: House) -> None:
    people = members(house, 2)
    session_id = do(publish, house.mentor, group(house, maximum=2))["session_id"]
    make_seat(session_id, people[0])
    make_seat(session_id, people[1], SeatStatus.WAITING)
    do(edit_group, house.mentor, session_id, group(house, at(2, 18), maximum=3))
    [notice] = notices(kind=NoticeKind.PROMOTED)
    [shown] = notice.facts["sessions"]
    assert (notice.person_id, shown["start_at"]) == (people[1], at(2, 18).isoformat())


def test_fewer_places_send_the_last_ones_to_the_waiting_list(house: House) -> None:
    people = members(house, 3)
    session_id = do(publish, house.mentor, group(house, minimum=4, maximum=4))["session_id"]
    for one in people:
        make_seat(session_id, one)
    do(edit_group, house.mentor, session_id, group(house, minimum=2, maximum=2))
    found = statuses(session_id, people)
    assert (found.count(SeatStatus.ENROLLED), found.count(SeatStatus.WAITING)) == (1, 2)


def test_edit_invites_more_people(house: House, published: int) -> None:
    [added] = members(house, 1)
    do(edit_group, house.mentor, published, group(house, invites=InviteDraft(person_ids=(added,))))
    assert statuses(published, [added]) == [SeatStatus.INVITED]
    assert told() == [(added, NoticeKind.INVITED)]


def turn_off(house: House) -> None:
    with transaction() as db:
        db.get_one(Program, house.program_id).allows_group_sessions = False


def test_edit_goes_on_where_group_sessions_were_switched_off(house: House, published: int) -> None:
    turn_off(house)
    do(edit_group, house.mentor, published, group(house, title="Still here"))
    assert session(published).title == "Still here"
