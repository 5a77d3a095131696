"""What a calendar sends to the browser: small frozen shapes of texts and positions, and nothing that is not shown.

Times are already in the viewer's zone. Made by `calendar_view`.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Chip:
    """An entry in a month's cell. `says` ends the sentence that title and day begin.

    `places` are a group's, as "taken/all"; "" for two people.
    """

    key: str
    id: int
    status: str
    time: str
    title: str
    places: str
    says: str
    movable: bool


@dataclass(frozen=True)
class Cell:
    """A day of a month. `look` are its classes; `more` counts what is not shown."""

    date: str
    number: str
    name: str
    look: str
    chips: list[Chip]
    more: int


@dataclass(frozen=True)
class Week:
    """A row of a month."""

    key: str
    cells: list[Cell]


@dataclass(frozen=True)
class Block:
    """An entry in a week's or a day's column; positions in percent, the length in minutes."""

    key: str
    id: int
    status: str
    time: str
    until: str
    title: str
    who: str
    says: str
    movable: bool
    minutes: int
    look: str
    top: float
    height: float
    left: float
    width: float


@dataclass(frozen=True)
class Rest:
    """How many more lie here than can be drawn side by side."""

    key: str
    count: int
    top: float


@dataclass(frozen=True)
class Tick:
    """An hour's line: its word, the minute it stands for, and where it is."""

    word: str
    minute: int
    top: float


@dataclass(frozen=True)
class Column:
    """A day of a week, or the day alone. `axis` is how many minutes it has."""

    date: str
    number: str
    weekday: str
    name: str
    look: str
    axis: int
    blocks: list[Block]
    rests: list[Rest]


@dataclass(frozen=True)
class Row:
    """An entry of a list."""

    key: str
    id: int
    status: str
    word: str
    time: str
    title: str
    who: str
    where: str
    says: str


@dataclass(frozen=True)
class Section:
    """A day of a list."""

    date: str
    name: str
    look: str
    rows: list[Row]
    more: int


@dataclass(frozen=True)
class Choice:
    """One value of a filter, and whether it is chosen. `value` goes into the address."""

    value: str
    word: str
    is_on: bool


@dataclass(frozen=True)
class Chosen:
    """One filter in force, with the words of its chip."""

    name: str
    value: str
    word: str


@dataclass(frozen=True)
class Proposal:
    """A drag that waits for its confirmation. `session_id` 0 is none; `told` names who will be told.

    `warnings` is what speaks against it without forbidding it.
    """

    session_id: int = 0
    title: str = ""
    before: str = ""
    after: str = ""
    told: str = ""
    is_series: bool = False
    warnings: list[str] = field(default_factory=list[str])
