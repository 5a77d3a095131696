"""What a sheet of people looks like, and who may upload one."""

from collections.abc import Mapping

from sqlmodel import Session as Db

from app.models.permissions import Viewer
from app.models.uploads.kinds import Column
from app.models.uploads.people.columns import columns
from app.models.uploads.people.roster import read_words
from app.models.words import RowStatus, UploadKind
from app.models.words.uploads import RESULT_COLUMNS, ROW_WORDS


class PeopleShape:
    """The columns and the rights of a sheet of people."""

    name = UploadKind.PEOPLE
    totals: Mapping[str, str] = {
        "add": "People added",
        "update": "People updated",
        "assign": "Assignments",
        "unassign": "Assignments ended",
    }
    result_columns: tuple[str, ...] = RESULT_COLUMNS
    result_words: Mapping[RowStatus, str] = ROW_WORDS
    made_key = ""

    def columns(self, db: Db) -> tuple[Column, ...]:
        """Give the columns in the organisation's words."""
        return columns(read_words(db))

    def may(self, viewer: Viewer) -> bool:
        """Whoever manages anything may upload; each row is checked against what they manage."""
        return viewer.is_manager
