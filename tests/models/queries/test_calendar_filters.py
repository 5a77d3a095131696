"""What a calendar is narrowed to."""

import pytest

from app.models.permissions import Viewer
from app.models.queries.calendar_filters import Filters
from app.models.words import Place, ProgramKind, Shown, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_program,
    make_session,
)
from tests.models.queries.calendar_rows import between, by_day, house, ids, make_move

__all__ = ["house"]


STATUSES = {
    Shown.SCHEDULED: {"status": Status.SCHEDULED},
    Shown.LIVE: {"status": Status.LIVE},
    Shown.COMPLETED: {"status": Status.COMPLETED},
    Shown.MISSED: {"status": Status.MISSED},
    Shown.CANCELLED: {"status": Status.CANCELLED},
    Shown.PENDING: {"status": Status.PENDING},
    Shown.AWAITING: {"status": Status.SCHEDULED, "place": Place.IN_PERSON},
}


@pytest.fixture
def one_of_each(house: House) -> dict[Shown, int]:
    made = {
        shown: make_session(house, at(0, 1) if shown == Shown.AWAITING else at(1, 8 + i), **values)
        for i, (shown, values) in enumerate(STATUSES.items())
    }
    moved = make_session(house, at(20))
    make_move(moved, at(3), at(20))
    return made | {Shown.RESCHEDULED: moved}


@pytest.mark.parametrize("shown", list(Shown))
def test_a_status_filter_gives_what_is_shown_as_it(owner: Viewer, one_of_each: dict[Shown, int], shown: Shown) -> None:
    filters = Filters(statuses=frozenset({shown}))
    assert [(e.shown, e.session_id) for e in between(owner, filters)] == [(shown, one_of_each[shown])]
    found = [e for day in by_day(owner, NOW.date(), 7, filters=filters) for e in day.entries]
    assert [(e.shown, e.session_id) for e in found] == [(shown, one_of_each[shown])]


def test_several_statuses_widen(owner: Viewer, one_of_each: dict[Shown, int]) -> None:
    wanted = frozenset({Shown.SCHEDULED, Shown.AWAITING, Shown.MISSED, Shown.RESCHEDULED})
    assert {entry.shown for entry in between(owner, Filters(statuses=wanted))} == wanted


@pytest.mark.parametrize("typed", ["mull", "MIA", "mia müller", "Müller Mia", "@example.org"])
def test_a_typed_name_is_matched_on_names_and_email(owner: Viewer, house: House, typed: str) -> None:
    session_id = make_session(house, at(1))
    group = make_group(house, at(2), [house.mentee.person_id])
    if typed == "@example.org":
        typed = house.mentee.email
    assert ids(between(owner, Filters(mentee=typed))) == [session_id, group]
    assert between(owner, Filters(mentor=typed)) == []
    assert sum(day.count for day in by_day(owner, NOW.date(), 7, filters=Filters(mentee=typed))) == 2


def test_filters_of_several_kinds_narrow_together(owner: Viewer, house: House) -> None:
    program_id = make_program(name="Coaching", kind=ProgramKind.COACHING)
    make_session(house, at(1))
    wanted = make_session(house, at(2), program_id=program_id, relationship_id=None)
    make_session(house, at(3), program_id=program_id, relationship_id=None, status=Status.MISSED)
    filters = Filters(
        statuses=frozenset({Shown.SCHEDULED}), kinds=frozenset({ProgramKind.COACHING}), mentor="max", mentee="mia"
    )
    assert ids(between(owner, filters)) == [wanted]
    assert ids(between(owner, Filters(programs=frozenset({program_id}), statuses=filters.statuses))) == [wanted]


def test_like_signs_in_a_typed_name_are_letters(owner: Viewer, house: House) -> None:
    make_session(house, at(1))
    assert between(owner, Filters(mentor="%")) == []
    assert between(owner, Filters(mentor="_ax")) == []
