"""What a session's forms start with: wall times of the session's own zone, and the choices they offer."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import col, func, select

from app.models import clock, spoken
from app.models.permissions import Access, Viewer
from app.models.tables import Session
from app.models.words import DEFAULT_SESSION_TYPES, Place, Platform, Status


@dataclass(frozen=True)
class CardForm:
    """The values a form is filled with when it opens; `day`, `at` and `until` are wall time in `zone`, or ""."""

    day: str = ""
    at: str = ""
    until: str = ""
    minutes: int = 60
    zone: str = "UTC"
    zone_words: str = "UTC"
    earliest: str = ""
    place: str = Place.ONLINE
    platform: str = Platform.BIG_BLUE_BUTTON
    link: str = ""
    passcode: str = ""
    address: str = ""
    session_type: str = ""
    session_types: list[str] = field(default_factory=list[str])
    title: str = ""
    details: str = ""
    covered: str = ""
    next_steps: str = ""
    in_series: bool = False


def form_of(db: Db, access: Access, viewer: Viewer, now: datetime) -> CardForm:
    """Fill a session's form. A session without a time takes the viewer's zone. One query at most."""
    session = access.session
    zone = session.zone if session.start_at else viewer.zone
    start = clock.wall(session.start_at, zone) if session.start_at else None
    is_ahead = session.start_at is not None and session.start_at > now
    keeps_day = start is not None and (is_ahead or session.status not in (Status.CANCELLED, Status.MISSED))
    at, minutes = f"{start:%H:%M}" if start else "", _minutes(access)
    return CardForm(
        day=start.date().isoformat() if start and keeps_day else "",
        at=at,
        until=spoken.later(at, minutes) if at else "",
        minutes=minutes,
        zone=zone,
        zone_words=clock.zone_words(session.start_at if session.start_at and keeps_day else now, zone),
        earliest=clock.today(now, zone).isoformat(),
        place=session.place,
        platform=session.platform or Platform.BIG_BLUE_BUTTON,
        link=session.link,
        passcode=session.passcode,
        address=session.address,
        session_type=session.session_type,
        session_types=_session_types(access),
        title=session.title,
        details=session.details,
        covered=session.covered,
        next_steps=session.next_steps,
        in_series=_is_one_of_several(db, session),
    )


def _minutes(access: Access) -> int:
    period = access.session.period
    return period.minutes if period else access.program.default_minutes


def _session_types(access: Access) -> list[str]:
    offered = list(access.program.session_types or DEFAULT_SESSION_TYPES)
    own = access.session.session_type
    return [*offered, own] if own and own not in offered else offered


def _is_one_of_several(db: Db, session: Session) -> bool:
    if session.series_id is None:
        return False
    count = select(func.count(col(Session.id))).where(
        Session.series_id == session.series_id, col(Session.deleted_at).is_(None)
    )
    return db.exec(count).one() > 1
