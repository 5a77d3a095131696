"""A session's history in words: who, when in the reader's zone, what, and the reason given.

It tells a group's participant nothing about the other participants, and its host not who rated it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.period import Period
from app.models.permissions import Access, Viewer
from app.models.tables import Change, Person, Seat, Session
from app.models.words import FIELD_WORDS, LIST_WORDS, PLACE_WORDS, Kind, Part, Place, SeatStatus, Status, Step

LISTED = 100
"""So many steps are shown, the latest first; no session of people has more."""

_PLAIN: dict[str, str] = {
    Step.BOOK: "booked this session",
    Step.PUBLISH: "published this session",
    Step.ARRANGE: "arranged this session",
    Step.REACTIVATE: "reactivated this session",
    Step.ACCEPT: "accepted the time",
    Step.DECLINE: "declined the time",
    Step.PROPOSE: "proposed another time",
    Step.EDIT: "saved it again",
    Step.MOVE: "moved it",
    Step.CANCEL: "cancelled this session",
    Step.DELETE: "deleted this session",
    Step.ENTER: "joined",
    Step.START: "started this session",
    Step.EDIT_MEETING: "changed the meeting details",
    Step.FINISH: "ended this session",
    Step.RECORD: "recorded the outcome",
    Step.WRITE_UP: "wrote down what was done",
    Step.CORRECT: "corrected the outcome",
    Step.ARRANGE_AGAIN: "arranged another session in its stead",
    "undo": "took the move back",
    "add_session": "added this session",
    "record_past": "recorded this session",
    "hand_over": "handed this session over",
    Step.MARK: "wrote down who came",
    "rate": "rated this session",
    "assign": "brought the two together",
    "end": "ended the assignment",
}
_OF_SEATS: dict[str, str] = {
    "join": "took a place",
    "register": "registered",
    "register_again": "registered again",
    "confirm_seat": "confirmed the place",
    "accept_invitation": "accepted the invitation",
    "decline_invitation": "declined the invitation",
    "leave": "left",
    "invite": "invited {whom}",
    "remove": "removed {whom}",
    "promote": "moved {whom} up from the waiting list",
    "put_back": "put {whom} back on the waiting list",
    "expire_hold": "took back the place of {whom}, which was not confirmed in time",
}
"""Steps about one seat; `{whom}` is its person, where somebody else took the step."""
_WAITS: dict[str, str] = {
    "join": "joined the waiting list",
    "register": "registered for the waiting list",
    "confirm_seat": "confirmed, and joined the waiting list",
    "accept_invitation": "accepted the invitation, and joined the waiting list",
}
_BY_CLOCK: dict[str, str] = {
    Step.FINISH: "ended by itself",
    Step.LAPSE: "closed by itself",
}
_OUTCOMES = frozenset({Step.FINISH, Step.LAPSE, Step.RECORD, Step.CORRECT})
_TIMED = frozenset({Step.BOOK, Step.PUBLISH, Step.ARRANGE, Step.REACTIVATE, Step.PROPOSE, Step.ACCEPT})


@dataclass(frozen=True)
class HistoryEntry:
    """One step: "Ann Lee" "moved it from … to …", `at` in the reader's zone, the reason or ""."""

    who: str
    at: str
    what: str
    reason: str


def history_of(db: Db, viewer: Viewer, access: Access) -> list[HistoryEntry]:
    """List what became of a session, the latest first. Two queries, three for a group.

    Of a group's the steps about single seats are limited by themselves, so that a full room
    leaves the others to be seen.
    """
    of_it = select(Change).where(Change.session_id == access.session.id, *_may_know(viewer, access))
    of_it = of_it.order_by(col(Change.id).desc()).limit(LISTED)
    if access.session.kind == Kind.ONE_TO_ONE:
        rows = list(db.exec(of_it))
    else:
        of_seat = sa.or_(col(Change.person_id).is_not(None), col(Change.step) == Step.ENTER)
        rows = [*db.exec(of_it.where(of_seat)), *db.exec(of_it.where(sa.not_(of_seat)))]
        rows.sort(key=lambda row: row.id or 0, reverse=True)
    people = _names(db, rows)
    return [_entry(row, people, viewer) for row in rows]


def history_of_relationship(db: Db, viewer: Viewer, relationship_id: int) -> list[HistoryEntry]:
    """List what became of a relationship and its sessions, the latest first; the caller has checked who asks."""
    asked = (
        select(Change, Session.number)
        .outerjoin(Session, col(Session.id) == Change.session_id)
        .where(Change.relationship_id == relationship_id)
        .order_by(col(Change.id).desc())
        .limit(LISTED)
    )
    rows = list(db.exec(asked))
    people = _names(db, [row for row, _ in rows])
    return [_numbered(_entry(row, people, viewer), row, number) for row, number in rows]


