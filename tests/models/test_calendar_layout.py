"""Where a calendar draws things."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models import clock
from app.models.calendar_layout import (
    SHORTEST_DRAWN,
    Extent,
    Place,
    Surplus,
    View,
    bounds_of,
    days_of,
    extent,
    heading,
    instant_at,
    length_of,
    pack,
    pieces,
    step,
    true_minute,
    wall_minute,
)

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Pacific/Pago_Pago", "Australia/Lord_Howe"]
DATES = st.dates(date(2000, 1, 1), date(2099, 1, 1))
EXTENTS = st.lists(
    st.builds(lambda top, length: Extent(top, top + length), st.integers(0, 1400), st.integers(30, 300)), max_size=40
)


def overlap(one: Extent, other: Extent) -> bool:
    return one.top < other.bottom and other.top < one.bottom


@given(DATES)
def test_a_month_is_six_weeks_from_a_monday_that_hold_it_whole(day: date) -> None:
    days = days_of(View.MONTH, day)
    assert (len(days), days[0].weekday()) == (42, 0)
    assert days[0] <= day.replace(day=1) <= days[6]
    assert step(View.MONTH, day.replace(day=1), 1) - timedelta(days=1) in days


@given(DATES, st.sampled_from(list(View)), st.integers(-30, 30))
def test_a_step_and_its_return_stay_on_the_same_page(day: date, view: View, by: int) -> None:
    day = day.replace(day=1)
    assert step(view, step(view, day, by), -by) == day


def test_a_month_step_from_the_31st_stays_in_the_next_month() -> None:
    assert step(View.MONTH, date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert step(View.MONTH, date(2026, 12, 31), 1) == date(2027, 1, 31)
    assert step(View.MONTH, date(2026, 3, 31), -1) == date(2026, 2, 28)


def test_a_list_on_a_narrow_screen_starts_today() -> None:
    assert days_of(View.LIST, date(2026, 11, 22), is_narrow=True)[0] == date(2026, 11, 22)
    assert days_of(View.LIST, date(2026, 11, 22))[0] == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("view", "day", "text"),
    [
        (View.MONTH, date(2026, 11, 22), "November 2026"),
        (View.DAY, date(2026, 11, 22), "Sunday 22 November 2026"),
        (View.WEEK, date(2026, 11, 22), "16 – 22 November 2026"),
        (View.LIST, date(2026, 12, 1), "30 November – 6 December 2026"),
        (View.WEEK, date(2026, 12, 31), "28 December 2026 – 3 January 2027"),
    ],
)
def test_the_heading_names_the_range(view: View, day: date, text: str) -> None:
    assert heading(view, days_of(view, day), day) == text


@given(EXTENTS, st.integers(1, 5))
def test_packing_never_draws_two_over_each_other_and_loses_none(extents: list[Extent], most: int) -> None:
    places, surplus = pack(extents, most)
    drawn = [(e, p) for e, p in zip(extents, places, strict=True) if p]
    assert len(drawn) + sum(rest.count for rest in surplus) == len(extents)
    for i, (one, at) in enumerate(drawn):
        assert 0 <= at.column < at.column + at.width <= at.columns <= most
        for other, there in drawn[i + 1 :]:
            if overlap(one, other):
                assert at.columns == there.columns
                assert at.column + at.width <= there.column or there.column + there.width <= at.column


@given(EXTENTS)
def test_packing_hides_nothing_while_there_is_room(extents: list[Extent]) -> None:
    places, surplus = pack(extents, 40)
    assert None not in places
    assert surplus == []


@given(EXTENTS)
def test_what_overlaps_nothing_has_the_whole_width(extents: list[Extent]) -> None:
    places, _ = pack(extents, 3)
    for one, place in zip(extents, places, strict=True):
        if sum(overlap(one, other) for other in extents) == 1:
            assert place == Place(0, 1, 1)


def test_the_last_of_a_row_widens_into_free_columns() -> None:
    places, _ = pack([Extent(0, 60), Extent(0, 120), Extent(30, 90), Extent(60, 120), Extent(90, 150)], 3)
    assert places == [Place(1, 3, 1), Place(0, 3, 1), Place(2, 3, 1), Place(1, 3, 1), Place(2, 3, 1)]
    places, _ = pack([Extent(0, 60), Extent(0, 60), Extent(0, 90), Extent(60, 120)], 3)
    assert places[3] == Place(1, 3, 2)


def test_the_surplus_says_where_and_how_many() -> None:
    _, surplus = pack([Extent(0, 60)] * 5 + [Extent(200, 260)] * 4, 3)
    assert surplus == [Surplus(Extent(0, 60), 2), Surplus(Extent(200, 260), 1)]


@pytest.mark.zones
@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.integers(30, 720), st.sampled_from(ZONES))  # noqa: DTZ001
def test_pieces_cover_the_whole_and_each_lies_in_its_day(naive: datetime, minutes: int, zone: str) -> None:
    start = naive.replace(tzinfo=UTC)
    end = start + timedelta(minutes=minutes)
    first = clock.today(start, zone)
    days = [first - timedelta(days=1), first, first + timedelta(days=1)]
    found = pieces(start, end, bounds_of(days, zone))
    assert found[0][1] == start
    assert found[-1][2] == end
    assert all(one[2] == other[1] for one, other in pairwise(found))
    for day, low, high in found:
        assert clock.day_range(day, day, zone)[0] <= low < high <= clock.day_range(day, day, zone)[1]


@pytest.mark.zones
@given(DATES, st.sampled_from(ZONES), st.integers(0, 1499))
def test_a_minute_of_the_day_and_its_instant_are_one(day: date, zone: str, minute: int) -> None:
    assert true_minute(instant_at(day, minute, zone), day, zone) == minute


@pytest.mark.zones
@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 1380),
        ("Europe/Berlin", date(2026, 10, 25), 1500),
        ("Australia/Lord_Howe", date(2026, 4, 5), 1470),
        ("UTC", date(2026, 3, 29), 1440),
    ],
)
def test_a_day_has_the_minutes_its_clocks_give_it(zone: str, day: date, minutes: int) -> None:
    assert length_of(day, zone) == minutes


@pytest.mark.zones
def test_after_the_gap_the_wall_axis_keeps_the_hour_and_the_true_axis_the_time() -> None:
    day, zone = date(2026, 3, 29), "Europe/Berlin"
    at = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # 03:00 on the wall, two hours after midnight
    assert (wall_minute(at, day, zone), true_minute(at, day, zone)) == (180, 120)


@pytest.mark.zones
def test_in_the_repeated_hour_a_session_is_drawn_as_long_as_it_lasts() -> None:
    day, zone = date(2026, 10, 25), "Europe/Berlin"
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, the first time
    end = start + timedelta(minutes=45)  # 02:15, the second time
    assert extent(start, end, day, zone, minute=wall_minute, last=1440) == Extent(150, 195)
    assert extent(start, end, day, zone, minute=true_minute, last=1500) == Extent(150, 195)


def test_a_piece_that_runs_to_midnight_ends_with_the_day_and_stays_readable() -> None:
    day = date(2026, 11, 22)
    start, midnight = datetime(2026, 11, 22, 23, 45, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
    assert extent(start, midnight, day, "UTC", minute=wall_minute, last=1440) == Extent(1440 - SHORTEST_DRAWN, 1440)
    after = midnight + timedelta(minutes=5)
    assert extent(midnight, after, date(2026, 11, 23), "UTC", minute=wall_minute, last=1440) == Extent(
        0, SHORTEST_DRAWN
    )
