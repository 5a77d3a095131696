"""Lays plots out: where each bar, dot and label goes. Pure; `components.plot` draws them.

Across, everything is in percent of the width, so that one drawing fits a phone and a desk and its
letters keep their size. Down, it is in pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

HEIGHT = 200
MOST_LABELS = 7
FILLED = 0.72
"""How much of a week's width its bar takes."""


@dataclass(frozen=True)
class Box:
    """A piece of a bar. `look` names its colour; `words` say what it stands for."""

    x: str
    y: str
    width: str
    height: str
    look: str
    words: str


@dataclass(frozen=True)
class Dot:
    """A point of a line."""

    x: str
    y: str
    look: str
    words: str


@dataclass(frozen=True)
class Stroke:
    """A line between two points."""

    x1: str
    y1: str
    x2: str
    y2: str
    look: str


@dataclass(frozen=True)
class Tick:
    """A line across, and the number at its left."""

    y: str
    word: str


@dataclass(frozen=True)
class Label:
    """A word below; `year` where another year begins, else ""."""

    x: str
    word: str
    year: str = ""


@dataclass(frozen=True)
class Key:
    """One entry of the legend."""

    look: str
    word: str
    count: str = ""


@dataclass(frozen=True)
class Plot:
    """A whole plot. `words` tell it to who does not see it."""

    boxes: list[Box] = field(default_factory=list[Box])
    strokes: list[Stroke] = field(default_factory=list[Stroke])
    dots: list[Dot] = field(default_factory=list[Dot])
    ticks: list[Tick] = field(default_factory=list[Tick])
    labels: list[Label] = field(default_factory=list[Label])
    legend: list[Key] = field(default_factory=list[Key])
    words: str = ""


@dataclass(frozen=True)
class Column:
    """One bar: how much of each look, and its name for labels."""

    name: str
    word: str
    year: str
    parts: Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One line: its share (0 to 1) at each place, None where there is nothing, and what each point says."""

    look: str
    word: str
    shares: Sequence[float | None]
    says: Sequence[str]


def stack(columns: Sequence[Column], looks: Mapping[str, str], words: str) -> Plot:
    """Lay out stacked bars; `looks` name the pieces in their order from below, those that occur make the legend."""
    top, step = scale(max((sum(one.parts.values()) for one in columns), default=0))
    totals = {look: sum(one.parts.get(look, 0) for one in columns) for look in looks}
    boxes = [box for place, one in enumerate(columns) for box in _pile(one, place, len(columns), looks, top)]
    return Plot(
        boxes=boxes,
        ticks=[Tick(_down(value / top), f"{value:,}") for value in range(0, top + 1, step)],
        labels=labels_of([(one.word, one.year) for one in columns]),
        legend=[Key(look, word, f"{totals[look]:,}") for look, word in looks.items() if totals[look]],
        words=words,
    )


def lines(names: Sequence[tuple[str, str]], drawn: Sequence[Line], words: str) -> Plot:
    """Lay out lines of shares, from 0 % to 100 %. Only neighbours are joined: nothing is invented for a gap."""
    count = len(names)
    dots, strokes = list[Dot](), list[Stroke]()
    for line in drawn:
        points = [
            None if share is None else (_percent(_middle(place, count)), _down(share))
            for place, share in enumerate(line.shares)
        ]
        dots += [Dot(*at, line.look, said) for at, said in zip(points, line.says, strict=True) if at]
        strokes += [Stroke(*one, *other, line.look) for one, other in pairwise(points) if one and other]
    return Plot(
        strokes=strokes,
        dots=dots,
        ticks=[Tick(_down(value / 100), f"{value}%") for value in (0, 25, 50, 75, 100)],
        labels=labels_of(names),
        legend=[Key(line.look, line.word) for line in drawn if any(share is not None for share in line.shares)],
        words=words,
    )


def scale(most: int) -> tuple[int, int]:
    """Give the number at the top and the step to it: round ones, five steps at most."""
    step = 1
    while step * 5 < most:
        leading = int(str(step)[0])
        step = step * 5 // 2 if leading == 2 else step * 2
    return max(step, -(-most // step) * step), step


def labels_of(names: Sequence[tuple[str, str]]) -> list[Label]:
    """Label so many that they fit a phone, evenly; the year stands below where it begins."""
    every = max(1, -(-len(names) // MOST_LABELS))
    found: list[Label] = []
    before = ""
    for place in range(0, len(names), every):
        word, year = names[place]
        found.append(Label(_percent(_middle(place, len(names))), word, year if year != before else ""))
        before = year
    return found


def _pile(column: Column, place: int, count: int, looks: Mapping[str, str], top: int) -> list[Box]:
    boxes: list[Box] = []
    below = 0
    width = 100 / count * FILLED
    for look, word in looks.items():
        amount = column.parts.get(look, 0)
        if not amount:
            continue
        height = amount / top * HEIGHT
        y = HEIGHT - (below + amount) / top * HEIGHT
        left = _percent(_middle(place, count) - width / 2)
        said = f"{column.name}: {amount:,} {word}"
        boxes.append(Box(left, f"{y:.1f}", _percent(width), f"{max(height - 1, 1):.1f}", look, said))
        below += amount
    return boxes


def _middle(place: int, count: int) -> float:
    return (place + 0.5) * 100 / count


def _down(share: float) -> str:
    return f"{HEIGHT * (1 - share):.1f}"


def _percent(value: float) -> str:
    return f"{value:.2f}%"
