"""The insights against small worlds that were counted by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.models.database import reading, transaction
from app.models.insights import Asked
from app.models.permissions import Viewer
from app.models.queries.insights import Came, open_insights, sum_of
from app.models.queries.insights_sheets import share_words
from app.models.tables import Move
from app.models.words import Kind, Place, Rank, SeatStatus, Shown, Status
from tests.models.factories import (
    BERLIN,
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
from tests.models.queries.insights_rows import MARCH, attend, counted, house, opened, page

__all__ = ["house"]

C, M = Status.COMPLETED, Status.MISSED


def came(who: Viewer, asked: Asked = MARCH) -> dict[Kind, Came]:
    with reading() as db:
        weeks = open_insights(db, who, NOW, asked).attendance()
    return {kind: sum_of(week[kind] for week in weeks) for kind in Kind}


@pytest.mark.parametrize(
    ("start", "week"),
    [
        (datetime(2026, 3, 1, 22, 59, tzinfo=UTC), None),  # Sunday, 23:59 in Berlin
        (datetime(2026, 3, 1, 23, 0, tzinfo=UTC), 0),  # Monday, midnight
        (datetime(2026, 3, 8, 22, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 8, 23, 0, tzinfo=UTC), 1),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 3),  # 01:59, the clocks go forward
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 3),  # 03:00
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), 3),  # 23:59 in summer time
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), None),  # Monday, midnight
    ],
)
def test_session_counts_in_the_week_it_starts_in_for_the_reader(
    house: House, start: datetime, week: int | None
) -> None:
    make_session(house, start, status=C)
    assert counted(house.manager) == [{Shown.COMPLETED: 1} if place == week else {} for place in range(4)]


@pytest.mark.parametrize(
    ("start", "week"),
    [
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), 0),  # Sunday, 23:59 in winter time
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), 1),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 10),  # 00:30 on 1 January, the week that began in December
        (datetime(2027, 1, 3, 23, 0, tzinfo=UTC), 11),
    ],
)
def test_autumn_and_the_end_of_the_year(house: House, start: datetime, week: int) -> None:
    make_session(house, start, status=C)
    asked = Asked(first=date(2026, 10, 19), last=date(2027, 1, 10))
    assert [place for place, one in enumerate(counted(house.manager, asked)) if one] == [week]


def test_chosen_days_cut_the_first_and_the_last_week(house: House) -> None:
    for day in range(14):
        make_session(house, at(day), status=C)
    asked = Asked(first=date(2026, 3, 4), last=date(2026, 3, 10))
    assert counted(house.manager, asked) == [{Shown.COMPLETED: 5}, {Shown.COMPLETED: 2}]


def test_each_status_counts_as_the_calendar_shows_it(house: House) -> None:
    for status in (C, M, Status.CANCELLED, Status.LIVE, Status.SCHEDULED, Status.PENDING):
        make_session(house, at(1), status=status)
    make_session(house, NOW - timedelta(hours=2), place=Place.IN_PERSON)
    make_session(house)
    make_session(house, status=Status.CANCELLED)
    assert counted(house.manager)[0] == {
        Shown.COMPLETED: 1,
        Shown.MISSED: 1,
        Shown.CANCELLED: 1,
        Shown.LIVE: 1,
        Shown.SCHEDULED: 1,
        Shown.PENDING: 1,
        Shown.AWAITING: 1,
    }


def test_deleted_sessions_and_rescheduled_entries_count_nowhere(house: House) -> None:
    deleted = make_session(house, at(1), status=C, deleted_at=NOW)
    attend(deleted, **{f"p{house.mentee.person_id}": True})
    moved = make_session(house, at(8))
    times: dict[str, Any] = {
        "old_start_at": at(1),
        "old_end_at": at(1, 18),
        "new_start_at": at(8),
        "new_end_at": at(8, 18),
    }
    with transaction() as db:
        db.add(Move(session_id=moved, moved_at=NOW, **times))
    assert counted(house.manager) == [{}, {Shown.SCHEDULED: 1}, {}, {}]
    assert came(house.manager) == {kind: Came() for kind in Kind}
    shown = page(house.manager)
    assert (shown.hours, shown.programs[0].held, shown.programs[0].completion) == ([], "0", "–")


@pytest.mark.parametrize(
    ("status", "mentor", "mentee", "expected"),
    [
        (C, True, True, (2, 2)),
        (M, True, False, (2, 1)),
        (M, False, False, (2, 0)),
        (C, None, None, (2, 2)),
        (M, True, None, (2, 1)),
        (M, None, None, (2, 0)),
        (Status.CANCELLED, False, False, (0, 0)),
        (Status.SCHEDULED, None, None, (0, 0)),
        (Status.LIVE, True, True, (0, 0)),
    ],
)
def test_both_people_of_a_one_to_one_count_once_it_is_over(
    house: House, status: Status, mentor: bool | None, mentee: bool | None, expected: tuple[int, int]
) -> None:
    session_id = make_session(house, at(1), status=status)
    attend(session_id, **{f"p{house.mentor.person_id}": mentor, f"p{house.mentee.person_id}": mentee})
    found = came(house.manager)
    assert (found[Kind.ONE_TO_ONE].seats, found[Kind.ONE_TO_ONE].came) == expected
    assert found[Kind.GROUP] == Came()


def test_of_a_group_those_with_a_place_count_and_its_host_does_not(house: House) -> None:
    people = [make_person() for _ in range(3)]
    session_id = make_group(house, at(1), people, status=C)
    for status in (SeatStatus.INVITED, SeatStatus.WAITING, SeatStatus.WITHDRAWN, SeatStatus.DECLINED):
        make_seat(session_id, make_person(), status)
    attend(session_id, **{f"p{people[0]}": True, f"p{people[1]}": False, f"p{people[2]}": True})
    found = came(house.manager)
    assert (found[Kind.GROUP].seats, found[Kind.GROUP].came, found[Kind.GROUP].missed) == (3, 2, 1)
    assert found[Kind.ONE_TO_ONE] == Came()


def test_shares_never_round_somebody_away() -> None:
    assert [share_words(one) for one in (None, 0.0, 0.001, 0.5, 0.999, 1.0)] == ["–", "0%", "1%", "50%", "99%", "100%"]


def test_hours_are_the_planned_ones_of_completed_sessions_the_busiest_first(house: House) -> None:
    other = make_house(name="Singing")
    make_session(house, at(1), 90, status=C)
    make_group(house, at(2), minutes=60, status=C)
    make_session(house, at(3), 240, status=M)
    make_session(other, at(1), 180, status=C)
    make_session(other, at(40), 600, status=C)
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    with reading() as db:
        found = [(one.person_id, one.sessions, one.alone, one.group, one.all) for one in opened(db, owner).hours()]
    assert found == [(other.mentor.person_id, 1, 3.0, 0.0, 3.0), (house.mentor.person_id, 2, 1.5, 1.0, 2.5)]


def test_hours_count_elapsed_time_over_a_clock_change(house: House) -> None:
    make_session(house, datetime(2026, 3, 29, 0, 30, tzinfo=UTC), 60, status=C)
    assert [one.words for one in page(house.manager).hours] == ["1 h"]


def test_zone_of_the_reader_decides(house: House) -> None:
    make_session(house, datetime(2026, 3, 8, 23, 30, tzinfo=UTC), status=C)
    kolkata = viewer(make_person("Kala Kolkata", rank=Rank.OWNER, zone="Asia/Kolkata"))
    lima = viewer(make_person("Lina Lima", rank=Rank.OWNER, zone="America/Lima"))
    places = {who.zone: [bool(one) for one in counted(who)].index(True) for who in (house.manager, kolkata, lima)}
    assert places == {BERLIN: 1, "Asia/Kolkata": 1, "America/Lima": 0}
