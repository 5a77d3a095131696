"""When a mentor may be booked."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.tables.base import instant, json_value, primary_key


class Availability(SQLModel, table=True):
    """A mentor's usual week in the wall time of `zone`; who has no row may be booked at any hour.

    `weekly` lists [weekday 0 (Monday) … 6, from, to], `days` gives for an ISO date the
    [from, to] that replace that day's usual hours, none for a day off. Minutes since midnight, the end not included.
    """

    id: int | None = primary_key()
    person_id: int = Field(foreign_key="person.id", unique=True)
    zone: str
    weekly: list[list[int]] = json_value(list)
    days: dict[str, list[list[int]]] = json_value(dict)
    updated_at: datetime = instant()
