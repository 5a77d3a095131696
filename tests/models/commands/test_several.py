"""Calling several sessions off: each for itself, and what cannot be is named."""

from datetime import timedelta

from app.models.commands.several import Refused, Several, cancel_each, delete_each, tell_together
from app.models.drafts import CancelDraft
from app.models.words import NoticeKind, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    changes,
    make_group,
    make_session,
    make_strangers,
    notices,
    session,
    told,
    viewer,
)

KEY = "k" * 32


def test_those_that_can_be_are_cancelled_and_the_others_named(house: House) -> None:
    pair, group = make_session(house, at(1)), make_group(house, at(2))
    live = make_session(house, at(0, 10), status=Status.LIVE, title="Begun")
    came_of_it = cancel_each(house.manager, KEY, [pair, live, group, 999], CancelDraft(reason="Holiday"))
    assert came_of_it.done == [pair, group]
    assert [(one.session_id, one.title) for one in came_of_it.refused] == [(live, "Begun"), (999, "Session 999")]
    assert came_of_it.refused[0].why[:24] == "This session has started"
    assert [session(one).status for one in (pair, group, live)] == [Status.CANCELLED, Status.CANCELLED, Status.LIVE]
    assert (changes(pair)[-1].reason, changes(group)[-1].reason) == ("Holiday", "Holiday")


def test_one_to_one_without_a_reason_is_left(house: House) -> None:
    pair, group = make_session(house, at(1)), make_group(house, at(2))
    came_of_it = cancel_each(house.manager, KEY, [pair, group], CancelDraft())
    reason = "The reason is missing. Say why: everybody concerned will read it."
    assert came_of_it == Several([group], [Refused(pair, "Algebra", reason)])


def test_deleted_ones_are_gone_and_their_people_told_once(house: House) -> None:
    pair, done = make_session(house, at(1)), make_session(house, at(-1), status=Status.COMPLETED)
    for _ in range(2):
        came_of_it = delete_each(house.manager, KEY, [pair, done])
        assert (came_of_it.done, [one.session_id for one in came_of_it.refused]) == ([pair], [done])
    assert session(pair).deleted_at is not None
    people = sorted([house.mentor.person_id, house.mentee.person_id])
    assert sorted(told(kind=NoticeKind.CANCELLED)) == [(one, NoticeKind.CANCELLED) for one in people]


def test_foreign_sessions_are_neither_called_off_nor_named(house: House) -> None:
    pair = make_session(house, at(1), title="Secret")
    foreign = viewer(make_strangers(house)["foreign manager"])
    words = "This session was not found. It may have been removed, or it is not yours to see."
    nothing = Several([], [Refused(pair, f"Session {pair}", words)])
    assert cancel_each(foreign, KEY, [pair], CancelDraft(reason="Mine")) == nothing
    assert delete_each(foreign, KEY, [pair]) == nothing
    assert session(pair).status == Status.SCHEDULED


def test_each_person_gets_one_mail_of_all(house: House) -> None:
    pairs = [make_session(house, at(day)) for day in (1, 2, 3)]
    for session_id in pairs:
        cancel_each(house.manager, KEY, [session_id], CancelDraft(reason="Holiday"))
    assert len(told(kind=NoticeKind.CANCELLED)) == 6
    tell_together(KEY)
    people = sorted([house.mentor.person_id, house.mentee.person_id])
    assert sorted(told(kind=NoticeKind.CANCELLED)) == [(one, NoticeKind.CANCELLED) for one in people]
    for notice in notices():
        assert [one["id"] for one in notice.facts["sessions"]] == pairs
        assert (notice.facts["reason"], notice.due_at) == ("Holiday", NOW)


def test_mails_wait_to_be_joined_only_where_that_is_not_too_late(house: House) -> None:
    later, soon = make_session(house, at(1)), make_session(house, NOW + timedelta(minutes=1), minutes=3)
    cancel_each(house.manager, KEY, [later, soon], CancelDraft(reason="Holiday"))
    due = {notice.facts["sessions"][0]["id"]: notice.due_at - NOW for notice in notices()}
    assert due == {later: timedelta(minutes=5), soon: timedelta()}
