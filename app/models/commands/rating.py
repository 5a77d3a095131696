"""Rating a session: one to five stars and a comment, by those who took part, changeable for two weeks.

Nobody is told. The history keeps that and how somebody rated, never what they wrote.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models import history, rating
from app.models.drafts.ratings import RatingDraft
from app.models.errors import Problem, StepRefused
from app.models.permissions import Viewer, access_session
from app.models.tables import Session

STEP = "rate"


def rate(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: RatingDraft) -> dict[str, Any]:
    """Keep the viewer's rating of a session they took part in, in the stead of an earlier one.

    Raises NotFound for a stranger, StepRefused for who was not there, before the session is
    completed, and after `rating.OPEN_FOR`.
    """
    access = access_session(db, viewer, session_id, lock=True)
    seat = next((one for one in access.seats if one.person_id == viewer.person_id), None)
    if reason := rating.why_not(access.session, seat, now):
        raise StepRefused(Problem("", reason))
    assert seat is not None
    if seat.rating != draft.rating:
        _write_down(db, viewer, now, access.session, seat.rating, draft.rating)
    seat.rating, seat.comment = draft.rating, draft.comment
    return {"rating": draft.rating}


def _write_down(db: Db, viewer: Viewer, now: datetime, session: Session, old: int | None, new: int) -> None:
    history.record(
        db,
        viewer,
        STEP,
        now=now,
        session=session,
        person_id=viewer.person_id,
        before={"rating": old} if old else {},
        after={"rating": new},
    )
