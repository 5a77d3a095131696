"""A week drawn as thin bars."""

from datetime import UTC, date, datetime

import pytest

from app.models.period import Period
from app.models.week_strip import Busy, WeekStrip, lay_out

TUESDAY = date(2026, 3, 3)
BERLIN = "Europe/Berlin"

pytestmark = pytest.mark.zones


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def busy(day: int, hour: int, minutes: int = 60, **values) -> Busy:
    return Busy(Period.lasting(at(day, hour), minutes), values.pop("label", "Algebra"), **values)


def strip(*stretches: Busy, wished: tuple[Period, ...] = (), zone: str = BERLIN, day: date = TUESDAY) -> WeekStrip:
    return lay_out(day, TUESDAY, zone, {"Max": list(stretches)}, wished)


def drawn(layout: WeekStrip, day: int) -> list[tuple[str, str]]:
    return [(bar.left, bar.width) for bar in layout.days[day].lanes[0].bars]


def test_lay_out_starts_the_week_on_monday_and_marks_the_chosen_day() -> None:
    days = strip().days
    assert [day.name for day in days] == ["Mon 2", "Tue 3", "Wed 4", "Thu 5", "Fri 6", "Sat 7", "Sun 8"]
    assert [day.is_chosen for day in days] == [False, True, False, False, False, False, False]


def test_lay_out_places_bars_by_the_hours_shown() -> None:
    layout = strip(busy(3, 13, 84))  # 14:00 in Berlin, half way between 7:00 and 21:00
    assert drawn(layout, 1) == [("50.00%", "10.00%")]
    assert layout.days[1].lanes[0].bars[0].label == "14:00–15:24 Algebra"


def test_lay_out_widens_the_hours_for_what_lies_outside() -> None:
    assert [mark.label for mark in strip(busy(3, 3)).hours] == ["04", "08", "12", "16", "20"]


def test_lay_out_cuts_a_stretch_at_midnight() -> None:
    layout = strip(busy(3, 22, 120))  # 23:00–01:00 in Berlin
    assert [drawn(layout, day) for day in (1, 2)] == [[("95.83%", "4.17%")], [("0.00%", "4.17%")]]


def test_lay_out_shows_the_days_of_the_zone_asked_for() -> None:
    late = busy(3, 22)
    assert drawn(strip(late, zone="America/New_York"), 1) != []
    assert drawn(strip(late, zone="Asia/Kolkata"), 2) != []


def test_lay_out_draws_the_wished_slot_on_its_day() -> None:
    layout = strip(wished=(Period.lasting(at(5, 9), 60),))
    assert [len(day.slot) for day in layout.days] == [0, 0, 0, 1, 0, 0, 0]


def test_lay_out_leaves_out_other_weeks() -> None:
    layout = strip(busy(1, 12), busy(9, 12), wished=(Period.lasting(at(10, 9), 60),))
    assert [(day.lanes[0].bars, day.slot) for day in layout.days] == [([], [])] * 7


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_lay_out_of_a_day_on_which_the_clocks_change_keeps_wall_hours(day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 11 if day.month == 10 else 10, tzinfo=UTC)
    layout = strip(Busy(Period.lasting(noon, 60), "Noon"), day=day)
    assert layout.days[6].lanes[0].bars[0].label == "12:00–13:00 Noon"


def test_lay_out_says_the_same_in_words() -> None:
    layout = lay_out(TUESDAY, TUESDAY, BERLIN, {"Max": [busy(3, 9), busy(3, 7)], "You": []}, ())
    assert layout.days[1].sentence == "Tuesday 3 March: Max is busy 08:00 to 09:00, 10:00 to 11:00; You are free."


def test_lay_out_tells_a_mere_seat_apart() -> None:
    assert strip(busy(3, 9, is_seat=True)).days[1].lanes[0].bars[0].look == "seat"
