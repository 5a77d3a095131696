"""Laying out a week of two people's busy time as thin bars, a row a day. Pure: reads and decides nothing.

Positions are percentages of the hours shown, in the wall time of one zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from app.models import clock
from app.models.calendar_layout import days_from, monday_of
from app.models.period import Period

USUAL_HOURS = (7, 21)
DAY_MINUTES = 24 * 60
THINNEST = 0.8


@dataclass(frozen=True)
class Busy:
    """A stretch in which somebody is taken; `is_seat` marks a mere place in a group."""

    period: Period
    label: str
    is_seat: bool = False


@dataclass(frozen=True)
class Bar:
    """A drawn stretch: left edge and width in percent, and what it is in words."""

    left: str
    width: str
    label: str
    look: str


@dataclass(frozen=True)
class Lane:
    """One person's bars on one day."""

    who: str
    bars: list[Bar] = field(default_factory=list[Bar])


@dataclass(frozen=True)
class StripDay:
    """A row of the strip. `sentence` says the same for those who do not see it."""

    day: str
    name: str
    is_chosen: bool
    is_today: bool
    lanes: list[Lane]
    slot: list[Bar]
    sentence: str


@dataclass(frozen=True)
class HourMark:
    """An hour written above the strip."""

    left: str
    label: str


@dataclass(frozen=True)
class WeekStrip:
    """The whole strip; no days means there is nothing to draw. `grid` is the width between two hour marks."""

    hours: list[HourMark] = field(default_factory=list[HourMark])
    days: list[StripDay] = field(default_factory=list[StripDay])
    grid: str = ""


@dataclass(frozen=True)
class _Piece:
    """The part of a stretch that lies on one day, in minutes after midnight."""

    first: int
    last: int
    label: str
    look: str


def lay_out(
    chosen: date, today: date, zone: str, busy: Mapping[str, Sequence[Busy]], wished: Iterable[Period]
) -> WeekStrip:
    """Draw the week (Monday to Sunday) of `chosen`: a lane for each name in `busy`, and what is wished.

    At least 7:00 to 21:00 are shown, and as much more as something lies outside.
    """
    days = days_from(monday_of(chosen), 7)
    slots = {day: [piece for p in wished if (piece := _on_day(p, day, zone, "Chosen time", "slot"))] for day in days}
    lanes = {
        day: {who: [p for b in stretches if (p := _busy_on(b, day, zone))] for who, stretches in busy.items()}
        for day in days
    }
    drawn = [p for d in days for p in [*slots[d], *(p for pieces in lanes[d].values() for p in pieces)]]
    first, last = _hours_shown(drawn)
    rows = [_row(day, chosen, today, lanes[day], slots[day], first, last) for day in days]
    every = 2 if last - first <= 14 else 4
    return WeekStrip(_marks(first, last, every), rows, _percent(every / (last - first)))


def _busy_on(busy: Busy, day: date, zone: str) -> _Piece | None:
    return _on_day(busy.period, day, zone, busy.label, "seat" if busy.is_seat else "busy")


def _on_day(period: Period, day: date, zone: str, label: str, look: str) -> _Piece | None:
    midnight = datetime.combine(day, time())
    first, last = _minutes(clock.wall(period.start, zone) - midnight), _minutes(clock.wall(period.end, zone) - midnight)
    if last <= 0 or first >= DAY_MINUTES:
        return None
    first = max(first, 0)
    return _Piece(first, max(min(last, DAY_MINUTES), first), label, look)


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _hours_shown(pieces: Sequence[_Piece]) -> tuple[int, int]:
    first = min([piece.first // 60 for piece in pieces] + [USUAL_HOURS[0]])
    last = max([-(-piece.last // 60) for piece in pieces] + [USUAL_HOURS[1]])
    return first, last


def _marks(first: int, last: int, every: int) -> list[HourMark]:
    return [HourMark(_percent((hour - first) / (last - first)), f"{hour:02d}") for hour in range(first, last, every)]


def _row(
    day: date,
    chosen: date,
    today: date,
    lanes: Mapping[str, Sequence[_Piece]],
    slots: Sequence[_Piece],
    first: int,
    last: int,
) -> StripDay:
    parts = [_said(who, pieces) for who, pieces in lanes.items()]
    return StripDay(
        day=day.isoformat(),
        name=f"{day:%a} {day.day}",
        is_chosen=day == chosen,
        is_today=day == today,
        lanes=[Lane(who, [_bar(piece, first, last) for piece in pieces]) for who, pieces in lanes.items()],
        slot=[_bar(piece, first, last) for piece in slots],
        sentence=f"{day:%A} {day.day} {day:%B}: {'; '.join(parts)}.",
    )


def _bar(piece: _Piece, first: int, last: int) -> Bar:
    span = (last - first) * 60
    width = max((piece.last - piece.first) / span, THINNEST / 100)
    words = f"{_hour(piece.first)}–{_hour(piece.last)} {piece.label}"
    return Bar(_percent((piece.first - first * 60) / span), _percent(width), words, piece.look)


def _said(who: str, pieces: Sequence[_Piece]) -> str:
    be = "are" if who == "You" else "is"
    if not pieces:
        return f"{who} {be} free"
    return f"{who} {be} busy " + ", ".join(f"{_hour(p.first)} to {_hour(p.last)}" for p in sorted(pieces, key=_start))


def _start(piece: _Piece) -> int:
    return piece.first


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _percent(part: float) -> str:
    return f"{part * 100:.2f}%"
