"""When people are reminded of a session, as minutes before its start and as people write it. Pure."""

import re
from collections.abc import Iterable

from app.models.errors import Refusal

DAY_BEFORE, HOUR_BEFORE = 24 * 60, 60
_UNITS = {"week": 7 * 24 * 60, "day": 24 * 60, "hour": 60, "minute": 1}
_ONE = re.compile(r"(\d{1,5})\s*(w|d|h|m)(?:eeks?|ays?|ours?|r|rs|ins?|inutes?)?", re.IGNORECASE)


def in_words(minutes: int) -> str:
    """Name a stretch of time by its greatest whole unit, as "2 hours"."""
    unit, length = next((unit, length) for unit, length in _UNITS.items() if minutes % length == 0)
    count = minutes // length
    return f"{count} {unit}{'' if count == 1 else 's'}"


def all_in_words(reminders: Iterable[int]) -> str:
    """Name several, as "3 days, 30 minutes"."""
    return ", ".join(in_words(minutes) for minutes in sorted(reminders, reverse=True))


def read_reminders(text: str, field: str = "reminder_minutes") -> list[int]:
    """Read what `all_in_words` writes, and what people write for it. Raises Refusal."""
    parts = [part for part in (part.strip() for part in re.split(r"[,;\n]| and ", text)) if part]
    return [_read_one(part, field) for part in parts]


def _read_one(part: str, field: str) -> int:
    found = _ONE.fullmatch(part)
    if found is None:
        raise Refusal.of(field, f"“{part[:40]}” cannot be read.", "Write it as 30 minutes, 2 hours or 3 days.")
    length = next(length for unit, length in _UNITS.items() if unit.startswith(found[2].lower()))
    return int(found[1]) * length
