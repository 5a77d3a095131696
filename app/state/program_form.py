"""The settings' form of a programme between browser and draft. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from app.models.drafts import read
from app.models.drafts.programs import ProgramDraft
from app.models.errors import Problem, Refusal
from app.models.reminders import DAY_BEFORE, HOUR_BEFORE, all_in_words, read_reminders

TEXTS = (
    "name",
    "kind",
    "mentor_word",
    "mentors_word",
    "mentee_word",
    "mentees_word",
    "description",
    "session_count",
    "default_minutes",
    "below_minimum",
)
CHECKS = (
    "asks_confirmation",
    "allows_back_to_back",
    "allows_group_sessions",
    "allows_visitors",
    "confirms_visitors",
)
NO_ERRORS = dict.fromkeys((*ProgramDraft.model_fields, "form"), "")
FOCUS_OF = {"session_types": "types-add", "reminder_minutes": "reminder_other", "form": "save"}


@dataclass(frozen=True)
class TypeRow:
    """One session type in the form; `key` stays while the rows change places."""

    key: int
    name: str


@dataclass(frozen=True)
class ReminderFields:
    """The reminders as the form asks for them."""

    day: bool = False
    hour: bool = False
    other: str = ""


def type_rows(names: Sequence[str]) -> list[TypeRow]:
    """Give the stored session types as rows."""
    return [TypeRow(key, name) for key, name in enumerate(names)]


def moved(rows: Sequence[TypeRow], key: int, step: int) -> list[TypeRow]:
    """Move the row of this key up (-1) or down (1); at the end it stays."""
    now = list(rows)
    at = next((place for place, row in enumerate(now) if row.key == key), -1)
    to = at + step
    if at >= 0 and 0 <= to < len(now):
        now[at], now[to] = now[to], now[at]
    return now


def reminder_fields(reminders: Sequence[int]) -> ReminderFields:
    """Part the stored reminders into the usual two and the others."""
    others = [minutes for minutes in reminders if minutes not in (DAY_BEFORE, HOUR_BEFORE)]
    return ReminderFields(DAY_BEFORE in reminders, HOUR_BEFORE in reminders, all_in_words(others))


def draft_of(form: Mapping[str, Any], rows: Sequence[TypeRow]) -> ProgramDraft:
    """Read what the form sent, its session types in the order of `rows`. Raises one Refusal of all that is wrong."""
    raw: dict[str, Any] = {name: form.get(name) for name in TEXTS if form.get(name) is not None}
    raw |= {name: _is_on(form.get(name)) for name in CHECKS}
    wrong: dict[str, Sequence[Problem]] = {}
    for name, value_of in (
        ("session_types", partial(_types, form, rows)),
        ("reminder_minutes", partial(_reminders, form)),
    ):
        try:
            raw[name] = value_of()
        except Refusal as refusal:
            wrong[name] = refusal.problems
    return _read(raw, wrong)


def _read(raw: Mapping[str, Any], wrong: Mapping[str, Sequence[Problem]]) -> ProgramDraft:
    """Make the draft; what of its fields is wrong already is said together with the rest."""
    known = list(chain.from_iterable(wrong.values()))
    try:
        draft = read(ProgramDraft, raw)
    except Refusal as refusal:
        raise Refusal(*(one for one in refusal.problems if one.field not in wrong), *known) from refusal
    if known:
        raise Refusal(*known)
    return draft


def _types(form: Mapping[str, Any], rows: Sequence[TypeRow]) -> list[str]:
    names = (str(form.get(f"type-{row.key}") or "").strip() for row in rows)
    named = [name for name in names if name]
    if not named:
        raise Refusal.of("session_types", "There is no session type.", "Name at least one, such as Online.")
    return named


def _reminders(form: Mapping[str, Any]) -> list[int]:
    usual = [DAY_BEFORE] * _is_on(form.get("reminder_day")) + [HOUR_BEFORE] * _is_on(form.get("reminder_hour"))
    return [*usual, *read_reminders(str(form.get("reminder_other") or ""))]


def _is_on(value: Any) -> bool:
    return value in (True, "on", "true")
