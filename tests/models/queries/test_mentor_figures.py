"""What a mentor's work comes to, for those who manage them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.models.database import reading, transaction
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.mentor_figures import MentorFigures, NextSession, load_figures
from app.models.queries.ratings import Bar
from app.models.tables import Seat
from app.models.words import Status
from tests.models.factories import NOW, House, at, make_group, make_session, make_strangers, seats, viewer

Reads = Callable[[], AbstractContextManager[list[str]]]


def figures(who: Viewer, house: House) -> MentorFigures:
    with reading() as db:
        return load_figures(db, who, NOW, house.mentor.person_id)


def note(session_id: int, person_id: int, *, attended: bool | None, rating: int | None = None) -> None:
    with transaction() as db:
        seat = db.get_one(Seat, seats(session_id)[person_id].id)
        seat.attended, seat.rating = attended, rating


def test_figures_count_what_was_held(house: House) -> None:
    mentee = house.mentee.person_id
    held = [make_session(house, at(-day), minutes=45, status=Status.COMPLETED) for day in (1, 2)]
    group = make_group(house, at(-3), [mentee], status=Status.COMPLETED)
    make_session(house, at(-4), status=Status.MISSED)
    make_session(house, at(-5), status=Status.COMPLETED, deleted_at=at(-5))
    ahead = make_session(house, at(1))
    note(held[0], mentee, attended=True, rating=5)
    note(held[1], mentee, attended=None, rating=4)
    note(group, mentee, attended=False, rating=1)
    bars = [Bar(5, 1, 50), Bar(4, 1, 50), Bar(3, 0, 0), Bar(2, 0, 0), Bar(1, 0, 0)]
    coming = [NextSession(ahead, "Algebra", "Tue 3 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)")]
    rating = "4.5 of 5 stars from 2 ratings"
    assert figures(house.manager, house) == MentorFigures(3, "2.5", 1, "50%", rating, bars, coming)


def test_next_sessions_are_the_first_that_still_occupy(house: House) -> None:
    later = [make_session(house, at(day)) for day in (4, 3, 2)]
    live = make_session(house, at(0, 10), status=Status.LIVE, minutes=600)
    make_session(house, at(1), status=Status.CANCELLED)
    assert [one.id for one in figures(house.manager, house).next] == [live, later[2], later[1]]


def test_nothing_held_gives_no_shares(house: House) -> None:
    assert figures(house.manager, house) == MentorFigures(0, "0", 0, "", "", [])


def test_figures_are_for_managers_and_of_their_programmes(house: House) -> None:
    make_session(house, at(-1), status=Status.COMPLETED)
    assert figures(viewer(make_strangers(house)["foreign manager"]), house).hosted == 0
    for who in (house.mentor, house.mentee):
        with pytest.raises(NotFound):
            figures(who, house)


@pytest.mark.parametrize("count", [1, 30])
def test_figures_take_as_many_statements_for_one_as_for_thirty(house: House, count: int, count_reads: Reads) -> None:
    for day in range(1, count + 1):
        make_session(house, at(-day), status=Status.COMPLETED)
    with count_reads() as seen:
        assert figures(house.manager, house).hosted == count
    assert len(seen) == 4
