"""The revision that gave tags rows of their own carries over those that stood in the people's rows."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from app.models import migrations
from app.models.database import WRITES, make_engine

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEOPLE = {1: ["Chess", "Art", "Chess"], 2: [], 3: ["Ärzte", "x" * 120]}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path / 'migrated.db'}"


def upgrade_to(url: str, revision: str) -> None:
    engine = make_engine(url)
    with engine.connect() as connection:
        connection.execution_options(**{WRITES: True})
        with connection.begin():
            command.upgrade(migrations.config(connection), revision)
    engine.dispose()


def add_people(url: str) -> None:
    """Write people as the second revision kept them: whatever a column asks for, and their tags."""
    engine = make_engine(url)
    with engine.begin() as connection:
        table = sa.Table("person", sa.MetaData(), autoload_with=connection)
        for number, tags in PEOPLE.items():
            connection.execute(sa.insert(table).values(**_row(table, number), tags=_stored(table, tags)))
    engine.dispose()


def _stored(table: sa.Table, tags: list[str]) -> Any:
    return tags if isinstance(table.c.tags.type, sa.JSON) else json.dumps(tags)


def _row(table: sa.Table, number: int) -> dict[str, Any]:
    own = {"id": number, "email": f"p{number}@example.org", "slug": f"p{number}"}
    needed = [one for one in table.columns if not one.nullable and one.name not in {*own, "tags"}]
    return own | {one.name: AT if one.name.endswith("_at") else "" for one in needed}


def test_tags_of_the_people_arrive_in_rows_of_their_own(url: str) -> None:
    upgrade_to(url, "0002")
    add_people(url)
    migrations.upgrade(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        query = "SELECT person_id, name FROM persontag ORDER BY person_id, id"
        found = [tuple(row) for row in connection.execute(sa.text(query))]
        columns = {one["name"] for one in sa.inspect(connection).get_columns("person")}
    engine.dispose()
    assert found == [(1, "Chess"), (1, "Art"), (3, "Ärzte"), (3, "x" * 100)]
    assert "tags" not in columns
