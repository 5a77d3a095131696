"""What is stored of the people and sessions that a file names: read at once, however many rows name them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import occupancy
from app.models.occupancy import Wish
from app.models.permissions import Viewer, visible_people
from app.models.scheduling import Hold
from app.models.seats import Place, Seating
from app.models.tables import Membership, Organisation, Person, Program, Seat, Session
from app.models.uploads.people.roster import read_programs
from app.models.words import Audience, Kind, Rank, Role, SeatStatus

T = TypeVar("T")
AT_ONCE = 500
WISHES_AT_ONCE = 2_000


@dataclass(frozen=True)
class Known:
    """Somebody who is here. `is_seen`: the viewer may see them; `hosts`: the programmes they may host groups in."""

    id: int
    email: str
    name: str
    is_seen: bool
    is_active: bool
    is_org_manager: bool
    hosts: set[int] = field(default_factory=set[int])
    member_of: set[int] = field(default_factory=set[int])

    def may_host(self, program_id: int) -> bool:
        """Whether they may hold group sessions of a programme."""
        return self.is_org_manager or program_id in self.hosts


@dataclass(frozen=True)
class Stored:
    """A session that a row names, with its people's addresses; `seating` for group sessions only."""

    session: Session
    mentor: str
    mentee: str
    program: Program
    seating: Seating | None


@dataclass(frozen=True)
class Roster:
    """Everything checking looks up. `people` by address, `names` by id, `sessions` by id."""

    people: dict[str, Known]
    names: dict[int, str]
    programs: dict[int, Program]
    sessions: dict[int, Stored]
    makes_rooms: bool

    def named(self, name: str) -> list[Program]:
        """Find the programmes of this name."""
        return [one for one in self.programs.values() if one.name.casefold() == name.casefold()]


def read_roster(db: Db, viewer: Viewer, emails: Collection[str], session_ids: Collection[int]) -> Roster:
    """Read all that is stored of these addresses and sessions, a few hundred at a time."""
    programs = read_programs(db, viewer)
    people: dict[str, Known] = {}
    for some in portions(sorted(emails)):
        people |= _people(db, viewer, some)
    sessions: dict[int, Stored] = {}
    for some in portions(sorted(session_ids)):
        sessions |= _sessions(db, viewer, some)
    names = {one.id: one.name for one in people.values()}
    hosts = {id_ for one in sessions.values() for id_ in (one.session.host_id, one.session.mentee_id) if id_}
    for some in portions(sorted(hosts - names.keys())):
        names |= {one.id or 0: one.name for one in db.exec(select(Person).where(col(Person.id).in_(some)))}
    organisation = db.get(Organisation, 1)
    return Roster(people, names, programs, sessions, bool(organisation and organisation.makes_rooms))


def read_taken(db: Db, wishes: Sequence[Wish]) -> list[Hold]:
    """Read the time taken of everybody in the wishes, around their times."""
    found: dict[Hold, None] = {}
    for some in portions(wishes, WISHES_AT_ONCE):
        found |= dict.fromkeys(occupancy.taken_by(db, some))
    return list(found)


def read_in_the_way(db: Db, ids: Collection[int]) -> dict[int, Session]:
    """Read the sessions of these ids."""
    found: dict[int, Session] = {}
    for some in portions(sorted(ids)):
        found |= {one.id or 0: one for one in db.exec(select(Session).where(col(Session.id).in_(some)))}
    return found


def portions(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Give the items in lists that one statement can take."""
    kept = list(items)
    for start in range(0, len(kept), size):
        yield kept[start : start + size]


def _people(db: Db, viewer: Viewer, emails: list[str]) -> dict[str, Known]:
    seen = visible_people(viewer).label("is_seen")
    query = sa.select(
        col(Person.id), col(Person.email), col(Person.first_name), col(Person.last_name),
        col(Person.rank), col(Person.deactivated_at), seen,
    ).where(col(Person.email).in_(emails))  # fmt: skip
    found: dict[int, Known] = {}
    for person_id, email, first, last, rank, gone, is_seen in db.execute(query):
        name = f"{first} {last}".strip() or email
        is_manager = rank in (Rank.OWNER, Rank.MANAGER)
        found[person_id] = Known(person_id, email, name, bool(is_seen), gone is None, is_manager)
    rows = select(Membership.person_id, Membership.program_id, Membership.role)
    for person_id, program_id, role in db.exec(rows.where(col(Membership.person_id).in_(list(found)))):
        found[person_id].member_of.add(program_id)
        if role in (Role.MENTOR, Role.MANAGER):
            found[person_id].hosts.add(program_id)
    return {person.email: person for person in found.values()}


def _sessions(db: Db, viewer: Viewer, ids: list[int]) -> dict[int, Stored]:
    rows = db.exec(
        select(Session, Program)
        .join(Program, col(Program.id) == col(Session.program_id))
        .where(col(Session.id).in_(ids))
    ).all()
    mine = [(session, program) for session, program in rows if viewer.manages(session.program_id)]
    people = {id_ for session, _ in mine for id_ in (session.host_id, session.mentee_id) if id_}
    emails = dict(db.exec(select(Person.id, Person.email).where(col(Person.id).in_(people))).all())
    places: dict[int, dict[int, Place]] = {session.id or 0: {} for session, _ in mine if session.kind == Kind.GROUP}
    columns = (Seat.session_id, Seat.id, Seat.person_id, Seat.status, Seat.since, Seat.is_host)
    seats = sa.select(*map(col, columns)).where(col(Seat.session_id).in_(list(places)))
    for session_id, seat_id, person_id, status, since, is_host in db.execute(seats):
        places[session_id][person_id] = Place(person_id, SeatStatus(status), since, seat_id, is_host)
    return {
        session.id or 0: Stored(
            session,
            emails.get(session.host_id, ""),
            emails.get(session.mentee_id or 0, ""),
            program,
            Seating(session.maximum, session.audience == Audience.PRIVATE, places[session.id or 0])
            if session.kind == Kind.GROUP
            else None,
        )
        for session, program in mine
    }
