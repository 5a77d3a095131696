"""The one organisation of this installation, and its settings (P7)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.tables.base import instant, long_text, word
from app.models.words import ProgramKind


class Organisation(SQLModel, table=True):
    """One row, id 1. `secret` signs links; it never leaves the server."""

    id: int = Field(default=1, primary_key=True)
    name: str
    zone: str = "UTC"
    kind: str = word(ProgramKind.MENTORING)  # whose words are used where programmes differ
    logo: str = long_text()  # a data: URL of a re-encoded image, or ""
    mail_sender: str = ""
    mail_sender_name: str = ""
    consent_text: str = long_text()
    public_contact: str = ""
    bbb_url: str = ""
    bbb_secret: str = ""
    secret: str
    is_demo: bool = False
    created_at: datetime = instant()

    @property
    def makes_rooms(self) -> bool:
        """Whether a BigBlueButton server is set up, so that rooms are made at Join."""
        return bool(self.bbb_url and self.bbb_secret)
