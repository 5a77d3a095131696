"""The storm's yardstick: a bare Starlette that takes a form, counts and inserts into SQLite, and nothing else."""

import os
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(os.environ.get("YARDSTICK_FOLDER", "."))
PLACES = int(os.environ.get("YARDSTICK_PLACES", "50"))


async def register(request: Request) -> Response:
    """Take a place if one is left."""
    body = (await request.body()).decode()
    db: sqlite3.Connection = request.app.state.db
    db.execute("BEGIN IMMEDIATE")
    is_in = db.execute("SELECT count(*) FROM registration").fetchone()[0] < PLACES
    db.execute("INSERT OR IGNORE INTO registration(form, is_in) VALUES(?, ?)", (body, is_in))
    db.execute("COMMIT")
    return Response(status_code=201 if is_in else 202)


@asynccontextmanager
async def life(application: Starlette) -> AsyncGenerator[None]:
    """Make the table before the first request."""
    application.state.db = sqlite3.connect(FOLDER / "storm.db", isolation_level=None)
    application.state.db.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "CREATE TABLE registration(id integer primary key, form text UNIQUE, is_in int);"
    )
    yield


app = Starlette(routes=[Route("/register", register, methods=["POST"])], lifespan=life)
