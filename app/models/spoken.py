"""Times, names, recurrences and texts as sentences for one reader. Pure; the status words are in `words`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.clock import wall, zone_words
from app.models.period import Period

_LINK = re.compile(r"(?:https?://|(?<![\w@./-])www\.(?=\w))[^\s<>\"'“”]+[^\s<>\"'“”.,;:!?)\]}]")
_DAYS = {
    "MO": "Mondays",
    "TU": "Tuesdays",
    "WE": "Wednesdays",
    "TH": "Thursdays",
    "FR": "Fridays",
    "SA": "Saturdays",
    "SU": "Sundays",
}
_EVERY = {"DAILY": ("Daily", "days"), "WEEKLY": ("Weekly", "weeks"), "MONTHLY": ("Monthly", "months")}


@dataclass(frozen=True)
class Piece:
    """A stretch of text; with `href` it is a web address that may be clicked."""

    text: str
    href: str = ""


def pieces(text: str) -> list[Piece]:
    """Cut a text at its web addresses. Only http, https and www. become links, so nothing can run."""
    found: list[Piece] = []
    end = 0
    for match in _LINK.finditer(text):
        if match.start() > end:
            found.append(Piece(text[end : match.start()]))
        address = match.group()
        found.append(Piece(address, f"https://{address}" if address.startswith("www.") else address))
        end = match.end()
    return [*found, Piece(text[end:])] if end < len(text) else found


def day_words(at: datetime) -> str:
    """Name a day, as "Tuesday 24 November 2026"."""
    return f"{at:%A} {at.day} {at:%B %Y}"


def hours(period: Period, zone: str) -> str:
    """Name the hours of a period, as "17:00–18:00"; the day too where it ends on another one."""
    start, end = wall(period.start, zone), wall(period.end, zone)
    if start.date() == end.date():
        return f"{start:%H:%M}–{end:%H:%M}"
    return f"{start:%H:%M} – {end:%A} {end.day} {end:%B}, {end:%H:%M}"


def span(period: Period, zone: str) -> str:
    """Name a period with its zone, as "Tue 24 Nov 2026, 17:00–18:00 (Berlin time, UTC+1)"."""
    return f"{short_day(period.start, zone)}, {hours(period, zone)} ({zone_words(period.start, zone)})"


def short_day(at: datetime, zone: str) -> str:
    """Name a day in few words, as "Tue 24 Nov 2026"."""
    there = wall(at, zone)
    return f"{there:%a} {there.day} {there:%b %Y}"


def moment(at: datetime, zone: str) -> str:
    """Name an instant, as "Tue 24 Nov 2026, 17:00"; the zone is named once beside such a list."""
    return wall_moment(wall(at, zone))


def brief_moment(at: datetime, zone: str, now: datetime) -> str:
    """Name an instant in a narrow column, as "Tue 24 Nov, 17:00"; the year too where it is not this one."""
    there = wall(at, zone)
    year = "" if there.year == wall(now, zone).year else f" {there.year}"
    return f"{there:%a} {there.day} {there:%b}{year}, {there:%H:%M}"


def wall_moment(at: datetime) -> str:
    """Name a wall time, which need not occur in any zone, as `moment` names an instant."""
    return f"{at:%a} {at.day} {at:%b %Y}, {at:%H:%M}"


def later(at: str, minutes: int) -> str:
    """Give the hour on the clock so much later: "17:30", 60 → "18:30"."""
    hour, _, minute = at.partition(":")
    whole = (int(hour) * 60 + int(minute) + minutes) % (24 * 60)
    return f"{whole // 60:02}:{whole % 60:02}"


def duration(minutes: int) -> str:
    """Name a length, as "1 hour 30 minutes"."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} hour{'s' if whole > 1 else ''}"] if whole else []
    return " ".join([*parts, f"{rest} minutes"] if rest or not whole else parts)


def names(people: Sequence[str], most: int = 4) -> str:
    """Join names, as "Ann, Tom and Eve"; of more than `most` the last ones are counted."""
    if len(people) > most:
        return f"{', '.join(people[: most - 1])} and {len(people) - most + 1:,} others"
    return " and ".join(filter(None, [", ".join(people[:-1]), people[-1] if people else ""]))


def initials(name: str) -> str:
    """Give the first letters of the first and the last word of a name, for an avatar."""
    words = [word for word in name.split() if word[0].isalnum()] or [name or "?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def recurrence(rrule: str, first: datetime, last: datetime) -> str:
    """Say an RFC 5545 RRULE, as "Weekly on Tuesdays until 15 December 2026".

    `first` and `last` are the wall times of its first and last session.
    """
    rule = dict(part.split("=", 1) for part in rrule.removeprefix("RRULE:").split(";") if "=" in part)
    once, many = _EVERY.get(rule.get("FREQ", ""), ("Repeats", "times"))
    every = int(rule.get("INTERVAL", "1"))
    often = once if every == 1 else f"Every {every} {many}"
    on = ""
    if rule.get("FREQ") == "WEEKLY":
        days = rule.get("BYDAY", "").split(",") if rule.get("BYDAY") else []
        on = f" on {names([_DAYS[day] for day in days if day in _DAYS] or [f'{first:%A}s'])}"
    return f"{often}{on} until {last.day} {last:%B %Y}"
