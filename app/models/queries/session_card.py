"""A session's card for one viewer: everything its page shows, in words, and the steps open to them.

What a viewer may not know is not in the card at all: other participants of a group, and the
meeting link of somebody who only has an invitation.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, lifecycle, spoken
from app.models.lifecycle import JOIN_OPENS
from app.models.period import Period
from app.models.permissions import Access, Viewer, access_session, visible_sessions
from app.models.queries import session_people, session_room
from app.models.queries.history import HistoryEntry, history_of
from app.models.queries.ratings import CardRating, card_rating
from app.models.queries.session_about import CardFact, about_session
from app.models.queries.session_forms import CardForm, form_of
from app.models.queries.session_people import CardPerson, Names
from app.models.queries.session_room import CardRoom
from app.models.spoken import Piece
from app.models.tables import Move, Series, Session
from app.models.words import (
    CALENDAR_WORDS,
    LIST_WORDS,
    OCCUPYING,
    PLACE_WORDS,
    PLATFORM_WORDS,
    Kind,
    Part,
    Place,
    Platform,
    Status,
    Step,
)

_WITH_LINK = (*OCCUPYING, Status.TO_BE_ARRANGED)
_OWN_PARTS = frozenset(Part) - {Part.ANSWERER, Part.CLOCK}


@dataclass(frozen=True)
class CardMove:
    """A change of time: from when, to when, by whom, when, and why."""

    old: str
    new: str
    who: str
    at: str
    reason: str


@dataclass(frozen=True)
class SessionCard:
    """What one viewer sees of a session; id 0 is no session at all. Times are in the viewer's zone."""

    id: int = 0
    viewer_id: int = 0
    version: int = 0
    title: str = ""
    number: str = ""
    status: str = ""
    word: str = ""
    program: str = ""
    kind: str = ""
    is_group: bool = False
    day: str = ""
    hours: str = ""
    zone: str = ""
    duration: str = ""
    own_time: str = ""
    place: str = ""
    place_kind: str = ""
    session_type: str = ""
    platform: str = ""
    link: str = ""
    passcode: str = ""
    address: list[Piece] = field(default_factory=list[Piece])
    people: list[CardPerson] = field(default_factory=list[CardPerson])
    hides_people: bool = False
    told: str = ""
    is_participant: bool = False
    image: str = ""
    about: list[CardFact] = field(default_factory=list[CardFact])
    details: list[Piece] = field(default_factory=list[Piece])
    series: str = ""
    waiting: str = ""
    cancel_reason: str = ""
    moves: list[CardMove] = field(default_factory=list[CardMove])
    covered: list[Piece] = field(default_factory=list[Piece])
    next_steps: list[Piece] = field(default_factory=list[Piece])
    written_up: str = ""
    steps: list[str] = field(default_factory=list[str])
    closed_because: str = ""
    join_hint: str = ""
    needs_reason: bool = False
    history: list[HistoryEntry] = field(default_factory=list[HistoryEntry])
    room: CardRoom = field(default_factory=CardRoom)
    rating: CardRating = field(default_factory=CardRating)
    form: CardForm = field(default_factory=CardForm)


def load_card(db: Db, viewer: Viewer, now: datetime, session_id: int) -> SessionCard:
    """Read a session for a viewer. Raises NotFound for a stranger. At most twelve queries."""
    access = access_session(db, viewer, session_id)
    names = session_people.load_names(db, viewer, access)
    session, facts = access.session, access.facts
    shown = lifecycle.shown_as(facts, now) if session.status != Status.TO_BE_ARRANGED else None
    steps = lifecycle.open_steps(facts, access.parts, now)
    is_in = bool(access.parts & _OWN_PARTS)
    return SessionCard(
        id=session.id or 0,
        viewer_id=viewer.person_id,
        version=session.version,
        title=session.name,
        number=f"Session {session.number}" if session.number else "",
        status=shown or session.status,
        word=CALENDAR_WORDS[shown] if shown else LIST_WORDS[Status.TO_BE_ARRANGED],
        program=access.program.name,
        kind=session.kind,
        is_group=session.kind == Kind.GROUP,
        **_time_words(session, viewer.zone),
        **_place_words(session, shows_link=is_in and session.status in _WITH_LINK),
        people=session_people.people_of(viewer, access, names),
        hides_people=session_people.hides_people(access),
        told=session_people.told_by(viewer, access, names),
        is_participant=any(seat.person_id == viewer.person_id for seat in access.seats),
        image=session.image if session.kind == Kind.GROUP else "",
        about=about_session(access),
        details=spoken.pieces(session.details),
        series=_series_words(db, session),
        waiting=_waiting_words(viewer, session, names),
        cancel_reason=session.cancel_reason if session.status == Status.CANCELLED else "",
        moves=_moves(db, session, viewer, names),
        covered=spoken.pieces(session.covered),
        next_steps=spoken.pieces(session.next_steps),
        written_up=spoken.moment(session.written_up_at, viewer.zone) if session.written_up_at else "",
        steps=[str(step) for step in steps],
        closed_because=_closed_because(access, now),
        join_hint=_join_hint(access, steps, viewer.zone, now),
        needs_reason=session.kind == Kind.ONE_TO_ONE,
        history=history_of(db, viewer, access),
        room=session_room.card_room(viewer, access, session_room.seating_of(session, access.seats), now),
        rating=card_rating(viewer, access, names, now),
        form=form_of(db, access, viewer, now),
    )


