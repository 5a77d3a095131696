"""The server is killed while it carries a file of sessions out, and started again."""

import json
import time
from collections import Counter
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from app.models.database import make_engine
from tests.e2e.conftest import ServerFactory
from tests.support.mail import MailServer
from tests.support.servers import Server
from tests.support.upload_hall import CREATED, DELETED, EDITED, OVERTAKEN, PAIRS, ROWS

PATIENCE = 180.0
MADE = CREATED - OVERTAKEN


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(request: pytest.FixtureRequest, server: ServerFactory, smtp: MailServer) -> Server:
    """A server that will find a file of several hundred rows to carry out."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    one = server(running=False, database_url=url, MERIDIAN_SMTP_URL=smtp.url)
    one.migrate()
    one.run("-m", "tests.support.upload_hall", "fill")
    return one


def wait_until(hall: Server, holds: Callable[[str, int], bool]) -> tuple[str, int]:
    """Look at the upload's status and at how many of its rows are through until something holds for them."""
    engine, deadline = make_engine(hall.database_url), time.monotonic() + PATIENCE
    query = sa.text("SELECT status, rows_done FROM upload")
    while True:
        with engine.connect() as connection:
            status, done = connection.execute(query).one()
        if holds(status, done):
            engine.dispose()
            return status, done
        assert time.monotonic() < deadline, f"{status}, {done} of {ROWS} rows\n{hall.log}"


def test_upload_that_the_server_dies_in_ends_after_its_restart_with_nothing_twice_or_lost(
    hall: Server, smtp: MailServer
) -> None:
    hall.start()
    wait_until(hall, lambda _status, done: done > 0)
    hall.kill()
    assert wait_until(hall, lambda _status, done: 0 < done < ROWS)[0] == "applying"
    hall.start()
    wait_until(hall, lambda status, _done: status == "done")

    found = json.loads(hall.run("-m", "tests.support.upload_hall", "found"))
    assert found["rows"] == ["done"] * (ROWS - OVERTAKEN) + ["failed"] * OVERTAKEN
    assert sorted(found["made"]) == found["ids"]
    assert found["sessions"] == {
        "Moved 14": EDITED, "Old 10 deleted": DELETED, "New 10": MADE, "Old 10": OVERTAKEN,
    }  # fmt: skip
    counts = {"moved": EDITED // PAIRS, "cancelled": DELETED // PAIRS, "booked": MADE // PAIRS}
    people = range(2, 2 + 2 * PAIRS)
    assert found["told"] == {f"{one} {kind} {count}": 1 for one in people for kind, count in counts.items()}

    mails = len(people) * len(counts) + 1
    smtp.wait_for(mails, timeout=PATIENCE)
    assert Counter(Counter(to for one in smtp.recipients for to in one).values()) == {3: len(people), 1: 1}
    assert "Traceback" not in hall.log
