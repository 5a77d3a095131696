"""How tests are run: on which database, in which order, with which real servers beside them."""

import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

from app.models import migrations
from app.models.database import engine, forget_engine
from tests.support.databases import Postgres, postgres, valkey
from tests.support.mail import MailServer

WHOLE_RUN = ExitStack()
POSTGRES: list[Postgres] = []

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="run the tests on a PostgreSQL of their own")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests away from the installation's own data, and choose their database."""
    os.environ["MERIDIAN_DATA_DIR"] = WHOLE_RUN.enter_context(
        tempfile.TemporaryDirectory(prefix="meridian-tests-", ignore_cleanup_errors=True)
    )
    if config.getoption("--postgresql"):
        os.environ["MERIDIAN_DATABASE_URL"] = postgres_server().create()


def pytest_unconfigure() -> None:
    WHOLE_RUN.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the browser last: it keeps an event loop running, and the quick tests tell more for their time."""
    items.sort(key=lambda item: "e2e" in item.path.parts)
    left_out = {item for item in items if is_for_the_other_run(item)}
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what holds no test of wall time where only such are asked for: importing takes longest."""
    is_asked = config.getoption("-m") == "zones" and collection_path.name.startswith("test_")
    return True if is_asked and collection_path.is_file() and "mark.zones" not in collection_path.read_text() else None


def is_for_the_other_run(item: pytest.Item) -> bool:
    """Whether a test of the rules is about the kind of database that the other run is on."""
    if "e2e" in item.path.parts:
        return False
    is_on_postgres = os.environ.get("MERIDIAN_DATABASE_URL", "").startswith("postgres")
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    about = {params.get("database"), params.get("url"), "sqlite" if item.get_closest_marker("sqlite") else None}
    return ("sqlite" if is_on_postgres else "postgresql") in about


def postgres_server() -> Postgres:
    """Start the run's one PostgreSQL server when it is first asked for."""
    if not POSTGRES:
        POSTGRES.append(WHOLE_RUN.enter_context(postgres()))
    return POSTGRES[0]


@pytest.fixture
def postgres_url() -> Generator[str]:
    """An empty PostgreSQL database."""
    server = postgres_server()
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
def empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """A database of this test alone, with all tables and no rows, on the engine of the run."""
    on_postgres = os.environ.get("MERIDIAN_DATABASE_URL", "").startswith("postgres")
    url = postgres_server().create() if on_postgres else f"sqlite:///{tmp_path / 'meridian.db'}"
    monkeypatch.setenv("MERIDIAN_DATABASE_URL", url)
    forget_engine()
    migrations.upgrade()
    yield url
    engine().dispose()
    forget_engine()
    if on_postgres:
        postgres_server().drop(url)


@pytest.fixture(scope="session")
def valkey_server() -> Generator[str]:
    with valkey() as server:
        yield f"redis://127.0.0.1:{server.port}"


@pytest.fixture
def redis_url(valkey_server: str) -> str:
    """An empty Redis (Valkey) server."""
    import redis

    with redis.Redis.from_url(valkey_server) as client:
        client.flushall()
    return valkey_server


@pytest.fixture
def smtp() -> Generator[MailServer]:
    """A mail server that keeps what it is sent."""
    server = MailServer()
    server.controller.start()
    yield server
    server.controller.stop()
