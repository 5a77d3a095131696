"""What the tests of people write and read: drafts, and what is stored of somebody."""

from typing import Any

import pytest
from sqlmodel import col, select

from app.models.database import reading
from app.models.drafts.people import EditPersonDraft, NewPersonDraft, RoleDraft
from app.models.errors import Refusal
from app.models.tables import Change, Membership, Person, PersonTag
from app.models.words import Role


def new(program_id: int, role: Role = Role.MENTEE, **values: Any) -> NewPersonDraft:
    usual = {"email": "nina@example.org", "first_name": "Nina", "last_name": "Müller"}
    return NewPersonDraft(**usual | {"roles": (RoleDraft(program_id=program_id, role=role),)} | values)


def edited(person_id: int, **values: Any) -> EditPersonDraft:
    row = person(person_id)
    facts = {"email": row.email, "first_name": row.first_name, "last_name": row.last_name, "zone": row.zone or None}
    return EditPersonDraft(**facts | values)


def person(person_id: int) -> Person:
    with reading() as db:
        return db.get_one(Person, person_id)


def roles(person_id: int) -> list[tuple[int, str, str]]:
    with reading() as db:
        rows = db.exec(select(Membership).where(Membership.person_id == person_id).order_by(col(Membership.id)))
        return [(row.program_id, row.role, row.cohort) for row in rows]


def tags(person_id: int) -> list[str]:
    with reading() as db:
        rows = select(PersonTag.name).where(PersonTag.person_id == person_id).order_by(PersonTag.name)
        return list(db.exec(rows))


def steps_of(person_id: int) -> list[str]:
    with reading() as db:
        return list(db.exec(select(Change.step).where(Change.person_id == person_id).order_by(col(Change.id))))


def fields_of(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.field for problem in refused.value.problems]
