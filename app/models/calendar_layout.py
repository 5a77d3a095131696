"""Where a calendar draws things: which days, which column among overlapping sessions, from which minute to which.

Pure geometry over dates, instants and minutes. Knows no session and reads nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.models import clock

DAY = timedelta(days=1)
SHORTEST_DRAWN = 30
"""A piece is drawn at least this many minutes high, so that its time can be read."""


class View(StrEnum):
    """The ways to look at a calendar."""

    MONTH = "month"
    WEEK = "week"
    LIST = "list"
    DAY = "day"


@dataclass(frozen=True)
class Extent:
    """From `top` to `bottom`, in minutes on the day's axis."""

    top: int
    bottom: int


@dataclass(frozen=True)
class Place:
    """Which column of how many, and how many columns wide."""

    column: int
    columns: int
    width: int


@dataclass(frozen=True)
class Surplus:
    """What is not drawn because too many lie side by side."""

    extent: Extent
    count: int


def monday_of(day: date) -> date:
    """Give the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def days_from(first: date, count: int) -> list[date]:
    """List `count` days that follow each other."""
    return [first + i * DAY for i in range(count)]


def days_of(view: View, day: date, *, is_narrow: bool = False) -> list[date]:
    """List the days a view shows around `day`: a month is six whole weeks from a Monday.

    A list on a narrow screen runs a week from `day` itself, so that today comes first.
    """
    if view == View.MONTH:
        return days_from(monday_of(day.replace(day=1)), 42)
    if view == View.DAY:
        return [day]
    return days_from(day if view == View.LIST and is_narrow else monday_of(day), 7)


def step(view: View, day: date, by: int) -> date:
    """Give the day `by` pages on; a month's last days become the last of a shorter month."""
    if view != View.MONTH:
        return day + by * (DAY if view == View.DAY else 7 * DAY)
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    first = date(year, month + 1, 1)
    last = (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return min(first.replace(day=min(day.day, last.day)), last)


def heading(view: View, days: Sequence[date], day: date) -> str:
    """Name the range a view shows, as "16 – 22 November 2026"."""
    if view == View.MONTH:
        return f"{day:%B %Y}"
    if view == View.DAY:
        return f"{day:%A} {day.day} {day:%B %Y}"
    first, last = days[0], days[-1]
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} – {last.day} {last:%B %Y}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{start} – {last.day} {last:%B %Y}"


def length_of(day: date, zone: str) -> int:
    """Give the minutes that pass in a day: 1380 or 1500 where the clocks change by an hour."""
    start, end = clock.day_range(day, day, zone)
    return int((end - start).total_seconds() // 60)


def true_minute(at: datetime, day: date, zone: str) -> int:
    """Give the minutes since the day began: a skipped hour is missing on this axis, a repeated one there twice."""
    return int((at - clock.day_start(day, zone)).total_seconds() // 60)


def wall_minute(at: datetime, day: date, zone: str) -> int:
    """Give the minutes as the clock on the wall counts them: an axis that days side by side can share."""
    wall = clock.wall(at, zone)
    return int((wall - datetime.combine(day, datetime.min.time())).total_seconds() // 60)


def instant_at(day: date, minute: int, zone: str) -> datetime:
    """Give the instant `minute` true minutes into the day."""
    return clock.day_start(day, zone) + timedelta(minutes=minute)


def bounds_of(days: Iterable[date], zone: str) -> list[tuple[date, datetime, datetime]]:
    """Give each day with its first instant and the next day's, as `zone` counts them."""
    return [(day, *clock.day_range(day, day, zone)) for day in days]


def pieces(
    start: datetime, end: datetime, bounds: Iterable[tuple[date, datetime, datetime]]
) -> list[tuple[date, datetime, datetime]]:
    """Split [start, end) at midnight, for drawing; days it does not touch are left out."""
    return [(day, max(start, low), min(end, high)) for day, low, high in bounds if start < high and low < end]


def extent(
    start: datetime, end: datetime, day: date, zone: str, *, minute: Callable[[datetime, date, str], int], last: int
) -> Extent:
    """Give where a piece is drawn on the axis `minute`, which ends at `last`.

    In a repeated hour the wall may show an end before the start; then the time that
    passes is drawn.
    """
    top = minute(start, day, zone)
    passed = int((end - start).total_seconds() // 60)
    bottom = last if end >= clock.day_start(day + DAY, zone) else minute(end, day, zone)
    if bottom <= top:
        bottom = top + passed
    bottom = min(max(bottom, top + SHORTEST_DRAWN), last)
    return Extent(min(top, bottom - SHORTEST_DRAWN), bottom)


def pack(extents: Sequence[Extent], most: int) -> tuple[list[Place | None], list[Surplus]]:
    """Put overlapping extents side by side, at most `most` abreast; the others are None and counted as surplus.

    Extents that overlap, directly or through others, share their number of columns; one
    with room at its right widens into it.
    """
    places: list[Place | None] = [None] * len(extents)
    surplus: list[Surplus] = []
    for cluster in _clusters(extents, sorted(range(len(extents)), key=lambda i: (extents[i].top, -extents[i].bottom))):
        columns, hidden = _columns(extents, cluster, most)
        for number, column in enumerate(columns):
            for i in column:
                places[i] = Place(number, len(columns), _width(extents, extents[i], columns[number + 1 :]))
        surplus += [_surplus(extents, group) for group in _clusters(extents, hidden)]
    return places, surplus


def _clusters(extents: Sequence[Extent], order: Sequence[int]) -> list[list[int]]:
    clusters: list[list[int]] = []
    reach = -1
    for i in order:
        if not clusters or extents[i].top >= reach:
            clusters.append([])
        clusters[-1].append(i)
        reach = max(reach, extents[i].bottom)
    return clusters


def _columns(extents: Sequence[Extent], cluster: Sequence[int], most: int) -> tuple[list[list[int]], list[int]]:
    columns: list[list[int]] = []
    hidden: list[int] = []
    for i in cluster:
        free = next((column for column in columns if extents[column[-1]].bottom <= extents[i].top), None)
        if free is not None:
            free.append(i)
        elif len(columns) < most:
            columns.append([i])
        else:
            hidden.append(i)
    return columns, hidden


def _width(extents: Sequence[Extent], own: Extent, columns_right: Iterable[Sequence[int]]) -> int:
    width = 1
    for column in columns_right:
        if any(extents[i].top < own.bottom and own.top < extents[i].bottom for i in column):
            break
        width += 1
    return width


def _surplus(extents: Sequence[Extent], group: Sequence[int]) -> Surplus:
    whole = Extent(min(extents[i].top for i in group), max(extents[i].bottom for i in group))
    return Surplus(whole, len(group))
