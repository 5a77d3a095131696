"""What mentor and mentee write to each other, and what managers announce."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.models.tables.base import instant, json_value, long_text, maybe_to, primary_key, to


class Message(SQLModel, table=True):
    """One message in a relationship's thread. Plain text; only its two people ever read it, no manager."""

    __table_args__ = (sa.Index("ix_message_thread", "relationship_id", "id"),)

    id: int | None = primary_key()
    relationship_id: int = to("relationship.id", index=False)
    sender_id: int = to("person.id", index=False)
    text: str = long_text()
    sent_at: datetime = instant()


class ThreadMark(SQLModel, table=True):
    """How far a person has read a relationship's thread: up to and with message `read_id`."""

    __table_args__ = (sa.UniqueConstraint("relationship_id", "person_id"),)

    id: int | None = primary_key()
    relationship_id: int = to("relationship.id", index=False)
    person_id: int = to("person.id")
    read_id: int = 0


class Announcement(SQLModel, table=True):
    """What a manager told many at once. `audience` says to whom it went, as chosen and in words; `readers` how many."""

    id: int | None = primary_key()
    sender_id: int = to("person.id")
    program_id: int | None = maybe_to("program.id", index=False)
    subject: str = Field(max_length=400)
    text: str = long_text()
    audience: dict[str, Any] = json_value(dict)
    readers: int = 0
    sent_at: datetime = instant(index=True)
