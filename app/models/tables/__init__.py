"""The tables. They hold facts and constraints and decide nothing; shapes of forms are in `drafts`.

Every instant is UTC (`UtcDateTime`), every enumeration a string from `words`.
"""

from app.models.tables.availability import Availability
from app.models.tables.history import Change, Request
from app.models.tables.messages import Announcement, Message, ThreadMark
from app.models.tables.notices import Notice
from app.models.tables.organisation import Organisation
from app.models.tables.people import Attempt, Login, MailedLink, Person, PersonTag
from app.models.tables.programs import Membership, Program
from app.models.tables.relationships import Relationship
from app.models.tables.sessions import Move, Picture, Seat, Series, Session
from app.models.tables.uploads import Upload, UploadRow

__all__ = [
    "Announcement",
    "Attempt",
    "Availability",
    "Change",
    "Login",
    "MailedLink",
    "Membership",
    "Message",
    "Move",
    "Notice",
    "Organisation",
    "Person",
    "PersonTag",
    "Picture",
    "Program",
    "Relationship",
    "Request",
    "Seat",
    "Series",
    "Session",
    "ThreadMark",
    "Upload",
    "UploadRow",
]
