"""The pages' build: made once for what it is made of, whole or not at all."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import serving
from tests.support.servers import base_environment

BUILDER = """
import os, pathlib, sys
web = pathlib.Path(os.environ["REFLEX_WEB_WORKDIR"])
with (web / "log").open("a") as log:
    log.write("built\\n")
client = web / "build" / "client"
client.mkdir(parents=True, exist_ok=True)
(client / "index.html").write_text("page")
"""
"""Stands where Reflex does, so that a build takes no time; every browser test is served the real one."""


@pytest.fixture
def web(tmp_path: Path) -> Path:
    (tmp_path / "reflex.py").write_text(BUILDER)
    return tmp_path


def build(web: Path, **settings: str) -> Path:
    return serving.build(Path(sys.executable), web, {**base_environment(), "PYTHONPATH": str(web), **settings})


def built(web: Path) -> int:
    return len((web / "log").read_text().split())


def test_build_is_made_once_for_the_same_sources(web: Path) -> None:
    first = build(web, PORT="3000")
    assert build(web, PORT="3001") == first
    assert (first / "build" / "client" / "index.html").read_text() == "page"
    assert built(web) == 1


def test_build_is_made_again_when_a_setting_that_is_compiled_in_changes(web: Path) -> None:
    first = build(web)
    assert build(web, REFLEX_FRONTEND_PATH="app") != first
    assert built(web) == 2


def test_build_that_broke_off_is_not_taken_for_whole(web: Path) -> None:
    (web / "reflex.py").write_text(f"{BUILDER}sys.exit('no space left')")
    with pytest.raises(ChildProcessError, match="no space left"):
        build(web)
    (web / "reflex.py").write_text(BUILDER)
    pages = build(web)
    assert (pages / "build" / "client" / "index.html").is_file()
    assert built(web) == 2


def test_two_starts_at_once_build_once(web: Path) -> None:
    with ThreadPoolExecutor(2) as starts:
        one, other = starts.map(build, [web] * 2)
    assert one == other
    assert built(web) == 1


def test_builds_that_were_started_last_are_kept(web: Path) -> None:
    pages = [build(web, REFLEX_N=str(n)) for n in range(serving.KEPT + 1)]
    assert [page.exists() for page in pages] == [False, *[True] * serving.KEPT]


def test_one_worker_holds_every_open_page_without_redis(web: Path) -> None:
    assert serving.served(web, {})["GRANIAN_WORKERS"] == "1"
    assert int(serving.served(web, {"MERIDIAN_REDIS_URL": "redis://127.0.0.1"})["GRANIAN_WORKERS"]) > 1
    assert serving.served(web, {"GRANIAN_WORKERS": "3"})["GRANIAN_WORKERS"] == "3"
