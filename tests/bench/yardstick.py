"""The yardstick: a bare Starlette with raw SQLite and FullCalendar 6, and nothing else.

One month of the same events as JSON, drawn by the library most calendars use. Run as
`YARDSTICK_EVENTS=10000 YARDSTICK_FOLDER=… granian --interface asgi tests.bench.yardstick:app`;
the folder holds `index.global.min.js` and receives the database.
"""

import json
import os
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.bench.fill import rows

FOLDER = Path(os.environ.get("YARDSTICK_FOLDER", "."))
COUNT = int(os.environ.get("YARDSTICK_EVENTS", "1000"))
PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>yardstick</title>
<script src="/static/index.global.min.js"></script><div id=c></div><script>
new FullCalendar.Calendar(document.getElementById('c'),{initialView:'dayGridMonth',
timeZone:'UTC',firstDay:1,dayMaxEvents:true,events:'/api/events'}).render()</script>"""


def fill(path: Path) -> sqlite3.Connection:
    """Write the same events the application is filled with."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.executescript(
        "PRAGMA journal_mode=WAL; CREATE TABLE event(id integer primary key, title text, start_at text, end_at text);"
        "CREATE INDEX event_start ON event(start_at);"
    )
    events = [
        (r["id"], r["title"], r["start_at"].isoformat(), r["end_at"].isoformat()) for r in rows(1, COUNT, range(COUNT))
    ]
    db.execute("BEGIN")
    db.executemany("INSERT INTO event VALUES(?,?,?,?)", events)
    db.execute("COMMIT")
    return db


async def page(_request: Request) -> Response:
    """Give the page."""
    return HTMLResponse(PAGE)


async def events(request: Request) -> Response:
    """Give one range of events as FullCalendar asks for it."""
    first, last = (datetime.fromisoformat(request.query_params[key]).isoformat() for key in ("start", "end"))
    found = request.app.state.db.execute(
        "SELECT id,title,start_at,end_at FROM event WHERE start_at>=? AND start_at<? ORDER BY start_at", (first, last)
    )
    shown = [dict(zip(("id", "title", "start", "end"), row, strict=True)) for row in found]
    return Response(json.dumps(shown, separators=(",", ":")), media_type="application/json")


@asynccontextmanager
async def life(application: Starlette) -> AsyncGenerator[None]:
    """Fill the database before the first request."""
    application.state.db = fill(FOLDER / "yardstick.db")
    yield


app = Starlette(
    routes=[Route("/", page), Route("/api/events", events), Mount("/static", StaticFiles(directory=FOLDER))],
    lifespan=life,
)
