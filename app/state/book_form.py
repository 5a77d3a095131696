"""The booking form as a flat set of texts: what the browser keeps, the link carries and the draft is read from.

Pure. It decides nothing about a booking; it only translates names and words.
"""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any
from uuid import uuid4

from app.models.drafts import BookingDraft, Times, read
from app.models.errors import Refusal
from app.models.ids import as_id
from app.models.words import Place, Platform, Repeat

WEEKDAYS = tuple(f"weekday_{n}" for n in range(7))
TICKED = "on"
OTHER_ZONE = "other"

DEFAULTS: dict[str, str] = {
    "key": "",
    "program": "",
    "mentor": "",
    "mentee": "",
    "date": "",
    "time": "",
    "minutes": "",
    "zone": "",
    "zone_other": "",
    "place": "",
    "session_type": "",
    "platform": "",
    "link": "",
    "passcode": "",
    "address": "",
    "title": "",
    "details": "",
    "repeat": Repeat.NEVER,
    "every": "1",
    **dict.fromkeys(WEEKDAYS, ""),
    "ends": "times",
    "times": "6",
    "until": "",
    "skips_clashes": "",
    "notifies": TICKED,
}
FROM_LINK = ("program", "mentor", "mentee", "date", "time", "minutes", "zone", "title")
"""What a link to the page may fill in."""
TEXTS = frozenset({"title", "details", "link", "passcode", "address"})
"""What changes nothing in the panel."""
CHOSEN = frozenset({"key", "program", "mentor", "mentee"})
"""What the server fills in when something is chosen; a form read a moment before may not undo it."""
LONGEST = 20_000
NO_ERRORS: dict[str, str] = dict.fromkeys([*DEFAULTS, "form"], "")

_FIELD_OF = {
    "day": "date",
    "at": "time",
    "program_id": "program",
    "mentor_id": "mentor",
    "mentee_id": "mentee",
    "repetition": "ends",
    "weekdays": "repeat",
}


def new_form(link: Mapping[str, Any], draft: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields of an opened form: the defaults, over them the link's, over them an unfinished draft's."""
    fields = DEFAULTS | {name: text for name, text in _texts(link).items() if name in FROM_LINK} | _texts(draft)
    if not 8 <= len(fields["key"]) <= 64:
        fields["key"] = uuid4().hex
    return fields


def changed_fields(shown: Mapping[str, str], form: Any) -> dict[str, str]:
    """Give what a form says otherwise than it was `shown`. What was filled in for somebody is not their choice."""
    texts = _texts(form) if isinstance(form, Mapping) else {}
    return {name: text for name, text in texts.items() if name not in CHOSEN and text != shown[name]}


def sent_form(form: Any) -> dict[str, str]:
    """Give the fields of a form that was sent; what is missing there was not asked for."""
    return dict.fromkeys(DEFAULTS, "") | (_texts(form) if isinstance(form, Mapping) else {})


def _texts(raw: Mapping[str, Any]) -> dict[str, str]:
    return {name: text_of(raw[name]) for name in DEFAULTS if name in raw}


def text_of(value: Any) -> str:
    """Take whatever a browser sent as a text of bearable length."""
    if isinstance(value, bool):
        return TICKED if value else ""
    if isinstance(value, float):  # a number field sends one, or NaN while it is empty
        return f"{value:g}" if isfinite(value) else ""
    return str(value if value is not None else "")[:LONGEST]


def id_of(fields: Mapping[str, str], name: str) -> int:
    """Give the id in a field, 0 for none."""
    return as_id(fields.get(name, ""))


def read_day(fields: Mapping[str, str]) -> date | None:
    """Read the date alone; None while there is none."""
    try:
        return date.fromisoformat(fields["date"])
    except ValueError:
        return None


def read_times(fields: Mapping[str, str]) -> Times | None:
    """Read date, time, zone and duration; None while they are incomplete or make no sense."""
    try:
        return read(Times, _times(fields))
    except Refusal:
        return None


def read_booking(fields: Mapping[str, str]) -> BookingDraft:
    """Read the whole form. Raises Refusal with the form's own field names."""
    raw = _times(fields) | {
        "program_id": id_of(fields, "program") or None,
        "mentor_id": id_of(fields, "mentor") or None,
        "mentee_id": id_of(fields, "mentee") or None,
        "meeting": meeting_of(fields) | {"session_type": fields["session_type"]},
        "repetition": _repetition(fields),
        "title": fields["title"],
        "details": fields["details"],
        "skips_clashes": fields["skips_clashes"] == TICKED,
        "notifies": fields["notifies"] == TICKED,
    }
    try:
        return read(BookingDraft, raw)
    except Refusal as refusal:
        raise refusal.renamed(form_field) from refusal


def form_field(draft_field: str) -> str:
    """Give the form's name of a draft's field; "" where it has none."""
    leaf = draft_field.rsplit(".", 1)[-1]
    name = _FIELD_OF.get(leaf, leaf)
    return name if name in DEFAULTS else ""


def errors_of(refusal: Refusal, mentor: str, mentee: str) -> dict[str, str]:
    """Give the text under each field; what belongs to none is under "form".

    `mentor` and `mentee` are what the programme calls them.
    """
    texts = NO_ERRORS | refusal.by_field("form", form_field)
    for name, word in (("mentor", mentor), ("mentee", mentee)):
        if "is missing" in texts[name]:
            texts[name] = f"The {word} is missing. Search by name or e-mail."
    return texts


def _times(fields: Mapping[str, str]) -> dict[str, Any]:
    zone = fields["zone_other"] if fields["zone"] == OTHER_ZONE else fields["zone"]
    return {"day": fields["date"], "at": fields["time"], "minutes": fields["minutes"], "zone": zone}


def meeting_of(fields: Mapping[str, str]) -> dict[str, Any]:
    """Give where they meet, as a draft reads it; what belongs to another place is left out."""
    place = fields["place"] or Place.ONLINE
    meeting: dict[str, Any] = {"place": place}
    if place == Place.ONLINE:
        meeting |= {name: fields[name] for name in ("link", "passcode")}
        meeting["platform"] = fields["platform"] or Platform.BIG_BLUE_BUTTON
    if place == Place.IN_PERSON:
        meeting["address"] = fields["address"]
    return meeting


def _repetition(fields: Mapping[str, str]) -> dict[str, Any]:
    repeat = fields["repeat"] or Repeat.NEVER
    if repeat == Repeat.NEVER:
        return {}
    days = [n for n, name in enumerate(WEEKDAYS) if fields[name] == TICKED] if repeat == Repeat.WEEKLY else []
    end = "until" if fields["ends"] == "until" else "times"
    return {"repeat": repeat, "every": fields["every"] or "1", "weekdays": days, end: fields[end]}
