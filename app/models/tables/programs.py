"""Programmes and who belongs to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.models.tables.base import (
    instant,
    json_value,
    long_text,
    maybe_instant,
    primary_key,
    to,
    word,
)
from app.models.words import KIND_WORDS, BelowMinimum, ProgramKind, ProgramWords


class Program(SQLModel, table=True):
    """A programme: its words and the rules its sessions follow (P10)."""

    id: int | None = primary_key()
    name: str = Field(max_length=400)
    kind: str = word(ProgramKind.MENTORING)
    mentor_word: str = "mentor"
    mentors_word: str = "mentors"
    mentee_word: str = "mentee"
    mentees_word: str = "mentees"
    description: str = long_text()
    session_count: int = 6
    default_minutes: int = 60
    session_types: list[str] = json_value(list)
    asks_confirmation: bool = False
    allows_back_to_back: bool = False
    allows_group_sessions: bool = True
    allows_visitors: bool = True
    confirms_visitors: bool = False
    below_minimum: str = word(BelowMinimum.KEEP)
    reminder_minutes: list[int] = json_value(list)
    archived_at: datetime | None = maybe_instant()
    created_at: datetime = instant()

    @property
    def words(self) -> ProgramWords:
        """What this programme calls its people."""
        return ProgramWords(self.mentor_word, self.mentors_word, self.mentee_word, self.mentees_word)

    def take_words_of(self, kind: ProgramKind) -> None:
        """Use the words usual for a kind of programme."""
        words = KIND_WORDS[kind]
        self.kind = kind
        self.mentor_word, self.mentors_word = words.mentor, words.mentors
        self.mentee_word, self.mentees_word = words.mentee, words.mentees


class Membership(SQLModel, table=True):
    """A person's role in a programme; one person may have several."""

    __table_args__ = (sa.UniqueConstraint("program_id", "person_id", "role"),)

    id: int | None = primary_key()
    program_id: int = to("program.id")
    person_id: int = to("person.id")
    role: str = word()
    cohort: str = ""
    created_at: datetime = instant()
