"""How long from a click on "next month" until its events are painted, and what was sent for it."""

import json
import statistics
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page

WATCH = """(selector) => {
  const now = () => performance.now();
  const seen = (window.__bench = { count: 0, key: "", changed: 0, painted: 0, clicked: 0, turn: 0 });
  const key = () => { const all = document.querySelectorAll(selector);
    return all.length + "|" + (all.length ? all[0].textContent + "|" + all[all.length - 1].textContent : ""); };
  const look = () => { const next = key(); if (next === seen.key) return;
    seen.key = next; seen.count = parseInt(next); seen.changed = now(); const turn = ++seen.turn;
    requestAnimationFrame(() => requestAnimationFrame(() => { if (turn === seen.turn) seen.painted = now(); })); };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  addEventListener("click", () => { seen.clicked = now(); }, true); look();
}"""
SETTLED = (
    "(quiet) => __bench.count > 0 && __bench.painted >= __bench.changed && performance.now() - __bench.changed > quiet"
)
CLICKED = "(quiet) => __bench.changed > __bench.clicked && (" + SETTLED + ")(quiet)"
QUIET_MS = 400


@dataclass
class Turn:
    """Months turned in one browser: milliseconds from click to painted, bytes received, events drawn."""

    ms: list[float] = field(default_factory=list[float])
    sent: list[int] = field(default_factory=list[int])
    drawn: int = 0

    def median_ms(self) -> float:
        """Give the median time in milliseconds."""
        return round(statistics.median(self.ms), 1)

    def median_kb(self) -> float:
        """Give the median of what was received for one month, in kB of payload."""
        return round(statistics.median(self.sent) / 1000, 1)


class Meter:
    """Adds up what a page receives over its socket and by HTTP."""

    def __init__(self, page: Page) -> None:
        self.total = 0
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameReceived", lambda e: self._add(len(e["response"]["payloadData"])))
        session.on("Network.dataReceived", lambda e: self._add(e["dataLength"]))

    def _add(self, size: int) -> None:
        self.total += size


def watch(page: Page, selector: str) -> None:
    """Prepare every document of the page to note when its events change; call it before opening the calendar."""
    page.add_init_script(f"({WATCH})({json.dumps(selector)})")


def turn_month(page: Page, meter: Meter, button: str, turn: Turn) -> None:
    """Click `button` once, wait until the month is painted and add the figures to `turn`."""
    page.wait_for_function(SETTLED, arg=QUIET_MS)
    before = meter.total
    page.locator(button).first.click()
    page.wait_for_function(CLICKED, arg=QUIET_MS)
    seen = page.evaluate("__bench")
    turn.ms.append(seen["painted"] - seen["clicked"])
    turn.sent.append(meter.total - before)
    turn.drawn = seen["count"]
