"""Uploads, checks and carries out sheets of people as a test needs them."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.models.commands.uploads import confirm, open_upload
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.tables import Membership, Person, PersonTag, Relationship, Upload, UploadRow
from app.models.uploads import jobs
from app.models.uploads.reading import read_table
from app.models.words import UploadKind
from tests.models.factories import do
from tests.support.roster import as_csv

WORKER = "a worker"
HEADINGS = ("Action", "First name", "Last name", "Email", "Role", "Mentors", "Mentees")
Flaw = tuple[str, str, str]
"""What is wrong with a cell: its column, what it says, what would be right."""


def sheet(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> bytes:
    """Write rows under the usual headings; cells that a row does not give are empty."""
    return as_csv([headings, *([*row, *[""] * (len(headings) - len(row))] for row in rows)])


def upload(who: Viewer, content: bytes, program_id: int | None = None) -> int:
    """Upload a file and let it be checked."""
    opened = do(open_upload, who, UploadKind.PEOPLE, "people.csv", read_table(content), program_id)
    jobs.work_once(WORKER)
    return opened["upload_id"]


def carry_out(who: Viewer, upload_id: int) -> Upload:
    """Confirm an upload and let it be carried out."""
    do(confirm, who, upload_id)
    jobs.work_once(WORKER)
    return the_upload(upload_id)


def the_upload(upload_id: int) -> Upload:
    with reading() as db:
        return db.get_one(Upload, upload_id)


def rows_of(upload_id: int) -> list[UploadRow]:
    with reading() as db:
        query = select(UploadRow).where(UploadRow.upload_id == upload_id).order_by(col(UploadRow.number))
        return list(db.exec(query))


def statuses(upload_id: int) -> list[str]:
    return [row.status for row in rows_of(upload_id)]


def flaws(upload_id: int) -> list[list[Flaw]]:
    """What is wrong with each row."""
    return [[(one["column"], one["message"], one["remedy"]) for one in row.problems] for row in rows_of(upload_id)]


def pairs() -> list[tuple[str, str]]:
    """Everybody's active assignments, by address: mentor, mentee."""
    with reading() as db:
        emails = {one.id: one.email for one in db.exec(select(Person))}
        active = db.exec(select(Relationship).where(col(Relationship.ended_at).is_(None)))
        return sorted((emails[one.mentor_id], emails[one.mentee_id]) for one in active)


def everything() -> list[object]:
    """What uploads may change, to be compared."""
    with reading() as db:
        tables = (Person, Membership, PersonTag, Relationship)
        return [row.model_dump() for table in tables for row in db.exec(select(table).order_by(col(table.id)))]
