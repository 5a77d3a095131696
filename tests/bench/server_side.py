"""The server's own part of turning a month: its time without a browser, and the queries it makes."""

import json
import statistics
import time
from datetime import date, timedelta
from typing import Any

from sqlalchemy import event

from app.models import clock
from app.models.database import engine, reading
from app.models.permissions import load_viewer
from app.models.queries.calendar import entries_by_day

TURNS = 15


def grid(month: date) -> list[date]:
    """List the 42 days that a month's grid shows, from a Monday."""
    first = month.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(days=n) for n in range(42)]


def main() -> None:
    """Read the month grid again and again; print the median and the queries of one turn as JSON."""
    made: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement != "BEGIN":
            made.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    days = grid(clock.now().date())
    took: list[float] = []
    stored = 0
    for _ in range(TURNS):
        made.clear()
        began = time.perf_counter()
        with reading() as db:
            viewer = load_viewer(db, 1)
            assert viewer is not None
            stored = sum(day.count for day in entries_by_day(db, viewer, clock.now(), days, "UTC"))
        took.append((time.perf_counter() - began) * 1e3)
    print(json.dumps({"ms": round(statistics.median(took), 1), "queries": len(made), "in_grid": stored}))


if __name__ == "__main__":
    main()
