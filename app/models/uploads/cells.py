"""What cells of every kind of upload hold: addresses, several things, time zones, words, damage. Pure."""

import re
from collections.abc import Mapping
from functools import lru_cache

from app.models.clock import is_zone, known_zones
from app.models.drafts.base import Draft, Email, read
from app.models.errors import Refusal
from app.models.uploads.kinds import Column, Flaw
from app.models.uploads.text_files import UNREADABLE

ZONES = {"ist": "Asia/Kolkata", "gmt": "UTC", "z": "UTC", "etc/utc": "UTC"}
"""Short names that mean one zone only to those who write them in such files."""

MAKING, CHANGING = ("create", "add", "new"), ("edit", "update", "change")
"""The words for what a row is to do, whatever its kind."""
_ERROR = re.compile(r"#(REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|N/A|SPILL!|CALC!)|Err:5\d\d")
"""What a spreadsheet shows where a formula has no value."""


class _Address(Draft):
    email: Email


def program_column(*headings: str) -> Column:
    """Give the column that names a row's programme; it is known by these headings as well."""
    hint = "The programme’s name. Left empty, the one chosen for the whole file."
    return Column("program", "Programme", hint, ("programme", "program", "programmename", "programname", *headings))


@lru_cache(maxsize=50_000)
def address(text: str) -> str:
    """Give an e-mail address as it is stored, "" for what is none. A name around it ("Ada <ada@…>") is left out."""
    bracketed = re.search(r"<([^<>]+)>\s*$", text)
    try:
        return read(_Address, {"email": bracketed[1] if bracketed else text.removeprefix("mailto:")}).email
    except Refusal:
        return ""


@lru_cache(maxsize=1_000)
def zone_named(text: str) -> str:
    """Give the IANA zone that a text names whatever its case, "" for none."""
    wanted = text.strip().replace(" ", "_").casefold()
    if wanted in ZONES:
        return ZONES[wanted]
    if is_zone(text.strip()) and ("/" in text or text.strip() == "UTC"):
        return text.strip()
    return next((zone for zone in known_zones() if zone.casefold() == wanted), "")


def parts_of(text: str) -> list[str]:
    """Take a cell of several things apart."""
    return [part for piece in re.split(r"[,;\n|]", text) if (part := one_line(piece))]


def people_in(text: str) -> list[str]:
    """Take a cell of several addresses apart, those too that only blanks separate; a name stays with its address."""
    return [part for piece in parts_of(text) for part in _apart(piece)]


def damaged(cells: Mapping[str, str]) -> list[Flaw]:
    """Note which cells hold what cannot be read or kept, and formulas that came to nothing."""
    flaws: list[Flaw] = []
    for key, text in cells.items():
        if UNREADABLE in text:
            message = f"“{cut(text)}” has a character that cannot be read or kept, shown as {UNREADABLE}."
            flaws.append(Flaw(key, message, "Type this cell again."))
        elif _ERROR.fullmatch(text):
            flaws.append(Flaw(key, f"“{text}” is a formula’s error.", "Correct the formula, or write the value."))
    return flaws


def one_line(text: str) -> str:
    """Give a text without line breaks and double blanks."""
    return " ".join(text.split())


def cut(text: str) -> str:
    """Shorten a cell's text so that it can be quoted."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def _apart(part: str) -> list[str]:
    pieces = part.split()
    return pieces if len(pieces) > 1 and all("@" in piece for piece in pieces) else [part]
