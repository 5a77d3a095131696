"""The transaction, and instants that are UTC in the tables."""

import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError

from app.models.database import data_dir, database_url, engine, lock_name, lock_rows, reading, transaction
from app.models.tables import Person, Request
from tests.models.factories import NOW, make_person, wall


def keep(key: str, at: datetime) -> None:
    with transaction() as db:
        db.add(Request(key=key, at=at))


def kept(key: str) -> Request | None:
    with reading() as db:
        return db.get(Request, key)


def test_folder_of_the_database_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MERIDIAN_DATA_DIR", str(tmp_path / "new" / "data"))
    assert stat.filemode(data_dir().stat().st_mode) == "drwx------"


def test_instant_is_given_back_aware_and_in_utc():
    keep("a", NOW.astimezone(timezone(timedelta(hours=5, minutes=30))))

    row = kept("a")
    assert row is not None
    assert (row.at, row.at.tzinfo) == (NOW, UTC)


def test_error_does_not_quote_what_was_to_be_written():
    """It is logged, and what is written may be a message, or a link by which somebody signs in."""
    keep("a", NOW)
    with pytest.raises(IntegrityError) as error, transaction() as db:
        db.add(Request(key="a", result={"link": "their secret link"}, at=NOW))
    assert "their secret link" not in str(error.value)


def test_naive_time_is_never_stored():
    with pytest.raises(StatementError, match="naive"):
        keep("a", wall(2026, 3, 2, 9))

    assert kept("a") is None


def test_instants_compare_by_time_in_the_database():
    for minutes in (-1, 0, 1):
        keep(f"{minutes}", NOW + timedelta(minutes=minutes, microseconds=1))

    with reading() as db:
        later = db.execute(sa.select(sa.func.count()).where(Request.__table__.c.at > NOW)).scalar_one()
    assert later == 2


def test_transaction_is_rolled_back_by_an_exception():
    def fail() -> None:
        with transaction() as db:
            db.add(Request(key="a", at=NOW))
            db.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert kept("a") is None


def test_what_a_reader_changes_is_thrown_away():
    person_id = make_person("Ada")
    with reading() as db:
        db.get_one(Person, person_id).first_name = "Eve"
        db.flush()

    with reading() as db:
        assert db.get_one(Person, person_id).first_name == "Ada"


def test_locks_are_harmless_for_nothing_and_for_the_same_row_twice():
    person_id = make_person()
    with transaction() as db:
        lock_rows(db, Person, [])
        lock_rows(db, Person, [person_id, person_id])
        lock_rows(db, Person, [person_id])
        lock_name(db, "a request")
        lock_name(db, "a request")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_reached_by_psycopg(scheme: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MERIDIAN_DATABASE_URL", f"{scheme}://me@db.example.org/meridian")

    assert database_url() == "postgresql+psycopg://me@db.example.org/meridian"


@pytest.mark.sqlite
def test_sqlite_keeps_references_and_writes_ahead():
    with engine().connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
