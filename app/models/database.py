"""The engine, and the one way to a transaction. Holds no query of its own.

SQLite by default (WAL, one writer at a time); PostgreSQL when
`MERIDIAN_DATABASE_URL` says so. Nothing connects at import.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

WRITES = "meridian_writes"


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the table. A naive value raises ValueError."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Store UTC; SQLite keeps no zone, so it is given none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give an aware UTC instant back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def data_dir() -> Path:
    """Give the folder of the embedded database; it is made if need be, for nobody else on the machine to look into."""
    folder = Path(os.environ.get("MERIDIAN_DATA_DIR") or "data").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def database_url() -> str:
    """Give the SQLAlchemy URL from the environment; PostgreSQL is always reached by psycopg 3."""
    url = os.environ.get("MERIDIAN_DATABASE_URL") or f"sqlite:///{data_dir() / 'meridian.db'}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


@lru_cache(maxsize=1)
def engine() -> sa.Engine:
    """Open the engine of this process, once."""
    return make_engine(database_url())


def make_engine(url: str) -> sa.Engine:
    """Open an engine on `url`, set up for how Meridian uses the database.

    Its errors are logged, so they do not quote what was to be written: messages, links that sign in.
    """
    if url.startswith("sqlite"):
        settings = {"timeout": 30, "check_same_thread": False}
        made = sa.create_engine(url, connect_args=settings, hide_parameters=True)
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
        return made
    return sa.create_engine(url, pool_size=8, max_overflow=16, pool_pre_ping=True, hide_parameters=True)


def forget_engine() -> None:
    """Close this process's engine, so that the next use reads the environment again (after a fork, in tests)."""
    if engine.cache_info().currsize:
        engine().dispose(close=False)
    engine.cache_clear()


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session to read with. What it loads stays usable afterwards; what it changes is thrown away."""
    with Session(engine(), expire_on_commit=False) as db:
        yield db


@contextmanager
def transaction() -> Iterator[Session]:
    """Open a session that writes: committed at the end, rolled back by an exception.

    On SQLite the write lock is taken at once (BEGIN IMMEDIATE), so what is read
    inside is still true when it is written. On PostgreSQL call `lock_rows` before
    reading what the write depends on.
    """
    with Session(engine(), expire_on_commit=False, autoflush=True) as db:
        db.connection(execution_options={WRITES: True})
        yield db
        db.commit()


def lock_rows(db: Session, table: type[Any], ids: Iterable[int]) -> None:
    """Hold the rows until the end of the transaction, in id order so that two writers cannot deadlock.

    SQLite's write lock already covers them. The lock (FOR NO KEY UPDATE) lets others refer to the
    rows meanwhile, as every seat, notice and history row refers to people.
    """
    wanted = sorted(set(ids))
    if wanted and db.get_bind().dialect.name == "postgresql":
        db.execute(
            sa.select(table.id).where(table.id.in_(wanted)).order_by(table.id).with_for_update(key_share=True)
        ).all()


def lock_name(db: Session, name: str) -> None:
    """Hold a name until the end of the transaction, so that of two who come with it one waits."""
    lock_names(db, [name])


def lock_names(db: Session, names: Iterable[str]) -> None:
    """Hold several names as `lock_name` does, in one order so that two writers cannot deadlock.

    SQLite's write lock already covers them.
    """
    if db.get_bind().dialect.name == "postgresql":
        name = sa.func.unnest(sa.literal(sorted(set(names)), sa.ARRAY(sa.Text))).column_valued()
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0)))).all()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred; ours is in _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
