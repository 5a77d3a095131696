"""Taking and giving up places in group sessions: join, leave, answer an invitation, confirm a held place.

Each locks the session, counts its rows, and lets in who waits in the same transaction. How
visitors without an account register is in `registering`; inviting is in `inviting`.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, hub, spoken
from app.models.commands.apart import each_apart
from app.models.commands.seating import Room, hold, read_seating, require_open, save
from app.models.database import reading, transaction
from app.models.errors import NotFound, Problem, Refusal, StepRefused
from app.models.permissions import Viewer, hold_viewer, load_viewer
from app.models.seats import HOLD, Foreseen, foresee_resize, why_not_resize
from app.models.tables import Membership, Person, Seat, Session
from app.models.takings import LAPSED, TAKEN_BACK, last_step, stands_taken
from app.models.words import OCCUPYING, Audience, SeatStatus, Status


def join(db: Db, viewer: Viewer, now: datetime, session_id: int, *, slug: str = "") -> dict[str, Any]:
    """Take a place, or one on the waiting list; who is in already stays where they are.

    Gives {"status", "position" (0: not waiting), "warning" (their time is taken; "" if not)}.
    `slug` is the end of the session's public address: with it any member of the organisation may
    join a public session, without it only the programme's. Raises NotFound for whom it is not
    open to, StepRefused once it is over or cancelled.
    """
    hold_viewer(db, viewer)
    room = hold(db, session_id)
    _require_welcome(db, viewer, room, slug)
    require_open(room.session, now)
    _take(db, viewer, now, room, "join")
    return _standing(db, viewer, room)


def leave(db: Db, viewer: Viewer, now: datetime, session_id: int) -> dict[str, Any]:
    """Give up a place or a number in the waiting list. Who is out already stays out. The host cannot leave."""
    room = _own_room(db, viewer, session_id)
    if room.session.host_id == viewer.person_id:
        raise StepRefused(Problem("", "You host this session, so you cannot leave it.", "Cancel it, or ask a manager."))
    if room.seating.status(viewer.person_id) == SeatStatus.INVITED:
        return _decline(db, viewer, now, room)
    require_open(room.session, now)
    room.seating.leave(viewer.person_id, now, "leave")
    save(db, room, now, actor=viewer)
    return _standing(db, viewer, room)


def accept_invitation(db: Db, viewer: Viewer, now: datetime, session_id: int) -> dict[str, Any]:
    """Accept an invitation; after declining it too. The place of a private one is kept; a public one may be full.

    Gives what `join` gives.
    """
    hold_viewer(db, viewer)
    room = _own_room(db, viewer, session_id)
    _require_not_removed(db, viewer, room)
    require_open(room.session, now)
    _take(db, viewer, now, room, "accept_invitation")
    return _standing(db, viewer, room)


def decline_invitation(db: Db, viewer: Viewer, now: datetime, session_id: int) -> dict[str, Any]:
    """Decline an invitation; whoever accepted it before, or moved up meanwhile, gives up their place."""
    return leave(db, viewer, now, session_id)


def confirm_seat(db: Db, viewer: Viewer, now: datetime, session_id: int) -> dict[str, Any]:
    """Confirm a held place. When the time has run out: another if one is left, else the waiting list.

    Gives what `join` gives. Who has confirmed already is told so again; who gave the place up stays out.
    """
    hold_viewer(db, viewer)
    room = _own_room(db, viewer, session_id)
    require_open(room.session, now)
    status = room.seating.status(viewer.person_id)
    if status == SeatStatus.WITHDRAWN and last_step(db, room.id, viewer.person_id) != LAPSED:
        raise Refusal.of("", "This place was given up.", "Register again if you want to come.")
    if status in (SeatStatus.UNCONFIRMED, SeatStatus.WITHDRAWN):
        room.seating.join(viewer.person_id, now, "confirm_seat")
        save(db, room, now, actor=viewer)
    elif stands_taken(db, session_id, viewer.person_id):
        # They have a place or wait already; that it is theirs and not a browser's is written down all the same.
        room.seating.affirm(viewer.person_id, now, "confirm_seat")
        save(db, room, now, actor=viewer)
    return _standing(db, viewer, room)


def leave_seat(session_id: int, person_id: int, *, taking: str | None = None) -> dict[str, Any]:
    """Give up a place for the bearer of a signed link, in a transaction of its own.

    With a `taking`, for a browser that took the place without proof of whose address it typed: it
    undoes this taking. Raises Refusal once the person did something about the place themselves.
    """
    with transaction() as db:
        viewer = load_viewer(db, person_id)
        if viewer is None:
            raise NotFound("session")
        hold(db, session_id)
        if taking is not None and not stands_taken(db, session_id, person_id, taking):
            raise Refusal.of("", "This browser cannot give up the place.", "Use the link in the mail about it.")
        left = leave(db, viewer, clock.now(), session_id)
    hub.wake()
    return left


def resize(db: Db, viewer: Viewer, now: datetime, session: Session, maximum: int) -> dict[str, Any]:
    """Give a held session's seats another number of places; the caller writes `maximum` on its row.

    More: who waits moves up. Fewer than are in: those who came last go to the front of the
    waiting list, in order, and are told. Gives {"promoted", "put_back"}, person ids. Raises Refusal on `maximum` where
    invitations to a private session would lose their places.
    """
    room = hold(db, session.id or 0)
    if why_not := why_not_resize(room.seating, maximum, now):
        raise Refusal.of("maximum", why_not, "Take invitations back first, or leave more places.")
    foreseen = foresee_resize(room.seating, maximum, now)
    room.seating.resize(maximum, now)
    save(db, room, now, actor=viewer)
    return {"promoted": list(foreseen.promoted), "put_back": list(foreseen.put_back)}


def settle(db: Db, viewer: Viewer, now: datetime, session_id: int) -> None:
    """Let in who waits, after a step that is none about places freed one."""
    room = hold(db, session_id)
    room.seating.settle(now)
    save(db, room, now, actor=viewer)


def reopen(db: Db, viewer: Viewer, now: datetime, session: Session) -> None:
    """Put the places of a session right that was cancelled for a while: who was deactivated meanwhile has none.

    Nobody moved up while it was cancelled, so who waits does now.
    """
    room = hold(db, session.id or 0)
    gone = select(Person.id).where(col(Person.id).in_(room.seating.places), col(Person.deactivated_at).is_not(None))
    for person_id in sorted(one for one in db.exec(gone) if one):
        room.seating.leave(person_id, now, TAKEN_BACK, removed=True)
    room.seating.settle(now)
    save(db, room, now, actor=viewer)


def foresee(db: Db, now: datetime, session: Session, maximum: int) -> Foreseen:
    """Say what `resize` would do; the caller has checked who asks."""
    return foresee_resize(read_seating(db, session), maximum, now)


def expire_holds(now: datetime) -> int:
    """Take back the places that were not confirmed in time, and let in who waits; give how many sessions it concerned.

    Each session is a transaction of its own, so that every step happens once however many workers do this.
    """
    with reading() as db:
        stale = select(Seat.session_id).where(Seat.status == SeatStatus.UNCONFIRMED, col(Seat.since) <= now - HOLD)
        ids = sorted(set(db.exec(stale.join(Session).where(_is_open(now)))))
    return each_apart("take back what was held in session", _settle, ids, now)


def _settle(session_id: int, now: datetime) -> bool:
    """Settle one session, unless it ended or was called off meanwhile; say whether anything happened."""
    with suppress(Refusal), transaction() as db:
        room = hold(db, session_id)
        require_open(room.session, now)
        room.seating.settle(now)
        happened = bool(room.seating.events)
        save(db, room, now)
        return happened
    return False


def _is_open(now: datetime) -> sa.ColumnElement[bool]:
    ahead = sa.and_(col(Session.status) == Status.SCHEDULED, col(Session.end_at) > now)
    return sa.and_(col(Session.deleted_at).is_(None), sa.or_(col(Session.status) == Status.LIVE, ahead))


def _own_room(db: Db, viewer: Viewer, session_id: int) -> Room:
    """Take hold of a session in which the viewer has, or had, a seat. Raises NotFound."""
    room = hold(db, session_id)
    if room.seating.status(viewer.person_id) is None:
        raise NotFound("session")
    return room


def _take(db: Db, viewer: Viewer, now: datetime, room: Room, step: str) -> None:
    """Let them in; a place that a browser took in their name is their own from now on."""
    if room.session.host_id == viewer.person_id:
        return
    room.seating.join(viewer.person_id, now, step)
    is_new = any(event.person_id == viewer.person_id for event in room.seating.events)
    if not is_new and stands_taken(db, room.id, viewer.person_id):
        room.seating.affirm(viewer.person_id, now, step)
    save(db, room, now, actor=viewer)


def _decline(db: Db, viewer: Viewer, now: datetime, room: Room) -> dict[str, Any]:
    require_open(room.session, now)
    room.seating.decline(viewer.person_id, now, "decline_invitation")
    save(db, room, now, actor=viewer)
    return _standing(db, viewer, room)


def _require_welcome(db: Db, viewer: Viewer, room: Room, slug: str) -> None:
    """Raise NotFound or Refusal for whom the session is not open to."""
    if room.session.host_id == viewer.person_id:
        return
    if room.seating.status(viewer.person_id) is not None:
        _require_not_removed(db, viewer, room)
        return
    if room.session.audience == Audience.PRIVATE:
        raise NotFound("session")
    if room.session.program_id in viewer.mentored | viewer.attended or viewer.manages(room.session.program_id):
        return
    if not slug or slug != room.session.slug:
        raise NotFound("session")
    if not room.program.allows_visitors and not _is_member(db, viewer):
        raise Refusal.of("", "This session is for members only.", "Ask its host for an invitation.")


def _is_member(db: Db, viewer: Viewer) -> bool:
    if viewer.is_org_manager:
        return True
    return db.exec(select(Membership.id).where(Membership.person_id == viewer.person_id)).first() is not None


def _require_not_removed(db: Db, viewer: Viewer, room: Room) -> None:
    """Raise Refusal for whom a private session was taken back from; a public one is open to everybody again."""
    if not room.seating.is_private:
        return
    is_out = room.seating.status(viewer.person_id) == SeatStatus.WITHDRAWN
    if is_out and last_step(db, room.id, viewer.person_id) == TAKEN_BACK:
        raise Refusal.of("", "You no longer take part in this session.", "Ask its host for an invitation.")


def _standing(db: Db, viewer: Viewer, room: Room) -> dict[str, Any]:
    status = room.seating.status(viewer.person_id) or SeatStatus.ENROLLED
    has_time = status in (SeatStatus.ENROLLED, SeatStatus.WAITING) and viewer.person_id != room.session.host_id
    return {
        "status": status.value,
        "position": room.seating.position(viewer.person_id),
        "warning": _clash(db, viewer, room.session) if has_time else "",
    }


def _clash(db: Db, viewer: Viewer, session: Session) -> str:
    """Name another session of theirs at that time; a place in a group only warns (L9)."""
    others = (
        select(Session)
        .join(Seat, col(Seat.session_id) == col(Session.id))
        .where(
            Seat.person_id == viewer.person_id,
            Seat.status == SeatStatus.ENROLLED,
            Session.id != session.id,
            col(Session.status).in_(OCCUPYING),
            col(Session.deleted_at).is_(None),
            col(Session.start_at) < session.end_at,
            col(Session.end_at) > session.start_at,
        )
        .order_by(col(Session.start_at), col(Session.id))
    )
    other = db.exec(others).first()
    if other is None or other.period is None:
        return ""
    return f"You also have “{other.name}” on {spoken.span(other.period, viewer.zone)}."
