"""The one read behind every calendar view."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.models import clock
from app.models.database import transaction
from app.models.permissions import Viewer
from app.models.queries.calendar import Entry
from app.models.queries.calendar_filters import Filters
from app.models.words import Place, SeatStatus, Shown, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_person,
    make_seat,
    make_session,
    viewer,
)
from tests.models.queries.calendar_rows import DAY, between, by_day, counted, house, ids, make_move

__all__ = ["house"]


def test_an_entry_tells_what_a_chip_needs(owner: Viewer, house: House) -> None:
    session_id = make_session(house, at(1), title="Piano")
    assert between(owner) == [
        Entry(
            session_id=session_id,
            move_id=None,
            shown=Shown.SCHEDULED,
            start_at=at(1),
            end_at=at(1) + timedelta(hours=1),
            title="Piano",
            host="M. Mentor",
            mentee="M. Müller",
            people=0,
            program="Reading",
            place=Place.ONLINE,
            is_group=False,
            is_series=False,
            is_movable=True,
            version=1,
        )
    ]


def test_the_range_takes_what_overlaps_and_leaves_what_touches(owner: Viewer, house: House) -> None:
    make_session(house, at(-1, 22), 120)
    across = make_session(house, at(-1, 23), 120)
    inside = make_session(house, at(3))
    late = make_session(house, at(6, 23, 30))
    make_session(house, at(7, 0))
    assert ids(between(owner)) == [across, inside, late]


def test_the_longest_session_is_found_by_its_last_minute(owner: Viewer, house: House) -> None:
    session_id = make_session(house, at(-1, 12, 1), 12 * 60)
    assert ids(between(owner)) == [session_id]


def test_a_move_is_an_entry_at_its_old_time(owner: Viewer, house: House) -> None:
    session_id = make_session(house, at(9))
    make_move(session_id, at(2), at(9))
    (entry,) = between(owner)
    assert (entry.shown, entry.session_id, entry.start_at, entry.is_movable) == (
        Shown.RESCHEDULED,
        session_id,
        at(2),
        False,
    )
    assert entry.key.startswith("m")


def test_a_change_of_length_only_leaves_no_entry_over_the_session(owner: Viewer, house: House) -> None:
    session_id = make_session(house, at(2), 90)
    make_move(session_id, at(2), at(2))
    assert [entry.move_id for entry in between(owner)] == [None]


def test_a_deleted_session_takes_its_moves_along(owner: Viewer, house: House) -> None:
    session_id = make_session(house, at(9), status=Status.CANCELLED, deleted_at=NOW)
    make_move(session_id, at(2), at(9))
    assert between(owner, days=14) == []
    assert [day.count for day in by_day(owner, NOW.date(), 14)] == [0] * 14


def test_nobody_sees_what_is_not_theirs(owner: Viewer, house: House) -> None:
    other = make_house(name="Elsewhere")
    mine = make_session(house, at(1))
    make_move(mine, at(2), at(1))
    make_session(other, at(1, 10))
    for who in (house.manager, house.mentor, house.mentee):
        assert set(ids(between(who))) == {mine}
        assert {entry.session_id for day in by_day(who, NOW.date(), 7) for entry in day.entries} == {mine}
    assert len(between(owner)) == 3
    assert between(owner, mine_only=True) == []
    assert between(viewer(make_person())) == []


def test_a_group_session_counts_its_people_without_the_host(owner: Viewer, house: House) -> None:
    session_id = make_group(house, at(1), [make_person() for _ in range(3)])
    make_seat(session_id, make_person(), SeatStatus.INVITED)
    (entry,) = between(owner)
    assert (entry.people, entry.is_group, entry.mentee) == (3, True, "")


def test_a_mentee_may_not_drag_a_group_session_but_its_host_may(house: House) -> None:
    make_group(house, at(1), [house.mentee.person_id])
    assert [entry.is_movable for entry in between(house.mentee)] == [False]
    assert [entry.is_movable for entry in between(house.mentor)] == [True]


@pytest.mark.parametrize("most_of_them", ["everything", "names"])
def test_a_full_day_gives_its_first_and_its_count(owner: Viewer, house: House, most_of_them: str) -> None:
    made = [make_session(house, at(1, 8 + i // 4, 15 * (i % 4))) for i in range(30)]
    moved = make_session(house, at(30))
    make_move(moved, at(1, 20), at(30))
    alone = make_session(house, at(3))
    filters = Filters(mentor="max" if most_of_them == "names" else "")
    days = by_day(owner, NOW.date(), 7, filters=filters)
    assert [day.count for day in days] == [0, 31, 0, 1, 0, 0, 0]
    assert ids(days[1].entries) == made[:4]
    assert ids(days[3].entries) == [alone]


def test_many_at_the_same_minute_are_cut_too(owner: Viewer, house: House) -> None:
    made = [make_session(house, at(1, 9)) for _ in range(12)]
    (day,) = by_day(owner, NOW.date() + DAY, 1)
    assert (day.count, ids(day.entries)) == (12, made[:4])


@pytest.mark.zones
@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 3, 8), 23),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Pacific/Apia", date(2026, 6, 1), 24),
        ("Asia/Kolkata", date(2026, 6, 1), 24),
    ],
)
def test_an_entry_belongs_to_the_day_its_zone_counts(
    owner: Viewer, house: House, zone: str, day: date, hours: float
) -> None:
    start = clock.day_start(day, zone)
    end = start + timedelta(hours=hours)
    minute = timedelta(minutes=1)
    make_session(house, start - minute)
    first = make_session(house, start)
    last = make_session(house, end - minute)
    make_session(house, end)
    before, that_day, after = by_day(owner, day - DAY, 3, zone)
    assert (before.count, ids(that_day.entries), after.count) == (1, [first, last], 1)


def test_the_queries_do_not_grow_with_the_rows(owner: Viewer, house: House) -> None:
    numbers: list[tuple[int, int]] = []
    for count in (1, 29):
        for i in range(count):
            session_id = make_session(house, at(i % 7, 8 + i % 10))
            make_move(session_id, at(i % 7, 7), at(i % 7, 8))
        with counted() as in_range:
            between(owner)
        with counted() as of_days:
            by_day(owner, NOW.date(), 42)
        numbers.append((len(in_range), len(of_days)))
    assert numbers == [(1, 1), (1, 1)]


def test_only_what_is_drawn_is_read_of_ten_thousand(owner: Viewer, house: House) -> None:
    from sqlmodel import insert

    from app.models.tables import Session

    usual = {"kind": "one_to_one", "program_id": house.program_id, "status": "scheduled", "title": "Algebra"}
    people = {"host_id": house.mentor.person_id, "mentee_id": house.mentee.person_id}
    starts = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=52 * i) for i in range(10_000))
    rows = [
        usual | people | {"uid": f"u{i}", "start_at": start, "end_at": start + timedelta(minutes=30), "created_at": NOW}
        for i, start in enumerate(starts)
    ]
    with transaction() as db:
        db.execute(insert(Session), rows)
    days = by_day(owner, date(2026, 5, 25), 42)
    assert {day.count for day in days} <= {27, 28}
    assert {len(day.entries) for day in days} == {4}
