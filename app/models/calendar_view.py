"""Draws entries: makes the shapes of a month, of days side by side and of a list. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.models import clock
from app.models.calendar_layout import (
    Extent,
    Place,
    View,
    bounds_of,
    extent,
    length_of,
    pack,
    pieces,
    true_minute,
    wall_minute,
)
from app.models.calendar_shapes import Block, Cell, Chip, Column, Rest, Row, Section, Tick, Week
from app.models.queries.calendar import DayOfEntries, Entry
from app.models.words import CALENDAR_WORDS, PLACE_WORDS

MOST_IN_CELL = 4
"""So many fit a month's cell; a fuller day shows one less, and how many more there are."""
MOST_ABREAST = {View.WEEK: 3, View.DAY: 8}
MOST_ABREAST_NARROW = 3
MORNING = 6 * 60


def month(days: Sequence[DayOfEntries], shown: date, today: date, zone: str) -> list[Week]:
    """Draw six weeks around the month of `shown`."""
    cells = [_cell(day, shown, today, zone) for day in days]
    return [Week(cells[i].date, cells[i : i + 7]) for i in range(0, len(cells), 7)]


def columns(
    entries: Sequence[Entry], days: Sequence[date], today: date, zone: str, view: View, *, is_narrow: bool = False
) -> list[Column]:
    """Draw days side by side. A single day has the hours it really has; a week's share the wall's 24."""
    most = MOST_ABREAST_NARROW if is_narrow else MOST_ABREAST[view]
    cut: dict[date, list[tuple[Entry, datetime, datetime]]] = {day: [] for day in days}
    bounds = bounds_of(days, zone)
    for entry in entries:
        for day, start, end in pieces(entry.start_at, entry.end_at, bounds):
            cut[day].append((entry, start, end))
    return [_column(cut[day], day, today, zone, view, most) for day in days]


def sections(days: Sequence[DayOfEntries], today: date, zone: str) -> list[Section]:
    """Draw a list by days."""
    return [section(day, today, zone) for day in days]


def section(day: DayOfEntries, today: date, zone: str) -> Section:
    """Draw one day of a list."""
    rows = [_row(entry, zone) for entry in day.entries]
    look = " ".join((*_look(day.day, today), *(() if rows else ("is-empty",))))
    return Section(day.day.isoformat(), name_of(day.day), look, rows, day.count - len(rows))


def ticks(days: Sequence[date], zone: str, view: View) -> list[Tick]:
    """Give the hours at the side; a single day's skip or repeat the hour that its clocks do."""
    if view != View.DAY:
        return [Tick(f"{hour:02d}:00", hour * 60, _percent(hour * 60, 1440)) for hour in range(24)]
    (day,) = days
    length = length_of(day, zone)
    start, minutes = clock.day_start(day, zone), range(0, length, 60)
    words = (f"{clock.wall(start + timedelta(minutes=minute), zone):%H:%M}" for minute in minutes)
    return [Tick(word, minute, _percent(minute, length)) for word, minute in zip(words, minutes, strict=True)]


def line_of(now: datetime, days: Sequence[date], zone: str, view: View) -> float:
    """Give where the line for now lies in today's column, in percent; -1 if today is not shown."""
    today = clock.today(now, zone)
    if today not in days:
        return -1.0
    if view == View.DAY:
        return _percent(true_minute(now, today, zone), length_of(today, zone))
    return _percent(wall_minute(now, today, zone), 1440)


