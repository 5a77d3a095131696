"""What runs beside the pages."""

import asyncio

import pytest

from app.delivery import work


def test_job_that_fails_begins_anew_and_is_cancelled_cleanly(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(work, "REST_SECONDS", 0)
    begun = 0

    async def job() -> None:
        nonlocal begun
        begun += 1
        if begun < 3:
            raise OSError("the database does not answer")
        ready.set()
        await asyncio.Event().wait()

    async def run() -> None:
        task = asyncio.create_task(work.kept_alive(job)())  # pyright: ignore[reportArgumentType]
        await ready.wait()
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()

    ready = asyncio.Event()
    asyncio.run(run())
    assert begun == 3
    assert [record.message for record in caplog.records] == ["job failed and begins anew"] * 2
