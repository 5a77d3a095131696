"""One picture of a session for all pages of a process: read once a change, true after each."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.models import hub, public_watch
from app.models.queries.public import PublicSession
from app.models.words import Audience
from tests.models.factories import House, at, make_group, make_house, make_organisation, make_person, make_seat

CountReads = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def session_id(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(public_watch, "SHORTEST_PAUSE", 0.0)
    make_organisation()
    house: House = make_house()
    return make_group(house, at(3), slug="chess", audience=Audience.PUBLIC, maximum=4)


def test_many_pages_need_one_reading(session_id: int, count_reads: CountReads) -> None:
    async def all_look() -> list[PublicSession | None]:
        return list(await asyncio.gather(*(public_watch.latest("chess") for _ in range(100))))

    with count_reads() as seen:
        found = asyncio.run(all_look())
    assert ({one.left for one in found if one}, len(found), len(seen)) == ({3}, 100, 3)


def test_picture_is_true_after_a_change(session_id: int) -> None:
    async def look_twice() -> tuple[int, int]:
        before = await public_watch.latest("chess")
        make_seat(session_id, make_person())
        hub.wake()
        after = await public_watch.latest("chess")
        assert before
        assert after
        return before.left, after.left

    assert asyncio.run(look_twice()) == (3, 2)


def test_unknown_session_has_no_picture(session_id: int) -> None:
    assert asyncio.run(public_watch.latest("unknown")) is None


def test_watching_pages_are_counted_while_they_watch(session_id: int) -> None:
    async def count() -> list[int]:
        counts: list[int] = []
        with public_watch.watching("chess"), public_watch.watching("chess"):
            counts.append(public_watch._picture("chess").pages)
        return [*counts, public_watch._picture("chess").pages]

    assert asyncio.run(count()) == [2, 0]
