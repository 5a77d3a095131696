"""What people are told: the bell and the outbox are the same rows."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

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
from app.models.words import MailStatus


class Notice(SQLModel, table=True):
    """One thing told to one person, by bell and, unless `mail_status` is NONE, by e-mail.

    `dedupe_key` (kind, subject, its version, person) makes it once only. `facts` is what was
    true when the command ran; subject and body are worked out from it when it is sent, in the
    reader's zone. `private` bodies are never shown to managers.
    """

    __table_args__ = (sa.Index("ix_notice_due", "mail_status", "due_at"),)

    id: int | None = primary_key()
    kind: str = word()
    person_id: int = to("person.id")
    session_id: int | None = maybe_to("session.id")
    batch_id: str = Field(default="", index=True)
    dedupe_key: str = Field(unique=True)
    facts: dict[str, Any] = json_value(dict)
    private: bool = False
    created_at: datetime = instant()
    due_at: datetime = instant()
    useful_until: datetime | None = maybe_instant()
    seen_at: datetime | None = maybe_instant()
    mail_status: str = word(MailStatus.WAITING)
    message_id: str = ""
    attempts: int = 0
    claimed_at: datetime | None = maybe_instant()
    claimed_by: str = ""
    last_error: str = long_text()
    sent_at: datetime | None = maybe_instant()
