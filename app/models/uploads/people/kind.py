"""People and who works with whom, as a kind of upload: checked as a whole, carried out by the forms' commands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlmodel import Session as Db

from app.models.permissions import Viewer
from app.models.uploads.kinds import Around, Checked, Outcome, RowIn
from app.models.uploads.people.applying import apply_rows, hold_people
from app.models.uploads.people.checking import addresses_in, check_rows, parse_rows
from app.models.uploads.people.roster import read_programs, read_roster, read_words
from app.models.uploads.people.shape import PeopleShape
from app.models.uploads.people.swapped import swapped_columns
from app.models.words import shared_words

AT_ONCE, PAIRS_AT_ONCE = 10, 20
"""More at once are hardly faster, and hold the database so long that others wait noticeably longer to write."""


class PeopleKind(PeopleShape):
    """What is done with a sheet of people."""

    def check(self, db: Db, viewer: Viewer, now: datetime, around: Around, rows: Sequence[RowIn]) -> Checked:
        """Check all rows."""
        usual, own = read_words(db), [program.words for program in read_programs(db, viewer).values()]
        words = [shared_words(own, usual), usual, *own]
        parsed = parse_rows(rows, words)
        roster = read_roster(db, viewer, now, addresses_in(parsed))
        found = check_rows(parsed, roster, around.program_id)
        return Checked(found.verdicts, found.totals, swapped_columns(rows, around.titles, words))

    def prepare(self, db: Db, viewer: Viewer, around: Around, plans: Sequence[Mapping[str, Any]]) -> None:
        """Hold the people of the next rows."""
        hold_people(db, plans)

    def together(self, plans: Sequence[Mapping[str, Any]]) -> int:
        """Say how many rows are carried out at once: fewer where they name many, for each pair has its sessions."""
        pairs = accumulate(len(plan["pairs"]) for plan in plans[:AT_ONCE])
        return max(1, sum(so_far <= PAIRS_AT_ONCE for so_far in pairs))

    def apply(
        self, db: Db, viewer: Viewer, now: datetime, around: Around, plans: Sequence[Mapping[str, Any]], stage: int
    ) -> Sequence[Outcome]:
        """Carry one stage of the rows out."""
        return apply_rows(db, viewer, now, around, plans, stage)

    def settle(self, db: Db, now: datetime, around: Around, after: int) -> None:
        """Nothing is left over: pairs tell their people once of all rows."""

    def wrap_up(self, db: Db, now: datetime, around: Around) -> bool:
        """Nothing is left over."""
        return False
