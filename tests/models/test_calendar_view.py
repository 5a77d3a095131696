"""Entries as they are drawn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models import calendar_view
from app.models.calendar_layout import View, days_of
from app.models.queries.calendar import DayOfEntries, Entry
from app.models.words import Place, Shown

ZONE = "Europe/Berlin"
DAY = date(2026, 11, 10)
PIANO = Entry(
    session_id=7,
    move_id=None,
    shown=Shown.SCHEDULED,
    start_at=datetime(2026, 11, 10, 9, 30, tzinfo=UTC),
    end_at=datetime(2026, 11, 10, 10, 15, tzinfo=UTC),
    title="Piano",
    host="B. Kowalski",
    mentee="A. Rao",
    people=0,
    program="Music",
    place=Place.ONLINE,
    is_group=False,
    is_series=False,
    is_movable=True,
    version=1,
)


def entries(count: int) -> tuple[Entry, ...]:
    return tuple(replace(PIANO, session_id=i) for i in range(count))


def cell_of(day: DayOfEntries) -> calendar_view.Cell:
    days = [DayOfEntries(one, 0, ()) for one in days_of(View.MONTH, DAY)]
    days[days_of(View.MONTH, DAY).index(DAY)] = day
    weeks = calendar_view.month(days, DAY, DAY, ZONE)
    return next(cell for week in weeks for cell in week.cells if cell.date == DAY.isoformat())


def test_title_day_and_end_make_the_sentence_of_the_chip() -> None:
    cell = cell_of(DayOfEntries(DAY, 1, (PIANO,)))
    chip = cell.chips[0]
    assert f"{chip.title}, {cell.name}, {chip.says}" == (
        "Piano, Tuesday 10 November, 10:30 to 11:15, with B. Kowalski and A. Rao, Scheduled"
    )


def test_without_a_title_the_people_are_named_once() -> None:
    nameless = replace(PIANO, title="")
    assert calendar_view.sentence_end(nameless, ZONE) == "10:30 to 11:15, Scheduled"
    assert cell_of(DayOfEntries(DAY, 1, (nameless,))).chips[0].title == "B. Kowalski and A. Rao"


@pytest.mark.parametrize(
    ("people", "places", "words"), [(0, 1, "0/1 place"), (1, 19, "1/19 places"), (12, 12, "12/12 places")]
)
def test_a_group_names_its_host_and_counts_the_places(people: int, places: int, words: str) -> None:
    group = replace(PIANO, is_group=True, mentee="", people=people, places=places)
    assert calendar_view.people_of(group) == f"B. Kowalski, {words}"


@pytest.mark.parametrize(("count", "chips", "more"), [(0, 0, 0), (3, 3, 0), (4, 4, 0), (5, 3, 2), (60, 3, 57)])
def test_a_cell_shows_what_fits_and_says_how_many_more(count: int, chips: int, more: int) -> None:
    cell = cell_of(DayOfEntries(DAY, count, entries(min(count, 4))))
    assert (len(cell.chips), cell.more) == (chips, more)


def test_a_cell_knows_today_the_past_and_the_other_months() -> None:
    days = [DayOfEntries(one, 0, ()) for one in days_of(View.MONTH, DAY)]
    looks = {cell.date: cell.look for week in calendar_view.month(days, DAY, DAY, ZONE) for cell in week.cells}
    assert looks["2026-11-10"] == "is-today"
    assert looks["2026-11-09"] == "is-past"
    assert looks["2026-10-31"] == "is-past is-weekend is-outside"
    assert looks["2026-12-02"] == "is-outside"


def test_a_block_lies_at_its_hours() -> None:
    (column,) = calendar_view.columns([PIANO], [DAY], DAY, ZONE, View.WEEK)
    (block,) = column.blocks
    assert (block.top, block.height, block.left, block.width) == (43.75, 3.125, 0.0, 100.0)
    assert (block.time + block.until, block.movable) == ("10:30 – 11:15", True)


def test_a_session_past_midnight_is_cut_and_cannot_be_dragged() -> None:
    late = replace(
        PIANO, start_at=datetime(2026, 11, 10, 22, 30, tzinfo=UTC), end_at=datetime(2026, 11, 11, 0, tzinfo=UTC)
    )
    first, second = calendar_view.columns([late], [DAY, DAY + timedelta(days=1)], DAY, ZONE, View.WEEK)
    assert ("goes-on" in first.blocks[0].look, "is-from-before" in second.blocks[0].look) == (True, True)
    assert [block.movable for block in (*first.blocks, *second.blocks)] == [False, False]
    assert first.blocks[0].key != second.blocks[0].key


def test_a_week_draws_three_abreast_and_counts_the_rest() -> None:
    (column,) = calendar_view.columns(entries(5), [DAY], DAY, ZONE, View.WEEK)
    assert len(column.blocks) == 3
    assert [(rest.count, rest.top) for rest in column.rests] == [(2, 43.75)]
    assert "has-rest" in column.look


def test_a_phone_draws_fewer_abreast() -> None:
    (column,) = calendar_view.columns(entries(5), [DAY], DAY, ZONE, View.DAY, is_narrow=True)
    assert (len(column.blocks), column.rests[0].count) == (3, 2)


def test_what_starts_either_side_of_midnight_lies_on_the_viewers_day() -> None:
    near = replace(
        PIANO, start_at=datetime(2026, 11, 10, 10, 30, tzinfo=UTC), end_at=datetime(2026, 11, 10, 11, tzinfo=UTC)
    )
    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]
    for zone, hour, day in (("Pacific/Pago_Pago", "23:30", 0), ("Pacific/Kiritimati", "00:30", 2)):
        columns = calendar_view.columns([near], days, DAY, zone, View.WEEK)
        assert [len(column.blocks) for column in columns] == [int(i == day) for i in range(3)]
        assert columns[day].blocks[0].time == hour


@pytest.mark.zones
@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 3, 29), ["00:00", "01:00", "03:00"]), (date(2026, 10, 25), ["00:00", "01:00", "02:00", "02:00"])],
)
def test_a_day_alone_has_the_hours_its_clocks_show(day: date, words: list[str]) -> None:
    ticks = calendar_view.ticks([day], ZONE, View.DAY)
    assert [tick.word for tick in ticks[: len(words)]] == words
    assert len(ticks) == (23 if day.month == 3 else 25)


def test_the_line_for_now_is_in_todays_column_only() -> None:
    now = datetime(2026, 11, 10, 11, 0, tzinfo=UTC)
    assert calendar_view.line_of(now, [DAY], ZONE, View.WEEK) == 50.0
    assert calendar_view.line_of(now, [DAY + timedelta(days=1)], ZONE, View.DAY) == -1.0


def test_the_hours_start_where_the_sessions_start() -> None:
    columns = calendar_view.columns([PIANO], [DAY], DAY, ZONE, View.WEEK)
    assert calendar_view.first_minute(columns) == 9 * 60 + 30
    assert calendar_view.first_minute([]) == 7 * 60 + 30


def test_a_session_in_the_night_does_not_hide_the_day() -> None:
    night = replace(PIANO, start_at=PIANO.start_at - timedelta(hours=9), end_at=PIANO.end_at - timedelta(hours=9))
    both = calendar_view.columns([night, PIANO], [DAY], DAY, ZONE, View.WEEK)
    assert calendar_view.first_minute(both) == 9 * 60 + 30
    alone = calendar_view.columns([night], [DAY], DAY, ZONE, View.WEEK)
    assert calendar_view.first_minute(alone) == 30


def test_a_list_row_says_everything() -> None:
    section = calendar_view.section(DayOfEntries(DAY, 9, (PIANO,)), DAY, ZONE)
    (row,) = section.rows
    assert (row.time, row.word, row.who, row.where) == (
        "10:30 – 11:15",
        "Scheduled",
        "B. Kowalski and A. Rao",
        "Music · Online",
    )
    assert (section.name, section.more) == ("Tuesday 10 November", 8)
