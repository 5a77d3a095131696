"""What the commands about places share: take hold of a session's seats, and write down what became of them.

Nothing here is a command; nothing outside `commands` should need it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col

from app.models import notices
from app.models.database import lock_rows
from app.models.errors import NotFound, Problem, StepRefused
from app.models.permissions import Viewer, is_id
from app.models.seats import Happened, Place, Seating
from app.models.tables import Change, Notice, Program, Seat, Session
from app.models.words import Audience, Kind, MailStatus, NoticeKind, SeatStatus, Status

BY_CLOCK = frozenset({"promote", "expire_hold"})
"""Steps that follow from another one, or from time; nobody takes them."""
Row = dict[str, Any]


@dataclass
class Room:
    """A group session that is held until the transaction ends, with its programme and seats."""

    session: Session
    program: Program
    seating: Seating

    @property
    def id(self) -> int:
        """The session's id."""
        return self.session.id or 0


def hold(db: Db, session_id: int) -> Room:
    """Lock a group session and read who has which place. Raises NotFound for any other id. Three statements."""
    if not is_id(session_id):
        raise NotFound("session")
    lock_rows(db, Session, [session_id])
    session = db.get(Session, session_id, populate_existing=True)
    if session is None or session.kind != Kind.GROUP or session.deleted_at is not None:
        raise NotFound("session")
    return Room(session, db.get_one(Program, session.program_id), read_seating(db, session))


def read_seating(db: Db, session: Session) -> Seating:
    """Read who has which place, and who waits. One statement; only what a transaction has locked stays true."""
    columns = (Seat.id, Seat.person_id, Seat.status, Seat.since, Seat.is_host)
    rows = db.execute(sa.select(*map(col, columns)).where(col(Seat.session_id) == session.id)).all()
    places = {
        person_id: Place(person_id, SeatStatus(status), since, seat_id, is_host)
        for seat_id, person_id, status, since, is_host in rows
    }
    return Seating(session.maximum, session.audience == Audience.PRIVATE, places)


def require_open(session: Session, now: datetime) -> None:
    """Raise StepRefused unless people may come and go: until it is over, in progress or not."""
    if session.status == Status.LIVE:
        return
    if session.status == Status.SCHEDULED and session.end_at is not None and session.end_at > now:
        return
    said = {Status.CANCELLED: "This session is cancelled.", Status.TO_BE_ARRANGED: "This session has no time yet."}
    raise StepRefused(Problem("", said.get(Status(session.status), "This session is over.")))


def new_room(session: Session, program: Program, now: datetime) -> Room:
    """Give the room of a group session that was written in this transaction: nobody but its host is in it."""
    host = Place(session.host_id, SeatStatus.ENROLLED, now, is_host=True)
    seating = Seating(session.maximum, session.audience == Audience.PRIVATE, {session.host_id: host})
    return Room(session, program, seating)


def save(
    db: Db, room: Room, now: datetime, *, actor: Viewer | None = None, facts: Mapping[int, Row] | None = None
) -> None:
    """Write down all that happened in a room: seats, history, and one notice for each who is told.

    Without an `actor` everybody acted for themselves. `facts` are added to what the history
    keeps, by person. Four statements at most.
    """
    save_all(db, [room], now, actor=actor, facts=facts)


def save_all(
    db: Db, rooms: Sequence[Room], now: datetime, *, actor: Viewer | None = None, facts: Mapping[int, Row] | None = None
) -> None:
    """Write down what happened in several rooms, as `save` does, with no more statements."""
    events = [(room, event) for room in rooms for event in room.seating.events]
    if not events:
        return
    _write_seats(db, events)
    for room in rooms:
        _raise_sequence(room)
    history = [_change(room, event, now, actor, (facts or {}).get(event.person_id, {})) for room, event in events]
    db.execute(sa.insert(Change), history)
    db.flush()
    told = [row for room in rooms for row in _notices_of(db, room, now, actor)]
    if told:
        db.execute(sa.insert(Notice), told)
    for room in rooms:
        room.seating.events = []


def _notices_of(db: Db, room: Room, now: datetime, actor: Viewer | None) -> Iterator[Row]:
    """Make the notice of each event that somebody is told of. What nobody did is told without a name."""
    told, version = [(event, event.kind) for event in room.seating.events if event.kind], room.session.sequence
    common = notices.about(db, [room.session]) | {"reason": ""} if told else {}
    for event, kind in told:
        by = _actor_id(event, actor)
        facts = common | {"actor": actor.name if actor and by else "", "actor_id": by, "position": event.position}
        facts["before"] = event.before
        yield _NOTICE | {
            "kind": kind,
            "person_id": event.person_id,
            "session_id": room.id,
            # Who is put back stands where they stood before, so that a later stamp may be an earlier one again.
            "dedupe_key": f"{kind}:{room.id}.{version}@{event.stamp:%Y%m%d%H%M%S%f}:{event.person_id}",
            "facts": facts,
            "private": kind == NoticeKind.CONFIRM,
            "created_at": now,
            "due_at": now,
            "useful_until": room.session.end_at,
            "seen_at": now if by == event.person_id else None,
        }


def _raise_sequence(room: Room) -> None:
    """Raise SEQUENCE (RFC 5545) where somebody's place changed: their calendar ignores what is not newer.

    A newcomer's calendar knows nothing yet, so that a storm of registrations writes no row of the session.
    """
    if any(event.before is not None and event.before != event.after for event in room.seating.events):
        room.session.sequence += 1


def _write_seats(db: Db, events: Sequence[tuple[Room, Happened]]) -> None:
    places = {(room.id, event.person_id): room.seating.places[event.person_id] for room, event in events}
    new = [
        _SEAT | {"session_id": id_, "person_id": one.person_id, "status": one.status, "since": one.since}
        for (id_, _), one in places.items()
        if one.seat_id is None
    ]
    changed = [one for one in places.values() if one.seat_id]
    old = [{"seat": one.seat_id, "new_status": one.status, "new_since": one.since} for one in changed]
    if new:
        db.execute(sa.insert(Seat), new)
    if old:
        table = Seat.__table__  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType]
        values = {"status": sa.bindparam("new_status"), "since": sa.bindparam("new_since")}
        db.connection().execute(sa.update(table).where(table.c.id == sa.bindparam("seat")).values(values), old)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        for row in [one for one in db.identity_map.values() if isinstance(one, Seat)]:
            db.expire(row)  # what was loaded before is old now


def _change(room: Room, event: Happened, now: datetime, actor: Viewer | None, extra: Row) -> Row:
    return {
        "batch_id": "",
        "at": now,
        "actor_id": _actor_id(event, actor),
        "session_id": room.id,
        "relationship_id": None,
        "program_id": room.session.program_id,
        "person_id": event.person_id,
        "step": event.step,
        "before": {"seat": event.before} if event.before else {},
        "after": {"seat": event.after} | extra,
        "reason": "",
    }


def _actor_id(event: Happened, actor: Viewer | None) -> int | None:
    if event.step in BY_CLOCK:
        return None
    return actor.person_id if actor else event.person_id


_SEAT: Row = {"is_host": False, "entered_at": None, "attended": None, "rating": None, "comment": ""}
_NOTICE: Row = {
    "batch_id": "",
    "mail_status": MailStatus.WAITING,
    "message_id": "",
    "attempts": 0,
    "claimed_at": None,
    "claimed_by": "",
    "last_error": "",
    "sent_at": None,
}
