"""The form of an announcement: what it says, and whom it goes to."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.models.drafts.base import Draft, Id, Line, clean
from app.models.words import Role
from app.models.words.announcements import Reach

LONGEST_SUBJECT = 200
LONGEST_TEXT = 5_000
MOST_CHOSEN = 2_000


class AudienceDraft(Draft):
    """Whom it goes to; which of the fields counts is said by `reach`.

    `program_id` narrows a cohort down too, `role` a programme.
    """

    reach: Reach
    people: Annotated[tuple[Id, ...], Field(max_length=MOST_CHOSEN)] = ()
    program_id: Id | None = None
    role: Role | None = None
    cohort: Line = ""
    tag: Line = ""
    session_id: Id | None = None


class AnnouncementDraft(Draft):
    """An announcement. `readers` is how many its sender was told it goes to; None skips that check."""

    subject: Annotated[Line, Field(min_length=1, max_length=LONGEST_SUBJECT)]
    text: Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=LONGEST_TEXT)]
    audience: AudienceDraft
    readers: int | None = None
