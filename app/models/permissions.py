"""Who plays which part. Every command and query asks here; a stranger gets "not found".

`visible_…` give the rows a person may see, as SQL conditions that every list starts
from; `access_…` load one row, lock it and refuse. What the browser hides is manners,
not security.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.database import lock_rows
from app.models.errors import NotFound, Refusal, Stale
from app.models.lifecycle import Facts
from app.models.tables import Membership, Organisation, Person, Program, Relationship, Seat, Session
from app.models.words import Kind, Part, Place, Rank, Role, SeatStatus, Status

HOLDING = (SeatStatus.ENROLLED, SeatStatus.INVITED, SeatStatus.UNCONFIRMED, SeatStatus.WAITING)
"""A seat of these statuses lets its person see the session."""
GREATEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Viewer:
    """A signed-in person, as permissions see them. `zone` is the one times are shown in."""

    person_id: int
    name: str
    email: str
    zone: str
    is_owner: bool = False
    is_org_manager: bool = False  # owner or manager: everything
    managed: frozenset[int] = frozenset()  # programme ids
    mentored: frozenset[int] = frozenset()
    attended: frozenset[int] = frozenset()

    @property
    def is_manager(self) -> bool:
        """Whether they manage the organisation or at least one programme."""
        return self.is_org_manager or bool(self.managed)

    def manages(self, program_id: int) -> bool:
        """Whether they manage this programme."""
        return self.is_org_manager or program_id in self.managed


def load_viewer(db: Db, person_id: int) -> Viewer | None:
    """Read who a person is today; None if they are gone or deactivated. Two queries, three without a zone."""
    person = db.get(Person, person_id)
    if person is None or person.deactivated_at is not None:
        return None
    rows = db.exec(select(Membership.program_id, Membership.role).where(Membership.person_id == person_id)).all()
    return Viewer(
        person_id=person_id,
        name=person.name,
        email=person.email,
        zone=zone_of(db, person),
        is_owner=person.rank == Rank.OWNER,
        is_org_manager=person.rank in (Rank.OWNER, Rank.MANAGER),
        managed=frozenset(program for program, role in rows if role == Role.MANAGER),
        mentored=frozenset(program for program, role in rows if role == Role.MENTOR),
        attended=frozenset(program for program, role in rows if role == Role.MENTEE),
    )


def hold_viewer(db: Db, viewer: Viewer) -> None:
    """Hold the viewer's own row, before any session's, so that nobody deactivates them meanwhile.

    Raises NotFound for whom somebody did since they were loaded.
    """
    lock_rows(db, Person, [viewer.person_id])
    active = select(Person.id).where(Person.id == viewer.person_id, col(Person.deactivated_at).is_(None))
    if db.exec(active).first() is None:
        raise NotFound


def zone_of(db: Db, person: Person) -> str:
    """Give the zone a person reads times in: the one they chose, else their browser's, else the organisation's."""
    return person.zone or person.browser_zone or db.exec(select(Organisation.zone)).first() or "UTC"


def own_sessions(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition for the sessions in which the viewer has a seat."""
    seats = select(Seat.session_id).where(Seat.person_id == viewer.person_id, col(Seat.status).in_(HOLDING))
    return sa.and_(col(Session.deleted_at).is_(None), col(Session.id).in_(seats))


def visible_sessions(viewer: Viewer, *, mine_only: bool = False) -> sa.ColumnElement[bool]:
    """Give the condition for the sessions the viewer may see. Deleted ones are hidden from everybody."""
    if mine_only or not viewer.is_manager:
        return own_sessions(viewer)
    if viewer.is_org_manager:
        return col(Session.deleted_at).is_(None)
    managed = sa.and_(col(Session.deleted_at).is_(None), col(Session.program_id).in_(viewer.managed))
    return sa.or_(managed, own_sessions(viewer))


