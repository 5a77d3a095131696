"""What happened, and which requests were already carried out."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from app.models.tables.base import instant, json_value, long_text, maybe_to, primary_key


class Change(SQLModel, table=True):
    """One step somebody took. Only ever added. `actor_id` None is the clock.

    `before` and `after` hold the fields that changed. The last ids tell every worker
    that something is new (`hub`), so each command writes at least one.
    """

    id: int | None = primary_key()
    batch_id: str = Field(default="", index=True)
    at: datetime = instant()
    actor_id: int | None = maybe_to("person.id", index=False)
    session_id: int | None = maybe_to("session.id")
    relationship_id: int | None = maybe_to("relationship.id")
    program_id: int | None = maybe_to("program.id", index=False)
    person_id: int | None = maybe_to("person.id")
    step: str
    before: dict[str, Any] = json_value(dict)
    after: dict[str, Any] = json_value(dict)
    reason: str = long_text()


class Request(SQLModel, table=True):
    """A command that was carried out, by the key its sender gave it; a repeat is answered from here."""

    key: str = Field(primary_key=True)
    person_id: int | None = maybe_to("person.id", index=False)
    result: dict[str, Any] = json_value(dict)
    at: datetime = instant(index=True)