def next_of_series(db: Db, viewer: Viewer, now: datetime, session_id: int) -> int:
    """Give the session of the same series that is on or comes next; the same one where there is none.

    A calendar keeps one address for a whole series. Raises NotFound for a stranger.
    """
    session = access_session(db, viewer, session_id).session
    if session.series_id is None:
        return session_id
    following = select(Session.id).where(
        col(Session.series_id) == session.series_id, col(Session.status).in_(OCCUPYING), col(Session.end_at) > now
    )
    seen = following.where(visible_sessions(viewer)).order_by(col(Session.start_at)).limit(1)
    return db.exec(seen).first() or session_id


def _time_words(session: Session, zone: str) -> dict[str, Any]:
    period = session.period
    if period is None:
        return {"day": "No time yet", "hours": "", "zone": "", "duration": "", "own_time": ""}
    start = clock.wall(period.start, zone)
    differs = start != clock.wall(period.start, session.zone)
    return {
        "day": spoken.day_words(start),
        "hours": spoken.hours(period, zone),
        "zone": clock.zone_words(period.start, zone),
        "duration": spoken.duration(period.minutes),
        "own_time": spoken.span(period, session.zone) if differs else "",
    }


def _place_words(session: Session, *, shows_link: bool) -> dict[str, Any]:
    is_online = session.place == Place.ONLINE
    is_named = is_online and session.platform in set(Platform) and session.platform != Platform.OTHER
    platform = PLATFORM_WORDS[Platform(session.platform)] if is_named else ""
    return {
        "place": PLACE_WORDS[Place(session.place)],
        "place_kind": session.place,
        "session_type": session.session_type,
        "platform": platform,
        "link": session.link if is_online and shows_link else "",
        "passcode": session.passcode if is_online and shows_link else "",
        "address": [] if is_online else spoken.pieces(session.address),
    }


def _series_words(db: Db, session: Session) -> str:
    if session.series_id is None or session.recurrence_at is None:
        return ""
    series = db.get_one(Series, session.series_id)
    starts = list(
        db.exec(
            select(Session.recurrence_at)
            .where(Session.series_id == series.id, col(Session.deleted_at).is_(None))
            .order_by(col(Session.recurrence_at))
        )
    )
    known = [start for start in starts if start is not None]
    if len(known) < 2:
        return ""
    first, last = clock.wall(known[0], series.zone), clock.wall(known[-1], series.zone)
    said = spoken.recurrence(series.rrule, first, last)
    moved = " · moved from its usual time" if session.start_at not in (None, session.recurrence_at) else ""
    return f"{said} · {known.index(session.recurrence_at) + 1} of {len(known)}{moved}"


def _waiting_words(viewer: Viewer, session: Session, names: Names) -> str:
    if session.status != Status.PENDING:
        return ""
    asked_by = "You" if session.asked_by_id == viewer.person_id else names.of(session.asked_by_id)
    if session.asked_id == viewer.person_id:
        return f"{asked_by} asked for this time. It waits for your answer."
    return f"{asked_by} asked for this time. It waits for the answer of {names.of(session.asked_id)}."


def _moves(db: Db, session: Session, viewer: Viewer, names: Names) -> list[CardMove]:
    rows = db.exec(select(Move).where(Move.session_id == session.id).order_by(col(Move.id).desc())).all()
    more = session_people.more_names(db, names, {row.moved_by_id for row in rows})
    return [
        CardMove(
            old=spoken.span(Period(row.old_start_at, row.old_end_at), viewer.zone),
            new=spoken.span(Period(row.new_start_at, row.new_end_at), viewer.zone),
            who="you" if row.moved_by_id == viewer.person_id else more.of(row.moved_by_id),
            at=spoken.moment(row.moved_at, viewer.zone),
            reason=row.reason,
        )
        for row in rows
    ]


def _closed_because(access: Access, now: datetime) -> str:
    """Say why there is no Edit and no Cancel, or no way back from a cancellation, to those who had them."""
    is_group = access.session.kind == Kind.GROUP
    deciders = {Part.MANAGER, Part.HOST} if is_group else {Part.MANAGER, Part.MENTOR, Part.MENTEE}
    if access.session.status == Status.TO_BE_ARRANGED or not deciders & access.parts:
        return ""
    missing = Step.REACTIVATE if access.session.status == Status.CANCELLED else Step.EDIT
    return lifecycle.why_not(access.facts, missing, access.parts, now)


def _join_hint(access: Access, steps: list[Step], zone: str, now: datetime) -> str:
    session = access.session
    comes = bool({Part.HOST, Part.PARTICIPANT} & access.parts)
    if not comes or session.status != Status.SCHEDULED or session.start_at is None or Step.ENTER in steps:
        return ""
    opens = session.start_at - JOIN_OPENS
    if session.place != Place.ONLINE or opens <= now:
        return ""
    there, here = clock.wall(opens, zone), clock.wall(now, zone)
    on = "" if there.date() == here.date() else f" on {spoken.short_day(opens, zone)}"
    return f"Opens{on} at {there:%H:%M}"
