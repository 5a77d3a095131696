"""The forms about relationships: assigning, ending, arranging all, recording what has been, handing over."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from app.models.drafts.base import Draft, Id, Line, Text
from app.models.drafts.sessions import Meeting, Times
from app.models.words import Shown

MOST_AT_ONCE = 2_000
Many = Annotated[tuple[Id, ...], Field(max_length=MOST_AT_ONCE)]


class PairDraft(Draft):
    """An assignment: who works with whom, in which programme."""

    program_id: Id
    mentor_id: Id
    mentee_id: Id


class EndDraft(Draft):
    """The end of an assignment. `cancels` are the future sessions to call off; the others still take place."""

    relationship_id: Id
    cancels: Many = ()
    reason: Text = ""


class ArrangeAllDraft(Times):
    """Dates for everything still to be arranged (R8): the first one, then every week or every second one.

    `skips_clashes` goes on to the next date where one is taken.
    """

    relationship_id: Id
    every_weeks: Literal[1, 2] = 1
    meeting: Meeting = Meeting()
    title: Line = ""
    details: Text = ""
    skips_clashes: bool = False
    notifies: bool = True


class PastDraft(Times):
    """A session that already took place, or was missed (P12). `outcome` is COMPLETED or MISSED."""

    relationship_id: Id
    meeting: Meeting = Meeting()
    title: Line = ""
    details: Text = ""
    outcome: Shown = Shown.COMPLETED
    attended: Mapping[int, bool] = {}  # person id → came
    covered: Text = ""
    next_steps: Text = ""


class HandOverDraft(Draft):
    """What goes from one mentor to another: whole relationships, and hosted group sessions to come."""

    from_id: Id
    to_id: Id
    relationship_ids: Many = ()
    session_ids: Many = ()
    reason: Text = ""
