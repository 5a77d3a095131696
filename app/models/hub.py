"""Wakes whoever waits for news in this process: a command commits, open pages read again.

Knows nothing of what changed. Other workers notice by the history's last ids, and by those of the
messages, which are in no history; `watch` asks for them once a second.
"""

import asyncio
import threading

import sqlalchemy as sa
from sqlmodel import col, select

from app.models.database import reading
from app.models.tables import Change, Message, ThreadMark

WATCH_SECONDS = 1.0
RECENT = 100


class _Waiters:
    """The event loops' waiting futures; `wake` may be called from any thread."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting: dict[asyncio.Future[None], asyncio.AbstractEventLoop] = {}
        self.count = 0

    def add(self) -> "asyncio.Future[None]":
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        with self.lock:
            self.waiting[future] = loop
        return future

    def release(self) -> None:
        with self.lock:
            self.count += 1
            waiting, self.waiting = self.waiting, {}
        for future, loop in waiting.items():
            loop.call_soon_threadsafe(_finish, future)

    def forget(self, future: "asyncio.Future[None]") -> None:
        with self.lock:
            self.waiting.pop(future, None)


def _finish(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


_waiters = _Waiters()


def wake() -> None:
    """Wake everybody who waits in this process. Called after a commit, from any thread."""
    _waiters.release()


def seen() -> int:
    """Give the mark of what this process has been told so far; take it before reading, hand it to `news`."""
    return _waiters.count


async def news(since: int, within: float | None = None) -> None:
    """Wait until something was committed after the mark `since`, here or by another worker; at most `within` seconds.

    A watcher: `mark = hub.seen()`, read and show, `await hub.news(mark)`, again. Nothing
    committed while it reads is missed.
    """
    future = _waiters.add()
    try:
        if _waiters.count == since:
            await asyncio.wait({future}, timeout=within)
    finally:
        _waiters.forget(future)


def recent_changes() -> tuple[int, ...]:
    """Give the last ids of history and messages, and a sum that grows with what is read.

    The greatest id alone would not do: PostgreSQL may commit a lesser one later.
    """
    with reading() as db:
        ids = db.exec(select(Change.id).order_by(col(Change.id).desc()).limit(RECENT)).all()
        messages = db.exec(select(Message.id).order_by(col(Message.id).desc()).limit(RECENT)).all()
        read = db.exec(select(sa.func.sum(ThreadMark.read_id))).one()
    return (*(one for one in ids if one is not None), 0, *(one for one in messages if one is not None), read or 0)


async def watch() -> None:
    """Wake this process's pages when another process has committed. Runs as long as the server does."""
    known = await asyncio.to_thread(recent_changes)
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        recent = await asyncio.to_thread(recent_changes)
        if recent != known:
            known = recent
            wake()
