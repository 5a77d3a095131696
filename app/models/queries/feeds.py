"""Private calendar feeds (N3): whose link it is, and the sessions it gives. Reads; writes nothing.

A link names its person and a number that the person can change, which voids it. It lets whoever
has it read, so it is signed and carries nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import NotFound, Refusal
from app.models.letters import Contact, Letter, Subject, Told, read_house
from app.models.notices import snapshot
from app.models.permissions import Viewer, load_viewer
from app.models.signed import LinkBroken, Purpose, seal, unseal
from app.models.tables import Change, Organisation, Person, Program, Seat, Session
from app.models.words import NoticeKind, SeatStatus, Status

BACK, AHEAD = timedelta(days=90), timedelta(days=366)
MOST = 2_000
FOR_EVER = datetime(2100, 1, 1, tzinfo=UTC)
_SHOWN = (Status.PENDING, Status.SCHEDULED, Status.LIVE, Status.COMPLETED, Status.MISSED)
_TOLD = TypeAdapter(Told)


class FeedOver(Refusal):
    """The link was given up, or its person is deactivated: it will never work again."""

    def __init__(self) -> None:
        super().__init__(
            *Refusal.of("", "This calendar link was given up.", "Make a new one in your account.").problems
        )


@dataclass(frozen=True)
class FeedLink:
    """One of a person's links: what it gives, and its path."""

    name: str
    path: str


@dataclass(frozen=True)
class Feed:
    """What a link gives: `letter` has the sessions, its `created_at` is when they last changed (UTC)."""

    name: str
    letter: Letter
    is_of_program: bool


def feed_links(db: Db, viewer: Viewer) -> list[FeedLink]:
    """List the links of one's own sessions and of each programme one manages; none before they are made."""
    number = db.exec(select(Person.feed_number).where(Person.id == viewer.person_id)).one()
    secret = db.exec(select(Organisation.secret)).first() or ""
    if not number or not secret:
        return []
    facts = {"person": viewer.person_id, "number": number}
    programs = db.exec(
        select(Program.id, Program.name)
        .where(_managed(viewer), col(Program.archived_at).is_(None))
        .order_by(col(Program.name), col(Program.id))
    ).all()
    named: list[tuple[str, dict[str, Any]]] = [("My sessions", facts)]
    named += [(name, facts | {"program": program_id}) for program_id, name in programs]
    return [FeedLink(name, f"/feeds/{seal(secret, Purpose.FEED, one, FOR_EVER)}.ics") for name, one in named]


def read_feed(db: Db, token: str, now: datetime) -> Feed:
    """Read what a link gives. A fixed number of queries.

    Raises LinkBroken for what is no link, FeedOver for one that was given up or whose person is
    deactivated, NotFound where its person no longer manages the programme.
    """
    facts = unseal(db, Purpose.FEED, token, now)
    person = db.get(Person, facts.get("person"))
    if person is None:
        raise LinkBroken
    if person.deactivated_at is not None or not person.feed_number or person.feed_number != facts.get("number"):
        raise FeedOver
    viewer = load_viewer(db, person.id or 0)
    program = db.get(Program, facts["program"]) if "program" in facts else None
    if viewer is None or ("program" in facts and (program is None or not viewer.manages(program.id or 0))):
        raise NotFound("feed")
    mine = _of_program(program.id or 0) if program else _of_person(viewer)
    letter = _letter(db, viewer, _sessions(db, mine, now), person.created_at)
    return Feed(program.name if program else letter.house.name, letter, program is not None)


def _managed(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.true() if viewer.is_org_manager else col(Program.id).in_(viewer.managed)


def _of_person(viewer: Viewer) -> sa.ColumnElement[bool]:
    seats = select(Seat.session_id).where(Seat.person_id == viewer.person_id, Seat.status == SeatStatus.ENROLLED)
    return col(Session.id).in_(seats)


def _of_program(program_id: int) -> sa.ColumnElement[bool]:
    return col(Session.program_id) == program_id


def _sessions(db: Db, mine: sa.ColumnElement[bool], now: datetime) -> list[Session]:
    """Read them by start; where there are too many, what is still to come goes first."""
    wanted = (
        mine,
        col(Session.deleted_at).is_(None),
        col(Session.status).in_(_SHOWN),
        col(Session.start_at) > now - BACK,
        col(Session.start_at) < now + AHEAD,
    )
    past = sa.case((col(Session.end_at) > now, 0), else_=1)
    rows = db.exec(select(Session).where(*wanted).order_by(past, col(Session.start_at), col(Session.id)).limit(MOST))
    return sorted(rows, key=lambda row: (row.start_at or FOR_EVER, row.id or 0))


def _letter(db: Db, viewer: Viewer, sessions: Sequence[Session], since: datetime) -> Letter:
    ids = [session.id for session in sessions]
    changed = db.exec(select(sa.func.max(col(Change.at))).where(col(Change.session_id).in_(ids))).one()
    people = _people(db, {one for row in sessions for one in (row.host_id, row.mentee_id) if one})
    reader = Contact(viewer.person_id, viewer.name, viewer.email, viewer.zone)
    of_them = select(Program).where(col(Program.id).in_({row.program_id for row in sessions}))
    programs = db.exec(of_them.order_by(col(Program.id))).all()
    told = (_TOLD.validate_python(snapshot(row) | {"seat": SeatStatus.ENROLLED}) for row in sessions)
    return Letter(
        notice_id=0,
        kind=NoticeKind.BOOKED,
        private=True,
        created_at=changed or since,
        message_id="",
        attempts=0,
        reader=reader,
        house=read_house(db),
        facts={},
        sessions=tuple(told),
        series=None,
        people=people,
        programs={row.id or 0: Subject(row.name, row.words) for row in programs},
    )


def _people(db: Db, ids: set[int]) -> dict[int, Contact]:
    rows = db.exec(select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))).all()
    return {row.id or 0: Contact(row.id or 0, row.name, row.email, row.zone or "UTC") for row in rows}
