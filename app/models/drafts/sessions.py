"""The forms about sessions: booking, changing, cancelling, and what became of them."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.models.drafts.base import LONGEST_SERIES, At, Day, Draft, Id, Line, Link, Minutes, Text, Zone
from app.models.words import Place, Platform, Repeat, Scope, Shown


class Meeting(Draft):
    """How the people meet. A link is asked for by the commands, which know whether BigBlueButton is set up."""

    place: Place = Place.ONLINE
    session_type: Line = ""
    platform: Platform = Platform.BIG_BLUE_BUTTON
    link: Link = ""
    passcode: Line = ""
    address: Text = ""


class Repetition(Draft):
    """How a booking repeats: every `every` days, weeks or months, `until` a date (included) or `times` in all.

    `weekdays` are 0 (Monday) … 6; empty means the first date's own. Monthly repeats on
    the first date's day of the month and leaves out months that lack it.
    """

    repeat: Repeat = Repeat.NEVER
    every: Annotated[int, Field(ge=1, le=52)] = 1
    weekdays: frozenset[Annotated[int, Field(ge=0, le=6)]] = frozenset()
    until: Day | None = None
    times: Annotated[int, Field(ge=1, le=LONGEST_SERIES)] | None = None

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.repeat != Repeat.NEVER and (self.until is None) == (self.times is None):
            raise ValueError("Say when it ends: on a date, or after a number of sessions.")
        return self


class Times(Draft):
    """A wall time in a zone and a length in minutes."""

    day: Day
    at: At
    zone: Zone
    minutes: Minutes


class BookingDraft(Times):
    """A one-to-one booking, single or repeated (A2, A7, C12)."""

    program_id: Id
    mentor_id: Id
    mentee_id: Id
    meeting: Meeting = Meeting()
    title: Line = ""
    details: Text = ""
    repetition: Repetition = Repetition()
    skips_clashes: bool = False
    notifies: bool = True


class EditDraft(Times):
    """Everything the edit form can change, with how far in a series it reaches (C10).

    `version` is the session's when the form was opened; None skips the check.
    """

    meeting: Meeting
    title: Line = ""
    details: Text = ""
    reason: Text = ""
    scope: Scope = Scope.THIS
    notifies: bool = True
    version: int | None = None


class MoveDraft(Draft):
    """A drag or a resize: the new wall start and length. Always notifies, after the time for Undo (C13)."""

    day: Day
    at: At
    zone: Zone
    minutes: Minutes | None = None  # None keeps the length
    scope: Scope = Scope.THIS
    version: int | None = None


class CancelDraft(Draft):
    """A cancellation. The command asks for a reason where C9 does."""

    reason: Text = ""
    scope: Scope = Scope.THIS


class OutcomeDraft(Draft):
    """What became of a session: its new status and who came. `note` is mandatory for a correction."""

    outcome: Shown  # COMPLETED, MISSED or CANCELLED
    attended: Mapping[int, bool] = {}  # person id → came
    note: Text = ""


class WriteUpDraft(Draft):
    """Post-session details (C6): what was covered, next steps, who came."""

    covered: Text = ""
    next_steps: Text = ""
    attended: Mapping[int, bool] = {}
