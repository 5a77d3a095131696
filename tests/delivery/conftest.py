"""A database of its own for each test, with two people who meet."""

from collections.abc import Generator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from app.models import database
from tests.delivery.world import World
from tests.support.mail import MailServer


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[World]:
    """An organisation with a programme, an instructor and a student, on fresh tables."""
    monkeypatch.setenv("MERIDIAN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MERIDIAN_PUBLIC_URL", "https://meet.northlight.example")
    monkeypatch.delenv("MERIDIAN_SMTP_URL", raising=False)
    database.forget_engine()
    SQLModel.metadata.drop_all(database.engine())
    SQLModel.metadata.create_all(database.engine())
    yield World()
    database.forget_engine()


@pytest.fixture
def server(smtp: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """A mail server that Meridian is told of."""
    monkeypatch.setenv("MERIDIAN_SMTP_URL", smtp.url)
    return smtp
