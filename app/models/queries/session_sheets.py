"""The session list and a session's people as files show them: headings and rows of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session as Db

from app.models import clock
from app.models.permissions import Viewer
from app.models.queries.organisation import usual_words
from app.models.queries.session_list import list_for_file
from app.models.queries.session_list_filters import Filters
from app.models.queries.session_mentees import list_mentees
from app.models.tables import Organisation


@dataclass(frozen=True)
class Sheet:
    """A file's headings and rows."""

    headings: list[str]
    rows: list[list[str]]


def sessions_sheet(db: Db, viewer: Viewer, now: datetime, filters: Filters, only: Sequence[int] | None = None) -> Sheet:
    """Write out everything the filters show, or `only` these. Raises NotFound for who manages nothing."""
    found = list_for_file(db, viewer, now, filters, only)
    words = usual_words(db.get(Organisation, 1))
    people = (words.mentor.capitalize(), words.mentee.capitalize())
    zone = clock.zone_words(now, viewer.zone)
    headings = ["ID", "Title", people[0], people[1], "Programme", f"Date, {zone}", "Time", "Enrolment"]
    headings += ["Enrolled", "Places", "Invited", "Waiting", "Type", "Status"]
    rows = [
        [
            *(str(row.id), row.title, row.host, row.mentee, row.program, row.day, row.hours, row.enrolment),
            *(str(number) for number in (row.enrolled, row.places, row.invited, row.waiting)),
            *(row.type_word, row.word),
        ]
        for row in found
    ]
    return Sheet(headings, rows)


def mentees_sheet(db: Db, viewer: Viewer, session_id: int) -> Sheet:
    """Write out who is in a session. Raises NotFound as `list_mentees` does."""
    found = list_mentees(db, viewer, session_id)
    if not found.shows_email:
        return Sheet(["Name", "Status", "Attendance"], [[row.name, row.word, row.came] for row in found.rows])
    rows = [[row.name, row.email, row.word, row.came] for row in found.rows]
    return Sheet(["Name", "E-mail", "Status", "Attendance"], rows)
