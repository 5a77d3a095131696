"""The shapes of the forms. A form, a drag and a row of an upload become the same draft.

Drafts check what can be checked without the database; the commands check the rest.
"""

from app.models.drafts.base import LONGEST_MINUTES, LONGEST_SERIES, SHORTEST_MINUTES, Draft, Text, clean, read
from app.models.drafts.organisation import OrganisationDraft
from app.models.drafts.people import FounderDraft, PersonDraft
from app.models.drafts.sessions import (
    BookingDraft,
    CancelDraft,
    EditDraft,
    Meeting,
    MoveDraft,
    OutcomeDraft,
    Repetition,
    Times,
    WriteUpDraft,
)

__all__ = [
    "LONGEST_MINUTES",
    "LONGEST_SERIES",
    "SHORTEST_MINUTES",
    "BookingDraft",
    "CancelDraft",
    "Draft",
    "EditDraft",
    "FounderDraft",
    "Meeting",
    "MoveDraft",
    "OrganisationDraft",
    "OutcomeDraft",
    "PersonDraft",
    "Repetition",
    "Text",
    "Times",
    "WriteUpDraft",
    "clean",
    "read",
]
