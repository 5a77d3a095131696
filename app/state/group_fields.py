"""The group session's form as a flat set of texts: what the browser keeps and the draft is read from.

Pure. It decides nothing about a session; it only translates names and words.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from app.models.drafts import Times, read
from app.models.drafts.groups import DuplicateDraft, GroupDraft
from app.models.errors import Refusal
from app.models.words import Audience, Place
from app.state.book_form import id_of, meeting_of, text_of

DEFAULTS: dict[str, str] = {
    "key": "",
    "version": "",
    "program": "",
    "host": "",
    "title": "",
    "details": "",
    "date": "",
    "time": "",
    "zone": "",
    "hours": "",
    "minutes": "",
    "audience": Audience.PUBLIC,
    "minimum": "2",
    "maximum": "10",
    "people": "",
    "everybody": "",
    "place": Place.ONLINE,
    "platform": "",
    "link": "",
    "passcode": "",
    "address": "",
    "recommended_for": "",
    "categories": "",
    "medium": "",
    "image": "",
}
CHOSEN = frozenset({"key", "version", "host", "people", "everybody", "zone"})
"""What the server fills in when something is chosen; a form read a moment before may not undo it."""
LENGTH = ("hours", "minutes")
"""Both empty is as long as the programme's sessions usually are."""
NO_ERRORS: dict[str, str] = dict.fromkeys([*DEFAULTS, "invites", "form"], "")
MOST_PEOPLE = 500
_FIELD_OF = {"day": "date", "at": "time", "program_id": "program", "host_id": "host"}
_INVITES = frozenset({"invites", "invited", "person_ids", "cohorts", "tags", "program_all"})


def new_form(kept: Mapping[str, Any], start: Mapping[str, str]) -> dict[str, str]:
    """Give the fields of an opened form: the defaults, over them what it starts with, over them an unfinished draft."""
    fields = DEFAULTS | dict(start) | _texts(kept)
    if not 8 <= len(fields["key"]) <= 64:
        fields["key"] = uuid4().hex
    return fields


def changed_fields(shown: Mapping[str, str], form: Any) -> dict[str, str]:
    """Give what a form says otherwise than it was `shown`; whoever changes a part of the length means all of it."""
    texts = _texts(form) if isinstance(form, Mapping) else {}
    changed = {name: text for name, text in texts.items() if name not in CHOSEN and text != shown[name]}
    whole = LENGTH if any(name in changed for name in LENGTH) else ()
    return changed | {name: texts[name] for name in whole if name in texts}


def with_length(fields: Mapping[str, str], usual: int) -> dict[str, str]:
    """Fill in the `usual` minutes where nobody typed a length."""
    if any(fields[name] for name in LENGTH):
        return dict(fields)
    hours, minutes = divmod(usual, 60)
    return dict(fields) | {"hours": str(hours), "minutes": str(minutes)}


def people_of(fields: Mapping[str, str]) -> list[int]:
    """Give the ids of the people chosen one by one, each once."""
    ids = [id_of({"id": part}, "id") for part in fields["people"].split(",")[:MOST_PEOPLE]]
    return list(dict.fromkeys(one for one in ids if one))


def everybody_of(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the groups chosen at once, as (cohort | tag | program, its name)."""
    try:
        found = json.loads(fields["everybody"] or "[]")
    except ValueError:
        return []
    pairs = [tuple(map(text_of, one)) for one in found if isinstance(one, list) and len(one) == 2]
    kept = [(kind, name[:400]) for kind, name in pairs if kind in ("cohort", "tag", "program")]
    return list(dict.fromkeys(kept))[:50]


def written(groups: list[tuple[str, str]]) -> str:
    """Write groups down as `everybody_of` reads them."""
    return json.dumps(groups)


def invites_of(fields: Mapping[str, str]) -> dict[str, Any]:
    """Give whom the form invites, as its draft reads it."""
    groups = everybody_of(fields)
    return {
        "person_ids": people_of(fields),
        "cohorts": [name for kind, name in groups if kind == "cohort"],
        "tags": [name for kind, name in groups if kind == "tag"],
        "program": any(kind == "program" for kind, _ in groups),
    }


def minutes_of(fields: Mapping[str, str]) -> int | str:
    """Give the whole length in minutes, "" while it cannot be read."""
    hours, minutes = fields["hours"] or "0", fields["minutes"] or "0"
    if not all(text.isascii() and text.isdigit() and len(text) < 5 for text in (hours, minutes)):
        return ""
    return int(hours) * 60 + int(minutes)


def read_times(fields: Mapping[str, str]) -> Times | None:
    """Read start and length; None while they are incomplete or make no sense."""
    try:
        return read(Times, _times(fields))
    except Refusal:
        return None


def read_group(fields: Mapping[str, str]) -> GroupDraft:
    """Read the whole form. Raises Refusal with the form's own field names."""
    raw = _times(fields) | {
        "program_id": id_of(fields, "program") or None,
        "host_id": id_of(fields, "host") or None,
        "audience": fields["audience"],
        "meeting": meeting_of(fields),
        "invites": invites_of(fields),
    }
    same = ("title", "details", "minimum", "maximum", "image", "recommended_for", "categories", "medium")
    try:
        return read(GroupDraft, raw | {name: fields[name] for name in same})
    except Refusal as refusal:
        raise refusal.renamed(form_field) from refusal


def read_dates(days: list[str], at: str, zone: str) -> DuplicateDraft:
    """Read the dates of a duplicate. Raises Refusal."""
    chosen = [day for day in days if day]
    if not chosen:
        raise Refusal.of("days", "No date is chosen.", "Choose at least one.")
    return read(DuplicateDraft, {"days": chosen, "at": at, "zone": zone})


def form_field(draft_field: str) -> str:
    """Give the form's name of a draft's field; "" where it has none."""
    parts = draft_field.split(".")
    if _INVITES & set(parts):
        return "invites"
    name = _FIELD_OF.get(parts[-1], parts[-1])
    return name if name in NO_ERRORS else ""


def errors_of(refusal: Refusal) -> dict[str, str]:
    """Give the text under each field; what belongs to none is under "form"."""
    return NO_ERRORS | refusal.by_field("form", form_field)


def _texts(raw: Mapping[str, Any]) -> dict[str, str]:
    return {name: text_of(raw[name]) for name in DEFAULTS if name in raw}


def _times(fields: Mapping[str, str]) -> dict[str, Any]:
    return {"day": fields["date"], "at": fields["time"], "minutes": minutes_of(fields), "zone": fields["zone"]}
