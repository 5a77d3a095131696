"""What runs beside the pages for as long as the server does; `TASKS` are registered in app.py.

Every worker process runs all of them; that each thing is done once is the models' concern.
"""

import asyncio
import logging
import threading
import uuid
from collections.abc import Awaitable, Callable

from app.delivery.courier import run_courier
from app.models import clock, hub
from app.models.commands import clockwork
from app.models.uploads import jobs

CLOCK_SECONDS = 15.0
UPLOADS_SECONDS = 3.0
"""How soon a worker finds an upload that another one was told of, or left behind."""
REST_SECONDS = 5.0
"""How long a job that failed rests before it begins anew."""

Job = Callable[[], Awaitable[None]]
log = logging.getLogger(__name__)


async def run_clock() -> None:
    """Take the steps that time itself takes: lapse, finish."""
    while True:
        await asyncio.to_thread(clockwork.tick, clock.now())
        await asyncio.sleep(CLOCK_SECONDS)


async def run_uploads() -> None:
    """Check and carry out uploaded files, one after another. A restart gives the one at work back."""
    worker, stop = uuid.uuid4().hex, threading.Event()
    try:
        while True:
            mark = hub.seen()
            if await asyncio.to_thread(jobs.work_once, worker, stop.is_set):
                continue
            await hub.news(mark, within=UPLOADS_SECONDS)
    finally:
        stop.set()  # the row under way is finished, the rest is left to whoever comes next


def kept_alive(job: Job) -> Job:
    """Make a job begin anew after a failure (a database that does not answer), which is logged with its trace."""

    async def keep() -> None:
        while True:
            task = asyncio.ensure_future(job())
            try:
                await asyncio.wait({task})
            finally:
                await _stopped(task)
            if task.cancelled():
                return
            log.error("%s failed and begins anew", keep.__name__, exc_info=task.exception())
            await asyncio.sleep(REST_SECONDS)

    keep.__name__ = keep.__qualname__ = getattr(job, "__name__", "work")
    return keep


async def _stopped(task: "asyncio.Future[None]") -> None:
    if not task.done():
        task.cancel()
        await asyncio.wait({task})


TASKS: list[Job] = [kept_alive(hub.watch), kept_alive(run_courier), kept_alive(run_clock), kept_alive(run_uploads)]
