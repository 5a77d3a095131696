"""The revisions make exactly the tables that `app.models.tables` describes."""

import re
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from app.models import migrations, tables
from app.models.database import make_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path / 'migrated.db'}"


@pytest.fixture
def connection(url: str) -> Generator[sa.Connection]:
    """A connection to a database that has every revision."""
    migrations.upgrade(url)
    engine = make_engine(url)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def checks_of(connection: sa.Connection, table: str) -> dict[str | None, str]:
    """Give the check constraints of a table, without the differences in writing."""
    found = sa.inspect(connection).get_check_constraints(table)
    return {check["name"]: re.sub(r"[\s()]", "", check["sqltext"]) for check in found}


def describe(connection: sa.Connection) -> dict[str, Any]:
    """Give what `compare_metadata` does not look at."""
    names = sorted(SQLModel.metadata.tables)
    return {name: checks_of(connection, name) for name in names}


def test_migrations_make_what_the_tables_say(connection: sa.Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
    assert compare_metadata(context, SQLModel.metadata) == []


def test_migrations_make_the_same_checks_as_the_tables(connection: sa.Connection, tmp_path: Path) -> None:
    migrated = describe(connection)
    connection.rollback()
    SQLModel.metadata.drop_all(connection)
    SQLModel.metadata.create_all(connection)
    assert migrated == describe(connection)
    connection.rollback()


def test_migrating_again_changes_nothing(url: str, connection: sa.Connection) -> None:
    before = sa.inspect(connection).get_table_names()
    connection.rollback()
    migrations.upgrade(url)
    assert sa.inspect(connection).get_table_names() == before


def test_migrating_from_several_processes_at_once_happens_once(url: str) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(migrations.upgrade, [url] * 4))
    engine = make_engine(url)
    assert set(sa.inspect(engine).get_table_names()) == {*SQLModel.metadata.tables, "alembic_version"}
    engine.dispose()


def test_every_table_is_known_to_the_migrations() -> None:
    described = {getattr(tables, name).__tablename__ for name in tables.__all__}
    assert described == set(SQLModel.metadata.tables)
