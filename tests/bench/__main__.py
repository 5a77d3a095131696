"""`python3 dev.py bench`: the month calendar beside a bare yardstick, in one run.

For each number of stored sessions: click "next month" → painted, what was sent, the
queries made and the server's own time. The two sides take turns, a fixed loop tells
how busy the machine was, and everything is a median. A figure is for reading, not for passing.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import fill
from tests.bench.browser import Meter, Turn, turn_month, watch
from tests.bench.serving import serve
from tests.support.browser import launch, mend_driver
from tests.support.pages import LISTEN, sign_in
from tests.support.servers import Server, build

FULLCALENDAR = "fullcalendar@6.1.20"
FULLCALENDAR_SCRIPT = "node_modules/fullcalendar/index.global.min.js"
OURS = {"events": "[data-grid] [data-id]", "next": "[data-turn='1']", "today": "[data-key=t]"}
THEIRS = {"events": ".fc-event", "next": ".fc-next-button", "today": ".fc-today-button"}
COLUMNS = ("stored", "ours ms", "yard ms", "ratio", "ours kB", "yard kB", "drawn", "queries", "server ms", "cpu ms")


def cpu_reference() -> float:
    """Give the milliseconds of a fixed loop, best of five: it tells a quiet run from a disturbed one."""
    took: list[float] = []
    for _ in range(5):
        began, total = time.perf_counter(), 0
        for i in range(1_000_000):
            total += i & 7
        took.append((time.perf_counter() - began) * 1e3)
    return round(min(took), 1)


def fetch_fullcalendar(folder: Path) -> None:
    """Install FullCalendar 6 from the package registry into `folder`."""
    subprocess.run(["bun", "add", "--silent", FULLCALENDAR], cwd=folder, check=True)


@contextmanager
def yardstick(folder: Path, count: int) -> Iterator[str]:
    """Serve the yardstick with `count` events; give its address."""
    own = folder / f"yard-{count}"
    own.mkdir()
    shutil.copy(folder / FULLCALENDAR_SCRIPT, own)
    with serve("tests.bench.yardstick:app", YARDSTICK_FOLDER=own, YARDSTICK_EVENTS=count) as address:
        yield address


def open_page(browser: Browser, events: str) -> tuple[Page, Meter]:
    """Open a desktop browser whose events are watched."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="UTC").new_page()
    page.add_init_script(LISTEN)
    watch(page, events)
    return page, Meter(page)


def measure(browser: Browser, server: Server, yard: str, repeat: int) -> tuple[Turn, Turn]:
    """Turn months on both sides in turns; the first turn of each warms it and is left out."""
    ours, our_meter = open_page(browser, OURS["events"])
    sign_in(ours, server.base_url, fill.EMAIL, fill.PASSWORD)
    ours.goto(f"{server.base_url}/calendar?view=month")
    theirs, their_meter = open_page(browser, THEIRS["events"])
    theirs.goto(yard)
    turn, yard_turn = Turn(), Turn()
    for number in range(repeat + 1):
        ours.bring_to_front()
        turn_month(ours, our_meter, OURS["next"], turn if number else Turn())
        theirs.bring_to_front()
        turn_month(theirs, their_meter, THEIRS["next"], yard_turn if number else Turn())
        if number % 3 == 2:  # stay within the year that is filled
            for page, today in ((ours, OURS["today"]), (theirs, THEIRS["today"])):
                page.bring_to_front()
                page.locator(today).first.click()
    ours.context.close()
    theirs.context.close()
    return turn, yard_turn


def bench_size(browser: Browser, folder: Path, count: int, repeat: int) -> dict[str, Any]:
    """Measure one number of stored sessions; `folder` holds what `main` prepared."""
    server = Server(folder / "built", folder / f"ours-{count}")
    server.migrate()
    server.run("-m", "tests.bench.fill", str(count))
    inside = json.loads(server.run("-m", "tests.bench.server_side"))
    server.start()
    try:
        with yardstick(folder, count) as yard:
            ours, theirs = measure(browser, server, yard, repeat)
    finally:
        server.stop()
    return {
        "stored": count,
        "ours ms": ours.median_ms(),
        "yard ms": theirs.median_ms(),
        "ratio": round(ours.median_ms() / theirs.median_ms(), 2),
        "ours kB": ours.median_kb(),
        "yard kB": theirs.median_kb(),
        "drawn": ours.drawn,
        "queries": inside["queries"],
        "server ms": inside["ms"],
        "cpu ms": cpu_reference(),
    }


def main() -> None:
    """Read the options, measure and print a table and one JSON line."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of stored sessions")
    parser.add_argument("--repeat", type=int, default=7, help="months turned on each side")
    options = parser.parse_args()
    if wrong := mend_driver():
        sys.exit(wrong)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        fetch_fullcalendar(folder)
        build(folder / "built")
        browser = launch(playwright)
        print("".join(f"{column:>10}" for column in COLUMNS), flush=True)
        results: list[dict[str, Any]] = []
        for count in map(int, options.sizes.split(",")):
            results.append(bench_size(browser, folder, count, options.repeat))
            print("".join(f"{results[-1][column]:>10}" for column in COLUMNS), flush=True)
        browser.close()
    print(json.dumps(results))


if __name__ == "__main__":
    main()
