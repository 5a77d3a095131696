"""Who works with whom."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.models.tables.base import instant, maybe_instant, primary_key, to


class Relationship(SQLModel, table=True):
    """An assignment: mentor + mentee + programme, at most one active at a time.

    `next_number` is the number the next session gets; it only grows, so that no
    number is ever used twice. A manager may close its thread of messages.
    """

    __table_args__ = (
        sa.Index(
            "uq_relationship_active",
            "program_id",
            "mentor_id",
            "mentee_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.CheckConstraint("mentor_id <> mentee_id", name="two_people"),
    )

    id: int | None = primary_key()
    program_id: int = to("program.id")
    mentor_id: int = to("person.id")
    mentee_id: int = to("person.id")
    next_number: int = 1
    created_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()
    thread_closed_at: datetime | None = maybe_instant()
