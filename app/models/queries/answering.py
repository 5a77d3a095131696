"""A session that waits for somebody's answer, as the page behind a mailed link shows it. Writes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, lifecycle, spoken
from app.models.permissions import Access, Viewer, access_session
from app.models.tables import Person, Session
from app.models.words import PLACE_WORDS, SENTENCE_WORDS, Place, Status, Step


@dataclass(frozen=True)
class Question:
    """One session, or the dates of a series, for the person that is asked.

    `why_not` says why there is nothing to answer any more, "" while there is. `day`, `time`
    and `zone` are the present start as the reader's clock shows it.
    """

    session_id: int
    version: int
    title: str
    program: str
    other: str
    when: str
    dates: tuple[str, ...]
    place: str
    details: str
    why_not: str
    day: str = ""
    time: str = ""
    zone: str = ""
    may_propose: bool = True
    zone_words: str = ""


def load_question(db: Db, viewer: Viewer, now: datetime, session_id: int, *, whole_series: bool) -> Question:
    """Read what is asked. Raises NotFound for a session that is not the viewer's to see."""
    access = access_session(db, viewer, session_id)
    session, period = access.session, access.session.period
    wall = clock.wall(period.start, viewer.zone) if period else None
    other = _other(db, viewer, session)
    return Question(
        session_id=session_id,
        version=session.version,
        title=session.name,
        program=access.program.name,
        other=other,
        when=spoken.span(period, viewer.zone) if period else "",
        dates=_dates(db, viewer, session) if whole_series else (),
        place=session.session_type or PLACE_WORDS[Place(session.place)],
        details=session.details,
        why_not=_why_not(access, viewer, now, other),
        day=wall.date().isoformat() if wall else "",
        time=f"{wall:%H:%M}" if wall else "",
        zone=viewer.zone,
        may_propose=not lifecycle.why_not(access.facts, Step.PROPOSE, access.parts, now),
        zone_words=clock.zone_words(period.start, viewer.zone) if period else "",
    )


def _why_not(access: Access, viewer: Viewer, now: datetime, other: str) -> str:
    if access.session.status == Status.PENDING and access.session.asked_id != viewer.person_id:
        return f"You have answered: another time was proposed, and now {other} is asked."
    why = lifecycle.why_not(access.facts, Step.ACCEPT, access.parts, now)
    if why and access.session.status != Status.PENDING:
        return f"There is nothing to answer any more: it is {SENTENCE_WORDS[Status(access.session.status)]}."
    return why


def _other(db: Db, viewer: Viewer, session: Session) -> str:
    other_id = session.mentee_id if session.host_id == viewer.person_id else session.host_id
    return db.get_one(Person, other_id).name if other_id else ""


def _dates(db: Db, viewer: Viewer, session: Session) -> tuple[str, ...]:
    asked = (
        select(Session)
        .where(
            Session.series_id == session.series_id,
            Session.status == Status.PENDING,
            Session.asked_id == viewer.person_id,
            col(Session.deleted_at).is_(None),
        )
        .order_by(col(Session.start_at), col(Session.id))
    )
    rows = db.exec(asked).all() if session.series_id else []
    return tuple(spoken.span(row.period, viewer.zone) for row in rows if row.period) if len(rows) > 1 else ()
