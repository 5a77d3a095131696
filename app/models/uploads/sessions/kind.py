"""Sessions as a kind of upload: checked as a whole, carried out by the forms' commands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models.batches import hold_back, join_some
from app.models.permissions import Viewer
from app.models.uploads.kinds import Around, Checked, Outcome, RowIn
from app.models.uploads.people.roster import read_words
from app.models.uploads.sessions.applying import apply_rows, hold_people
from app.models.uploads.sessions.cells import parse
from app.models.uploads.sessions.checking import check_rows
from app.models.uploads.sessions.judging import Desk
from app.models.uploads.sessions.roster import read_roster
from app.models.uploads.sessions.shape import SessionsShape

AT_ONCE = 50


class SessionsKind(SessionsShape):
    """What is done with a sheet of sessions."""

    def check(self, db: Db, viewer: Viewer, now: datetime, around: Around, rows: Sequence[RowIn]) -> Checked:
        """Check all rows."""
        parsed = [parse(row) for row in rows]
        emails = {email for row in parsed for email in (row.mentor, *row.mentees) if email}
        roster = read_roster(db, viewer, emails, {row.id for row in parsed if row.id})
        desk = Desk(viewer, now, roster, around.program_id, read_words(db).mentor)
        return check_rows(db, parsed, desk)

    def prepare(self, db: Db, viewer: Viewer, around: Around, plans: Sequence[Mapping[str, Any]]) -> None:
        """Hold the people of the next rows."""
        hold_people(db, plans)

    def together(self, plans: Sequence[Mapping[str, Any]]) -> int:
        """Say how many rows are carried out at once."""
        return AT_ONCE

    def apply(
        self, db: Db, viewer: Viewer, now: datetime, around: Around, plans: Sequence[Mapping[str, Any]], stage: int
    ) -> Sequence[Outcome]:
        """Carry the rows out."""
        return apply_rows(db, viewer, now, plans)

    def settle(self, db: Db, now: datetime, around: Around, after: int) -> None:
        """Let what people are told of these rows wait for that of the others."""
        hold_back(db, now, around.batch_id, after)

    def wrap_up(self, db: Db, now: datetime, around: Around) -> bool:
        """Tell the next people of all their sessions at once."""
        return join_some(db, now, around.batch_id)
