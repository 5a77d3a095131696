"""Public group sessions for storms of registrations, in the database of a server that runs or will run.

`python -m tests.support.storm_hall fill COUNT PLACES` makes them, at storm-0, storm-1, …;
`… standing SLUG` prints who has which seat, in the order in which they came.
"""

import json
import sys
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.database import reading, transaction
from app.models.tables import Person, Seat, Session
from app.models.words import Audience, Kind, Status
from tests.bench.fill import add_organisation

HOST = 2


def fill(count: int, places: int) -> None:
    """Fill an empty database with so many sessions of so many places, the host's included."""
    with transaction() as db:
        program_id = add_organisation(db)
        for number in range(count):
            add_session(db, program_id, number, places)
        if db.get_bind().dialect.name == "postgresql":  # those with an id of their own did not count it on
            db.execute(sa.text("SELECT setval(pg_get_serial_sequence('person', 'id'), max(id)) FROM person"))


def add_session(db: Db, program_id: int, number: int, places: int) -> None:
    """Add one of them, with its host."""
    now = clock.now()
    start = now + timedelta(days=number + 1)
    session = Session(
        kind=Kind.GROUP, program_id=program_id, uid=f"storm-{number}", host_id=HOST, status=Status.SCHEDULED,
        audience=Audience.PUBLIC, maximum=places, slug=f"storm-{number}", title="Storm", start_at=start,
        end_at=start + timedelta(hours=1), created_at=now,
    )  # fmt: skip
    db.add(session)
    db.flush()
    db.add(Seat(session_id=session.id or 0, person_id=HOST, is_host=True, since=now))


def standing(slug: str) -> list[tuple[str, str]]:
    """List e-mail and status of everybody with a seat, the host left out, in the order in which they came."""
    asked = select(Person.email, Seat.status).join(Seat, col(Seat.person_id) == Person.id).join(Session)
    with reading() as db:
        rows = db.exec(asked.where(Session.slug == slug, col(Seat.is_host).is_(False)).order_by(col(Seat.since)))
        return [(email, str(status)) for email, status in rows]


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(standing(sys.argv[2])))
