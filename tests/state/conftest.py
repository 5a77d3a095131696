"""The states' tests stand on the same empty database and still clock as the models'; their ids start at 1."""

import pytest

from tests.models.conftest import clock_at, empty, migrated
from tests.models.factories import restart_numbers

__all__ = ["clock_at", "empty", "migrated", "numbered"]


@pytest.fixture(autouse=True)
def numbered(empty: None) -> None:
    """The rows of `callers.world` have the ids it names them by."""
    restart_numbers()
