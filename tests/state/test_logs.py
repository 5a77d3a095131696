"""What is written down of what browsers send: no login, nothing long, and no flood."""

import logging
from collections.abc import Generator
from importlib import import_module

import pytest
import time_machine

from app.state.logs import LONGEST_RECORD, MOST_A_MINUTE, WRITERS, Guarded
from tests.models.factories import NOW

LOG = logging.getLogger("tests.guarded")


@pytest.fixture(autouse=True)
def guarded() -> Generator[None]:
    guard = Guarded()
    LOG.addFilter(guard)
    with time_machine.travel(NOW, tick=False):
        yield
    LOG.removeFilter(guard)


def fail(said: str, caused_by: str = "") -> None:
    try:
        raise KeyError(said) from ValueError(caused_by)
    except KeyError:
        LOG.exception("Error processing %s", said)


def test_log_never_holds_a_cookie(caplog: pytest.LogCaptureFixture) -> None:
    fail("no handler for Event(router_data={'cookie': 'meridian_login=abc'})")
    fail("no handler", caused_by="{'cookie': 'meridian_login=abc'}")
    assert "abc" not in caplog.text
    assert "left out" in caplog.text


def test_log_holds_little_of_what_is_long(caplog: pytest.LogCaptureFixture) -> None:
    fail("A" * 900_000)
    fail("no event", caused_by="A" * 900_000)
    LOG.warning("Event data: %s", "A" * 900_000)
    assert len(caplog.text) < 4 * LONGEST_RECORD
    assert "(900012 characters)" in caplog.text


def test_log_is_not_filled_by_a_flood_and_goes_on_in_the_next_minute(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5_000):
        LOG.error("No such event")
    assert len(caplog.records) == MOST_A_MINUTE
    assert "are left out" in caplog.messages[-1]
    with time_machine.travel(NOW.replace(minute=NOW.minute + 1), tick=False):
        LOG.error("No such event")
    assert caplog.messages[-1] == "No such event"


def test_every_logger_that_quotes_events_is_guarded() -> None:
    import_module("app.app")
    guards = {name: sum(isinstance(one, Guarded) for one in logging.getLogger(name).filters) for name in WRITERS}
    assert guards == dict.fromkeys(WRITERS, 1)
