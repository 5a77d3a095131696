"""Reads one row of a sheet of sessions: what its cells mean by themselves, and what is wrong with each. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from app.models.drafts.base import LONGEST_MINUTES, SHORTEST_MINUTES, Draft, Line, Link, Text, read
from app.models.drafts.groups import MOST_PLACES, Words
from app.models.errors import Refusal
from app.models.uploads.cells import address, cut, damaged, one_line, people_in, zone_named
from app.models.uploads.kinds import Flaw, RowIn, folded_heading
from app.models.uploads.sessions.columns import ACTIONS, PLATFORMS, TYPES, WORDS, Act
from app.models.words import Audience, Platform

MOST_MENTEES = 500
EMPTY = "(empty)"
"""What a cell of an Edit row says to empty what is there; an empty cell keeps it."""
EMPTIED = ("title", "details", "mentees", *WORDS, "link", "passcode")
AS_DAY = "Write it as DD-MM-YYYY, such as 25-04-2026."


class Texts(Draft):
    """The cells that hold text or words."""

    title: Line = ""
    details: Text = ""
    recommended_for: Words = ()
    categories: Words = ()
    medium: Words = ()
    link: Link = ""
    passcode: Line = ""


@dataclass
class Parsed:
    """What one row says; None and "" are empty cells. `filled` are the columns that hold anything.

    `flaws` gathers what is wrong with it, here and in the later steps of checking.
    """

    number: int
    act: Act | None
    id: int
    audience: Audience | None
    mentor: str
    mentees: tuple[str, ...]
    day: date | None
    zone: str
    at: time | None
    minutes: int | None
    platform: Platform | None
    minimum: int | None
    maximum: int | None
    program: str
    texts: Texts
    filled: frozenset[str]
    identity: tuple[tuple[str, str], ...]
    flaws: list[Flaw] = field(default_factory=list[Flaw])

    @property
    def is_wrong(self) -> bool:
        """Whether anything keeps the row from being carried out."""
        return any(flaw.level == "error" for flaw in self.flaws)

    def is_flawed(self, *columns: str) -> bool:
        """Whether one of these cells is wrong already."""
        return any(flaw.level == "error" and flaw.column in columns for flaw in self.flaws)

    def wrong(self, column: str, message: str, remedy: str = "") -> None:
        """Note what keeps the row from being carried out."""
        self.flaws.append(Flaw(column, message, remedy))

    def warn(self, column: str, message: str, remedy: str = "") -> None:
        """Note what somebody should look at."""
        self.flaws.append(Flaw(column, message, remedy, "warning"))


def parse(row: RowIn) -> Parsed:
    """Read a row's cells, each by itself. Of a row that deletes only action and ID count."""
    flaws: list[Flaw] = []
    act = _action(row.cells, flaws)
    used = ("action", "id") if act == Act.DELETE else tuple(row.cells)
    cells = {key: _said(row.cells[key], key, act) for key in used if row.cells.get(key)}
    flaws += damaged(cells)
    return Parsed(
        number=row.number,
        act=act,
        id=_id(cells, flaws),
        audience=_type(cells, flaws),
        mentor=_mentor(cells, flaws),
        mentees=_mentees(cells, flaws),
        day=_day(cells, flaws),
        zone=_zone(cells, flaws),
        at=_at(cells, flaws),
        minutes=_minutes(cells, flaws),
        platform=_platform(cells, flaws),
        minimum=_size(cells, "minimum", 1, flaws),
        maximum=_size(cells, "maximum", 2, flaws),
        program=one_line(cells.get("program", "")),
        texts=_texts(cells, flaws),
        filled=frozenset(cells),
        identity=tuple(sorted(cells.items())),
        flaws=flaws,
    )


def _said(cell: str, key: str, act: Act | None) -> str:
    return "" if act == Act.EDIT and key in EMPTIED and cell.strip().casefold() == EMPTY else cell


def day_of(said: str) -> date | Flaw:
    """Read a date: DD-MM-YYYY, or YYYY-MM-DD as a true date of a workbook comes. Anything else is refused."""
    text = said.strip()
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00(?::00)?)?", text):
        year, month, day = map(int, found.groups())
        return _date(year, month, day) or Flaw("day", f"“{cut(said)}” does not exist.", AS_DAY)
    if found := re.fullmatch(r"(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})", text):
        one, mark, other, year = int(found[1]), found[2], int(found[3]), int(found[4])
        return _numbers_day(said, one, other, year, is_ours=mark == "-" and len(found[4]) == 4 and "/" not in text)
    return Flaw("day", f"“{cut(said)}” is no date.", AS_DAY)


def _numbers_day(said: str, one: int, other: int, year: int, *, is_ours: bool) -> date | Flaw:
    year = year + 2000 if year < 100 else year
    first, second = _date(year, other, one), _date(year, one, other)
    if is_ours and first:
        return first
    if is_ours:
        remedy = f"Write {second:%d-%m-%Y} if {_words(second)} is meant." if second else AS_DAY
        return Flaw("day", f"“{cut(said)}” is no date: there is no such day and month.", remedy)
    if first and second and first != second:
        message = f"“{cut(said)}” could be {_words(first)} or {_words(second)}."
        remedy = f"Write {first:%d-%m-%Y} for {_words(first)}, or {second:%d-%m-%Y} for {_words(second)}."
        return Flaw("day", message, remedy)
    meant = first or second
    remedy = f"Write {meant:%d-%m-%Y} if {_words(meant)} is meant." if meant else AS_DAY
    return Flaw("day", f"“{cut(said)}” is not written as DD-MM-YYYY.", remedy)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2000 <= year < 2200 else None
    except ValueError:
        return None


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _action(cells: Mapping[str, str], flaws: list[Flaw]) -> Act | None:
    said = cells.get("action", "")
    found = ACTIONS.get(one_line(said).casefold())
    if found is None:
        message = f"“{cut(said)}” is no action." if said else "The action is missing."
        flaws.append(Flaw("action", message, "Write Create, Edit or Delete."))
    return found


