"""The forms about places in a group session: registering without an account, and inviting."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.models.clock import is_zone
from app.models.drafts.base import Draft, Email, Id, Line

MOST_INVITED = 1_000
MOST_GROUPS = 50


def _zone_or_none(value: Any) -> str:
    """Take a zone for none where it cannot be one: a visitor's browser may say anything."""
    return value if isinstance(value, str) and is_zone(value) else ""


def _key_or_none(value: Any) -> str:
    """Take a key for none where it cannot be one: a stranger's form may hold anything."""
    return value if isinstance(value, str) and 16 <= len(value) <= 64 else ""


class RegisterDraft(Draft):
    """A visitor takes a place. `consents`: the box beside the organisation's consent text is ticked.

    `zone` is the one their browser says, "" where it says none; their mails name times in it.
    `key` is the form's, by which a form that was sent twice is told from two of the same name.
    """

    name: Annotated[Line, Field(min_length=1, max_length=200)]
    email: Email
    consents: bool = False
    zone: Annotated[str, BeforeValidator(_zone_or_none)] = ""
    key: Annotated[str, BeforeValidator(_key_or_none)] = ""


class InviteDraft(Draft):
    """Whom to invite: people by name, and everybody of these cohorts and tags, or of the session's programme."""

    person_ids: Annotated[tuple[Id, ...], Field(max_length=MOST_INVITED)] = ()
    cohorts: Annotated[tuple[Line, ...], Field(max_length=MOST_GROUPS)] = ()
    tags: Annotated[tuple[Line, ...], Field(max_length=MOST_GROUPS)] = ()
    program: bool = False
