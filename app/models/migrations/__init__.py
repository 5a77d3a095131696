"""Brings the tables of a database up to date with `app.models.tables`, by Alembic.

The revisions in `versions/` are written by `python -m app.models.migrations "What changes"` and
then read by a person. They must not import the application: it will have moved on.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.models.database import WRITES, database_url, make_engine

LOCK = 7_301_954_021  # any number, as long as nobody else takes an advisory lock by it


def upgrade(url: str | None = None, revision: str = "head") -> None:
    """Apply what is missing, in one transaction under a lock; a second process waits and finds nothing to do.

    `revision` stops at an earlier one than the last.
    """
    engine = make_engine(url or database_url())
    try:
        with engine.connect() as connection:
            _prepare(connection)
            with connection.begin():
                _lock(connection)
                command.upgrade(config(connection), revision)
                _check_references(connection)
    finally:
        engine.dispose()


def revision_of(connection: sa.Connection) -> str:
    """Name the revision that a database has."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def is_known(revision: str) -> bool:
    """Whether this Meridian has ever had tables of that revision."""
    known = ScriptDirectory(str(Path(__file__).parent)).walk_revisions()
    return any(script.revision == revision for script in known)


def config(connection: sa.Connection) -> Config:
    """Configure Alembic for a connection that is already open."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def _prepare(connection: sa.Connection) -> None:
    connection.execution_options(**{WRITES: True})
    if connection.dialect.name == "sqlite":
        # A batch replaces the whole table; references to it are checked when all is done.
        # Inside a transaction the pragma would do nothing, so it goes around SQLAlchemy's BEGIN.
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.cursor().execute("PRAGMA foreign_keys=OFF")


def _lock(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


def _check_references(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the migration would leave {len(broken)} references broken")
