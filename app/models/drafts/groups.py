"""The forms about group sessions: creating and changing one, and repeating it on other dates."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from app.models.drafts.base import At, Day, Draft, Id, Line, Text, Zone, clean
from app.models.drafts.seats import InviteDraft
from app.models.drafts.sessions import Meeting, Times
from app.models.words import Audience

MOST_PLACES = 10_000
MOST_WORDS = 20
MOST_DATES = 60


def _words(value: Any) -> Any:
    """Read words from a line with commas, or from a list; each once, whatever its case."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        return value
    words: dict[str, Any] = {}
    for part in parts:
        word = clean(part)
        words.setdefault(str(word).casefold(), word)
    return [word for word in words.values() if word != ""]


def _in_order(days: tuple[date, ...]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))


def _filled(name: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not value:
            raise ValueError(f"The {name} is missing. Fill in the {name}.")
        return value

    return check


Words = Annotated[
    tuple[Annotated[Line, Field(max_length=100)], ...], BeforeValidator(_words), Field(max_length=MOST_WORDS)
]
Size = Annotated[int, Field(ge=1, le=MOST_PLACES)]
Title = Annotated[Line, AfterValidator(_filled("title"))]
Description = Annotated[Text, AfterValidator(_filled("description"))]
PictureKey = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class GroupDraft(Times):
    """A group session as its form has it (G2). The host counts in `minimum` and `maximum`.

    `host_id` and `audience` None: the creator and PUBLIC when it is published, unchanged when it
    is edited; they cannot change afterwards (L8).
    """

    program_id: Id
    host_id: Id | None = None
    audience: Audience | None = None
    title: Title
    details: Description
    minimum: Size
    maximum: Size
    meeting: Meeting = Meeting()
    image: PictureKey = ""
    recommended_for: Words = ()
    categories: Words = ()
    medium: Words = ()
    invites: InviteDraft = InviteDraft()

    @field_validator("maximum")
    @classmethod
    def _fits(cls, maximum: int, known: ValidationInfo) -> int:
        if maximum < 2:
            raise ValueError("Choose 2 or more: the host counts as one participant.")
        if known.data.get("minimum", 1) > maximum:
            raise ValueError("The maximum is smaller than the minimum. Lower the minimum, or choose more places.")
        return maximum


class DuplicateDraft(Draft):
    """The dates a group session is to take place on as well; `at` and `zone` are the hour it begins at (P12)."""

    days: Annotated[tuple[Day, ...], Field(min_length=1, max_length=MOST_DATES), AfterValidator(_in_order)]
    at: At
    zone: Zone
