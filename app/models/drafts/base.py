"""What the drafts are made of: kinds of text, of time and of ids, and how raw input becomes a draft."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from app.models.clock import is_zone
from app.models.errors import Problem, Refusal

SHORTEST_MINUTES = 30
LONGEST_MINUTES = 12 * 60
LONGEST_SERIES = 200
TITLE_LENGTH = 400
TEXT_LENGTH = 10_000
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters that are drawn as nothing: the Hangul fillers, the empty Braille pattern."""
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no database, mail or XML can carry."""


def clean(value: Any) -> Any:
    """Take out what no database, mail or XML can carry (controls, lone surrogates) and outer white space; NFC.

    A text of which nothing can be seen, such as zero-width spaces alone, is none.
    """
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", UNFIT.sub("", value.replace("\r\n", "\n"))).strip()
    return text if any(map(_is_visible, text)) else ""


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNPS" and letter not in _BLANK


def _written_as(pattern: str, example: str) -> Callable[[Any], Any]:
    """Refuse text in any other form; pydantic would read a bare number as seconds."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and value.strip() and not re.fullmatch(pattern, value.strip()):
            raise ValueError(f"This cannot be read. Give it as {example}.")
        return value.strip() if isinstance(value, str) else value

    return check


def _in_reach(value: date) -> date:
    """Keep to years in which no conversion of a zone can overflow."""
    if not 2000 <= value.year < 2200:
        raise ValueError("This date is out of reach. Give one between 2000 and 2199.")
    return value


def _to_the_minute(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("Give the time of day without a time zone, as 17:30.")
    return value.replace(second=0, microsecond=0, fold=0)


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _web_link(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:  # such as https://[
        parts = urlsplit("")
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or len(value.split()) > 1):
        raise ValueError("This is not a web address. It starts with https:// and has no spaces.")
    return value


def _zone(value: str) -> str:
    if not is_zone(value):
        raise ValueError(f"“{value[:60]}” is not a time zone. Choose one such as Europe/Berlin.")
    return value


def _email(value: str) -> str:
    folded = value.casefold()
    if (
        not re.fullmatch(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\]{1,185}", folded)
        or "." not in folded.split("@")[1]
        or any(unicodedata.category(letter) == "Cf" for letter in folded)
    ):
        raise ValueError("This is not an e-mail address. It looks like name@example.org")
    return folded


Text = Annotated[str, BeforeValidator(clean), Field(max_length=TEXT_LENGTH)]
Line = Annotated[str, BeforeValidator(clean), AfterValidator(_one_line), Field(max_length=TITLE_LENGTH)]
Link = Annotated[str, BeforeValidator(clean), Field(max_length=2_000), AfterValidator(_web_link)]
Zone = Annotated[str, BeforeValidator(clean), AfterValidator(_zone)]
Email = Annotated[str, BeforeValidator(clean), Field(max_length=254), AfterValidator(_email)]
Day = Annotated[date, BeforeValidator(_written_as(r"\d{4}-\d{2}-\d{2}", "YYYY-MM-DD")), AfterValidator(_in_reach)]
At = Annotated[
    time,
    BeforeValidator(_written_as(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?", "17:30")),
    AfterValidator(_to_the_minute),
]
Id = Annotated[int, Field(gt=0, lt=2**31)]
Minutes = Annotated[int, Field(ge=SHORTEST_MINUTES, le=LONGEST_MINUTES)]


class Draft(BaseModel):
    """What all drafts share: immutable, unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_FIELD_WORDS = {
    "day": "date",
    "at": "start time",
    "minutes": "duration",
    "until": "last date",
    "times": "number of sessions",
    "program_id": "programme",
    "mentor_id": "mentor",
    "mentee_id": "mentee",
    "every": "interval",
}


D = TypeVar("D", bound=Draft)


def read(shape: type[D], raw: Mapping[str, Any]) -> D:
    """Make a draft of what a form sent. Raises Refusal with one problem a field, in words for a person."""
    try:
        return shape.model_validate(raw)
    except ValidationError as errors:
        raise Refusal(*(_in_words(error) for error in errors.errors())) from errors


def _in_words(error: Any) -> Problem:
    field = ".".join(str(part) for part in error["loc"] if isinstance(part, str))
    leaf = field.rsplit(".", 1)[-1]
    name = _FIELD_WORDS.get(leaf, leaf.replace("_", " ")) or "form"
    context: dict[str, Any] = error.get("ctx", {})
    kind: str = error["type"]
    if kind == "value_error":
        return Problem(field, str(context["error"]))
    if kind in ("string_too_long", "too_long"):
        return Problem(field, f"This is too long: at most {context['max_length']:,} characters.")
    if leaf == "minutes" and error.get("input") in (None, ""):
        return Problem(field, "The length is missing.", "Say when it ends, or how long it lasts.")
    if leaf == "minutes":
        return Problem(field, "A session lasts from 30 minutes to 12 hours.", "Choose a length between.")
    if leaf.endswith("_id"):
        return Problem(field, f"The {name} is missing.", f"Choose the {name}.")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        return Problem(field, f"The {name} must be at {'least' if 'ge' in context else 'most'} {bound}.")
    if error.get("input") in (None, "") or kind in ("missing", "string_too_short", "too_short"):
        return Problem(field, f"The {name} is missing.", f"Fill in the {name}.")
    if kind.startswith("date"):
        return Problem(field, "This date does not exist.", "Give it as YYYY-MM-DD.")
    if kind.startswith("time"):
        return Problem(field, "This is not a time of day.", "Give it as 17:30.")
    return Problem(field, f"The {name} cannot be read.", "Choose it again.")
