"""The server is killed while it carries a file of sessions out, and started again."""

import json
from collections import Counter
from collections.abc import Callable

import pytest

from tests.e2e.conftest import ServerFactory
from tests.support.mail import MailServer
from tests.support.servers import Server
from tests.support.upload_hall import CREATED, DELETED, EDITED, OVERTAKEN, PAIRS, ROWS, progress

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


def wait_until(hall: Server, holds: Callable[[str, int], bool]) -> str:
    """Look at the upload until something holds for its status and for how many of its rows are through."""
    status, done = progress(hall.database_url, holds, PATIENCE)
    assert holds(status, done), f"{status}, {done} of {ROWS} rows\n{hall.log}"
    return status


def test_upload_that_the_server_dies_in_ends_after_its_restart_with_nothing_twice_or_lost(
    hall: Server, smtp: MailServer
) -> None:
    hall.start()
    wait_until(hall, lambda _status, done: done > 0)
    hall.kill()
    assert wait_until(hall, lambda _status, done: 0 < done < ROWS) == "applying"
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
