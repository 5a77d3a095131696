"""What a drag in the calendar means, and whether it would be allowed. The move itself is `commands.changing.move`."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, spoken
from app.models.calendar_layout import View, instant_at
from app.models.calendar_shapes import Proposal
from app.models.commands.changing import move
from app.models.database import transaction
from app.models.drafts import LONGEST_MINUTES, SHORTEST_MINUTES, MoveDraft, read
from app.models.errors import Refusal
from app.models.occupancy import Wish, obstacles
from app.models.period import Period
from app.models.permissions import HOLDING, Viewer, access_session
from app.models.tables import Person, Seat
from app.models.words import Scope

MOST_NAMED = 7


@dataclass(frozen=True)
class Drop:
    """Where something was let go: the day, the minute on the view's axis (None keeps the time of day), the new length.

    `minutes` None keeps the length.
    """

    day: date
    minute: int | None
    minutes: int | None
    view: View


@dataclass(frozen=True)
class Dragged:
    """What is dragged, as it is now."""

    session_id: int
    title: str
    start_at: datetime
    end_at: datetime
    version: int
    is_series: bool
    people: tuple[str, ...]

    @property
    def lasts(self) -> timedelta:
        """Its length as it is now."""
        return self.end_at - self.start_at


def load_dragged(db: Db, viewer: Viewer, session_id: int) -> Dragged:
    """Read a session that is dragged, with all who will be told. Raises NotFound, or Refusal without a time."""
    session = access_session(db, viewer, session_id).session
    if session.start_at is None or session.end_at is None:
        raise Refusal.of("", "This session has no time yet.", "Arrange it first.")
    people = db.exec(
        select(Person)
        .join(Seat, col(Seat.person_id) == col(Person.id))
        .where(Seat.session_id == session_id, col(Seat.status).in_(HOLDING))
        .order_by(col(Seat.is_host).desc(), col(Person.first_name), col(Person.id))
    ).all()
    names = tuple(person.name for person in people)
    title = session.title or " and ".join(names[:2])
    return Dragged(
        session_id, title, session.start_at, session.end_at, session.version, session.series_id is not None, names
    )


def draft_of(drop: Drop, dragged: Dragged, zone: str, scope: Scope = Scope.THIS) -> MoveDraft:
    """Make the draft of a drop. Raises Refusal for a time that the clocks skip, and for what is out of bounds."""
    start = _start_of(drop, dragged, zone).astimezone(UTC)
    if drop.minutes is not None and not SHORTEST_MINUTES <= drop.minutes <= LONGEST_MINUTES:
        raise Refusal.of("minutes", "A session lasts from 30 minutes to 12 hours.")
    when = {"day": start.date(), "at": start.time(), "zone": "UTC", "minutes": drop.minutes}
    return read(MoveDraft, when | {"scope": scope, "version": dragged.version})


def propose(db: Db, viewer: Viewer, dragged: Dragged, draft: MoveDraft) -> Proposal:
    """Put a drop into words, for its confirmation, with what speaks against it. Raises NotFound for a stranger."""
    start = datetime.combine(draft.day, draft.at, tzinfo=UTC)
    period = Period(start, start + (timedelta(minutes=draft.minutes) if draft.minutes else dragged.lasts))
    access = access_session(db, viewer, dragged.session_id)
    found = obstacles(db, viewer, [Wish.of(access.session, access.program, period)])
    return Proposal(
        session_id=dragged.session_id,
        title=dragged.title,
        before=in_words(dragged.start_at, dragged.end_at, viewer.zone),
        after=in_words(period.start, period.end, viewer.zone),
        told=spoken.names(dragged.people, MOST_NAMED),
        is_series=dragged.is_series,
        warnings=[one.message for one in found if one.only_warns],
    )


def rehearse(viewer: Viewer, session_id: int, draft: MoveDraft) -> None:
    """Carry the move out and throw it away, so that what the rules refuse is said before anybody confirms."""
    with suppress(_Rehearsed), transaction() as db:
        move(db, viewer, clock.now(), session_id, draft)
        raise _Rehearsed


def in_words(start: datetime, end: datetime, zone: str) -> str:
    """Say when something is, as "Tuesday 24 November, 10:30 – 11:15"."""
    first, last = clock.wall(start, zone), clock.wall(end, zone)
    return f"{first:%A} {first.day} {first:%B}, {first:%H:%M} – {last:%H:%M}"


class _Rehearsed(Exception):  # it is no error
    pass


def _start_of(drop: Drop, dragged: Dragged, zone: str) -> datetime:
    wall = clock.wall(dragged.start_at, zone)
    if drop.minute is None:
        return clock.instant(datetime.combine(drop.day, wall.time()), zone)
    if drop.view == View.DAY:
        return instant_at(drop.day, drop.minute, zone)
    aimed = datetime.combine(drop.day, time()) + timedelta(minutes=drop.minute)
    return dragged.start_at if aimed == wall else clock.instant(aimed, zone)
