"""Open hours: a usual week, days that differ, midnight, and the days on which the clocks change."""

from datetime import date

import pytest

from app.models import clock
from app.models.availability import OpenHours, covers, hours_words, tidy, windows
from app.models.period import Period
from tests.models.factories import BERLIN, wall

MONDAY = date(2026, 3, 2)
WORKDAY = ((540, 720), (840, 1080))


def stretch(start: str, end: str, zone: str = BERLIN) -> Period:
    return Period(*(clock.instant(wall(*map(int, text.replace(":", "-").split("-"))), zone) for text in (start, end)))


def opened(zone: str = BERLIN, **values: object) -> OpenHours:
    return OpenHours(zone, **{"weekly": {0: WORKDAY}, **values})  # pyright: ignore[reportArgumentType]


def test_windows_are_the_hours_of_each_day_in_order() -> None:
    week = Period(clock.day_start(MONDAY, BERLIN), clock.day_start(date(2026, 3, 9), BERLIN))
    assert windows(opened(), week.start, week.end) == [
        stretch("2026-03-02-09:00", "2026-03-02-12:00"),
        stretch("2026-03-02-14:00", "2026-03-02-18:00"),
    ]


def test_a_day_that_differs_replaces_the_usual_hours() -> None:
    week = Period(clock.day_start(MONDAY, BERLIN), clock.day_start(date(2026, 3, 9), BERLIN))
    differs = {MONDAY: (), date(2026, 3, 4): ((600, 660),)}
    assert windows(opened(days=differs), week.start, week.end) == [stretch("2026-03-04-10:00", "2026-03-04-11:00")]


@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [
        ("2026-03-02-09:00", "2026-03-02-12:00", True),
        ("2026-03-02-08:59", "2026-03-02-10:00", False),
        ("2026-03-02-11:00", "2026-03-02-12:01", False),
        ("2026-03-02-11:00", "2026-03-02-14:30", False),
        ("2026-03-03-10:00", "2026-03-03-11:00", False),
    ],
)
def test_open_hours_hold_a_whole_period_or_not(start: str, end: str, is_open: bool) -> None:
    assert covers(opened(), stretch(start, end)) is is_open


def test_hours_run_on_past_midnight() -> None:
    night = opened(weekly={0: ((1320, 1440),), 1: ((0, 120),)})
    assert covers(night, stretch("2026-03-02-23:30", "2026-03-03-01:30"))
    assert not covers(night, stretch("2026-03-03-01:30", "2026-03-03-02:30"))


def test_hours_are_those_of_the_mentors_zone() -> None:
    assert covers(opened("America/New_York"), stretch("2026-03-02-15:00", "2026-03-02-16:00"))
    assert not covers(opened("America/New_York"), stretch("2026-03-02-10:00", "2026-03-02-11:00"))


@pytest.mark.zones
def test_hours_keep_their_wall_time_across_clock_changes() -> None:
    always = opened(weekly=dict.fromkeys(range(7), ((540, 600),)))
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26)):
        assert covers(always, stretch(f"{day}-09:00", f"{day}-10:00"))


def test_an_hour_that_the_clocks_skip_opens_after_it_and_one_that_comes_twice_is_open_twice() -> None:
    spring = opened(days={date(2026, 3, 29): ((120, 240),)})
    (found,) = windows(spring, *clock.day_range(date(2026, 3, 29), date(2026, 3, 29), BERLIN))
    assert found == stretch("2026-03-29-03:00", "2026-03-29-04:00")
    autumn = opened(days={date(2026, 10, 25): ((120, 150),)})
    (found,) = windows(autumn, *clock.day_range(date(2026, 10, 25), date(2026, 10, 25), BERLIN))
    assert found.minutes == 90


def test_hours_that_overlap_or_touch_become_one() -> None:
    assert tidy([(600, 660), (540, 600), (630, 700), (800, 810)]) == ((540, 700), (800, 810))


def test_hours_are_said_as_a_clock_shows_them() -> None:
    assert hours_words(WORKDAY) == "09:00–12:00 and 14:00–18:00"
    assert hours_words(()) == ""
    assert hours_words(((1320, 1440),)) == "22:00–24:00"
