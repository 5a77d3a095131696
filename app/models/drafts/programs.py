"""The forms about programmes and their members (P10)."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.models.drafts.base import Draft, Id, Line, Minutes, Text
from app.models.words import BelowMinimum, ProgramKind, Role

MOST_SESSIONS = 200
MOST_TYPES = 20
MOST_REMINDERS = 6
EARLIEST_REMINDER = 28 * 24 * 60
MOST_TOGETHER = 1_000

Word = Annotated[Line, Field(min_length=1, max_length=40), AfterValidator(str.lower)]
Cohort = Annotated[Line, Field(max_length=100)]
Reminder = Annotated[int, Field(ge=5, le=EARLIEST_REMINDER)]


def _once_each(values: tuple[str, ...]) -> tuple[str, ...]:
    folded = [value.casefold() for value in values]
    twice = next((value for value in values if folded.count(value.casefold()) > 1), "")
    if twice:
        raise ValueError(f"“{twice}” is there twice. Name each session type once.")
    return values


def _earliest_first(values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(values), reverse=True))


SessionTypes = Annotated[
    tuple[Annotated[Line, Field(min_length=1, max_length=60)], ...],
    Field(min_length=1, max_length=MOST_TYPES),
    AfterValidator(_once_each),
]
Reminders = Annotated[tuple[Reminder, ...], Field(max_length=MOST_REMINDERS), AfterValidator(_earliest_first)]


class NewProgramDraft(Draft):
    """A programme as it begins: the rest follows from its kind and can be changed afterwards."""

    name: Annotated[Line, Field(min_length=1)]
    kind: ProgramKind = ProgramKind.MENTORING


class ProgramDraft(NewProgramDraft):
    """All settings of a programme. `reminder_minutes` are before a session's start."""

    mentor_word: Word
    mentors_word: Word
    mentee_word: Word
    mentees_word: Word
    description: Text = ""
    session_count: Annotated[int, Field(ge=1, le=MOST_SESSIONS)]
    default_minutes: Minutes
    session_types: SessionTypes
    asks_confirmation: bool = False
    allows_back_to_back: bool = False
    allows_group_sessions: bool = False
    allows_visitors: bool = False
    confirms_visitors: bool = False
    below_minimum: BelowMinimum = BelowMinimum.KEEP
    reminder_minutes: Reminders = ()


class MembershipDraft(Draft):
    """Somebody joins a programme in a role; `cohort` "" is none."""

    program_id: Id
    person_id: Id
    role: Role
    cohort: Cohort = ""


class CohortOfSeveralDraft(Draft):
    """Several people come into a cohort of a programme, whatever their roles; "" takes them out of theirs."""

    person_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_TOGETHER)]
    program_id: Id
    cohort: Cohort = ""


class CohortDraft(Draft):
    """A cohort gets another name; that of another cohort unites the two, "" dissolves it."""

    program_id: Id
    cohort: Annotated[Cohort, Field(min_length=1)]
    name: Cohort = ""
