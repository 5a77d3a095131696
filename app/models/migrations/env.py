"""What Alembic runs: it compares with, and migrates to, the metadata of `app.models.tables`."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import app.models.tables  # noqa: F401  # pyright: ignore[reportUnusedImport]  # fills the metadata


def render_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that revisions import nothing of ours."""
    if kind != "type" or not isinstance(item, sa.TypeDecorator):
        return False
    plain: Any = item.impl_instance
    return f"sa.{plain!r}"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=render_type,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