def _numbered(entry: HistoryEntry, row: Change, number: int | None) -> HistoryEntry:
    if row.session_id is None:
        return entry
    name = f"Session {number}" if number else "A session"
    return replace(entry, what=f"{name}: {entry.what}")


def _may_know(viewer: Viewer, access: Access) -> list[sa.ColumnElement[bool]]:
    """Give the conditions for what this viewer may read of it."""
    if access.session.kind == Kind.ONE_TO_ONE:
        return []
    me, actor, person = viewer.person_id, col(Change.actor_id), col(Change.person_id)
    rated_by_others = sa.and_(col(Change.step) == "rate", actor != me)
    unrated = [sa.not_(rated_by_others)] if Part.MANAGER not in access.parts or Part.HOST in access.parts else []
    if access.parts & {Part.MANAGER, Part.HOST}:
        return unrated
    seated = select(Seat.person_id).where(Seat.session_id == access.session.id, col(Seat.is_host).is_(False))
    others = seated.where(Seat.person_id != me)
    mine = sa.or_(person.is_(None), person == me)
    return [mine, sa.or_(actor.is_(None), actor.not_in(others))]


def _names(db: Db, rows: Sequence[Change]) -> dict[int, str]:
    ids = {one for row in rows for one in (row.actor_id, row.person_id) if one is not None}
    people = db.exec(select(Person).where(col(Person.id).in_(ids))).all()
    return {person.id or 0: person.name for person in people}


def _entry(row: Change, people: Mapping[int, str], viewer: Viewer) -> HistoryEntry:
    who = people.get(row.actor_id, "A former participant") if row.actor_id is not None else "Meridian"
    return HistoryEntry(
        who="You" if row.actor_id == viewer.person_id else who,
        at=spoken.moment(row.at, viewer.zone),
        what=step_words(row, viewer.zone, _whom(row, people, viewer)),
        reason=row.reason,
    )


def _whom(row: Change, people: Mapping[int, str], viewer: Viewer) -> str:
    if row.person_id == viewer.person_id:
        return "you"
    return people.get(row.person_id or 0, "a former participant")


def step_words(row: Change, zone: str, whom: str = "somebody") -> str:
    """Say what one step of a session was, after the name of whoever took it; `whom` is the seat's person."""
    if row.step in (Step.EDIT, Step.MOVE):
        return _changes(row, zone)
    if row.step in _OF_SEATS and row.person_id is not None:
        waits = row.after.get("seat") == SeatStatus.WAITING
        said = _WAITS.get(row.step) if waits else None
        return said or _OF_SEATS[row.step].format(whom=whom)
    said = (_BY_CLOCK if row.actor_id is None else _PLAIN).get(row.step) or _PLAIN.get(row.step)
    said = said or row.step.replace("_", " ")
    start = _instant(row.after, "start_at")
    if row.step in _TIMED and start:
        return f"{said}: {spoken.moment(start, zone)}"
    status = row.after.get("status")
    if row.step in _OUTCOMES and status in set(Status):
        return f"{said}: {LIST_WORDS[Status(status)]}"
    return said


def _changes(row: Change, zone: str) -> str:
    said: list[str] = []
    old, new = _period(row.before, row.after), _period(row.after, row.before)
    if old and new and old != new:
        same_day = spoken.short_day(old.start, zone) == spoken.short_day(new.start, zone)
        then = spoken.hours(new, zone) if same_day else f"{spoken.moment(new.start, zone)}"
        was = spoken.hours(old, zone) if same_day else f"{spoken.moment(old.start, zone)}"
        said.append(f"moved it from {was} to {then}")
    place = row.after.get("place")
    if place in set(Place) and row.before.get("place") != place:
        said.append(f"changed the place to {PLACE_WORDS[Place(place)].lower()}")
    fields = [f"the {word}" for name, word in FIELD_WORDS.items() if name != "place" and name in row.after]
    if fields:
        said.append(f"changed {spoken.names(fields)}")
    return ", and ".join(said) or _PLAIN[row.step]


def _period(values: Mapping[str, Any], fallback: Mapping[str, Any]) -> Period | None:
    start = _instant(values, "start_at") or _instant(fallback, "start_at")
    end = _instant(values, "end_at") or _instant(fallback, "end_at")
    return Period(start, end) if start and end and start < end else None


def _instant(values: Mapping[str, Any], name: str) -> datetime | None:
    value = values.get(name)
    return datetime.fromisoformat(value) if isinstance(value, str) and value else None
