"""The ground the other tests stand on."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest


@pytest.mark.zones
def test_the_process_runs_in_the_zone_it_was_given() -> None:
    zone = ZoneInfo(os.environ.get("TZ", "UTC"))
    for month in range(1, 13):
        instant = datetime(2026, month, 1, 12, tzinfo=UTC)
        assert instant.astimezone().utcoffset() == instant.astimezone(zone).utcoffset()
