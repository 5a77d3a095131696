"""What a notice's mail is made of, as frozen dataclasses. Reads; writes nothing and words nothing.

`facts` of a notice is JSON that was true when its command ran; names, programmes and the
organisation are read when the mail is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.notices import snapshot
from app.models.tables import (
    Membership,
    Message,
    Notice,
    Organisation,
    Person,
    Program,
    Relationship,
    Seat,
    Session,
    ThreadMark,
)
from app.models.words import Audience, Kind, NoticeKind, Place, ProgramWords, Rank, SeatStatus, Status

FRESH = (NoticeKind.REMINDER, NoticeKind.RATE)  # tell how things are, not how they were


@dataclass(frozen=True)
class Contact:
    """A person as mail knows them. `zone` "" is a visitor's who never said theirs; nobody else's is empty.

    A visitor has neither account nor role: no page that asks to sign in is of use to them.
    """

    id: int
    name: str
    email: str
    zone: str
    is_active: bool = True
    is_visitor: bool = False


@dataclass(frozen=True)
class House:
    """The organisation as its mails show it. `logo` is a data: URL or ""; `secret` signs links, "" makes none."""

    name: str
    logo: str
    public_contact: str
    mail_sender: str
    mail_sender_name: str
    zone: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Subject:
    """The programme a session belongs to."""

    name: str
    words: ProgramWords


@dataclass(frozen=True)
class Told:
    """A session as it was when the notice was written; instants are UTC.

    `old_start_at` and `old_end_at` are there where it changed its time. `seat` is the
    reader's, None where they have none.
    """

    id: int
    uid: str
    sequence: int
    kind: Kind
    number: int | None
    title: str
    details: str
    zone: str
    place: Place
    session_type: str
    address: str
    platform: str
    status: Status
    program_id: int
    host_id: int
    mentee_id: int | None
    asked_id: int | None
    series_id: int | None
    start_at: datetime | None
    end_at: datetime | None
    recurrence_at: datetime | None
    old_start_at: datetime | None = None
    old_end_at: datetime | None = None
    seat: SeatStatus | None = None
    is_deleted: bool = False
    slug: str | None = None
    audience: Audience = Audience.PRIVATE


@dataclass(frozen=True)
class Recurrence:
    """The series a notice tells of: naive wall times of `zone`, ISO 8601."""

    uid: str
    rrule: str
    zone: str
    first_wall: str
    minutes: int
    skipped_walls: tuple[str, ...]


@dataclass(frozen=True)
class Unread:
    """What its reader has not read yet of one thread: who wrote, and how many messages."""

    relationship_id: int
    sender: str
    count: int


@dataclass(frozen=True)
class Letter:
    """One notice with all that its mail needs."""

    notice_id: int
    kind: NoticeKind
    private: bool
    created_at: datetime
    message_id: str
    attempts: int
    reader: Contact
    house: House
    facts: Mapping[str, Any]
    sessions: tuple[Told, ...]
    series: Recurrence | None
    people: Mapping[int, Contact]
    programs: Mapping[int, Subject]
    unread: tuple[Unread, ...] = ()

    @property
    def actor_id(self) -> int | None:
        """Who did it; None is the clock."""
        return self.facts.get("actor_id")

    @property
    def reason(self) -> str:
        """The reason that was given, "" for none."""
        return self.facts.get("reason") or ""


_TOLD = TypeAdapter(Told)
_RECURRENCE = TypeAdapter(Recurrence)


def read_letters(db: Db, notices: Sequence[Notice]) -> list[Letter]:
    """Read all that the mails of `notices` need, in their order.

    Five queries; two more where messages wait, and where one is of a kind that is `FRESH`.
    """
    house = read_house(db)
    fresh = _as_they_are(db, notices)
    told = [session for notice in notices for session in _facts(notice, fresh).get("sessions", [])]
    people = _people(db, _ids_of_people(notices, fresh), house.zone)
    of_facts = {notice.facts["program_id"] for notice in notices if notice.facts.get("program_id")}
    programs = _programs(db, of_facts | {session["program_id"] for session in told})
    seats = _seats(db, {notice.person_id for notice in notices}, {session["id"] for session in told})
    unread = _unread(db, [notice for notice in notices if notice.kind == NoticeKind.MESSAGES])
    letters = [_letter(notice, _facts(notice, fresh), house, people, programs, seats) for notice in notices]
    return [replace(letter, unread=unread.get(letter.notice_id, ())) for letter in letters]


def read_house(db: Db) -> House:
    """Read the organisation; before set-up it is Meridian itself."""
    row = db.get(Organisation, 1)
    if row is None:
        return House("Meridian", "", "", "", "", "UTC")
    return House(
        row.name, row.logo, row.public_contact, row.mail_sender, row.mail_sender_name, row.zone or "UTC", row.secret
    )


def _as_they_are(db: Db, notices: Sequence[Notice]) -> dict[int, dict[str, Any]]:
    """Read the sessions that are told of as they are, by id."""
    ids = {notice.session_id for notice in notices if notice.kind in FRESH}
    rows = db.exec(select(Session).where(col(Session.id).in_(ids))).all() if ids else ()
    return {row.id or 0: snapshot(row) for row in rows}


def _facts(notice: Notice, fresh: Mapping[int, dict[str, Any]]) -> Mapping[str, Any]:
    if notice.kind not in FRESH:
        return notice.facts
    session = fresh.get(notice.session_id or 0)
    return notice.facts | {"sessions": [session] if session else []}


def _ids_of_people(notices: Sequence[Notice], fresh: Mapping[int, dict[str, Any]]) -> set[int]:
    ids = {notice.person_id for notice in notices}
    for notice in notices:
        ids |= {notice.facts[name] for name in ("actor_id", "from_id", "to_id") if notice.facts.get(name)}
        ids |= {person_id for pair in notice.facts.get("pairs", []) for person_id in pair}
        for session in _facts(notice, fresh).get("sessions", []):
            ids |= {session[part] for part in ("host_id", "mentee_id", "asked_id") if session.get(part)}
    return ids


def _people(db: Db, ids: set[int], fallback_zone: str) -> dict[int, Contact]:
    has_role = sa.select(col(Membership.id)).where(col(Membership.person_id) == col(Person.id)).exists()
    rows = db.execute(sa.select(Person, has_role).where(col(Person.id).in_(ids))).all()
    return {row.id or 0: _contact(row, is_member, fallback_zone) for row, is_member in rows}


def _contact(row: Person, is_member: bool, fallback_zone: str) -> Contact:
    is_visitor = not is_member and row.password_hash is None and row.rank == Rank.NONE
    zone = row.zone or row.browser_zone or ("" if is_visitor else fallback_zone)
    return Contact(row.id or 0, row.name, row.email, zone, row.deactivated_at is None, is_visitor)


def _programs(db: Db, ids: set[int]) -> dict[int, Subject]:
    rows = db.exec(select(Program).where(col(Program.id).in_(ids))).all()
    return {row.id or 0: Subject(row.name, row.words) for row in rows}


def _seats(db: Db, people: set[int], sessions: set[int]) -> dict[tuple[int, int], SeatStatus]:
    query = select(Seat.session_id, Seat.person_id, Seat.status).where(
        col(Seat.person_id).in_(people), col(Seat.session_id).in_(sessions)
    )
    return {(session, person): SeatStatus(status) for session, person, status in db.exec(query).all()}


def _unread(db: Db, notices: Sequence[Notice]) -> dict[int, tuple[Unread, ...]]:
    """Count by notice and thread what its reader has not read yet, from the message on that the notice names."""
    if not notices:
        return {}
    sender, reader = col(Message.sender_id), col(Notice.person_id)
    is_own = reader.in_((col(Relationship.mentor_id), col(Relationship.mentee_id)))
    is_mark = (col(ThreadMark.relationship_id) == col(Relationship.id)) & (col(ThreadMark.person_id) == reader)
    since = col(Notice.facts)["since"].as_integer()
    query = (
        sa.select(col(Notice.id), col(Message.relationship_id), sender, sa.func.count())
        .select_from(Notice)
        .join(Relationship, is_own)
        .join(Message, col(Message.relationship_id) == col(Relationship.id))
        .outerjoin(ThreadMark, is_mark)
        .where(col(Notice.id).in_([notice.id for notice in notices]), sender != reader)
        .where(col(Message.id) >= since, col(Message.id) > sa.func.coalesce(col(ThreadMark.read_id), 0))
        .group_by(col(Notice.id), col(Message.relationship_id), sender)
        .order_by(sa.func.max(col(Message.id)).desc())
    )
    rows = db.execute(query).all()
    names = {row.id: row.name for row in db.exec(select(Person).where(col(Person.id).in_({row[2] for row in rows})))}
    found: dict[int, tuple[Unread, ...]] = {}
    for notice_id, relationship_id, sender_id, count in rows:
        found[notice_id] = (*found.get(notice_id, ()), Unread(relationship_id, names[sender_id], count))
    return found


def _letter(
    notice: Notice,
    facts: Mapping[str, Any],
    house: House,
    people: Mapping[int, Contact],
    programs: Mapping[int, Subject],
    seats: Mapping[tuple[int, int], SeatStatus],
) -> Letter:
    series, reader = facts.get("series"), people[notice.person_id]
    told = [
        _TOLD.validate_python(raw | {"seat": seats.get((raw["id"], notice.person_id))})
        for raw in facts.get("sessions", [])
    ]
    # Who meets somebody alone is known here, though their roles may have ended.
    is_visitor = reader.is_visitor and all(one.kind == Kind.GROUP for one in told)
    # A visitor who never said where they are reads the session's own time.
    zone = reader.zone or (told[0].zone if is_visitor and told else house.zone)
    # The former address of an account is the one to be told that it was changed.
    email = facts.get("former_email") or reader.email
    reader = replace(reader, zone=zone, is_visitor=is_visitor, email=email)
    return Letter(
        notice_id=notice.id or 0,
        kind=NoticeKind(notice.kind),
        private=notice.private,
        created_at=notice.created_at,
        message_id=notice.message_id,
        attempts=notice.attempts,
        reader=reader,
        house=house,
        facts=facts,
        sessions=tuple(told),
        series=_RECURRENCE.validate_python(series) if series else None,
        people=people,
        programs=programs,
    )
