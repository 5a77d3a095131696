"""Who was there, as far as it is known: of a seat, and of the seats of a query. It reads nothing itself.

What somebody noted counts. Where nobody did, whoever went in was there, and whoever had a place
in a session that was completed.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from app.models.tables import Seat, Session
from app.models.words import Status


def was_there(seat: Seat, session: Session) -> bool:
    """Whether the person of a seat counts as having been there."""
    if seat.attended is not None:
        return seat.attended
    return seat.entered_at is not None or session.status == Status.COMPLETED


def were_there() -> sa.ColumnElement[Any]:
    """Say of the seats of a query, joined to their sessions, what `was_there` says of one."""
    went_in, is_completed = col(Seat.entered_at).is_not(None), col(Session.status) == Status.COMPLETED
    return sa.case((col(Seat.attended).is_not(None), col(Seat.attended)), else_=sa.or_(went_in, is_completed))
