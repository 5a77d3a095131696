"""Five hundred people register for fifty places at the same moment, fifty pages watch, and the server may die."""

import asyncio
import json
import re
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from tests.e2e.conftest import ServerFactory
from tests.support.live_pages import LivePages
from tests.support.servers import Server
from tests.support.storm import Answer, storm

PEOPLE, PLACES, AT_ONCE, WATCHING = 500, 50, 64, 50
PATH = "/g/storm-0"
PATIENCE = 300
"""Seconds after which pages that have not followed never will."""
EMAILS = [f"visitor{number}@storm.example" for number in range(PEOPLE)]

Result = TypeVar("Result")


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(request: pytest.FixtureRequest, server: ServerFactory) -> Server:
    """A server with one public session of fifty places."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    one = server(running=False, database_url=url)
    one.migrate()
    one.run("-m", "tests.support.storm_hall", "fill", "1", str(PLACES))
    return one.start()


def register(hall: Server, emails: Sequence[str], *, dies_after: int = PEOPLE + 1) -> list[Answer]:
    """Let people register; the server is killed when so many have their answer."""

    def watch(answers: Sequence[Answer]) -> None:
        if len(answers) == dies_after:
            hall.kill()

    return run(storm(hall.base_url, PATH, emails, AT_ONCE, watch))


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it in a thread of its own: the browser of the other tests has a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def watched_storm(hall: Server) -> tuple[list[Answer], str]:
    """Let everybody register while pages watch, until all show the end; give the answers and all that the pages got."""
    async with asyncio.timeout(PATIENCE), LivePages(hall.base_url, PATH, WATCHING) as live:
        answers = await storm(hall.base_url, PATH, EMAILS, AT_ONCE)
        await live.until_all_show("places", f"All {PLACES - 1} places are taken")
        await live.until_all_show("waiting", f"{PEOPLE - PLACES + 1} people are on the waiting list")
        return answers, "".join(frame for page in live.pages for frame in page.frames)


def standing(hall: Server) -> list[list[str]]:
    """List who has which seat, in the order in which they came."""
    return json.loads(hall.run("-m", "tests.support.storm_hall", "standing", "storm-0"))


def assert_exact(found: list[list[str]]) -> None:
    """Everybody has one seat; those who came first are in, as many as there are places beside the host's."""
    assert sorted(email for email, _ in found) == sorted(EMAILS)
    assert [status for _, status in found] == ["enrolled"] * (PLACES - 1) + ["waiting"] * (PEOPLE - PLACES + 1)


def test_storm_takes_each_place_once_in_order_and_live_pages_follow(hall: Server) -> None:
    answers, sent = run(watched_storm(hall))

    assert [answer.status for answer in answers] == [303] * PEOPLE
    assert_exact(standing(hall))
    assert "Traceback" not in hall.log
    assert re.findall(r"visitor\d+|@storm\.example", sent) == []


def test_server_killed_in_the_storm_loses_nobody_who_was_told(hall: Server) -> None:
    told = [answer.email for answer in register(hall, EMAILS, dies_after=150) if answer.status == 303]
    hall.start()

    assert len(told) >= 150
    kept = [email for email, _ in standing(hall)]
    assert set(told) <= set(kept)

    again = register(hall, [email for email in EMAILS if email not in told])

    assert {answer.status for answer in again} == {303}
    assert_exact(standing(hall))
