"""Stored sessions for the benchmarks: spread evenly over a year, as every peer was filled.

They go past the rules on purpose (a hundred people cannot have so many sessions without
clashes): the calendar must be quick whatever is stored.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlmodel import Session as Db

from app.models import clock
from app.models.database import transaction
from app.models.tables import Membership, Organisation, Person, Program, Seat, Session
from app.models.words import Kind, ProgramKind, Rank, Role, Status

PEOPLE = 100
EMAIL, PASSWORD = "bench@example.org", "a-long-bench-password"
BATCH = 5_000


def main(count: int) -> None:
    """Fill an empty database with an organisation and `count` sessions."""
    with transaction() as db:
        program_id = add_organisation(db)
    for first in range(0, count, BATCH):
        with transaction() as db:
            add_sessions(db, program_id, count, range(first, min(first + BATCH, count)))


def add_organisation(db: Db) -> int:
    """Add the organisation, one programme, its people and the manager who will look; give the programme's id."""
    now = clock.now()
    db.add(Organisation(name="Bench", secret="bench", created_at=now))
    program = Program(id=1, name="Bench", kind=ProgramKind.MENTORING, created_at=now)
    db.add(program)
    db.add(Person(id=1, email=EMAIL, slug="bench", rank=Rank.OWNER, zone="UTC", created_at=now,
                  first_name="Bench", password_hash=PasswordHasher().hash(PASSWORD)))  # fmt: skip
    for i in range(PEOPLE):
        name = f"person{i}"
        db.add(Person(id=2 + i, email=f"{name}@example.org", slug=name, first_name=f"Mentor {i}", zone="UTC",
                      search_text=f"mentor {i} {name}@example.org", created_at=now))  # fmt: skip
    db.flush()
    db.add_all(Membership(program_id=1, person_id=2 + i, role=Role.MENTOR, created_at=now) for i in range(PEOPLE))
    return 1


def add_sessions(db: Db, program_id: int, count: int, numbers: range) -> None:
    """Insert the sessions of these numbers with the seats of both people."""
    made = list(rows(program_id, count, numbers))
    now = clock.now()
    db.execute(sa.insert(Session), [Session(**row).model_dump() for row in made])
    db.execute(
        sa.insert(Seat),
        [
            Seat(session_id=row["id"], person_id=row[who], is_host=who == "host_id", since=now).model_dump(
                exclude={"id"}
            )
            for row in made
            for who in ("host_id", "mentee_id")
        ],
    )


def rows(program_id: int, count: int, numbers: range) -> Iterator[dict[str, Any]]:
    """Give the values of the sessions of these numbers; 365 days around the middle of this month."""
    middle = clock.now().replace(day=16, hour=0, minute=0, second=0, microsecond=0)
    first = middle - timedelta(days=182)
    for i in numbers:
        start = first + timedelta(days=(i * 365) // count, hours=8 + (i * 7) % 10, minutes=15 * (i % 4))
        host, mentee = 2 + i % PEOPLE, 2 + (i * 13 + 5) % PEOPLE
        yield {
            "id": i + 1,
            "kind": Kind.ONE_TO_ONE,
            "program_id": program_id,
            "uid": f"bench-{i}",
            "host_id": host,
            "mentee_id": mentee,
            "status": Status.SCHEDULED,
            "title": f"Session {i + 1:05d} - Mentor {host} with Mentee {mentee}",
            "start_at": start.astimezone(UTC),
            "end_at": start.astimezone(UTC) + timedelta(minutes=45),
            "created_at": datetime(2026, 1, 1, tzinfo=UTC),
        }


if __name__ == "__main__":
    main(int(sys.argv[1]))
