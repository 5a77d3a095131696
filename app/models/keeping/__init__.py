"""Backups: everything in one file, and everything back from it, while the server runs (P8).

A backup is a zip with one file of JSON lines a table and `meridian.json`, which says by which
revision of the tables it was written. It is read by the tables of that revision, brought up to
date there, and only then put in place; so a backup of an older Meridian can be restored, on
SQLite and on PostgreSQL alike, whichever of the two it was made of.
"""

import base64
import json
import os
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from app.models import migrations
from app.models.database import WRITES, make_engine
from app.models.errors import Refusal
from app.models.tables import Change, Notice
from app.models.words import MailStatus

CONTENTS = "meridian.json"
FORMAT = 1
AT_ONCE = 1_000
MAY_HAVE_GONE = "It was waiting when the backup was made and may have been sent since. Try again if it was not."


class NoBackup(Refusal):
    """A file that is no backup, or is damaged; nothing was changed."""

    def __init__(self, why: str):
        super().__init__(*Refusal.of("", why, "Nothing was changed. Choose a file that `backup` wrote.").problems)


def backup(url: str, path: Path, now: datetime) -> int:
    """Write everything as it is at one moment, and give how many rows that is.

    The file is there only when it is whole; one of that name is replaced then.
    """
    half_made = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _snapshot(url) as connection, ZipFile(half_made, "w", ZIP_DEFLATED) as archive:
            half_made.chmod(0o600)
            said = {"format": FORMAT, "revision": migrations.revision_of(connection), "written_at": now.isoformat()}
            archive.writestr(CONTENTS, json.dumps(said))
            count = sum(_write(archive, connection, table) for table in SQLModel.metadata.sorted_tables)
        half_made.replace(path)
    finally:
        half_made.unlink(missing_ok=True)
    return count


def restore(url: str, path: Path, now: datetime) -> int:
    """Put the backup in the place of everything there is, and give how many rows that is.

    Mails that waited when it was made are not sent by themselves: they may have gone since.
    Raises NoBackup; then nothing was changed.
    """
    with tempfile.TemporaryDirectory() as folder:
        scratch = f"sqlite:///{Path(folder) / 'scratch.db'}"
        _unpack(path, scratch)
        migrations.upgrade(scratch)
        engine, target = make_engine(scratch), make_engine(url)
        try:
            with engine.connect() as source, target.connect().execution_options(**{WRITES: True}) as connection:
                with connection.begin():
                    count = _replace(source, connection)
                    _hold_mails(connection)
                    connection.execute(sa.insert(Change), {"at": now, "step": "restored", "before": {}, "after": {}})
                return count
        finally:
            engine.dispose()
            target.dispose()


@contextmanager
def _snapshot(url: str) -> Generator[sa.Connection]:
    """Open a connection that sees one moment, however long it reads."""
    engine = make_engine(url)
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    try:
        with engine.connect().execution_options(**options) as connection:
            yield connection
    finally:
        engine.dispose()


def _write(archive: ZipFile, connection: sa.Connection, table: sa.Table) -> int:
    count = 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
        for row in connection.execution_options(yield_per=AT_ONCE).execute(sa.select(table)).mappings():
            said = {column.name: _plain(row[column.name]) for column in table.columns}
            lines.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _unpack(path: Path, scratch: str) -> None:
    """Read a backup into a new SQLite database with the tables of its revision."""
    try:
        with ZipFile(path) as archive:
            said = json.loads(archive.read(CONTENTS))
            if said.get("format") != FORMAT:
                raise NoBackup("This backup was written by a newer Meridian.")
            if not migrations.is_known(said["revision"]):
                raise NoBackup("This backup was written by a newer Meridian.")
            migrations.upgrade(scratch, said["revision"])
            _fill(archive, scratch)
    except FileNotFoundError as error:
        raise NoBackup(f"There is no file {path}.") from error
    except (BadZipFile, KeyError, ValueError, SQLAlchemyError) as error:
        raise NoBackup("This file is no backup of Meridian, or it is damaged.") from error


def _fill(archive: ZipFile, scratch: str) -> None:
    engine = make_engine(scratch)
    try:
        tables = sa.MetaData()
        tables.reflect(engine)
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            for table in tables.sorted_tables:
                if table.name != "alembic_version":
                    _insert(connection, table, _read(archive, table))
    finally:
        engine.dispose()


def _read(archive: ZipFile, table: sa.Table) -> Iterator[dict[str, Any]]:
    with archive.open(f"{table.name}.jsonl") as lines:
        for line in lines:
            said = json.loads(line)
            yield {column.name: _stored(column.type, said[column.name]) for column in table.columns}


def _stored(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    """Give a value as SQLite's own types want it; instants are kept in UTC without a zone."""
    if value is not None and isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None)
    return base64.b64decode(value) if value is not None and isinstance(kind, sa.LargeBinary) else value


def _replace(source: sa.Connection, target: sa.Connection) -> int:
    tables = SQLModel.metadata.sorted_tables
    _empty(target, tables)
    count = 0
    for table in tables:
        rows = source.execution_options(yield_per=AT_ONCE).execute(sa.select(table)).mappings()
        count += _insert(target, table, (dict(row) for row in rows))
    if target.dialect.name == "postgresql":
        _set_sequences(target, tables)
    return count


def _empty(target: sa.Connection, tables: list[sa.Table]) -> None:
    if target.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables)
        target.execute(sa.text(f"TRUNCATE {names}"))
        return
    for table in reversed(tables):
        target.execute(sa.delete(table))


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    while chunk := list(islice(rows, AT_ONCE)):
        connection.execute(sa.insert(table), chunk)
        count += len(chunk)
    return count


def _set_sequences(target: sa.Connection, tables: list[sa.Table]) -> None:
    """Let the next ids follow the ones that were put in by hand."""
    for table in tables:
        if "id" in table.columns and isinstance(table.columns["id"].type, sa.Integer):
            sequence = target.scalar(sa.text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
            if sequence:
                highest = sa.select(sa.func.coalesce(sa.func.max(table.columns["id"]), 0) + 1).scalar_subquery()
                target.execute(sa.select(sa.func.setval(sequence, highest, False)))


def _hold_mails(target: sa.Connection) -> None:
    waiting = Notice.mail_status.in_((MailStatus.WAITING, MailStatus.SENDING))  # pyright: ignore[reportAttributeAccessIssue]
    target.execute(
        sa.update(Notice).where(waiting).values(mail_status=MailStatus.FAILED, last_error=MAY_HAVE_GONE, claimed_by="")
    )
