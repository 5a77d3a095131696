"""The forms about places in a group session: registering without an account, and inviting."""

from typing import Annotated

from pydantic import Field

from app.models.drafts.base import Draft, Email, Id, Line

MOST_INVITED = 1_000
MOST_GROUPS = 50


class RegisterDraft(Draft):
    """A visitor takes a place. `consents`: the box beside the organisation's consent text is ticked."""

    name: Annotated[Line, Field(min_length=1, max_length=200)]
    email: Email
    consents: bool = False


class InviteDraft(Draft):
    """Whom to invite: people by name, and everybody of these cohorts and tags, or of the session's programme."""

    person_ids: Annotated[tuple[Id, ...], Field(max_length=MOST_INVITED)] = ()
    cohorts: Annotated[tuple[Line, ...], Field(max_length=MOST_GROUPS)] = ()
    tags: Annotated[tuple[Line, ...], Field(max_length=MOST_GROUPS)] = ()
    program: bool = False
