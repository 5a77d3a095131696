"""What an organisation that has just begun still needs before its first session; nothing once one was booked."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.permissions import Viewer
from app.models.queries.organisation import usual_words
from app.models.tables import Membership, Organisation, Program, Session
from app.models.words import ProgramWords, Role, shared_words


@dataclass(frozen=True)
class FirstSteps:
    """What there is already, and what the two sides are called."""

    has_program: bool
    has_mentor: bool
    has_mentee: bool
    words: ProgramWords


def first_steps(db: Db, viewer: Viewer) -> FirstSteps | None:
    """Read how far the beginning is; None from the first booking on, and for all but the organisation's managers."""
    if not viewer.is_org_manager or db.execute(sa.select(_was_booked())).scalar():
        return None
    roles = set(db.exec(select(Membership.role).distinct()))
    programs = list(db.exec(select(Program).where(col(Program.archived_at).is_(None))))
    words = shared_words((program.words for program in programs), usual_words(db.get(Organisation, 1)))
    return FirstSteps(bool(programs), Role.MENTOR in roles, Role.MENTEE in roles, words)


def _was_booked() -> sa.ColumnElement[bool]:
    """Whether any session has an hour; those of an assignment are there before they are arranged."""
    return sa.exists().where(col(Session.start_at).is_not(None))
