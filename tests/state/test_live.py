"""What keeps an open page true: when it reads again, and when it ends."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from app.models import hub
from app.models.database import transaction
from app.models.permissions import Viewer
from app.models.queries.logins import LOGIN_COOKIE
from app.models.tables import Login
from app.state.live import keep_up
from tests.models.factories import make_house, make_person
from tests.models.factories import viewer as viewer_of
from tests.state.callers import signed_in


class Tab:
    """As much of a page's state as its watcher needs: whose cookie came with it, and a lock."""

    def __init__(self, cookie: str) -> None:
        self.router = SimpleNamespace(headers=SimpleNamespace(cookie=f"{LOGIN_COOKIE}={cookie}"))
        self.lock = asyncio.Lock()

    async def __aenter__(self) -> None:
        await self.lock.acquire()

    async def __aexit__(self, *error: object) -> None:
        self.lock.release()


def readings(cookie: str, then: Callable[[int], float | None], **how: Any) -> int:
    """Watch until the watcher ends by itself, calling `then` with each reading's number; give how many there were."""
    count = 0

    async def again(_viewer: Viewer) -> float | None:
        nonlocal count
        count += 1
        return then(count)

    async def watch() -> None:
        tab: Any = Tab(cookie)
        watching: Awaitable[None] = keep_up(tab, again, **how)
        await asyncio.wait_for(watching, 10)

    asyncio.run(watch())
    return count


def sign_out() -> None:
    with transaction() as db:
        db.exec(sa.delete(Login))
    hub.wake()


def test_a_stranger_is_read_nothing():
    assert readings("", lambda _: None) == 0


def test_watcher_reads_after_each_commit_until_the_browser_is_signed_out():
    cookie = signed_in(make_person("Pia Page"))

    def then(number: int) -> None:
        if number == 3:
            sign_out()
        else:
            hub.wake()

    assert readings(cookie, then) == 3


def test_watcher_reads_by_itself_when_the_time_it_was_given_is_over():
    cookie = signed_in(make_person("Pia Page"))

    def then(number: int) -> float:
        if number == 3:
            sign_out()
        return 0.01

    assert readings(cookie, then) == 3


def test_page_for_managers_is_read_to_no_mentor():
    house = make_house()
    assert not viewer_of(house.mentor.person_id).is_manager
    assert readings(signed_in(house.mentor.person_id), lambda _: None, managers=True) == 0


def test_watcher_lets_commits_settle_before_it_reads():
    cookie = signed_in(make_person("Pia Page"))
    times: list[float] = []

    def then(number: int) -> None:
        times.append(asyncio.get_running_loop().time())
        if number == 1:
            hub.wake()
        else:
            sign_out()

    assert readings(cookie, then, settles=0.05) == 2
    assert times[1] - times[0] >= 0.05
