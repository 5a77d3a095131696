"""Uploads, checks and carries out sheets of sessions as a test needs them."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel, col, select

from app.models.commands.uploads import open_upload
from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.tables import Change, Move, Notice, Person, Relationship, Seat, Session
from app.models.uploads import jobs
from app.models.uploads.reading import read_table
from app.models.words import Audience, Role, SeatStatus, Status, UploadKind
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_seat,
    make_session,
    restart_numbers,
)
from tests.models.uploads.sheets import WORKER
from tests.support.roster import as_csv

# The headings of MentorED's own sample file, as they stand there.
HEADINGS = (
    *("Action", "id", "title", "description", "type", "Mentor(Email)", "Mentees(Email)", "Date(DD-MM-YYYY)"),
    *("Time Zone(IST/UTC)", "Time (24 hrs)", "Duration(Min)", "recommended_for", "categories", "medium"),
    *("Meeting Platform", "Meeting Link", "Meeting Passcode (if needed)"),
)
OWN = ("Programme", "Minimum", "Maximum")
DAY, AT, MINUTES, ID = "Date(DD-MM-YYYY)", "Time (24 hrs)", "Duration(Min)", "id"
MENTOR_CELL, MENTEES_CELL, ZONE, PLATFORM, LINK_CELL = (
    *("Mentor(Email)", "Mentees(Email)", "Time Zone(IST/UTC)"),
    *("Meeting Platform", "Meeting Link"),
)
MENTOR, MENTEE, FAY, LEFT = "max@example.org", "mia@example.org", "fay@example.org", "left@example.org"
OTHERS = ("anna@example.org", "ben@example.org", "cem@example.org")
LINK = "https://meet.example.org/abc"
USUAL = {
    "Action": "Create",
    "title": "Algebra",
    "description": "What comes after numbers",
    "type": "Private",
    "Mentor(Email)": MENTOR,
    "Mentees(Email)": MENTEE,
    "Date(DD-MM-YYYY)": "10-03-2026",
    "Time Zone(IST/UTC)": "IST",
    "Time (24 hrs)": "13:00 Hrs",
    "Duration(Min)": "60",
    "recommended_for": "Teachers,Block education officer",
    "categories": "Communication",
    "medium": "English",
    "Meeting Platform": "Zoom",
    "Meeting Link": LINK,
    "Meeting Passcode (if needed)": "s3cret",
}
SHORT = {
    "act": "Action",
    "id": "id",
    "title": "title",
    "details": "description",
    "type": "type",
    "mentor": "Mentor(Email)",
    "mentees": "Mentees(Email)",
    "day": "Date(DD-MM-YYYY)",
    "zone": "Time Zone(IST/UTC)",
    "at": "Time (24 hrs)",
    "minutes": "Duration(Min)",
    "recommended": "recommended_for",
    "categories": "categories",
    "medium": "medium",
    "platform": "Meeting Platform",
    "link": "Meeting Link",
    "passcode": "Meeting Passcode (if needed)",
    "program": "Programme",
    "minimum": "Minimum",
    "maximum": "Maximum",
}
Row = Mapping[str, str]


def make_home(**program: Any) -> House:
    """A programme whose mentor and mentee work together, one more mentor, three more mentees, and who left."""
    restart_numbers()
    make_organisation()
    made = make_house(**program)
    with transaction() as db:
        db.get_one(Person, made.mentor.person_id).email = MENTOR
        db.get_one(Person, made.mentee.person_id).email = MENTEE
    make_member(made.program_id, make_person("Fay Fellow", email=FAY), Role.MENTOR)
    make_member(made.program_id, make_person("Lea Left", email=LEFT, deactivated_at=NOW), Role.MENTEE)
    for email in OTHERS:
        make_member(made.program_id, make_person(email.split("@")[0].capitalize() + " Other", email=email), Role.MENTEE)
    return made


def furnished() -> House:
    """That home with sessions.

    1: one-to-one of Max and Mia. 2: private group, Mia invited. 3: live. 4: public, Anna enrolled. 5: completed.
    """
    made = make_home()
    make_session(made, at(3))
    group = make_group(made, at(4), audience=Audience.PRIVATE, maximum=3, minimum=1, details="Bring a board")
    make_seat(group, made.mentee.person_id, SeatStatus.INVITED)
    make_session(made, at(0, 10), status=Status.LIVE)
    open_to_all = make_group(made, at(5), audience=Audience.PUBLIC, minimum=1, maximum=5, details="Everybody")
    make_seat(open_to_all, person("anna@example.org"))
    make_session(made, at(-3), status=Status.COMPLETED)
    return made


def person(email: str) -> int:
    with reading() as db:
        return db.exec(select(Person.id).where(Person.email == email)).one() or 0


def create(**cells: str) -> Row:
    """A Create row that is right but for these cells."""
    return USUAL | {SHORT[name]: text for name, text in cells.items()}


def public(**cells: str) -> Row:
    """A Create row of a public session."""
    return create(**{"type": "Public", "mentees": ""} | cells)


def edit(number: int, **cells: str) -> Row:
    return {"Action": "Edit", "id": str(number)} | {SHORT[name]: text for name, text in cells.items()}


def delete(session_id: int) -> Row:
    return {"Action": "Delete", "id": str(session_id)}


def sheet(*rows: Row) -> bytes:
    headings = [*HEADINGS, *(own for own in OWN if any(own in row for row in rows))]
    return as_csv([headings, *([row.get(heading, "") for heading in headings] for row in rows)])


def upload(who: Viewer, content: bytes, program_id: int | None = None) -> int:
    """Upload a file and let it be checked."""
    opened = do(open_upload, who, UploadKind.SESSIONS, "sessions.csv", read_table(content), program_id)
    jobs.work_once(WORKER)
    return opened["upload_id"]


NEVER_ALIKE = {"id", "uid", "slug", "batch_id"}
"""Columns that no two makings of the same thing share."""


def left() -> dict[str, list[dict[str, object]]]:
    """Every row that sessions are made of, without what is never alike; what an upload writes of itself left out."""
    tables: tuple[type[SQLModel], ...] = (Session, Seat, Relationship, Move, Notice, Change)
    found: dict[str, list[dict[str, object]]] = {}
    with reading() as db:
        for table in tables:
            rows = [row.model_dump() for row in db.exec(select(table).order_by(col(table.id)))]  # pyright: ignore
            rows = [row for row in rows if row.get("step") != "upload" and row.get("kind") != "uploaded"]
            found[table.__name__] = [_bare(row) for row in rows]
    return found


def _bare(row: dict[str, object]) -> dict[str, object]:
    kept = {name: value for name, value in row.items() if name not in NEVER_ALIKE}
    if "facts" in kept:
        facts = dict(row["facts"])  # pyright: ignore
        inner = [{k: v for k, v in one.items() if k not in NEVER_ALIKE} for one in facts.pop("sessions", [])]
        kept |= {"facts": facts, "sessions": inner}
        kept.pop("dedupe_key")
        kept.pop("due_at")
    return kept
