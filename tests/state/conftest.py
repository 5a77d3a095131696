"""The states' tests stand on the same empty database and still clock as the models'; their ids start at 1."""

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.models.database import engine, transaction
from tests.models.conftest import clock_at, empty, migrated

__all__ = ["clock_at", "empty", "migrated", "numbered"]


@pytest.fixture(autouse=True)
def numbered(empty: None) -> None:
    """The rows of `callers.world` have the ids it names them by; SQLite counts from 1 by itself."""
    if engine().dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
        with transaction() as db:
            db.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
