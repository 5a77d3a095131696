"""The form a message is written in."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from app.models.drafts.base import Draft, Id, clean

LONGEST_MESSAGE = 5_000


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("Write something first.")
    return value


class MessageDraft(Draft):
    """A message to the other one of a relationship: plain text, without white space around it."""

    relationship_id: Id
    text: Annotated[str, BeforeValidator(clean), Field(max_length=LONGEST_MESSAGE), AfterValidator(_not_empty)]
