"""What the dashboard shows beside the calendar (C15): what waits for somebody, counted, the first few named.

Each kind is one query, and only what is shown leaves the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.permissions import Viewer, visible_sessions
from app.models.tables import Notice, Person, Program, Relationship, Seat, Session
from app.models.words import OCCUPYING, Kind, MailStatus, Place, SeatStatus, Status

FIRST_FEW = 4
FILLS_UP_BEFORE = timedelta(days=7)
"""How long ahead a group session with too few people is shown."""


class Need(StrEnum):
    """What may need somebody, in the order of the page."""

    ANSWER = "answer"
    OUTCOME = "outcome"
    TOO_FEW = "too_few"
    MAIL = "mail"
    NOTHING_ARRANGED = "nothing_arranged"


@dataclass(frozen=True)
class Item:
    """One thing that waits: a session's id or a relationship's; `at` is UTC, None where it has no time."""

    session_id: int | None
    title: str
    people: str
    at: datetime | None = None
    relationship_id: int | None = None


@dataclass(frozen=True)
class Waiting:
    """How many things of one kind wait, and the first few."""

    need: Need
    count: int
    items: tuple[Item, ...]


def what_waits(db: Db, viewer: Viewer, now: datetime) -> list[Waiting]:
    """List what waits for somebody in whatever the viewer manages. What waits for themself is in `queries.me`."""
    if not viewer.is_manager:
        return []
    found = [
        _sessions(db, viewer, Need.ANSWER, [col(Session.status) == Status.PENDING]),
        _sessions(db, viewer, Need.OUTCOME, _awaiting(now)),
        _sessions(db, viewer, Need.TOO_FEW, _too_few(now)),
        _mails(db) if viewer.is_org_manager else None,
        _nothing_arranged(db, viewer, now),
    ]
    return [waiting for waiting in found if waiting is not None]


def _awaiting(now: datetime) -> list[sa.ColumnElement[bool]]:
    return [
        col(Session.status) == Status.SCHEDULED,
        col(Session.end_at) <= now,
        col(Session.place) != Place.ONLINE,
    ]


def _too_few(now: datetime) -> list[sa.ColumnElement[bool]]:
    soon = [col(Session.start_at) > now, col(Session.start_at) <= now + FILLS_UP_BEFORE]
    is_open = [col(Session.kind) == Kind.GROUP, col(Session.status) == Status.SCHEDULED]
    return [*is_open, *soon, _enrolled() < col(Session.minimum)]


def _enrolled() -> sa.ScalarSelect[int]:
    """Count who comes, the host among them."""
    of_it = select(sa.func.count(col(Seat.id))).where(
        Seat.session_id == col(Session.id), Seat.status == SeatStatus.ENROLLED
    )
    return of_it.correlate(Session).scalar_subquery()


def _sessions(db: Db, viewer: Viewer, need: Need, conditions: Sequence[sa.ColumnElement[bool]]) -> Waiting | None:
    host, mentee = aliased(Person), aliased(Person)
    query = (
        sa.select(
            col(Session.id).label("session_id"),
            col(Session.title),
            col(Session.start_at),
            col(Program.name).label("program"),
            *_name_of(host, "host"),
            *_name_of(mentee, "mentee"),
            col(Session.minimum),
            (_enrolled() if need == Need.TOO_FEW else sa.literal(0)).label("enrolled"),
            sa.func.count().over().label("in_all"),
        )
        .join(Program, col(Program.id) == col(Session.program_id))
        .join(host, col(host.id) == col(Session.host_id))
        .outerjoin(mentee, col(mentee.id) == col(Session.mentee_id))
        .where(visible_sessions(viewer), *conditions)
        .order_by(col(Session.start_at), col(Session.id))
        .limit(FIRST_FEW)
    )
    rows = db.execute(query).all()
    items = tuple(Item(row.session_id, row.title or row.program, _detail(row, need), row.start_at) for row in rows)
    return Waiting(need, rows[0].in_all, items) if rows else None


def _detail(row: Any, need: Need) -> str:
    if need != Need.TOO_FEW:
        return _pair(row)
    return f"{_pair(row)} · {row.enrolled} of at least {row.minimum} people, the host counted"


def _mails(db: Db) -> Waiting | None:
    query = (
        sa.select(*_name_of(Person, "host"), sa.func.count().over().label("in_all"))
        .join(Notice, col(Notice.person_id) == col(Person.id))
        .where(col(Notice.mail_status) == MailStatus.FAILED)
        .order_by(col(Notice.id).desc())
        .limit(FIRST_FEW)
    )
    rows = db.execute(query).all()
    items = tuple(Item(None, f"Mail to {_name(row, 'host')}", "") for row in rows)
    return Waiting(Need.MAIL, rows[0].in_all, items) if rows else None


def _nothing_arranged(db: Db, viewer: Viewer, now: datetime) -> Waiting | None:
    mentor, mentee = aliased(Person), aliased(Person)
    arranged = sa.exists().where(
        col(Session.relationship_id) == col(Relationship.id),
        col(Session.status).in_(OCCUPYING),
        col(Session.end_at) > now,
        col(Session.deleted_at).is_(None),
    )
    managed = sa.true() if viewer.is_org_manager else col(Relationship.program_id).in_(viewer.managed)
    query = (
        sa.select(
            col(Relationship.id).label("relationship_id"),
            col(Program.name).label("program"),
            *_name_of(mentor, "host"),
            *_name_of(mentee, "mentee"),
            sa.func.count().over().label("in_all"),
        )
        .join(Program, col(Program.id) == col(Relationship.program_id))
        .join(mentor, col(mentor.id) == col(Relationship.mentor_id))
        .join(mentee, col(mentee.id) == col(Relationship.mentee_id))
        .where(col(Relationship.ended_at).is_(None), col(Program.archived_at).is_(None), managed, ~arranged)
        .order_by(col(Relationship.created_at), col(Relationship.id))
        .limit(FIRST_FEW)
    )
    rows = db.execute(query).all()
    items = tuple(Item(None, _pair(row), row.program, None, row.relationship_id) for row in rows)
    return Waiting(Need.NOTHING_ARRANGED, rows[0].in_all, items) if rows else None


def _name_of(person: Any, label: str) -> list[sa.ColumnElement[Any]]:
    return [getattr(person, part).label(f"{label}_{part}") for part in ("first_name", "last_name", "email")]


def _name(row: Any, label: str) -> str:
    first, last, email = (getattr(row, f"{label}_{part}") or "" for part in ("first_name", "last_name", "email"))
    return f"{first} {last}".strip() or email


def _pair(row: Any) -> str:
    mentee = _name(row, "mentee")
    return f"{_name(row, 'host')} with {mentee}" if mentee else _name(row, "host")
