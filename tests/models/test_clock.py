"""Wall time and instants, on ordinary days and on those when the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models import clock
from app.models.errors import Refusal
from tests.models.factories import BERLIN, NOW, wall
from tests.models.test_series import ZONES, first_walls

pytestmark = pytest.mark.zones


def test_now_is_utc_and_stands_still_in_tests():
    assert clock.now() == NOW
    assert clock.now().tzinfo == UTC


@given(st.sampled_from(ZONES), first_walls)
def test_wall_time_that_exists_is_read_back(zone: str, at: datetime):
    if clock.exists(at, zone):
        assert clock.wall(clock.instant(at, zone), zone) == at
    else:
        with pytest.raises(Refusal, match="the clocks go forward"):
            clock.instant(at, zone)


@pytest.mark.parametrize(
    ("zone", "skipped", "first_after"),
    [
        (BERLIN, wall(2026, 3, 29, 2, 30), wall(2026, 3, 29, 3, 0)),
        ("America/New_York", wall(2026, 3, 8, 2, 0), wall(2026, 3, 8, 3, 0)),
        ("Australia/Lord_Howe", wall(2026, 10, 4, 2, 15), wall(2026, 10, 4, 2, 30)),
        ("Pacific/Apia", wall(2011, 12, 30, 12, 0), wall(2011, 12, 31, 0, 0)),
    ],
)
def test_hour_that_the_clocks_skip_does_not_exist(zone: str, skipped: datetime, first_after: datetime):
    assert not clock.exists(skipped, zone)
    assert clock.exists(first_after, zone)


@pytest.mark.parametrize(
    ("zone", "twice", "first"),
    [
        (BERLIN, wall(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("America/New_York", wall(2026, 11, 1, 1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", wall(2026, 4, 5, 1, 45), datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
    ],
)
def test_hour_that_occurs_twice_is_the_first(zone: str, twice: datetime, first: datetime):
    assert clock.instant(twice, zone) == first


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 3), 24)])
def test_day_is_as_long_as_its_clocks_say(day: date, hours: int):
    first, end = clock.day_range(day, day, BERLIN)

    assert end - first == timedelta(hours=hours)
    assert clock.wall(first, BERLIN).date() == day


def test_day_without_midnight_begins_at_its_first_hour():
    start = clock.day_start(date(2026, 4, 24), "Africa/Cairo")

    assert clock.wall(start, "Africa/Cairo") == wall(2026, 4, 24, 1)


def test_today_depends_on_where_one_is():
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)

    assert (clock.today(late, "UTC"), clock.today(late, BERLIN)) == (date(2026, 3, 2), date(2026, 3, 3))


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (BERLIN, "Berlin time, UTC+1"),
        ("America/New_York", "New York time, UTC−5"),
        ("Asia/Kolkata", "Kolkata time, UTC+5:30"),
        ("UTC", "UTC"),
    ],
)
def test_zone_is_named_beside_a_time(zone: str, words: str):
    assert clock.zone_words(NOW, zone) == words


def test_zone_that_is_none_is_refused():
    for name in ("Mars/Base", "", "../etc/passwd", "CEST"):
        with pytest.raises(Refusal, match="is not a time zone"):
            clock.zone_named(name)
    assert clock.is_zone("Asia/Calcutta")
    assert "Europe/Berlin" in clock.known_zones()
