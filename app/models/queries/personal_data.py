"""Everything that is kept about one person, to be given to them (P8; GDPR Art. 15 and 20). Writes nothing.

What it tells of others is what the person knows anyway: with whom they met, and what was
written to each other. Secrets, such as the hash of a password, are nobody's to read.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import SQLModel, col, select

from app.models.errors import NotFound
from app.models.permissions import Viewer, access_person
from app.models.tables import (
    Availability,
    Change,
    Login,
    Membership,
    Message,
    Notice,
    Person,
    PersonTag,
    Program,
    Relationship,
    Seat,
    Session,
)

Part = dict[str, Any]


def load_personal_data(db: Db, viewer: Viewer, now: datetime, person_id: int) -> dict[str, Any]:
    """Gather it, as what JSON can say. For oneself, and for managers of the organisation; NotFound for others.

    What messages say is only in what one gathers about oneself: managers read that in no other place either.
    """
    if not (viewer.is_org_manager or viewer.person_id == person_id):
        raise NotFound("person")
    person = access_person(db, viewer, person_id)
    pairs = _pairs(db, person_id)
    hours = db.exec(select(Availability).where(Availability.person_id == person_id)).one_or_none()
    return {
        "written_at": now.isoformat(),
        "person": _row(person, "email", "first_name", "last_name", "rank", "zone", "browser_zone", "bio", "created_at"),
        "tags": list(db.exec(select(PersonTag.name).where(PersonTag.person_id == person_id).order_by(PersonTag.name))),
        "roles": _roles(db, person_id),
        "open_hours": _row(hours, "zone", "weekly", "days") if hours else None,
        "relationships": pairs,
        "sessions": _sessions(db, person_id),
        "messages": _messages(db, [pair["id"] for pair in pairs], with_text=viewer.person_id == person_id),
        "notices": _all(db, Notice, Notice.person_id == person_id, "kind", "created_at", "seen_at", "sent_at"),
        "what_they_did": _all(db, Change, Change.actor_id == person_id, "at", "step", "session_id", "reason"),
        "what_was_done_about_them": _all(db, Change, Change.person_id == person_id, "at", "step", "reason"),
        "signed_in": _all(db, Login, Login.person_id == person_id, "browser", "created_at"),
    }


def _row(row: SQLModel, *names: str) -> Part:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _all(db: Db, table: type[Any], condition: Any, *names: str) -> list[Part]:
    return [_row(row, *names) for row in db.exec(select(table).where(condition).order_by(col(table.id)))]


def _roles(db: Db, person_id: int) -> list[Part]:
    query = (
        select(Membership, Program.name)
        .join(Program, col(Program.id) == Membership.program_id)
        .where(Membership.person_id == person_id)
        .order_by(col(Membership.id))
    )
    return [{"programme": name} | _row(role, "role", "cohort", "created_at") for role, name in db.exec(query)]


def _pairs(db: Db, person_id: int) -> list[Part]:
    mine = sa.or_(col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id) == person_id)
    rows = db.exec(
        select(Relationship, Program.name)
        .join(Program, col(Program.id) == Relationship.program_id)
        .where(mine)
        .order_by(col(Relationship.id))
    ).all()
    names = _names(db, [one for pair, _ in rows for one in (pair.mentor_id, pair.mentee_id)])
    return [
        {"programme": program, "mentor": names[pair.mentor_id], "mentee": names[pair.mentee_id]}
        | _row(pair, "id", "created_at", "ended_at")
        for pair, program in rows
    ]


def _sessions(db: Db, person_id: int) -> list[Part]:
    query = (
        select(Session, Seat)
        .join(Seat, col(Seat.session_id) == col(Session.id))
        .where(Seat.person_id == person_id)
        .order_by(col(Session.id))
    )
    told = ("id", "kind", "relationship_id", "number", "title", "details", "status", "start_at", "end_at", "place")
    told += ("address", "covered", "next_steps", "cancel_reason", "deleted_at")
    mine = ("is_host", "entered_at", "attended", "rating", "comment")
    return [
        _row(session, *told) | {"my_place": seat.status, "since": _plain(seat.since)} | _row(seat, *mine)
        for session, seat in db.exec(query)
    ]


def _messages(db: Db, relationship_ids: Sequence[int], *, with_text: bool) -> list[Part]:
    query = select(Message).where(col(Message.relationship_id).in_(relationship_ids)).order_by(col(Message.id))
    rows = db.exec(query).all()
    names = _names(db, [row.sender_id for row in rows])
    told = ("relationship_id", "sent_at", "text") if with_text else ("relationship_id", "sent_at")
    return [{"from": names[row.sender_id]} | _row(row, *told) for row in rows]


def _names(db: Db, ids: Sequence[int]) -> dict[int, str]:
    return {row.id or 0: row.name for row in db.exec(select(Person).where(col(Person.id).in_(set(ids))))}
