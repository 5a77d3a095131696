"""The form for a new person as a flat set of texts: what the browser keeps, and what the draft is read from. Pure."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from app.models.drafts import read
from app.models.drafts.people import NewPersonDraft
from app.models.errors import Problem, Refusal
from app.models.ids import as_id
from app.models.words import Rank, Role

DETAILS, CHOOSE, CHECK = "details", "choose", "check"
STEPS = (DETAILS, CHOOSE, CHECK)
TICKED = "on"
DEFAULTS: dict[str, str] = {
    "key": "",
    "step": DETAILS,
    "role": Role.MENTEE,
    "program": "",
    "first_name": "",
    "last_name": "",
    "email": "",
    "zone": "",
    "cohort": "",
    "tags": "",
    "chosen": "",
    "sends_access": TICKED,
}
SERVERS = frozenset({"key", "step", "chosen"})
"""What the server fills in; a form read a moment before may not undo it."""
REDRAWS = frozenset({"role", "program"})
"""What changes the words or the people that are offered."""
FROM_LINK = ("role", "program", "email", "first_name", "last_name")
NO_ERRORS: dict[str, str] = dict.fromkeys([*DEFAULTS, "form"], "")
LONGEST = 2_000
MOST_CHOSEN = 50

_FIELD_OF = {
    "roles": "role",
    "roles.program_id": "program",
    "roles.cohort": "cohort",
    "program_id": "program",
    "mentor_id": "chosen",
    "mentee_id": "chosen",
    "assignments": "chosen",
}


def new_form(link: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields of an opened form: the defaults, over them the link's, over them those of an unfinished one."""
    fields = DEFAULTS | {name: text for name, text in texts(link).items() if name in FROM_LINK} | texts(kept)
    if not 8 <= len(fields["key"]) <= 64:
        fields["key"] = uuid4().hex
    if fields["step"] not in STEPS:
        fields["step"] = DETAILS
    return fields


def typed_fields(form: Any) -> dict[str, str]:
    """Give what somebody typed or chose in the form."""
    found = texts(form) if isinstance(form, Mapping) else {}
    return {name: text for name, text in found.items() if name not in SERVERS}


def texts(raw: Mapping[str, Any]) -> dict[str, str]:
    """Keep the form's own fields, as texts of bearable length."""
    return {name: raw[name][:LONGEST] for name in DEFAULTS if isinstance(raw.get(name), str)}


def role_of(fields: Mapping[str, str]) -> Role | None:
    """Give the role in the programme; None for a manager of the organisation."""
    return Role(fields["role"]) if fields["role"] in set(Role) else None


def program_of(fields: Mapping[str, str]) -> int:
    """Give the programme's id, 0 for none."""
    return as_id(fields["program"])


def chosen_of(fields: Mapping[str, str]) -> list[int]:
    """Give the ids of the people chosen to work with, each once."""
    found = dict.fromkeys(as_id(one) for one in fields["chosen"].split(","))
    return [one for one in found if one][:MOST_CHOSEN]


def steps_for(fields: Mapping[str, str]) -> list[str]:
    """List the steps; a manager is assigned to nobody."""
    return [DETAILS, CHOOSE, CHECK] if role_of(fields) in (Role.MENTEE, Role.MENTOR) else [DETAILS, CHECK]


def read_person(fields: Mapping[str, str]) -> NewPersonDraft:
    """Make a draft of the form. Raises Refusal."""
    role, program_id = role_of(fields), program_of(fields)
    if role is not None and not program_id:
        problems = [Problem("program", "The programme is missing.", "Choose where they take part.")]
        raise Refusal(*problems, *_other_problems(fields))
    return read(NewPersonDraft, _facts(fields) | _belonging(fields, role, program_id))


def _other_problems(fields: Mapping[str, str]) -> list[Problem]:
    """What else is wrong, so that all of it is said at once."""
    try:
        read(NewPersonDraft, _facts(fields))
    except Refusal as refusal:
        return list(refusal.problems)
    return []


def _facts(fields: Mapping[str, str]) -> dict[str, Any]:
    tags = dict.fromkeys(tag.strip() for tag in fields["tags"].replace(";", ",").split(",") if tag.strip())
    names = {name: fields[name] for name in ("email", "first_name", "last_name")}
    return names | {"zone": fields["zone"] or None, "tags": tuple(tags), "sends_access": bool(fields["sends_access"])}


def _belonging(fields: Mapping[str, str], role: Role | None, program_id: int) -> dict[str, Any]:
    if role is None:
        return {"rank": Rank.MANAGER}
    chosen = chosen_of(fields) if CHOOSE in steps_for(fields) else []
    return {
        "roles": ({"program_id": program_id, "role": role, "cohort": fields["cohort"]},),
        "assignments": tuple({"program_id": program_id, "other_id": one, "as_role": role} for one in chosen),
    }


def errors_of(refusal: Refusal) -> dict[str, str]:
    """Give what to say at each field of the form; what belongs to none of them is under `form`."""
    return NO_ERRORS | refusal.by_field("form", _place)


def _place(field: str) -> str:
    name = _FIELD_OF.get(field, field)
    return name if name in NO_ERRORS else ""
