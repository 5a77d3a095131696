"""What is tried and made ready before a server starts."""

import pytest

from app import prepare
from tests.support.servers import free_port


def test_redis_that_does_not_answer_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERIDIAN_REDIS_URL", f"redis://:secret@127.0.0.1:{free_port()}")
    with pytest.raises(SystemExit, match=r"Redis \(MERIDIAN_REDIS_URL\) does not answer") as stopped:
        prepare.main()
    assert "secret" not in str(stopped.value)


def test_address_that_is_none_of_redis_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERIDIAN_REDIS_URL", "127.0.0.1:6379")
    with pytest.raises(SystemExit, match="redis://"):
        prepare.main()


def test_several_workers_without_redis_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MERIDIAN_REDIS_URL", raising=False)
    monkeypatch.setenv("GRANIAN_WORKERS", "4")
    with pytest.raises(SystemExit, match="GRANIAN_WORKERS=4 needs Redis"):
        prepare.main()
