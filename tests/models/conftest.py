"""An empty database and a clock that stands still, for each test of the models."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import time_machine
from sqlalchemy import event

from app.models import migrations
from app.models.database import engine, forget_engine
from app.models.permissions import Viewer
from app.models.words import Rank
from tests.models.factories import NOW, House, empty_tables, make_house, make_person, viewer


@pytest.fixture(scope="session")
def migrated() -> Generator[None]:
    """The run's database with its tables."""
    forget_engine()
    migrations.upgrade()
    yield
    engine().dispose()
    forget_engine()


@pytest.fixture(autouse=True)
def empty(migrated: None) -> None:
    """Every test begins with tables without rows."""
    empty_tables()


@pytest.fixture(autouse=True)
def clock_at() -> Generator[time_machine.Traveller]:
    """The clock stands at NOW until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house() -> House:
    """A programme with a manager and a pair, and nothing booked."""
    return make_house()


@pytest.fixture
def owner() -> Viewer:
    """The organisation's owner, of no programme."""
    return viewer(make_person("Olga Owner", rank=Rank.OWNER))


@pytest.fixture
def count_reads() -> Callable[[], AbstractContextManager[list[str]]]:
    """Gives a block in which the SELECTs of this process are collected."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.lstrip().upper().startswith("SELECT"):
                seen.append(statement)

        event.listen(engine(), "before_cursor_execute", note)
        yield seen
        event.remove(engine(), "before_cursor_execute", note)

    return counting
