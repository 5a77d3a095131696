"""The registration storm: 500 people race for 50 places over HTTP, beside a yardstick with no rules at all.

Both answer on the same machine in turns: Meridian with its rules, notices and history, as it
runs in production, and a bare Starlette that counts and inserts. Run as
`python -m tests.bench.storm [--concurrency 64] [--watching 50] [--postgresql]`.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench.serving import serve
from tests.support.databases import postgres
from tests.support.live_pages import LivePages
from tests.support.servers import Server, build
from tests.support.storm import Answer, storm

PEOPLE = 500
PLACES = 50


def race(base_url: str, path: str, turn: str, number: int, concurrency: int, watching: int = 0) -> dict[str, Any]:
    """Let 500 people of one network loose, another one each time: from one, only so many are let through a minute.

    So many live pages watch. Gives the seconds it took, what they were answered, and how long one waited.
    """
    emails = [f"visitor{one}.{turn}{number}@bench.example" for one in range(PEOPLE)]
    answers, took = asyncio.run(_watched(base_url, path, emails, concurrency, f"192.0.2.{number + 1}", watching))
    waits = sorted(answer.milliseconds for answer in answers)
    return {
        "seconds": round(took, 3),
        "answers": Counter(answer.status for answer in answers),
        "p50_ms": round(statistics.median(waits), 1),
        "p95_ms": round(waits[int(len(waits) * 0.95)], 1),
    }


async def _watched(
    base_url: str, path: str, emails: list[str], concurrency: int, network: str, watching: int
) -> tuple[list[Answer], float]:
    async with LivePages(base_url, path, watching):
        began = time.perf_counter()
        answers = await storm(base_url, path, emails, concurrency, network=network)
        return answers, time.perf_counter() - began


def is_exact(server: Server, slug: str) -> bool:
    """Whether all places are taken, nobody has two, and everybody else waits."""
    found = json.loads(server.run("-m", "tests.support.storm_hall", "standing", slug))
    counts = Counter(status for _, status in found)
    return counts == {"enrolled": PLACES - 1, "waiting": PEOPLE - PLACES + 1} and len(dict(found)) == PEOPLE


def measure(server: Server, yard: str, repeat: int, concurrency: int, watching: int) -> dict[str, Any]:
    """Race on both sides in turns; the first race of each warms it and is left out."""
    ours: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    for number in range(repeat + 1):
        theirs.append(race(yard, "/register", "y", number, concurrency))
        ours.append(race(server.base_url, f"/g/storm-{number}", "m", number, concurrency, watching))
        print(f"ours {ours[-1]}   yardstick {theirs[-1]}", flush=True)
    mine, yards = (statistics.median(one["seconds"] for one in side[1:]) for side in (ours, theirs))
    return {
        "people": PEOPLE,
        "concurrency": concurrency,
        "live pages": watching,
        "ours_s": mine,
        "yardstick_s": yards,
        "ratio": round(mine / yards, 2),
        "p95_ms": statistics.median(one["p95_ms"] for one in ours[1:]),
        "exact": all(is_exact(server, f"storm-{number}") for number in range(repeat + 1)),
    }


def main() -> None:
    """Read the options, measure and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--watching", type=int, default=50, help="live pages of ours that follow the places")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--built", type=Path, help="pages that are built already")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(postgres()).create() if options.postgresql else ""
        built = options.built or build(folder / "built")
        server = Server(built, folder / "ours", database_url=url, MERIDIAN_PROXY_HOPS="1")
        server.migrate()
        server.run("-m", "tests.support.storm_hall", "fill", str(options.repeat + 1), str(PLACES))
        server.start()
        stack.callback(server.stop)
        yard = stack.enter_context(
            serve("tests.bench.storm_yardstick:app", YARDSTICK_FOLDER=folder, YARDSTICK_PLACES=PLACES)
        )
        print(json.dumps(measure(server, yard, options.repeat, options.concurrency, options.watching)))


if __name__ == "__main__":
    main()
