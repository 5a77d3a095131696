"""Makes people, programmes and sessions as a test needs them; whatever it does not say is usual."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from app.models import clock
from app.models.commands.relationships import new_uid
from app.models.commands.run import perform
from app.models.database import engine, reading, transaction
from app.models.drafts import BookingDraft, EditDraft, Meeting, MoveDraft
from app.models.folding import search_text
from app.models.permissions import Viewer, load_viewer
from app.models.tables import (
    Change,
    Membership,
    Move,
    Notice,
    Organisation,
    Person,
    Program,
    Relationship,
    Seat,
    Session,
)
from app.models.words import Kind, Place, Platform, Rank, Role, SeatStatus, Status

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning, four weeks before the clocks change in Europe, six days before they do in America."""
BERLIN = "Europe/Berlin"
LINK = "https://meet.example.org/algebra"
ONLINE = Meeting(place=Place.ONLINE, platform=Platform.ZOOM, link=LINK)
IN_PERSON = Meeting(place=Place.IN_PERSON, address="Room 4, Old School")
_numbers = count(1)
Row = TypeVar("Row", bound=SQLModel)


def at(day: int = 1, hour: int = 17, minute: int = 0) -> datetime:
    """The instant `day` days after NOW's, at this hour in Berlin."""
    return clock.instant(datetime.combine(NOW.date() + timedelta(days=day), time(hour, minute)), BERLIN)


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A naive time as a clock on the wall shows it."""
    return datetime.combine(date(year, month, day), time(hour, minute))


def empty_tables() -> None:
    """Take every row away."""
    statements = [f"DELETE FROM {table.name}" for table in reversed(SQLModel.metadata.sorted_tables)]
    with transaction() as db:
        for statement in statements if engine().dialect.name == "sqlite" else [";".join(statements)]:
            db.execute(sa.text(statement))


def restart_numbers() -> None:
    """Take every row away and count ids from 1 again, as SQLite does by itself; the people's addresses too."""
    global _numbers  # noqa: PLW0603  # one counter for all factories
    _numbers = count(1)
    empty_tables()
    if engine().dialect.name == "postgresql":
        counted = [table.name for table in SQLModel.metadata.sorted_tables if "id" in table.columns]
        again = [f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1, false)" for name in counted]
        with transaction() as db:
            db.execute(sa.text(";".join(again)))


def make_organisation(**values: Any) -> None:
    with transaction() as db:
        db.add(Organisation(id=1, name="Bright Futures", secret="s" * 32, created_at=NOW, **values))


def make_person(name: str = "", *, zone: str = BERLIN, rank: Rank = Rank.NONE, **values: Any) -> int:
    number = next(_numbers)
    first, _, last = (name or f"Person {number}").partition(" ")
    email = values.pop("email", f"p{number}@example.org")
    with transaction() as db:
        person = Person(
            email=email,
            first_name=first,
            last_name=last,
            search_text=search_text(first, last, email),
            zone=zone,
            rank=rank,
            slug=f"p{number}",
            created_at=NOW,
            **values,
        )
        db.add(person)
        db.flush()
        return person.id or 0


def make_program(**values: Any) -> int:
    with transaction() as db:
        program = Program(**{"name": "Reading", "session_count": 3, "created_at": NOW} | values)
        db.add(program)
        db.flush()
        return program.id or 0


def make_member(program_id: int, person_id: int, role: Role) -> None:
    with transaction() as db:
        db.add(Membership(program_id=program_id, person_id=person_id, role=role, created_at=NOW))


def make_relationship(program_id: int, mentor_id: int, mentee_id: int, **values: Any) -> int:
    with transaction() as db:
        pair = Relationship(program_id=program_id, mentor_id=mentor_id, mentee_id=mentee_id, created_at=NOW, **values)
        db.add(pair)
        db.flush()
        return pair.id or 0


def viewer(person_id: int) -> Viewer:
    with reading() as db:
        found = load_viewer(db, person_id)
    assert found is not None
    return found


@dataclass
class House:
    """A programme with a manager, and a mentor and a mentee who work together."""

    program_id: int
    manager: Viewer
    mentor: Viewer
    mentee: Viewer
    relationship_id: int

    def part(self, name: str) -> Viewer:
        return getattr(self, name)


