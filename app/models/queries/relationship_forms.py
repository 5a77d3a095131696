"""What the forms of a whole relationship start with: arrange all, record what has been, end. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session as Db

from app.models import clock, spoken
from app.models.permissions import Viewer
from app.models.queries.session_forms import CardForm
from app.models.tables import Organisation, Program, Session
from app.models.words import DEFAULT_SESSION_TYPES, Place, Platform, Status

USUAL_HOUR = "17:00"


@dataclass(frozen=True)
class FutureSession:
    """A session still to come, to be kept or cancelled when the assignment ends."""

    id: int
    name: str
    when: str


def future_sessions(sessions: Sequence[Session], zone: str, now: datetime) -> list[FutureSession]:
    """List the sessions that are still to come and have not started, in order of time."""
    ahead = [
        (session.period, session)
        for session in sessions
        if session.status in (Status.PENDING, Status.SCHEDULED) and session.period and session.period.end > now
    ]
    ahead.sort(key=lambda one: one[0].start)
    return [FutureSession(one.id or 0, f"Session {one.number}", spoken.span(period, zone)) for period, one in ahead]


def next_form(db: Db, viewer: Viewer, now: datetime, program: Program, sessions: Sequence[Session]) -> CardForm:
    """Propose when and where to meet next: a week after the last arranged session, as they met then. One query."""
    timed = [session for session in sessions if session.start_at and session.status != Status.CANCELLED]
    last = max(timed, key=lambda one: one.start_at or now, default=None)
    zone = viewer.zone
    start = clock.wall(last.start_at, zone) if last and last.start_at else None
    today = clock.today(now, zone)
    day = max(start.date() + timedelta(days=7), today + timedelta(days=1)) if start else today + timedelta(days=1)
    minutes = last.period.minutes if last and last.period else program.default_minutes
    at = f"{start:%H:%M}" if start else USUAL_HOUR
    organisation = db.get(Organisation, 1)
    makes_rooms = bool(organisation and organisation.bbb_url)
    return CardForm(
        day=day.isoformat(),
        at=at,
        until=spoken.later(at, minutes),
        minutes=minutes,
        zone=zone,
        zone_words=clock.zone_words(now, zone),
        earliest=today.isoformat(),
        place=last.place if last else Place.ONLINE,
        platform=(last.platform if last else "") or (Platform.BIG_BLUE_BUTTON if makes_rooms else Platform.OTHER),
        link=last.link if last else "",
        passcode=last.passcode if last else "",
        address=last.address if last else "",
        session_type=last.session_type if last else "",
        session_types=list(program.session_types or DEFAULT_SESSION_TYPES),
    )
