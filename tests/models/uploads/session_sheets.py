"""Uploads, checks and carries out sheets of sessions as a test needs them."""

from collections.abc import Mapping
from typing import Any

from app.models.commands.uploads import open_upload
from app.models.database import transaction
from app.models.permissions import Viewer
from app.models.tables import Person
from app.models.uploads import jobs
from app.models.uploads.reading import read_table
from app.models.words import Role, UploadKind
from tests.models.factories import (
    NOW,
    House,
    do,
    make_house,
    make_member,
    make_organisation,
    make_person,
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