def make_house(**program: Any) -> House:
    program_id = make_program(**program)
    manager, mentor, mentee = (make_person(name) for name in ("Mona Manager", "Max Mentor", "Mia Mentee"))
    for person_id, role in ((manager, Role.MANAGER), (mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        make_member(program_id, person_id, role)
    relationship_id = make_relationship(program_id, mentor, mentee)
    return House(program_id, viewer(manager), viewer(mentor), viewer(mentee), relationship_id)


def make_strangers(house: House) -> dict[str, int]:
    """People who have no say in the house's pair, though some manage or teach elsewhere."""
    elsewhere = make_program(name="Elsewhere")
    people = {name: make_person(name) for name in ("nobody", "foreign mentor", "foreign manager", "fellow mentor")}
    make_member(elsewhere, people["foreign mentor"], Role.MENTOR)
    make_member(elsewhere, people["foreign manager"], Role.MANAGER)
    make_member(house.program_id, people["fellow mentor"], Role.MENTOR)
    return people


def make_session(house: House, start: datetime | None = None, minutes: int = 60, **values: Any) -> int:
    """A one-to-one of the house's pair, SCHEDULED, written without any command."""
    times = {"start_at": start, "end_at": start + timedelta(minutes=minutes)} if start else {}
    usual = {
        "kind": Kind.ONE_TO_ONE,
        "program_id": house.program_id,
        "relationship_id": house.relationship_id,
        "host_id": house.mentor.person_id,
        "mentee_id": house.mentee.person_id,
        "status": Status.SCHEDULED if start else Status.TO_BE_ARRANGED,
        "title": "Algebra",
        "uid": new_uid(),
        "zone": BERLIN,
        "place": Place.ONLINE,
        "platform": Platform.ZOOM,
        "link": LINK,
        "created_at": NOW,
    }
    with transaction() as db:
        session = Session(**usual | times | values)
        db.add(session)
        db.flush()
        people = [session.host_id] + ([session.mentee_id] if session.mentee_id else [])
        for person_id in people:
            is_host = person_id == session.host_id
            db.add(Seat(session_id=session.id or 0, person_id=person_id, is_host=is_host, since=NOW))
        return session.id or 0


def make_group(house: House, start: datetime, people: Iterable[int] = (), minutes: int = 60, **values: Any) -> int:
    """A group session of the house's mentor, with these people enrolled."""
    usual = {"kind": Kind.GROUP, "mentee_id": None, "relationship_id": None, "maximum": 20, "title": "Chess"}
    session_id = make_session(house, start, minutes, **usual | values)
    for person_id in people:
        make_seat(session_id, person_id)
    return session_id


def make_seat(session_id: int, person_id: int, status: SeatStatus = SeatStatus.ENROLLED, **values: Any) -> None:
    with transaction() as db:
        db.add(Seat(session_id=session_id, person_id=person_id, status=status, since=NOW, **values))


def booking(house: House, start: datetime | None = None, minutes: int = 60, **values: Any) -> BookingDraft:
    """A booking of the house's pair, told in Berlin's wall time unless `zone` says otherwise."""
    zone = values.pop("zone", BERLIN)
    local = clock.wall(start or at(), zone)
    pair = {"mentor_id": house.mentor.person_id, "mentee_id": house.mentee.person_id}
    times = {"day": local.date(), "at": local.time(), "zone": zone, "minutes": minutes}
    return BookingDraft(**{"program_id": house.program_id, "meeting": ONLINE} | pair | times | values)


def editing(start: datetime, minutes: int = 60, **values: Any) -> EditDraft:
    local = clock.wall(start, BERLIN)
    times = {"day": local.date(), "at": local.time(), "zone": BERLIN, "minutes": minutes}
    return EditDraft(**{"meeting": ONLINE, "title": "Algebra"} | times | values)


def moving(start: datetime, minutes: int | None = None, **values: Any) -> MoveDraft:
    zone = values.pop("zone", BERLIN)
    local = clock.wall(start, zone)
    return MoveDraft(day=local.date(), at=local.time(), zone=zone, minutes=minutes, **values)


def do(command: Callable[..., Any], who: Viewer, *args: Any, **kwargs: Any) -> Any:
    """Carry a command out as a page would, without a request key."""
    return perform(command, who, "", *args, **kwargs)


def session(session_id: int) -> Session:
    with reading() as db:
        return db.get_one(Session, session_id)


def starts(ids: list[int]) -> list[datetime | None]:
    return [session(one).start_at for one in ids]


def sessions(**values: Any) -> list[Session]:
    """Every session row with these values, in order of start and id."""
    with reading() as db:
        rows = db.exec(select(Session).filter_by(**values).order_by(col(Session.start_at), col(Session.id))).all()
    return list(rows)


def rows_of(table: type[Row]) -> list[Row]:
    """Every row of a table, in order of id."""
    with reading() as db:
        return list(db.exec(select(table).order_by(sa.text("id"))))


def seats(session_id: int) -> dict[int, Seat]:
    with reading() as db:
        return {seat.person_id: seat for seat in db.exec(select(Seat).where(Seat.session_id == session_id))}


def changes(session_id: int) -> list[Change]:
    with reading() as db:
        return list(db.exec(select(Change).where(Change.session_id == session_id).order_by(col(Change.id))))


def moves(session_id: int) -> list[Move]:
    with reading() as db:
        return list(db.exec(select(Move).where(Move.session_id == session_id).order_by(col(Move.id))))


def notices(**values: Any) -> list[Notice]:
    with reading() as db:
        return list(db.exec(select(Notice).filter_by(**values).order_by(col(Notice.id))))


def told(**values: Any) -> list[tuple[int, str]]:
    """Who was told what, in order."""
    return [(notice.person_id, notice.kind) for notice in notices(**values)]


def wall_date(day: int) -> date:
    return NOW.date() + timedelta(days=day)
