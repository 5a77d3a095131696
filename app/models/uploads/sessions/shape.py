"""What a sheet of sessions looks like, and who may upload one."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import Session as Db

from app.models import clock
from app.models.permissions import Viewer
from app.models.uploads.kinds import Column
from app.models.uploads.people.roster import read_words
from app.models.uploads.sessions.columns import columns
from app.models.words import RowStatus, UploadKind
from app.models.words.uploads import SESSION_RESULT_COLUMNS, SESSION_ROW_WORDS

SAMPLE_IN = timedelta(days=28)


class SessionsShape:
    """The columns and the rights of a sheet of sessions."""

    name = UploadKind.SESSIONS
    totals: Mapping[str, str] = {
        "create": "Sessions created",
        "edit": "Sessions edited",
        "delete": "Sessions deleted",
    }
    result_columns: tuple[str, ...] = SESSION_RESULT_COLUMNS
    result_words: Mapping[RowStatus, str] = SESSION_ROW_WORDS
    made_key = "id"

    def columns(self, db: Db) -> tuple[Column, ...]:
        """Give the columns in the organisation's words."""
        return columns(read_words(db), (clock.now() + SAMPLE_IN).date())

    def may(self, viewer: Viewer) -> bool:
        """Whoever manages anything may upload; each row is checked against what they manage."""
        return viewer.is_manager
