"""The run's database without rows, and two people who meet."""

import pytest

from tests.delivery.world import World
from tests.models.conftest import migrated
from tests.models.factories import restart_numbers
from tests.support.mail import MailServer

__all__ = ["migrated", "server", "world"]


@pytest.fixture
def world(migrated: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """An organisation with a programme, an instructor and a student, on empty tables."""
    monkeypatch.setenv("MERIDIAN_PUBLIC_URL", "https://meet.northlight.example")
    monkeypatch.delenv("MERIDIAN_SMTP_URL", raising=False)
    restart_numbers()
    return World()


@pytest.fixture
def server(smtp: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """A mail server that Meridian is told of."""
    monkeypatch.setenv("MERIDIAN_SMTP_URL", smtp.url)
    return smtp
