"""Notices that two columns of a sheet hold each other's values. It changes nothing; it only says so. Pure."""

from collections.abc import Callable, Mapping, Sequence

from app.models.uploads.cells import address, parts_of, zone_named
from app.models.uploads.kinds import RowIn
from app.models.uploads.people.columns import ACTIONS, role_named
from app.models.words import ProgramWords

MOSTLY, HARDLY = 0.7, 0.3
ENOUGH = 2
"""Rows that must speak for it: one odd cell is a slip, no swapped column."""


def swapped_columns(rows: Sequence[RowIn], titles: Mapping[str, str], words: Sequence[ProgramWords]) -> tuple[str, ...]:
    """Name the column that does not hold what it should, then the one that does; none where all are in their places.

    `titles` are the file's headings by key.
    """
    tests: dict[str, Callable[[str], bool]] = {
        "email": lambda text: "@" in text and bool(address(text)),
        "role": lambda text: all(role_named(part, words) for part in parts_of(text)),
        "zone": lambda text: bool(zone_named(text)),
        "action": lambda text: text.strip().casefold() in ACTIONS,
    }
    for key, fits in tests.items():
        own = _share(rows, key, fits)
        if key not in titles or own is None or own > HARDLY:
            continue
        for other, title in titles.items():
            share = _share(rows, other, fits) if other != key and other not in ("mentors", "mentees") else None
            if share is not None and share >= MOSTLY:
                return titles[key], title
    return ()


def _share(rows: Sequence[RowIn], key: str, fits: Callable[[str], bool]) -> float | None:
    """Give which part of a column's filled cells fits; None where too few are filled to tell."""
    filled = [text for row in rows if (text := row.cells.get(key, ""))][:500]
    return sum(map(fits, filled)) / len(filled) if len(filled) >= ENOUGH else None
