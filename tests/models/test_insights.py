"""Which weeks are meant: Mondays in the viewer's zone, across clock changes and the end of a year."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.insights import Asked, address_of, days_of, read_asked, weeks_of, wrong_days
from tests.models.factories import BERLIN, NOW

HOUR = timedelta(hours=1)
JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


@pytest.mark.parametrize(
    ("params", "asked"),
    [
        ({}, Asked()),
        ({"period": "4"}, Asked(weeks=4)),
        ({"period": "5"}, Asked()),
        ({"period": "26", "program": "3"}, Asked(weeks=26, program_id=3)),
        ({"program": "-3"}, Asked()),
        ({"program": "9" * 30}, Asked()),
        ({"from": "2026-01-01", "to": "2026-02-01"}, Asked(first=JAN, last=FEB)),
        ({"from": "2026-02-01", "to": "2026-01-01"}, Asked()),
        ({"from": "2026-01-01", "period": "4"}, Asked(weeks=4)),
        ({"from": "20260101", "to": "2026-W05-1"}, Asked()),
        ({"from": "0001-01-01", "to": "0001-01-07"}, Asked()),
        ({"from": "2020-01-01", "to": "2026-01-01"}, Asked()),
    ],
)
def test_address_is_read_and_what_makes_no_sense_is_left_out(params: dict[str, str], asked: Asked) -> None:
    assert read_asked(params) == asked


@pytest.mark.parametrize(
    "asked", [Asked(), Asked(weeks=4), Asked(weeks=26, program_id=3), Asked(first=JAN, last=FEB, program_id=2)]
)
def test_address_says_what_is_asked(asked: Asked) -> None:
    query = address_of(asked).partition("?")[2]
    assert read_asked(dict(pair.split("=") for pair in query.split("&") if pair)) == asked


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, FEB, "Choose both days."),
        (FEB, JAN, "The last day is before the first."),
        (JAN, JAN, ""),
        (date(2024, 1, 1), date(2025, 12, 28), ""),
        (date(2024, 1, 1), date(2025, 12, 29), "Choose at most 104 weeks."),
        (date(1, 1, 1), date(1, 1, 2), "Choose days of these times."),
    ],
)
def test_days_that_cannot_be_looked_at_are_refused(first: date | None, last: date, said: str) -> None:
    assert wrong_days(first, last) == said


def test_last_weeks_end_with_the_present_one() -> None:
    assert days_of(Asked(weeks=4), NOW, BERLIN) == (date(2026, 2, 9), date(2026, 3, 8))


def test_present_week_is_the_readers() -> None:
    late_on_sunday = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert weeks_of(Asked(weeks=4), late_on_sunday, "UTC")[-1].day == date(2026, 2, 23)
    assert weeks_of(Asked(weeks=4), late_on_sunday, BERLIN)[-1].day == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("monday", "hours"), [(date(2026, 3, 23), 167), (date(2026, 3, 30), 168), (date(2026, 10, 19), 169)]
)
def test_week_of_a_clock_change_is_an_hour_shorter_or_longer(monday: date, hours: int) -> None:
    [week] = weeks_of(Asked(first=monday, last=monday + timedelta(days=6)), NOW, BERLIN)
    assert week.end - week.start == hours * HOUR


def test_weeks_follow_each_other_without_a_gap_over_the_end_of_a_year() -> None:
    weeks = weeks_of(Asked(first=date(2026, 12, 23), last=date(2027, 1, 6)), NOW, BERLIN)
    assert [week.day for week in weeks] == [date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4)]
    assert [one.end for one in weeks[:-1]] == [one.start for one in weeks[1:]]
    assert weeks[0].start == datetime(2026, 12, 22, 23, tzinfo=UTC)
    assert weeks[-1].end == datetime(2027, 1, 6, 23, tzinfo=UTC)
