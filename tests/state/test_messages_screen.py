"""Days, times and the line of what is new, in the reader's zone."""

from datetime import UTC, datetime, timedelta

import pytest

from app.models.queries.messages import Line, Thread
from app.state.messages_screen import day_name, first_unread, lines_shown, short_moment

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours_ago", "zone", "day", "short"),
    [
        (0, "UTC", "Today", "01:30"),
        (1, "America/New_York", "Today", "19:30"),
        (2, "UTC", "Yesterday", "1 Mar"),
        (2, "Asia/Kolkata", "Today", "05:00"),
        (48, "UTC", "Saturday 28 February 2026", "28 Feb"),
        (24 * 90, "UTC", "Tuesday 2 December 2025", "2 Dec 2025"),
    ],
)
def test_day_and_moment_are_named_as_the_reader_counts(hours_ago: int, zone: str, day: str, short: str) -> None:
    at = NOW - timedelta(hours=hours_ago)
    assert (day_name(at, NOW, zone), short_moment(at, NOW, zone)) == (day, short)


def line(number: int, *, is_mine: bool = False, days_ago: int = 0) -> Line:
    return Line(number, is_mine, "Hello", NOW - timedelta(days=days_ago))


def test_each_day_is_named_once_and_what_is_new_is_marked_once() -> None:
    lines = [line(1, days_ago=1), line(2, days_ago=1), line(3), line(4)]
    shown = lines_shown(lines, NOW, "UTC", 3)
    assert [(one.day, one.is_first_unread) for one in shown] == [
        ("Yesterday", False),
        ("", False),
        ("Today", True),
        ("", False),
    ]


@pytest.mark.parametrize(("read", "first"), [(0, 1), (1, 3), (3, 0), (9, 0)])
def test_first_unread_is_the_others(read: int, first: int) -> None:
    lines = [line(1), line(2, is_mine=True), line(3), line(4, is_mine=True)]
    thread = Thread(1, "Max", "mentor", "Reading", "", lines, has_earlier=False, read_id=read, unread=0)
    assert first_unread(thread) == first
