"""A stretch of time with its start and without its end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.period import Period
from tests.models.factories import NOW, wall


def span(start: int, end: int) -> Period:
    return Period(NOW + timedelta(minutes=start), NOW + timedelta(minutes=end))


@pytest.mark.parametrize("end", [NOW, NOW - timedelta(minutes=1)])
def test_period_ends_after_it_starts(end: datetime):
    with pytest.raises(ValueError, match="ends after it starts"):
        Period(NOW, end)


def test_period_refuses_naive_times():
    with pytest.raises(ValueError, match="aware"):
        Period(wall(2026, 3, 2, 9), NOW)


@pytest.mark.parametrize(
    ("other", "overlaps", "touches"),
    [
        ((0, 60), True, False),
        ((10, 50), True, False),
        ((-10, 70), True, False),
        ((-30, 1), True, False),
        ((59, 90), True, False),
        ((60, 90), False, True),
        ((-30, 0), False, True),
        ((61, 90), False, False),
        ((-30, -1), False, False),
    ],
)
def test_period_overlaps_and_touches(other: tuple[int, int], overlaps: bool, touches: bool):
    one, two = span(0, 60), span(*other)

    assert (one.overlaps(two), two.overlaps(one)) == (overlaps, overlaps)
    assert (one.touches(two), two.touches(one)) == (touches, touches)
    assert one.meets(two, touching_counts=True) == (overlaps or touches)
    assert one.meets(two, touching_counts=False) == overlaps


@given(st.integers(30, 720))
def test_period_lasting_counts_time_that_passes(minutes: int):
    before_the_change = datetime(2026, 3, 29, 0, 45, tzinfo=UTC)

    assert Period.lasting(before_the_change, minutes).minutes == minutes
