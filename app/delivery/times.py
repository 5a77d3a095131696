"""How a mail names a time: always with its zone and its distance from UTC. Pure."""

from datetime import datetime

from app.models import spoken
from app.models.clock import wall, zone_words
from app.models.letters import Letter, Told
from app.models.spoken import day_words


def span(start: datetime, end: datetime, zone: str) -> str:
    """Name a stretch of time, as "Tuesday 10 November 2026, 10:30–11:15 (Berlin time, UTC+1)"."""
    first, last = wall(start, zone), wall(end, zone)
    named = zone_words(start, zone)
    if zone_words(end, zone) != named:
        named = f"{named}, then {zone_words(end, zone).rsplit(', ', 1)[-1]}"
    if first.date() == last.date():
        return f"{day_words(first)}, {first:%H:%M}–{last:%H:%M} ({named})"
    return f"{day_words(first)}, {first:%H:%M} – {day_words(last)}, {last:%H:%M} ({named})"


def moment(at: datetime, zone: str) -> str:
    """Name an instant in few words, for a subject: "Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)"."""
    return f"{spoken.moment(at, zone)} ({zone_words(at, zone)})"


def when(told: Told, zone: str) -> str:
    """Name a session's time in `zone`; a session without one has yet to be arranged."""
    return span(told.start_at, told.end_at, zone) if told.start_at and told.end_at else "No time yet"


def named(letter: Letter) -> str:
    """Say whose time a mail's times are; a visitor has no account in which it could be changed."""
    zone = letter.reader.zone
    if letter.reader.is_visitor:
        return f"Times are shown as clocks in {zone} show them."
    return f"Times are shown in your time zone, {zone}; you can change it in your account."


def was(told: Told, zone: str) -> str:
    """Name the time a session had before it was moved, "" where it was not."""
    return span(told.old_start_at, told.old_end_at, zone) if told.old_start_at and told.old_end_at else ""


def shows_the_same(told: Told, zone: str) -> bool:
    """Whether the clocks of `zone` and of the session's own zone agree at its start."""
    at = told.start_at or told.old_start_at
    return at is None or wall(at, zone) == wall(at, told.zone)