def _id(cells: Mapping[str, str], flaws: list[Flaw]) -> int:
    said = cells.get("id", "")
    if said and not (said.isascii() and said.isdigit() and 0 < int(said[:12]) < 2**31):
        flaws.append(Flaw("id", f"“{cut(said)}” is no session ID.", "Write its number, such as 128."))
        return 0
    return int(said) if said else 0


def _type(cells: Mapping[str, str], flaws: list[Flaw]) -> Audience | None:
    said = cells.get("type", "")
    found = TYPES.get(one_line(said).casefold())
    if said and found is None:
        flaws.append(Flaw("type", f"“{cut(said)}” is no type.", "Write Private or Public."))
    return found


def _mentor(cells: Mapping[str, str], flaws: list[Flaw]) -> str:
    said = cells.get("mentor", "")
    found = address(said) if said else ""
    if said and not found:
        remedy = "Write one address, such as name@example.org."
        flaws.append(Flaw("mentor", f"“{cut(said)}” is not an e-mail address.", remedy))
    return found


def _mentees(cells: Mapping[str, str], flaws: list[Flaw]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for said in people_in(cells.get("mentees", "")):
        if email := address(said):
            found[email] = None
        else:
            remedy = "Write addresses such as name@example.org, separated by commas."
            flaws.append(Flaw("mentees", f"“{cut(said)}” is not an e-mail address.", remedy))
    if len(found) > MOST_MENTEES:
        flaws.append(Flaw("mentees", "These are too many people for one row.", f"Give at most {MOST_MENTEES}."))
    return tuple(found)


def _day(cells: Mapping[str, str], flaws: list[Flaw]) -> date | None:
    found = day_of(cells["day"]) if "day" in cells else None
    if isinstance(found, Flaw):
        flaws.append(found)
        return None
    return found


def _zone(cells: Mapping[str, str], flaws: list[Flaw]) -> str:
    said = cells.get("zone", "")
    found = zone_named(said) if said else ""
    if said and not found:
        remedy = "Write IST, UTC, or a place such as Europe/Berlin."
        flaws.append(Flaw("zone", f"“{cut(said)}” is not a time zone.", remedy))
    return found


def _at(cells: Mapping[str, str], flaws: list[Flaw]) -> time | None:
    if "at" not in cells:
        return None
    said = cells["at"]
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?\s*(?:h|hrs?|hours?)?\.?", said.strip(), re.IGNORECASE)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    flaws.append(Flaw("at", f"“{cut(said)}” is not a time of day.", "Write it from 00:00 to 23:59, such as 17:00 Hrs."))
    return None


def _minutes(cells: Mapping[str, str], flaws: list[Flaw]) -> int | None:
    if "minutes" not in cells:
        return None
    said = cells["minutes"].strip()
    if clocked := re.fullmatch(r"(0?\d|1[0-2]):([0-5]\d)(?::00)?", said):
        # A spreadsheet's true duration. Read as minutes and seconds it would be too short for any session.
        said = str(int(clocked[1]) * 60 + int(clocked[2]))
    if not (said.isascii() and said.isdigit()):
        flaws.append(Flaw("minutes", f"“{cut(said)}” is no number of minutes.", "Write a number, such as 60."))
    elif int(said[:9]) < SHORTEST_MINUTES:
        flaws.append(Flaw("minutes", f"{said} minutes are too short.", f"Write {SHORTEST_MINUTES} or more."))
    elif int(said[:9]) > LONGEST_MINUTES:
        remedy = f"Write {LONGEST_MINUTES} (12 hours) or less."
        flaws.append(Flaw("minutes", f"{cut(said)} minutes are too long.", remedy))
    else:
        return int(said)
    return None


def _platform(cells: Mapping[str, str], flaws: list[Flaw]) -> Platform | None:
    said = cells.get("platform", "")
    found = PLATFORMS.get(folded_heading(said))
    if said and found is None:
        remedy = "Write BigBlueButton, Google Meet, Zoom, Microsoft Teams, Skype or Other."
        flaws.append(Flaw("platform", f"“{cut(said)}” is no meeting platform known here.", remedy))
    return found


def _size(cells: Mapping[str, str], key: str, least: int, flaws: list[Flaw]) -> int | None:
    if key not in cells:
        return None
    said = cells[key].strip()
    if said.isascii() and said.isdigit() and least <= int(said[:9]) <= MOST_PLACES:
        return int(said)
    remedy = f"Write a number from {least} to {MOST_PLACES:,}."
    flaws.append(Flaw(key, f"“{cut(said)}” is no number of people.", remedy))
    return None


def _texts(cells: Mapping[str, str], flaws: list[Flaw]) -> Texts:
    given = {name: cells[name] for name in Texts.model_fields if name in cells}
    try:
        return read(Texts, given)
    except Refusal as refusal:
        flaws.extend(Flaw(one.field, one.message, one.remedy) for one in refusal.problems)
    wrong = {flaw.column for flaw in flaws}
    return read(Texts, {name: text for name, text in given.items() if name not in wrong})
