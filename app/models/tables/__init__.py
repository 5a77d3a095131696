"""The tables. They hold facts and constraints and decide nothing; shapes of forms are in `drafts`.

Every instant is UTC (`UtcDateTime`), every enumeration a string from `words`.
"""

from app.models.tables.history import Change, Request
from app.models.tables.notices import Notice
from app.models.tables.organisation import Organisation
from app.models.tables.people import Attempt, Login, MailedLink, Person
from app.models.tables.programs import Membership, Program
from app.models.tables.relationships import Relationship
from app.models.tables.sessions import Move, Seat, Series, Session

__all__ = [
    "Attempt",
    "Change",
    "Login",
    "MailedLink",
    "Membership",
    "Move",
    "Notice",
    "Organisation",
    "Person",
    "Program",
    "Relationship",
    "Request",
    "Seat",
    "Series",
    "Session",
]
