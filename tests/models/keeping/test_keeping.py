"""What is backed up comes back, on each database, from an older revision too; what is no backup changes nothing."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from app.models import demo, migrations
from app.models.commands.booking import book
from app.models.database import database_url, engine, make_engine, reading, transaction
from app.models.keeping import CONTENTS, MAY_HAVE_GONE, NoBackup, backup, restore
from app.models.tables import Change, Notice, Person, PersonTag, Picture
from app.models.words import MailStatus
from tests.models.factories import NOW, booking, do, empty_tables, make_house, make_person, viewer

Dump = dict[str, list[str]]


def dump() -> Dump:
    """Everything but the mails' standing and the line that says that something was restored."""
    with engine().connect() as connection:
        rows = {table.name: connection.execute(sa.select(table)) for table in SQLModel.metadata.sorted_tables}
        return {name: sorted(str(row) for row in found if "'restored'" not in str(row)) for name, found in rows.items()}


@pytest.fixture
def full(tmp_path: Path) -> tuple[Path, Dump]:
    """The demo with a picture, and its backup."""
    demo.fill(sessions=100, password="secret-pass-9", now=NOW)
    with transaction() as db:
        db.add(Picture(key="a" * 64, media_type="image/webp", content=bytes(range(256)), created_at=NOW))
    path = tmp_path / "kept.zip"
    backup(database_url(), path, NOW)
    return path, dump()


def test_everything_comes_back(full: tuple[Path, Dump]) -> None:
    path, before = full
    empty_tables()
    make_person("Somebody Else")
    assert restore(database_url(), path, NOW) == sum(map(len, before.values()))
    assert dump() == before


def test_life_goes_on_after_it(full: tuple[Path, Dump]) -> None:
    restore(database_url(), full[0], NOW)
    house = make_house()
    assert do(book, house.mentor, booking(house))["session_ids"]
    with reading() as db:
        assert db.exec(select(Change.step).order_by(col(Change.id).desc())).first() == "book"


def test_pages_hear_of_it(full: tuple[Path, Dump]) -> None:
    restore(database_url(), full[0], NOW)
    with reading() as db:
        assert db.exec(select(Change.step).order_by(col(Change.id).desc())).first() == "restored"


def test_mails_that_waited_are_not_sent_by_themselves(tmp_path: Path) -> None:
    house = make_house()
    do(book, house.manager, booking(house))
    backup(database_url(), tmp_path / "kept.zip", NOW)
    restore(database_url(), tmp_path / "kept.zip", NOW)
    with reading() as db:
        assert set(db.exec(select(Notice.mail_status, Notice.last_error))) == {(MailStatus.FAILED, MAY_HAVE_GONE)}


def test_a_backup_goes_from_one_kind_of_database_to_the_other(
    full: tuple[Path, Dump], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    is_sqlite = engine().dialect.name == "sqlite"
    url = request.getfixturevalue("postgres_url") if is_sqlite else f"sqlite:///{tmp_path / 'other.db'}"
    migrations.upgrade(url)
    restore(url, full[0], NOW)
    made = make_engine(url)
    with made.connect() as connection:
        kept = sorted(connection.scalars(sa.select(Person.email)))  # pyright: ignore[reportArgumentType]
        bytes_kept = connection.scalar(sa.select(Picture.content))  # pyright: ignore[reportArgumentType]
    made.dispose()
    with reading() as db:
        assert (kept, bytes_kept) == (sorted(db.exec(select(Person.email))), bytes(range(256)))


def test_a_backup_of_an_older_revision_is_brought_up_to_date(tmp_path: Path) -> None:
    old, path = f"sqlite:///{tmp_path / 'old.db'}", tmp_path / "old.zip"
    migrations.upgrade(old, "0002")
    tables, made = sa.MetaData(), make_engine(old)
    tables.reflect(made)
    made.dispose()
    person: dict[str, Any] = dict.fromkeys(tables.tables["person"].columns.keys(), "")
    person |= {"id": 7, "email": "old@example.org", "slug": "old", "tags": ["alumni"], "created_at": NOW.isoformat()}
    with ZipFile(path, "w") as archive:
        archive.writestr(CONTENTS, json.dumps({"format": 1, "revision": "0002"}))
        for name in tables.tables:
            archive.writestr(f"{name}.jsonl", json.dumps(person | {"deactivated_at": None}) if name == "person" else "")
    restore(database_url(), path, NOW)
    with reading() as db:
        assert db.exec(select(PersonTag.person_id, PersonTag.name)).all() == [(7, "alumni")]
    assert viewer(7).email == "old@example.org"


@pytest.mark.parametrize("damage", ["no zip", "cut", "newer", "other", "missing"])
def test_what_is_no_backup_changes_nothing(full: tuple[Path, Dump], tmp_path: Path, damage: str) -> None:
    path, before = full
    spoilt = tmp_path / "spoilt.zip"
    content = {"no zip": b"hello", "cut": path.read_bytes()[:-2_000]}.get(damage)
    if content is not None:
        spoilt.write_bytes(content)
    elif damage != "missing":
        with ZipFile(spoilt, "w") as archive:
            said = {"format": 1, "revision": "9999"} if damage == "newer" else {"format": 1, "revision": "0004"}
            archive.writestr(CONTENTS, json.dumps(said))
    with pytest.raises(NoBackup):
        restore(database_url(), spoilt, NOW)
    assert dump() == before


def test_a_backup_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "kept.zip"
    with pytest.raises(OSError, match="nowhere"):
        backup(database_url(), path, NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_for_its_owner_only(full: tuple[Path, Dump]) -> None:
    assert full[0].stat().st_mode & 0o077 == 0
