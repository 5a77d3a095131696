"""The forms of a session's card: the step each carries out, its fields, and how what it sent is read.

It knows no state and decides nothing; nothing a browser sends is believed to be of the right kind.
"""

from typing import Any

from app.models.errors import Refusal
from app.models.queries.session_card import SessionCard
from app.models.queries.session_room import DECLINE, LEAVE

STEP_OF_FORM = {
    "edit": "edit",
    "arrange": "arrange",
    "again": "arrange_again",
    "propose": "propose",
    "meeting": "edit_meeting",
    "cancel": "cancel",
    "delete": "delete",
    "accept": "accept",
    "decline": "decline",
    "reactivate": "reactivate",
    "finish": "finish",
    "record": "record",
    "correct": "correct",
    "mark": "mark_attendance",
    "leave": LEAVE,
    "refuse": DECLINE,
    "after": "",
    "rate": "",
}
"""The forms of a card, and the step each carries out; "" is open to everybody who sees the card."""
ABOUT_PEOPLE = frozenset({"mark", "leave", "refuse", "remove", "after", "rate"})
"""Forms that do not mind when the session changes under them: in a full room somebody joins every second."""
_TIME = frozenset({"day", "at", "until"})
_ONLINE = frozenset({"link", "passcode"})
_ALL = _TIME | _ONLINE | {"place", "address", "title", "details"}
_FIELDS_OF_FORM = {
    "edit": _ALL | {"reason"},
    "arrange": _ALL,
    "again": _ALL,
    "propose": _TIME,
    "meeting": _ONLINE,
    "cancel": frozenset({"reason"}),
    "decline": frozenset({"reason"}),
    "record": frozenset({"outcome"}),
    "correct": frozenset({"outcome", "note"}),
    "after": frozenset({"covered", "next_steps"}),
    "rate": frozenset({"rating", "comment"}),
}
_SAID_AT = {"minutes": "until"}
"""A length that is refused is said at the end, which is what is asked for."""
MINUTES_A_DAY = 24 * 60
FormTexts = dict[str, str]


def texts_by_field(refusal: Refusal, form: str) -> dict[str, str]:
    """Give a refusal's texts by the fields of a form; what has no field there is said under ""."""
    known = _FIELDS_OF_FORM.get(form, frozenset[str]())

    def place(name: str) -> str:
        leaf = name.rpartition(".")[2]
        said_at = _SAID_AT.get(leaf, leaf)
        return said_at if said_at in known else ""

    return refusal.by_field(name_of=place)


def texts_of(form: Any, name: str) -> FormTexts:
    """Give what a form sent, without its name before each field; a ticked box is "on"."""
    if not isinstance(form, dict):
        return {}
    prefix = f"{name}_"
    texts = {str(key).removeprefix(prefix): value for key, value in form.items() if str(key).startswith(prefix)}
    return {key: _text(value) for key, value in texts.items()}


def minutes_between(at: str, until: str) -> str:
    """Give the length from start to end on the clock; an end before its start lies on the next day. "" if unknown."""
    start, end = _minute_of(at), _minute_of(until)
    return "" if start is None or end is None else str((end - start) % MINUTES_A_DAY)


def draft_name(form: str, card: SessionCard) -> str:
    """Name what session.js keeps of a form: another person at the same browser never gets it."""
    return f"draft:{form}:{card.id}:{card.viewer_id}"


def _minute_of(at: str) -> int | None:
    hour, colon, minute = at.partition(":")
    is_time = bool(colon) and hour.isdecimal() and minute[:2].isdecimal() and len(at) < 9
    return int(hour) * 60 + int(minute[:2]) if is_time else None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)
