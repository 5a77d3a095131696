"""One meeting on several clocks."""

from datetime import UTC, datetime

import pytest

from app.models.local_times import LocalTime, local_times, odd_hour, zone_notes
from app.models.period import Period

BERLIN, KOLKATA, NEW_YORK = "Europe/Berlin", "Asia/Kolkata", "America/New_York"
MARCH_2 = datetime(2026, 3, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.zones


def lasting(year: int, month: int, day: int, hour: int) -> Period:
    return Period.lasting(datetime(year, month, day, hour, tzinfo=UTC), 60)


def test_local_times_name_each_zone() -> None:
    assert local_times(lasting(2026, 11, 30, 16), BERLIN, [("Asha", KOLKATA)]) == [
        LocalTime("for you", "17:00–18:00", "", "Berlin time, UTC+1", ""),
        LocalTime("for Asha", "21:30–22:30", "", "Kolkata time, UTC+5:30", "late in the evening"),
    ]


def test_local_times_of_one_zone_are_said_together() -> None:
    people = [("Max", BERLIN), ("Mia", BERLIN)]
    assert [time.who for time in local_times(lasting(2026, 3, 3, 9), BERLIN, people)] == ["for you, Max and Mia"]


def test_local_times_name_another_day() -> None:
    [_, asha] = local_times(lasting(2026, 3, 3, 20), BERLIN, [("Asha", KOLKATA)])
    assert (asha.day, asha.note) == ("Wednesday 4 March", "in the night")


@pytest.mark.parametrize(
    ("start", "end", "note"),
    [
        ("04:59", "05:59", "in the night"),
        ("05:00", "06:00", "early in the morning"),
        ("07:00", "08:00", ""),
        ("21:00", "22:00", ""),
        ("21:30", "22:30", "late in the evening"),
        ("22:00", "23:00", "in the night"),
    ],
)
def test_odd_hour_names_the_hours_few_people_want(start: str, end: str, note: str) -> None:
    def wall(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-03-03T{text}")

    assert odd_hour(wall(start), wall(end)) == note


def test_zone_notes_name_the_date_from_which_the_hour_is_another() -> None:
    before, after = lasting(2026, 3, 23, 16), lasting(2026, 3, 30, 15)  # 17:00 in Berlin on both
    [note] = zone_notes([before, after], datetime(2026, 3, 20, tzinfo=UTC), BERLIN, [("Asha", KOLKATA)])
    assert note == "From Mon 30 Mar 2026 it is 20:30 instead of 21:30 for Asha: the clocks change."


def test_zone_notes_say_that_the_distance_is_not_todays() -> None:
    notes = zone_notes([lasting(2026, 3, 10, 16)], MARCH_2, BERLIN, [("Joe", NEW_YORK)])
    assert notes == ["The clocks change before then: Joe will be 5 h behind you, today it is 6 h behind you."]


def test_zone_notes_are_silent_where_nothing_changes() -> None:
    assert zone_notes([lasting(2026, 3, 3, 9)], MARCH_2, BERLIN, [("Asha", KOLKATA), ("Max", BERLIN)]) == []
