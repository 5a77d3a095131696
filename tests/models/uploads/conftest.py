"""The uploads' tests stand on the same empty database and still clock as the other models'."""

from tests.models.conftest import clock_at, count_reads, empty, migrated

__all__ = ["clock_at", "count_reads", "empty", "migrated"]
