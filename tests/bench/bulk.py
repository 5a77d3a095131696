"""A sheet of sessions previewed and carried out by the job itself, beside a yardstick that knows no rules.

Each size has an empty database with a hundred mentors; the file is read, checked as a whole and
carried out row by row through the forms' commands: clashes, rights, seats, notices and history
included. The yardstick reads the same file with pandas, checks its cells and makes one INSERT.
The two take turns; everything is a median. Run as `python -m tests.bench.bulk [--postgresql]`.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from app.models import migrations
from app.models.commands.run import perform
from app.models.commands.uploads import confirm, open_upload
from app.models.database import forget_engine, reading
from app.models.permissions import Viewer, load_viewer
from app.models.tables import UploadRow
from app.models.uploads import jobs
from app.models.uploads.reading import read_table
from app.models.words import RowStatus, UploadKind
from tests.bench import bulk_sheet
from tests.bench.__main__ import cpu_reference
from tests.bench.bulk_yardstick import import_sheet
from tests.support.databases import Postgres, postgres

WORKER = "bench"


@contextmanager
def empty_database(server: Postgres | None) -> Iterator[Path]:
    """Point this process at a database with tables and nothing in them; give a folder for the yardstick's."""
    with tempfile.TemporaryDirectory() as name:
        url = server.create() if server else f"sqlite:///{name}/meridian.db"
        os.environ |= {"MERIDIAN_DATA_DIR": name, "MERIDIAN_DATABASE_URL": url}
        forget_engine()
        migrations.upgrade()
        yield Path(name)
        forget_engine()
        if server:
            server.drop(url)


def carry_out(viewer: Viewer, content: bytes) -> tuple[dict[str, float], list[int]]:
    """Upload a file, check it and carry it out; give the seconds of both, and the sessions it is about."""
    began = time.perf_counter()
    table = read_table(content)
    opened = perform(open_upload, viewer, "", UploadKind.SESSIONS, "bench.csv", table, 1)
    jobs.work_once(WORKER)
    previewed, cpu = time.perf_counter(), time.process_time()
    perform(confirm, viewer, "", opened["upload_id"])
    jobs.work_once(WORKER)
    seconds = {"preview_s": previewed - began, "apply_s": time.perf_counter() - previewed}
    return seconds | {"apply_cpu_s": time.process_time() - cpu}, _made(opened["upload_id"])


def _made(upload_id: int) -> list[int]:
    """List the sessions of an upload's rows. Raises AssertionError unless every row was carried out."""
    with reading() as db:
        query = select(UploadRow).where(UploadRow.upload_id == upload_id).order_by(col(UploadRow.number))
        rows = db.exec(query).all()
    assert {row.status for row in rows} == {RowStatus.DONE}
    return [row.result["id"] for row in rows]


def measure(count: int, server: Postgres | None) -> dict[str, dict[str, float]]:
    """Create, edit and delete so many sessions by file, and let the yardstick import the same first file."""
    with empty_database(server) as folder:
        boss = bulk_sheet.fill()
        with reading() as db:
            viewer = load_viewer(db, boss)
        assert viewer is not None
        content = bulk_sheet.creating(count)
        yardstick = {"yardstick_s": import_sheet(content, folder / "yardstick.db")}
        created, ids = carry_out(viewer, content)
        edited, _ = carry_out(viewer, bulk_sheet.editing(ids))
        deleted, _ = carry_out(viewer, bulk_sheet.deleting(ids))
    return {"create": created | yardstick, "edit": edited, "delete": deleted}


def in_short(count: int, turns: list[dict[str, dict[str, float]]]) -> dict[str, Any]:
    """Give the medians of some turns."""

    def median(verb: str, read: Callable[[dict[str, float]], float]) -> float:
        return round(statistics.median(read(turn[verb]) for turn in turns), 3)

    def whole(one: dict[str, float]) -> float:
        return one["preview_s"] + one["apply_s"]

    return {
        "rows": count,
        "create_s": median("create", whole),
        "preview_s": median("create", lambda one: one["preview_s"]),
        "apply_s": median("create", lambda one: one["apply_s"]),
        "apply_cpu_s": median("create", lambda one: one["apply_cpu_s"]),
        "ms_row": median("create", lambda one: whole(one) / count * 1e3),
        "edit_ms_row": median("edit", lambda one: whole(one) / count * 1e3),
        "delete_ms_row": median("delete", lambda one: whole(one) / count * 1e3),
        "yardstick_s": median("create", lambda one: one["yardstick_s"]),
        "ratio": median("create", lambda one: whole(one) / one["yardstick_s"]),
        "cpu_ms": cpu_reference(),
    }


def main() -> None:
    """Read the options, measure and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of rows")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    results: list[dict[str, Any]] = []
    with ExitStack() as stack:
        server = stack.enter_context(postgres()) if options.postgresql else None
        for count in map(int, options.sizes.split(",")):
            results.append(in_short(count, [measure(count, server) for _ in range(options.repeat)]))
            print(results[-1], flush=True)
    growth = round(results[-1]["ms_row"] / results[0]["ms_row"], 2)
    print(json.dumps({"database": "postgresql" if server else "sqlite", "growth": growth, "sizes": results}))


if __name__ == "__main__":
    main()
