"""What every table shares: how constraints are named, and the columns that repeat."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.models.database import UtcDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def primary_key() -> Any:
    """Declare an id that the database gives."""
    return Field(default=None, primary_key=True)


def instant(*, index: bool = False) -> Any:
    """Declare an instant that must be there."""
    return Field(sa_type=UtcDateTime, index=index)


def maybe_instant(*, index: bool = False) -> Any:
    """Declare an instant that may be absent."""
    return Field(default=None, sa_type=UtcDateTime, index=index, nullable=True)


def word(default: StrEnum | None = None, *, index: bool = False) -> Any:
    """Declare an enumeration kept as its plain string value."""
    return Field(default=... if default is None else default, sa_type=sa.String(32), index=index)


def long_text() -> Any:
    """Declare text of any length, empty by default."""
    return Field(default="", sa_type=sa.Text)


def json_value(default: Any) -> Any:
    """Declare a JSON column; `default` is the type or callable that makes the empty value."""
    return Field(default_factory=default, sa_type=sa.JSON)


def to(target: str, *, index: bool = True) -> Any:
    """Declare a reference that must be there."""
    return Field(foreign_key=target, index=index)


def maybe_to(target: str, *, index: bool = True) -> Any:
    """Declare a reference that may be absent."""
    return Field(default=None, foreign_key=target, index=index, nullable=True)
