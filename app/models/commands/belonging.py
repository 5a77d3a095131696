"""What people are in programmes, and their tags: who may say so, and the rows. Used inside commands only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.drafts.people import RoleDraft
from app.models.errors import NotFound, Problem, Refusal
from app.models.permissions import HOLDING, Viewer
from app.models.tables import Membership, Person, PersonTag, Program, Relationship, Seat, Session
from app.models.words import Role

Programs = Mapping[int, Program]
Roles = dict[tuple[int, str], str]
"""What somebody is: the cohort by programme and role."""
BeforeAfter = tuple[list[str], list[str]]
"""What something was and has become, in plain words."""


def running_programs(db: Db, viewer: Viewer) -> Programs:
    """Read the programmes the viewer may bring people into, by id."""
    query = select(Program).where(col(Program.archived_at).is_(None))
    if not viewer.is_org_manager:
        query = query.where(col(Program.id).in_(viewer.managed))
    return {program.id or 0: program for program in db.exec(query)}


def refuse_foreign(programs: Programs, wanted: Collection[int]) -> None:
    """Raise NotFound where a programme is closed or not the viewer's to fill."""
    if not set(wanted) <= programs.keys():
        raise NotFound("programme")


def roles_of(db: Db, person: Person, programs: Programs) -> dict[tuple[int, str], Membership]:
    """Read somebody's memberships of these programmes, by programme and role."""
    return _roles_of(db, [person], programs)[person.id or 0]


def _roles_of(db: Db, people: Sequence[Person], programs: Programs) -> dict[int, dict[tuple[int, str], Membership]]:
    has: dict[int, dict[tuple[int, str], Membership]] = {person.id or 0: {} for person in people}
    theirs = col(Membership.person_id).in_(has), col(Membership.program_id).in_(programs)
    for row in db.exec(select(Membership).where(*theirs)):
        has[row.person_id][row.program_id, row.role] = row
    return has


def belongs_elsewhere(db: Db, viewer: Viewer, person: Person) -> bool:
    """Whether somebody has a part in a programme that the viewer does not manage.

    As a member, or with a place in one of its sessions, which visitors have too; or once, with somebody to write to.
    """
    if viewer.is_org_manager:
        return False
    pairs = sa.or_(col(Relationship.mentor_id) == person.id, col(Relationship.mentee_id) == person.id)
    places = (col(Seat.person_id) == person.id, col(Seat.status).in_(HOLDING), col(Session.id) == col(Seat.session_id))
    parts = (
        sa.exists().where(col(Membership.person_id) == person.id, _foreign(viewer, Membership.program_id)),
        sa.exists().where(pairs, _foreign(viewer, Relationship.program_id)),
        sa.exists().where(*places, _foreign(viewer, Session.program_id)),
    )
    return db.scalar(sa.select(sa.or_(*parts))) or False


def _foreign(viewer: Viewer, program_id: int) -> sa.ColumnElement[bool]:
    return col(program_id).not_in(viewer.managed)


def set_roles(
    db: Db, viewer: Viewer, now: datetime, wanted: Sequence[tuple[Person, Sequence[RoleDraft]]], programs: Programs
) -> list[BeforeAfter]:
    """Make each one's memberships of these programmes what is wanted; give them before and after, in plain words.

    Raises Refusal for a role that is still lived, and for the viewer's own part as manager.
    """
    refuse_foreign(programs, [one.program_id for _, roles in wanted for one in roles])
    has = _roles_of(db, [person for person, _ in wanted], programs)
    changed = [_set_roles(db, viewer, now, person, has[person.id or 0], roles, programs) for person, roles in wanted]
    db.flush()
    return changed


def _set_roles(
    db: Db,
    viewer: Viewer,
    now: datetime,
    person: Person,
    has: Mapping[tuple[int, str], Membership],
    wanted: Sequence[RoleDraft],
    programs: Programs,
) -> BeforeAfter:
    before = told({key: row.cohort for key, row in has.items()})
    wants: Roles = {(one.program_id, one.role.value): one.cohort for one in wanted}
    gone = [row for key, row in has.items() if key not in wants]
    refuse_to_take(db, viewer, person, gone, programs, "roles")
    for row in gone:
        db.delete(row)
    for key, cohort in wants.items():
        if key in has:
            has[key].cohort = cohort
            continue
        program_id, role = key
        row = Membership(program_id=program_id, person_id=person.id or 0, role=role, cohort=cohort, created_at=now)
        db.add(row)
    return before, told(wants)


def told(roles: Mapping[tuple[int, str], str]) -> list[str]:
    """Write roles down for the history, in a steady order."""
    return [f"{program_id}:{role}:{cohort}" for (program_id, role), cohort in sorted(roles.items())]


def set_tags(db: Db, wanted: Sequence[tuple[Person, Collection[str]]]) -> list[BeforeAfter]:
    """Make each one's tags what is wanted, told apart without capitals; give them before and after."""
    rows: dict[int, list[PersonTag]] = {person.id or 0: [] for person, _ in wanted}
    for row in db.exec(select(PersonTag).where(col(PersonTag.person_id).in_(rows)).order_by(PersonTag.name)):
        rows[row.person_id].append(row)
    changed = [_set_tags(db, person, rows[person.id or 0], tags) for person, tags in wanted]
    db.flush()
    return changed


def _set_tags(db: Db, person: Person, rows: Sequence[PersonTag], wanted: Collection[str]) -> BeforeAfter:
    has = {row.name.casefold(): row for row in rows}
    wants = {name.casefold(): name for name in wanted}
    for key, row in has.items():
        if key not in wants:
            db.delete(row)
    db.add_all(PersonTag(person_id=person.id or 0, name=name) for key, name in wants.items() if key not in has)
    return [row.name for row in rows], sorted(has[key].name if key in has else name for key, name in wants.items())


def refuse_to_take(
    db: Db, viewer: Viewer, person: Person, gone: Sequence[Membership], programs: Programs, field: str
) -> None:
    """Raise Refusal on `field` for the viewer's own part as manager, and for roles in which they work with others."""
    if not gone:
        return
    is_self = person.id == viewer.person_id and not viewer.is_org_manager
    if is_self and any(row.role == Role.MANAGER for row in gone):
        raise Refusal.of(field, "You cannot take your own part as manager away.", "Ask another manager.")
    partners = _partners(db, person, [(row.program_id, row.role) for row in gone])
    problems = [
        Problem(
            field,
            f"{person.name} still works with {spoken.names(names)} in {programs[program_id].name}.",
            "End those assignments first, or hand them to somebody else.",
        )
        for (program_id, _), names in partners.items()
    ]
    if problems:
        raise Refusal(*problems)


def _partners(db: Db, person: Person, parts: Collection[tuple[int, str]]) -> dict[tuple[int, str], list[str]]:
    """Name those with whom somebody works, by programme and the person's own role there, of these parts."""
    mentor, mentee = col(Relationship.mentor_id), col(Relationship.mentee_id)
    other = sa.case((mentor == person.id, mentee), else_=mentor)
    query = (
        select(Relationship.program_id, Relationship.mentor_id, Person)
        .join(Person, col(Person.id) == other)
        .where(sa.or_(mentor == person.id, mentee == person.id), col(Relationship.ended_at).is_(None))
        .order_by(col(Relationship.program_id), col(Person.search_text))
    )
    found: dict[tuple[int, str], list[str]] = {}
    for program_id, mentor_id, partner in db.exec(query):
        part = program_id, (Role.MENTOR if mentor_id == person.id else Role.MENTEE).value
        if part in parts:
            found.setdefault(part, []).append(partner.name)
    return found
