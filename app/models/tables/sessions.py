"""Sessions, the places in them, the series they belong to, and their moves."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.models.period import Period
from app.models.tables.base import (
    instant,
    json_value,
    long_text,
    maybe_instant,
    maybe_to,
    primary_key,
    to,
    word,
)
from app.models.words import Audience, Kind, Place, SeatStatus, Status


class Series(SQLModel, table=True):
    """A recurrence (RFC 5545 RRULE) in the wall time of `zone`. Its sessions share its `uid`.

    `first_wall` is the naive wall time of the first occurrence, ISO 8601;
    `skipped_walls` are the dates left out when it was booked (EXDATE).
    """

    id: int | None = primary_key()
    uid: str = Field(unique=True)
    rrule: str
    zone: str
    first_wall: str
    minutes: int
    skipped_walls: list[str] = json_value(list)
    created_at: datetime = instant()


class Session(SQLModel, table=True):
    """One meeting. Lifecycle: the table in `lifecycle`.

    `start_at` and `end_at` are both null while it is to be arranged. `host_id` is the
    mentor of a one-to-one and the host of a group session; `mentee_id` is set for a
    one-to-one only. `recurrence_at` is the original start within its series
    (RECURRENCE-ID) and never changes; `sequence` (RFC 5545 SEQUENCE) only grows.
    `version` grows with every change and guards against lost updates.
    """

    __table_args__ = (
        sa.CheckConstraint("(start_at IS NULL) = (end_at IS NULL)", name="both_ends"),
        sa.CheckConstraint("start_at IS NULL OR start_at < end_at", name="forward"),
        sa.CheckConstraint(
            "status = 'to_be_arranged' OR status = 'cancelled' OR start_at IS NOT NULL", name="has_time"
        ),
        sa.CheckConstraint("minimum >= 1 AND maximum >= 2 AND minimum <= maximum", name="sizes"),
        sa.CheckConstraint("(kind = 'one_to_one') = (mentee_id IS NOT NULL)", name="one_mentee"),
        sa.UniqueConstraint("relationship_id", "number"),
        sa.UniqueConstraint("series_id", "recurrence_at"),
        sa.Index("ix_session_host_start", "host_id", "start_at"),
        sa.Index("ix_session_mentee_start", "mentee_id", "start_at"),
        # Every list leaves out deleted rows; an index that does too lets a crowded month be counted without them.
        sa.Index(
            "ix_session_start",
            "start_at",
            "id",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
        sa.Index("ix_session_status_end", "status", "end_at"),
    )

    id: int | None = primary_key()
    kind: str = word(Kind.ONE_TO_ONE)
    program_id: int = to("program.id")
    relationship_id: int | None = maybe_to("relationship.id", index=False)
    number: int | None = None
    series_id: int | None = maybe_to("series.id", index=False)
    recurrence_at: datetime | None = maybe_instant()
    uid: str = Field(index=True)
    sequence: int = 0
    version: int = 1
    host_id: int = to("person.id", index=False)
    mentee_id: int | None = maybe_to("person.id", index=False)
    status: str = word(Status.TO_BE_ARRANGED)
    title: str = Field(default="", max_length=400)
    details: str = long_text()
    start_at: datetime | None = maybe_instant()
    end_at: datetime | None = maybe_instant()
    zone: str = "UTC"
    place: str = word(Place.ONLINE)
    session_type: str = ""
    address: str = long_text()
    platform: str = ""
    link: str = long_text()
    passcode: str = ""
    asked_id: int | None = maybe_to("person.id", index=False)  # whose answer a PENDING session waits for
    asked_by_id: int | None = maybe_to("person.id", index=False)
    # group sessions
    audience: str = word(Audience.PRIVATE)
    minimum: int = 1
    maximum: int = 2
    slug: str | None = Field(default=None, unique=True)
    image: str = ""
    recommended_for: list[str] = json_value(list)
    categories: list[str] = json_value(list)
    medium: list[str] = json_value(list)
    # afterwards
    covered: str = long_text()
    next_steps: str = long_text()
    written_up_at: datetime | None = maybe_instant()
    cancel_reason: str = long_text()
    started_at: datetime | None = maybe_instant()
    finished_at: datetime | None = maybe_instant()
    minimum_checked_at: datetime | None = maybe_instant()  # when it was seen whether enough people come
    deleted_at: datetime | None = maybe_instant()
    created_by_id: int | None = maybe_to("person.id", index=False)
    created_at: datetime = instant()

    @property
    def name(self) -> str:
        """What people call it: its title, else its number."""
        return self.title or (f"Session {self.number}" if self.number else "Session")

    @property
    def period(self) -> Period | None:
        """The time it takes; None while it is to be arranged."""
        return Period(self.start_at, self.end_at) if self.start_at and self.end_at else None


class Picture(SQLModel, table=True):
    """An image as it was re-encoded. `key` is the SHA-256 of its content, so that its address never changes."""

    key: str = Field(primary_key=True)
    media_type: str
    content: bytes
    created_at: datetime = instant()


class Seat(SQLModel, table=True):
    """A person's place in a session, the host's included; one row a person, for ever.

    `attended` is None until somebody entered or the attendance was recorded by hand.
    `since` is when the present status began and orders the waiting list.
    """

    __table_args__ = (
        sa.UniqueConstraint("session_id", "person_id"),
        sa.Index("ix_seat_person_session", "person_id", "session_id"),
    )

    id: int | None = primary_key()
    session_id: int = to("session.id", index=False)
    person_id: int = to("person.id", index=False)
    is_host: bool = False
    status: str = word(SeatStatus.ENROLLED)
    since: datetime = instant()
    entered_at: datetime | None = maybe_instant()
    attended: bool | None = None
    rating: int | None = None
    comment: str = long_text()


class Move(SQLModel, table=True):
    """A change of a session's time; the calendar shows it at the old one as "Rescheduled".

    `undoable_until` is when the notices of a drag go out; an undone drag deletes its row.
    """

    __table_args__ = (sa.Index("ix_move_old_start", "old_start_at"),)

    id: int | None = primary_key()
    session_id: int = to("session.id")
    old_start_at: datetime = instant()
    old_end_at: datetime = instant()
    new_start_at: datetime = instant()
    new_end_at: datetime = instant()
    reason: str = long_text()
    moved_by_id: int | None = maybe_to("person.id", index=False)
    moved_at: datetime = instant()
    undoable_until: datetime | None = maybe_instant()
