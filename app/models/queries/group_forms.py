"""What the form of a group session offers and shows: programmes, hosts, what it would come to. Writes nothing."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, lifecycle
from app.models.errors import NotFound
from app.models.permissions import Access, Viewer, access_session
from app.models.queries.people import PersonFound, shown_as_found
from app.models.tables import Organisation, Person, Program, Seat, Session
from app.models.words import Kind, Part, SeatStatus, Step

SEAT_WORDS = {
    SeatStatus.INVITED: "Invited",
    SeatStatus.ENROLLED: "Enrolled",
    SeatStatus.UNCONFIRMED: "To confirm their e-mail",
    SeatStatus.WAITING: "Waiting",
}


@dataclass(frozen=True)
class GroupProgram:
    """A programme that the viewer may publish in, with its words; id 0 while none is chosen."""

    id: int = 0
    name: str = ""
    mentor: str = "mentor"
    mentors: str = "mentors"
    mentee: str = "mentee"
    mentees: str = "mentees"
    allows_visitors: bool = True
    may_choose_host: bool = False
    minutes: int = 60


@dataclass(frozen=True)
class SeatLine:
    """Somebody who has a seat beside the host."""

    id: int
    name: str
    email: str
    initials: str
    status: str
    word: str


@dataclass(frozen=True)
class Repeated:
    """A session that is to take place on other dates too, and the hour it begins at; id 0 while none is."""

    id: int = 0
    title: str = ""
    at: str = ""
    zone_words: str = ""


@dataclass(frozen=True)
class GroupForm:
    """A published session as its edit form begins. `closed` says why it cannot be edited any more.

    `has_meeting_left`: it has started, and its meeting details are all that can still be changed (L6).
    """

    id: int
    title: str
    version: int
    fields: dict[str, str]
    host: PersonFound
    seats: list[SeatLine]
    link: str
    closed: str = ""
    has_meeting_left: bool = False


def list_programs(db: Db, viewer: Viewer, *, also: int = 0) -> list[GroupProgram]:
    """List the programmes in which the viewer may publish group sessions (G1), by name; `also` is one more."""
    mine = sa.true() if viewer.is_org_manager else col(Program.id).in_(viewer.managed | viewer.mentored)
    allowed = sa.and_(mine, col(Program.archived_at).is_(None), col(Program.allows_group_sessions))
    query = select(Program).where(sa.or_(allowed, col(Program.id) == also))
    return [_program(viewer, one) for one in db.exec(query.order_by(Program.name, col(Program.id)))]


def makes_rooms(db: Db) -> bool:
    """Whether BigBlueButton rooms are made at Join, so that no link is needed."""
    organisation = db.get(Organisation, 1)
    return organisation is not None and organisation.makes_rooms


def read_repeated(db: Db, viewer: Viewer, session_id: int) -> Repeated:
    """Read what a duplicate begins with, its hour in the viewer's zone. NotFound for whoever may not repeat it."""
    session = _run_by(db, viewer, session_id).session
    if session.start_at is None:
        raise NotFound("session")
    at = f"{clock.wall(session.start_at, viewer.zone):%H:%M}"
    return Repeated(session_id, session.name, at, clock.zone_words(session.start_at, viewer.zone))


def load_group_form(db: Db, viewer: Viewer, now: datetime, session_id: int) -> GroupForm:
    """Read a published session for its edit form. NotFound for whoever may not edit it. Constant statements."""
    access = _run_by(db, viewer, session_id)
    session = access.session
    host = db.get_one(Person, session.host_id)
    steps = lifecycle.open_steps(access.facts, access.parts, now)
    return GroupForm(
        id=session_id,
        title=session.name,
        version=session.version,
        fields=_fields(viewer, session),
        host=shown_as_found(host),
        seats=_seats(db, session_id, shows_emails=viewer.manages(session.program_id)),
        link=f"/g/{session.slug}" if session.slug else "",
        closed=lifecycle.why_not(access.facts, Step.EDIT, access.parts, now),
        has_meeting_left=Step.EDIT_MEETING in steps,
    )


def _run_by(db: Db, viewer: Viewer, session_id: int) -> Access:
    """Load a group session of which the viewer is host or manager. Raises NotFound."""
    access = access_session(db, viewer, session_id)
    if access.session.kind != Kind.GROUP or not access.parts & {Part.MANAGER, Part.HOST}:
        raise NotFound("session")
    return access


def _program(viewer: Viewer, one: Program) -> GroupProgram:
    words = one.words
    return GroupProgram(
        id=one.id or 0,
        name=one.name,
        mentor=words.mentor,
        mentors=words.mentors,
        mentee=words.mentee,
        mentees=words.mentees,
        allows_visitors=one.allows_visitors,
        may_choose_host=viewer.manages(one.id or 0),
        minutes=one.default_minutes,
    )


def _fields(viewer: Viewer, session: Session) -> dict[str, str]:
    """Give a session's columns as the form's texts; the hours in the viewer's zone."""
    if session.period is None:
        raise NotFound("session")
    wall = clock.wall(session.period.start, viewer.zone)
    hours, minutes = divmod(session.period.minutes, 60)
    same = ("title", "details", "audience", "place", "platform", "link", "passcode", "address", "image")
    lists = ("recommended_for", "categories", "medium")
    return (
        {name: str(getattr(session, name)) for name in same}
        | {name: ", ".join(getattr(session, name)) for name in lists}
        | {"program": str(session.program_id), "host": str(session.host_id), "version": str(session.version)}
        | {"date": wall.date().isoformat(), "time": f"{wall:%H:%M}", "zone": viewer.zone}
        | {"hours": str(hours), "minutes": str(minutes)}
        | {"minimum": str(session.minimum), "maximum": str(session.maximum)}
    )


def _seats(db: Db, session_id: int, *, shows_emails: bool) -> list[SeatLine]:
    query = (
        select(Seat, Person)
        .join(Person, col(Person.id) == col(Seat.person_id))
        .where(Seat.session_id == session_id, col(Seat.is_host).is_(False), col(Seat.status).in_(SEAT_WORDS))
        .order_by(col(Seat.status), col(Seat.since), col(Seat.id))
    )
    lines: list[SeatLine] = []
    for seat, person in db.exec(query):
        shown = shown_as_found(person)
        word, email = SEAT_WORDS[SeatStatus(seat.status)], shown.email if shows_emails else ""
        lines.append(SeatLine(shown.id, shown.name, email, shown.initials, seat.status, word))
    return lines
