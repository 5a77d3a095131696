"""Inserts the planned sessions in bulk, with everything that hangs on them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import SQLModel

from app.models.demo.people import House
from app.models.demo.plan import Plan, Values
from app.models.tables import Change, Move, Seat, Session
from app.models.words import Kind

BATCH = 2000
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def write(db: Db, house: House, plans: Sequence[Plan]) -> None:
    """Insert all plans, a batch at a time."""
    db.add_all({id(plan.series): plan.series for plan in plans if plan.series}.values())
    db.add_all(pair.relationship for pair in house.pairs)
    db.flush()
    for first in range(0, len(plans), BATCH):
        write_batch(db, plans[first : first + BATCH])


def write_batch(db: Db, plans: Sequence[Plan]) -> None:
    """Insert some plans' sessions, then what refers to them."""
    blank = defaults(Session(kind=Kind.ONE_TO_ONE, program_id=0, uid="", host_id=0, created_at=EPOCH))
    rows = [blank | plan.values | {"series_id": plan.series.id if plan.series else None} for plan in plans]
    adding = sa.insert(Session).returning(sa.inspect(Session).columns["id"], sort_by_parameter_order=True)
    ids = list(db.connection().execute(adding, rows).scalars())
    numbered = list(zip(ids, plans, strict=True))
    insert(db, Seat(session_id=0, person_id=0, since=EPOCH), [(i, seat) for i, p in numbered for seat in p.seats])
    insert(db, Change(step="", at=EPOCH), [(i, about(p) | change) for i, p in numbered for change in p.changes])
    blank_move = Move(
        session_id=0, old_start_at=EPOCH, old_end_at=EPOCH, new_start_at=EPOCH, new_end_at=EPOCH, moved_at=EPOCH
    )
    insert(db, blank_move, [(i, p.move) for i, p in numbered if p.move])


def insert(db: Db, blank: SQLModel, found: Sequence[tuple[int, Values]]) -> None:
    """Insert rows that belong to sessions, each from the blank row and its own values."""
    if found:
        values = defaults(blank)
        rows = [values | own | {"session_id": session_id} for session_id, own in found]
        db.connection().execute(sa.insert(type(blank)), rows)


def about(plan: Plan) -> Values:
    """Give what the history keeps beside the session."""
    return {name: plan.values.get(name) for name in ("relationship_id", "program_id")}


def defaults(blank: SQLModel) -> dict[str, Any]:
    """Give a row's values without its id: a bulk insert knows no defaults."""
    return blank.model_dump(exclude={"id"})
