"""The states' tests stand on the same empty database and still clock as the models'."""

from tests.models.conftest import clock_at, empty, migrated

__all__ = ["clock_at", "empty", "migrated"]
