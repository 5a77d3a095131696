"""The uploads' tests stand on the same empty database and still clock as the other models'."""

import pytest

from tests.models.conftest import clock_at, count_reads, empty, migrated
from tests.models.factories import House
from tests.models.uploads.session_sheets import furnished

__all__ = ["clock_at", "count_reads", "empty", "migrated"]


@pytest.fixture
def house() -> House:
    """The home of the sheets of sessions; those of people bring their own."""
    return furnished()