def first_minute(shown: Sequence[Column]) -> int:
    """Give the minute the hours are scrolled to: a little before the day's first session, or eight o'clock.

    A session in the night does not hide the day behind empty hours, unless there are only such.
    """
    starts = [block.top * column.axis / 100 for column in shown for block in column.blocks]
    first = min((start for start in starts if start >= MORNING), default=min(starts, default=8 * 60))
    return max(0, int(first) // 60 * 60 - 30)


def name_of(day: date) -> str:
    """Name a day, as "Tuesday 10 November"."""
    return f"{day:%A} {day.day} {day:%B}"


def people_of(entry: Entry) -> str:
    """Name who is in it: both, or the host and how many of the places are taken."""
    if not entry.is_group:
        return f"{entry.host} and {entry.mentee}"
    return f"{entry.host}, {entry.people}/{entry.places} place{'' if entry.places == 1 else 's'}"


def sentence_end(entry: Entry, zone: str) -> str:
    """End the sentence that a screen reader reads: hours, people, status."""
    start, end = clock.wall(entry.start_at, zone), clock.wall(entry.end_at, zone)
    who = f", with {people_of(entry)}" if entry.title else ""
    return f"{start:%H:%M} to {end:%H:%M}{who}, {CALENDAR_WORDS[entry.shown]}"


def _cell(day: DayOfEntries, shown: date, today: date, zone: str) -> Cell:
    fits = day.count <= MOST_IN_CELL
    entries = day.entries[: MOST_IN_CELL if fits else MOST_IN_CELL - 1]
    chips = [
        Chip(
            key=entry.key,
            id=entry.session_id,
            status=entry.shown.value,
            time=f"{clock.wall(entry.start_at, zone):%H:%M}",
            title=_title(entry),
            places=f"{entry.people}/{entry.places}" if entry.is_group else "",
            says=sentence_end(entry, zone),
            movable=entry.is_movable,
        )
        for entry in entries
    ]
    look = [*_look(day.day, today), *(["is-outside"] if day.day.month != shown.month else [])]
    return Cell(
        date=day.day.isoformat(),
        number=str(day.day.day),
        name=name_of(day.day),
        look=" ".join(look),
        chips=chips,
        more=day.count - len(chips),
    )


def _column(
    cut: Sequence[tuple[Entry, datetime, datetime]], day: date, today: date, zone: str, view: View, most: int
) -> Column:
    minute, length = (true_minute, length_of(day, zone)) if view == View.DAY else (wall_minute, 1440)
    extents = [extent(start, end, day, zone, minute=minute, last=length) for _, start, end in cut]
    places, surplus = pack(extents, most)
    blocks = [
        _block(entry, at, length, place, zone, _looks(entry, start, end, at, place, view))
        for (entry, start, end), at, place in zip(cut, extents, places, strict=True)
        if place is not None
    ]
    rests = [Rest(f"{day}-{one.extent.top}", one.count, _percent(one.extent.top, length)) for one in surplus]
    look = [*_look(day, today), *(["has-rest"] if rests else [])]
    return Column(day.isoformat(), str(day.day), f"{day:%a}", name_of(day), " ".join(look), length, blocks, rests)


def _block(entry: Entry, at: Extent, length: int, place: Place, zone: str, looks: list[str]) -> Block:
    start, end = clock.wall(entry.start_at, zone), clock.wall(entry.end_at, zone)
    is_whole = not {"is-from-before", "goes-on"} & set(looks)
    return Block(
        key=entry.key if "is-from-before" not in looks else f"{entry.key}-on",
        id=entry.session_id,
        status=entry.shown.value,
        time=f"{start:%H:%M}",
        until=f" – {end:%H:%M}",
        title=_title(entry),
        who=people_of(entry) if entry.title else entry.program,
        says=sentence_end(entry, zone),
        movable=entry.is_movable and is_whole,
        minutes=entry.minutes,
        look=" ".join(looks),
        top=_percent(at.top, length),
        height=_percent(at.bottom - at.top, length),
        left=_percent(place.column, place.columns),
        width=_percent(place.width, place.columns),
    )


def _looks(entry: Entry, start: datetime, end: datetime, at: Extent, place: Place, view: View) -> list[str]:
    """Name what a piece's shape depends on: its height, its width, and whether it is cut at midnight."""
    height, share = at.bottom - at.top, place.width / place.columns
    claims = {
        "is-short": height < 45,
        "is-low": 45 <= height < 60,
        "is-tall": height >= 75,
        "is-narrow": view == View.WEEK and share < 0.5,
        "is-half": view == View.WEEK and 0.5 <= share < 1,
        "is-from-before": start > entry.start_at,
        "goes-on": end < entry.end_at,
    }
    return [look for look, holds in claims.items() if holds]


def _row(entry: Entry, zone: str) -> Row:
    start, end = clock.wall(entry.start_at, zone), clock.wall(entry.end_at, zone)
    return Row(
        key=entry.key,
        id=entry.session_id,
        status=entry.shown.value,
        word=CALENDAR_WORDS[entry.shown],
        time=f"{start:%H:%M} – {end:%H:%M}",
        title=_title(entry),
        who=people_of(entry) if entry.title else "",
        where=f"{entry.program} · {PLACE_WORDS[entry.place]}",
        says=sentence_end(entry, zone),
    )


def _title(entry: Entry) -> str:
    return entry.title or people_of(entry)


def _look(day: date, today: date) -> list[str]:
    when = "is-today" if day == today else "is-past" if day < today else ""
    return [word for word in (when, "is-weekend" if day.weekday() > 4 else "") if word]


def _percent(part: float, whole: float) -> float:
    return round(part * 100 / whole, 3)
