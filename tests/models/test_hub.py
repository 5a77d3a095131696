"""Waking who waits for news: what this process committed, and what another one did."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

import pytest

from app.models import hub
from app.models.commands.messages import mark_read, send
from app.models.database import transaction
from app.models.drafts.messages import MessageDraft
from app.models.tables import Change
from tests.models.factories import NOW, do, make_house


def write_change(change_id: int) -> None:
    """Commit a step of the history as another process would: nobody here is woken."""
    with transaction() as db:
        db.add(Change(id=change_id, at=NOW, step="edit"))


def in_time(work: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), 10))


def test_news_that_came_while_the_page_was_read_is_not_missed():
    async def read() -> None:
        mark = hub.seen()
        hub.wake()
        await hub.news(mark)

    in_time(read)


def test_wake_reaches_a_waiter_from_another_thread():
    async def wait() -> None:
        waiting = asyncio.create_task(hub.news(hub.seen()))
        await asyncio.sleep(0)
        await asyncio.to_thread(hub.wake)
        await waiting

    in_time(wait)


def test_waiting_for_news_ends_after_its_time_though_nothing_came():
    in_time(lambda: hub.news(hub.seen(), within=0.01))


@pytest.mark.parametrize("ids", [(11, 12), (12, 11)], ids=["in order", "the lesser id later"])
def test_recent_changes_differ_after_every_commit(ids: tuple[int, int]):
    seen = {hub.recent_changes()}
    for change_id in ids:
        write_change(change_id)
        seen.add(hub.recent_changes())

    assert len(seen) == 3


def test_recent_changes_differ_after_a_message_and_after_it_was_read():
    house = make_house()
    seen = {hub.recent_changes()}
    draft = MessageDraft(relationship_id=house.relationship_id, text="Hello")
    sent = do(send, house.mentor, draft)["message_id"]
    seen.add(hub.recent_changes())
    do(mark_read, house.mentee, house.relationship_id, sent)
    seen.add(hub.recent_changes())
    assert len(seen) == 3


def test_watch_wakes_when_another_process_has_committed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hub, "WATCH_SECONDS", 0.01)

    async def follow() -> None:
        watching, waiting = asyncio.create_task(hub.watch()), asyncio.create_task(hub.news(hub.seen()))
        for change_id in count(1):  # again and again, for the watcher may only begin to look after the first
            await asyncio.to_thread(write_change, change_id)
            if (await asyncio.wait({waiting}, timeout=0.1))[0]:
                break
        watching.cancel()

    in_time(follow)
