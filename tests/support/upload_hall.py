"""A file of several hundred rows about sessions, confirmed and about to be carried out by a server.

`python -m tests.support.upload_hall fill` makes it, in the database of a server that will run. `… found` prints
what became of it. Ten pairs have as many sessions as rows edit and delete; the other rows create.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.commands.booking import book
from app.models.commands.run import perform
from app.models.commands.uploads import confirm, open_upload
from app.models.database import make_engine, reading, transaction
from app.models.drafts import BookingDraft, Meeting
from app.models.permissions import Viewer, load_viewer
from app.models.tables import Notice, Session, Upload, UploadRow
from app.models.uploads import jobs
from app.models.uploads.reading import read_table
from app.models.words import Platform, UploadKind
from tests.bench.fill import add_organisation
from tests.support.roster import as_csv

PAIRS, BOSS = 10, 1
EDITED, DELETED, CREATED, OVERTAKEN = 60, 40, 200, 10
"""How many rows do what; of those that create, so many find their hour taken when their turn comes."""
ROWS = EDITED + DELETED + CREATED
HEADINGS = (
    *("Action", "ID", "Title", "Description", "Type", "Mentor (Email)", "Mentees (Email)", "Date (DD-MM-YYYY)"),
    *("Time Zone", "Time (24 hrs)", "Duration (Min)", "Recommended For", "Categories", "Medium"),
    *("Meeting Platform", "Meeting Link"),
)
FIRST = clock.now() + timedelta(days=30)
LINK = "https://meet.example.org/term"


def fill() -> None:
    """Make the people, the sessions that are there, and the upload; then take the hours of some rows away."""
    with transaction() as db:
        add_organisation(db)
        if db.get_bind().dialect.name == "postgresql":  # those with an id of their own did not count it on
            for table in ("person", "program"):
                db.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"))
        viewer = _boss(db)
    ids = [_book(viewer, number) for number in range(EDITED + DELETED)]
    made = perform(open_upload, viewer, "", UploadKind.SESSIONS, "term.csv", read_table(_file(ids)), 1)
    jobs.work_once("the preview")
    perform(confirm, viewer, "", made["upload_id"])
    for number in range(ROWS - OVERTAKEN, ROWS):
        _book(viewer, number)


def found() -> dict[str, object]:
    """Give what is there of the upload, its rows, the sessions and what people are told."""
    with reading() as db:
        rows = db.exec(select(UploadRow).order_by(col(UploadRow.number))).all()
        booked = db.exec(select(Session).where(col(Session.start_at).is_not(None)).order_by(col(Session.id))).all()
        told = db.exec(select(Notice).where(Notice.batch_id == "upload-1").order_by(col(Notice.id))).all()
        return {
            "upload": db.exec(select(Upload.status)).one(),
            "rows": [row.status for row in rows],
            "made": [row.result["id"] for row in rows if row.status == "done" and row.action == "create"],
            "sessions": Counter(_look(one) for one in booked),
            "ids": [one.id for one in booked if one.title == "New"],
            "told": Counter(f"{one.person_id} {one.kind} {len(one.facts['sessions'])}" for one in told),
        }


def progress(database_url: str, holds: Callable[[str, int], bool], seconds: float) -> tuple[str, int]:
    """Look at the upload's status and rows done, from another process, until something holds or the time is over."""
    engine, deadline = make_engine(database_url), time.monotonic() + seconds
    while True:
        with engine.connect() as connection:
            status, done = connection.execute(sa.text("SELECT status, rows_done FROM upload")).one()
        if holds(status, done) or time.monotonic() > deadline:
            engine.dispose()
            return status, done
        time.sleep(0.01)


def _look(session: Session) -> str:
    hour = session.start_at.hour if session.start_at else 0
    return f"{session.title} {hour}" + (" deleted" if session.deleted_at else "")


def _boss(db: Db) -> Viewer:
    viewer = load_viewer(db, BOSS)
    assert viewer is not None
    return viewer


def _day(number: int) -> datetime:
    return FIRST + timedelta(days=number // PAIRS)


def _pair(number: int) -> tuple[int, int]:
    mentor = number % PAIRS
    return mentor, PAIRS + mentor


def _book(viewer: Viewer, number: int) -> int:
    mentor, mentee = _pair(number)
    draft = BookingDraft(
        program_id=1, mentor_id=mentor + 2, mentee_id=mentee + 2, title="Old", day=_day(number).date(),
        at="10:00", zone="UTC", minutes=60, meeting=Meeting(platform=Platform.ZOOM, link=LINK), notifies=False,
    )  # fmt: skip
    return perform(book, viewer, "", draft)["session_ids"][0]


def _file(ids: list[int]) -> bytes:
    return as_csv([HEADINGS, *_edits(ids[:EDITED]), *_deletions(ids[EDITED:]), *_creations()])


def _edits(ids: list[int]) -> Iterator[list[str]]:
    for one in ids:
        yield ["Edit", str(one), "Moved", *[""] * 6, "14:00", *[""] * 6]


def _deletions(ids: list[int]) -> Iterator[list[str]]:
    for one in ids:
        yield ["Delete", str(one), *[""] * 14]


def _creations() -> Iterator[list[str]]:
    for number in range(EDITED + DELETED, ROWS):
        mentor, mentee = (f"person{one}@example.org" for one in _pair(number))
        when = [f"{_day(number):%d-%m-%Y}", "UTC", "10:00", "60"]
        yield ["Create", "", "New", "Of the term", "Private", mentor, mentee, *when, *["All"] * 3, "Zoom", LINK]


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill()
    else:
        print(json.dumps(found()))
