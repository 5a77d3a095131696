"""What each kind of upload must be able to do, and the one table of kinds. Knows nothing of people or sessions.

A kind has columns, checks the rows of a whole file against each other and against what is
stored, and carries one row out. Reading, preview, corrections, the job and the result are shared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlmodel import Session as Db

from app.models.permissions import Viewer
from app.models.words import RowStatus, UploadKind

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Column:
    """A column of the sample. `headings` are other names it is known by, folded; `hint` says what belongs in it."""

    key: str
    title: str
    hint: str
    headings: tuple[str, ...] = ()
    is_needed: bool = False
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flaw:
    """What is wrong with one cell, and what would be right. A warning does not keep the row from being carried out."""

    column: str
    message: str
    remedy: str = ""
    level: Level = "error"

    def stored(self) -> dict[str, str]:
        """Give it as the row keeps it."""
        return {"column": self.column, "message": self.message, "remedy": self.remedy, "level": self.level}


@dataclass(frozen=True)
class RowIn:
    """One row to check: its line, and its text by column key ("" for a column the file does not have)."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Verdict:
    """What checking found of one row.

    `action` names what the row is counted and filtered by; `plan` is what `apply` needs, plain
    JSON; its "says" tells a person what will be done, its "stages" in which of the two passes
    over the rows (0, 1): what other rows may need comes in the first.
    """

    status: RowStatus
    action: str
    flaws: tuple[Flaw, ...] = ()
    plan: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """What checking found of a whole file: one verdict a row, in order.

    `totals` counts what would be done, by verb; `swapped` names two headings whose columns
    seem to hold each other's values.
    """

    verdicts: tuple[Verdict, ...]
    totals: dict[str, int]
    swapped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What carrying a row out did, in words; `made_id` is what the row is about from now on.

    `before` are the cells that would put back what it changed, by column key.
    """

    said: str
    made_id: int | None = None
    before: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Around:
    """What every row of an upload has in common.

    `options` are what was chosen beside the file; `titles` the file's own headings, by column key.
    """

    upload_id: int
    program_id: int | None
    options: Mapping[str, Any]
    batch_id: str
    titles: Mapping[str, str] = field(default_factory=dict[str, str])


class Shape(Protocol):
    """What a file of one kind looks like, and whose it may be: all that a page must know of it."""

    name: UploadKind
    totals: Mapping[str, str]
    """What is counted, by verb, with its label."""
    result_columns: tuple[str, ...]
    """The headings that a result file adds, for what became of a row and the message."""
    result_words: Mapping[RowStatus, str]
    made_key: str
    """The column into which a result file writes the id of what a row made, "" for none."""

    def columns(self, db: Db) -> tuple[Column, ...]:
        """Give the columns of the sample, in order, in this organisation's words."""
        ...

    def may(self, viewer: Viewer) -> bool:
        """Whether the viewer may upload this kind of file at all."""
        ...


class Kind(Shape, Protocol):
    """What is done with the rows of one kind."""

    def check(self, db: Db, viewer: Viewer, now: datetime, around: Around, rows: Sequence[RowIn]) -> Checked:
        """Check all rows of a file, with a number of statements that does not grow with each row."""
        ...

    def prepare(self, db: Db, viewer: Viewer, around: Around, plans: Sequence[Mapping[str, Any]]) -> None:
        """Hold what the next rows will write, in one order, before the first is carried out."""
        ...

    def together(self, plans: Sequence[Mapping[str, Any]]) -> int:
        """Say how many of the next rows, one at least, are carried out at once."""
        ...

    def apply(
        self, db: Db, viewer: Viewer, now: datetime, around: Around, plans: Sequence[Mapping[str, Any]], stage: int
    ) -> Sequence[Outcome]:
        """Carry out one stage of some rows' plans through the forms' commands, and say what was done of each.

        Raises Refusal where one of them cannot be; then the caller takes the others back.
        """
        ...

    def settle(self, db: Db, now: datetime, around: Around, after: int) -> None:
        """Follow some rows up in their own transaction; notices with ids beyond `after` are theirs."""
        ...

    def wrap_up(self, db: Db, now: datetime, around: Around) -> bool:
        """Do the next piece of what is left when all rows are through; whether there may be more."""
        ...


def headings_of(columns: Sequence[Column], found: Sequence[str]) -> dict[str, str]:
    """Give the file's heading of each column that it has, by key; the first wins where two mean the same."""
    named: dict[str, str] = {}
    for heading in found:
        key = key_of(columns, heading)
        if key and key not in named:
            named[key] = heading
    return named


def key_of(columns: Sequence[Column], heading: str) -> str:
    """Give the key of the column that a heading means, whatever its case and punctuation; "" for none."""
    folded = folded_heading(heading)
    for column in columns:
        if folded in (folded_heading(column.title), *column.headings):
            return column.key
    return ""


def folded_heading(heading: str) -> str:
    """Give a heading without case, punctuation and what stands in brackets: "E-Mail (work)" → "email"."""
    bare = heading.casefold().split("(")[0]
    return "".join(letter for letter in bare if letter.isalnum())
