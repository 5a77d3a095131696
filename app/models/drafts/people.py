"""The forms about people."""

from typing import Annotated

from pydantic import Field

from app.models.drafts.base import Draft, Email, Line, Zone


class PersonDraft(Draft):
    """A person's own facts. `zone` "" follows the browser."""

    email: Email
    first_name: Line = ""
    last_name: Line = ""
    zone: Zone | None = None


class FounderDraft(Draft):
    """The first thing an installation learns (P1): the organisation, and who owns it."""

    organisation: Annotated[Line, Field(min_length=1)]
    zone: Zone
    first_name: Annotated[Line, Field(min_length=1)]
    last_name: Line = ""
    email: Email
