"""The form about the organisation."""

from typing import Annotated

from pydantic import Field

from app.models.drafts.base import Draft, Email, Line, Link, Text, Zone
from app.models.words import ProgramKind


class OrganisationDraft(Draft):
    """The organisation's settings (P7)."""

    name: Annotated[Line, Field(min_length=1)]
    zone: Zone = "UTC"
    kind: ProgramKind = ProgramKind.MENTORING
    mail_sender: Email | None = None
    mail_sender_name: Line = ""
    consent_text: Text = ""
    public_contact: Line = ""
    bbb_url: Link = ""
    bbb_secret: Line = ""
