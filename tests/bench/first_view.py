"""`python -m tests.bench.first_view`: the public page of a group session on a throttled phone.

Cold cache, CPU four times slower, 1.6 Mbit/s with 150 ms a round trip. Says what crossed the line, when the text
was painted, when the form could be used, and when the live page had taken over. A figure is for reading.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import launch, mend_driver
from tests.support.demo import DemoSite, furnish
from tests.support.servers import Server, build

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "timezone_id": "Asia/Kolkata", "locale": "en-GB"}
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOWER = 4
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
SCRIPTS = """Math.min(...performance.getEntriesByType('resource')
  .filter((one) => one.name.includes('entry.client')).map((one) => one.responseEnd))"""


def view_once(browser: Browser, url: str) -> dict[str, float]:
    """Open the page in a new browser, throttled, and time it from its navigation on."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    line = context.new_cdp_session(page)
    sizes: dict[str, float] = {}
    kinds: dict[str, str] = {}
    line.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    line.on("Network.loadingFinished", lambda e: _add(sizes, kinds.get(e["requestId"], ""), e["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="commit")
    page.locator("#email").fill("somebody@example.org")
    usable = page.evaluate("performance.now()")
    page.evaluate("document.activeElement.blur()")
    page.locator("[data-live-view]").wait_for(timeout=60_000)
    live = page.evaluate("performance.now()")
    seen = {"text ms": page.evaluate(PAINTED), "form ms": usable, "scripts ms": page.evaluate(SCRIPTS), "live ms": live}
    context.close()
    return seen | {f"{kind} kB": round(sizes.get(kind, 0) / 1000, 1) for kind in ("Document", "Stylesheet", "Script")}


def _add(sizes: dict[str, float], kind: str, size: float) -> None:
    sizes[kind] = sizes.get(kind, 0) + size


def measure(site: DemoSite, browser: Browser, repeat: int) -> dict[str, float]:
    """Give the medians of several first views."""
    views = [view_once(browser, f"{site.base_url}/g/{site.group_slug}") for _ in range(repeat)]
    return {name: round(statistics.median(view[name] for view in views), 1) for name in views[0]}


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.first_view", description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="first views, of which the medians are given")
    options = parser.parse_args()
    if wrong := mend_driver():
        sys.exit(wrong)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        server = Server(build(folder / "built"), folder / "server")
        browser = launch(playwright)
        try:
            print(json.dumps(measure(furnish(server), browser, options.repeat)))
        finally:
            server.stop()
            browser.close()


if __name__ == "__main__":
    main()