def visible_programs(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition for the programmes the viewer belongs to or manages."""
    if viewer.is_org_manager:
        return sa.true()
    return col(Program.id).in_(viewer.managed | viewer.mentored | viewer.attended)


def visible_people(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition for the people whose details the viewer may open.

    A manager: everybody of their programmes; a mentor or mentee: themselves, and whoever
    they have or had a relationship with.
    """
    if viewer.is_org_manager:
        return sa.true()
    me = viewer.person_id
    mentees = select(Relationship.mentee_id).where(Relationship.mentor_id == me)
    mentors = select(Relationship.mentor_id).where(Relationship.mentee_id == me)
    members = select(Membership.person_id).where(col(Membership.program_id).in_(viewer.managed))
    person = col(Person.id)
    return sa.or_(person == me, person.in_(mentees), person.in_(mentors), person.in_(members))


@dataclass
class Access:
    """A session loaded for one person: the row, its seats' and programme's rows, and the parts they play."""

    session: Session
    program: Program
    relationship: Relationship | None
    seats: list[Seat]
    parts: frozenset[Part]

    @property
    def facts(self) -> Facts:
        """Give what the lifecycle needs to know."""
        return facts_of(self.session, self.relationship)


def facts_of(session: Session, pair: Relationship | None = None) -> Facts:
    """Give what the lifecycle needs to know of a session row, and of its relationship where that matters."""
    return Facts(
        kind=Kind(session.kind),
        status=Status(session.status),
        place=Place(session.place),
        start_at=session.start_at,
        end_at=session.end_at,
        is_deleted=session.deleted_at is not None,
        is_parted=pair is not None and pair.ended_at is not None,
    )


def parts_of(viewer: Viewer, session: Session, relationship: Relationship | None, seat: Seat | None) -> frozenset[Part]:
    """List the parts a person plays in a session. Mentor and mentee count only while the relationship is active."""
    parts: set[Part] = set()
    me = viewer.person_id
    if viewer.manages(session.program_id):
        parts.add(Part.MANAGER)
    if session.host_id == me:
        parts.add(Part.HOST)
    if session.asked_id == me:
        parts.add(Part.ANSWERER)
    if seat is not None and seat.status == SeatStatus.ENROLLED and not seat.is_host:
        parts.add(Part.PARTICIPANT)
    if relationship is not None and relationship.ended_at is None:
        if relationship.mentor_id == me:
            parts.add(Part.MENTOR)
        if relationship.mentee_id == me:
            parts.add(Part.MENTEE)
    return frozenset(parts)


def access_session(db: Db, viewer: Viewer, session_id: int, *, lock: bool = False) -> Access:
    """Load a session for a viewer, with the parts they play. Raises NotFound for a stranger.

    With `lock` the session row and its people are held until the transaction ends, so
    that the clash check and the write see the same facts.
    """
    return access_sessions(db, viewer, [session_id], lock=lock)[0]


def access_sessions(db: Db, viewer: Viewer, session_ids: Sequence[int], *, lock: bool = False) -> list[Access]:
    """Load several sessions as `access_session` does, with no more statements than their programmes need."""
    if not all(is_id(one) for one in session_ids):
        raise NotFound("session")
    sessions = _load_sessions(db, session_ids, lock=lock)
    seats: dict[int, list[Seat]] = {session_id: [] for session_id in session_ids}
    for seat in db.exec(select(Seat).where(col(Seat.session_id).in_(session_ids)).order_by(col(Seat.id))):
        seats[seat.session_id].append(seat)
    programs = {id_: db.get_one(Program, id_) for id_ in {session.program_id for session in sessions}}
    of_pairs = {session.relationship_id for session in sessions if session.relationship_id}
    query = select(Relationship).where(col(Relationship.id).in_(of_pairs))
    pairs = {row.id: row for row in db.exec(query)} if of_pairs else {}
    return [
        _access(
            viewer, session, programs[session.program_id], pairs.get(session.relationship_id), seats[session.id or 0]
        )
        for session in sessions
    ]


def _load_sessions(db: Db, session_ids: Sequence[int], *, lock: bool) -> list[Session]:
    query = select(Session).where(col(Session.id).in_(session_ids))
    found = {row.id: row for row in db.exec(query)}
    if found.keys() != set(session_ids):
        raise NotFound("session")
    if lock:
        held = people_of(found.values())
        lock_rows(db, Person, held)
        lock_rows(db, Session, session_ids)
        db.exec(query.execution_options(populate_existing=True)).all()
        if not people_of(found.values()) <= held:
            raise Stale  # handed to somebody else meanwhile; people cannot be locked after sessions
    return [found[session_id] for session_id in session_ids]


def people_of(sessions: Iterable[Session]) -> set[int]:
    """Give the mentors, hosts and mentees of sessions: those whose time they take."""
    return {one for row in sessions for one in (row.host_id, row.mentee_id) if one}


def _access(
    viewer: Viewer, session: Session, program: Program, relationship: Relationship | None, seats: list[Seat]
) -> Access:
    seat = next((seat for seat in seats if seat.person_id == viewer.person_id), None)
    may_see = viewer.manages(session.program_id) or (seat is not None and seat.status in HOLDING)
    if session.deleted_at is not None or not may_see:
        raise NotFound("session")
    return Access(session, program, relationship, seats, parts_of(viewer, session, relationship, seat))


def is_id(value: object) -> bool:
    """Whether this can be an id at all; a database raises an error of its own over what cannot."""
    return isinstance(value, int) and 0 < value <= GREATEST_ID


def access_person(db: Db, viewer: Viewer, person_id: int) -> Person:
    """Load a person the viewer may see. Raises NotFound otherwise."""
    return access_people(db, viewer, [person_id])[person_id]


def access_people(db: Db, viewer: Viewer, person_ids: Sequence[int]) -> dict[int, Person]:
    """Load people by id. Raises NotFound if the viewer may not see one of them."""
    if not all(is_id(one) for one in person_ids):
        raise NotFound("person")
    asked = select(Person).where(col(Person.id).in_(person_ids), visible_people(viewer))
    found = {person.id or 0: person for person in db.exec(asked)}
    if found.keys() != set(person_ids):
        raise NotFound("person")
    return found


def may_set_hours(db: Db, viewer: Viewer, person_id: int) -> bool:
    """Whether the viewer may say when this mentor is open for bookings: it is them, or they manage them."""
    if not is_id(person_id):
        return False
    taught = set(
        db.exec(select(Membership.program_id).where(Membership.person_id == person_id, Membership.role == Role.MENTOR))
    )
    return bool(taught) and (person_id == viewer.person_id or any(viewer.manages(one) for one in taught))


def access_managed_person(db: Db, viewer: Viewer, person_id: int) -> Person:
    """Load a person whom the viewer may change: anybody for a manager of the organisation, else a member of theirs.

    Raises NotFound for everybody else, and Refusal where the person manages the organisation and the viewer does not.
    """
    person = access_person(db, viewer, person_id)
    if viewer.is_org_manager:
        return person
    theirs = select(Membership.id).where(
        Membership.person_id == person_id, col(Membership.program_id).in_(viewer.managed)
    )
    if db.exec(theirs).first() is None:
        raise NotFound("person")
    if person.rank != Rank.NONE:
        raise Refusal.of("", f"{person.name} manages the organisation.", "Only another of its managers can do this.")
    return person


def require_org_manager(viewer: Viewer) -> None:
    """Raise NotFound unless the viewer is owner or manager of the organisation."""
    if not viewer.is_org_manager:
        raise NotFound
