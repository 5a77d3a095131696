"""The form by which a participant says how a session was."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.models.drafts.base import Draft, clean

LONGEST_COMMENT = 2_000


class RatingDraft(Draft):
    """One to five stars, and a comment that may be left out."""

    rating: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, BeforeValidator(clean), Field(max_length=LONGEST_COMMENT)] = ""
