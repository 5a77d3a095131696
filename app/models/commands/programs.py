"""Programmes and who belongs to them (P10). Changing one never changes sessions that exist.

Managers of the organisation may do all of it; a programme's managers change its settings and its
members, but neither create nor archive.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history
from app.models.commands.belonging import refuse_to_take
from app.models.database import lock_name, lock_rows
from app.models.drafts import read
from app.models.drafts.programs import CohortDraft, MembershipDraft, NewProgramDraft, ProgramDraft
from app.models.errors import NotFound, Refusal, Stale
from app.models.folding import fold
from app.models.permissions import Viewer, access_person, is_id, require_org_manager
from app.models.queries.programs import fingerprint
from app.models.tables import Membership, Person, Program
from app.models.words import DEFAULT_SESSION_TYPES, Role

USUAL_REMINDERS = (24 * 60, 60)


def add_program(db: Db, viewer: Viewer, now: datetime, draft: NewProgramDraft) -> dict[str, Any]:
    """Begin a programme with the words and settings usual for its kind."""
    require_org_manager(viewer)
    _refuse_same_name(db, draft.name)
    program = Program(
        name=draft.name,
        session_types=list(DEFAULT_SESSION_TYPES),
        reminder_minutes=list(USUAL_REMINDERS),
        created_at=now,
    )
    program.take_words_of(draft.kind)
    db.add(program)
    db.flush()
    history.record(db, viewer, "add_program", now=now, program_id=program.id, after=draft.model_dump(mode="json"))
    return {"program_id": program.id}


def edit_program(
    db: Db, viewer: Viewer, now: datetime, program_id: int, draft: ProgramDraft, seen: str
) -> dict[str, Any]:
    """Change the settings. `seen` is the fingerprint of what was read; another raises Stale."""
    program = access_program(db, viewer, program_id)
    if fingerprint(program) != seen:
        raise Stale("programme")
    _refuse_same_name(db, draft.name, program_id)
    wanted = draft.model_dump(mode="json")
    before = {name: getattr(program, name) for name, value in wanted.items() if getattr(program, name) != value}
    for name in before:
        setattr(program, name, wanted[name])
    if before:
        after = {name: wanted[name] for name in before}
        history.record(db, viewer, "edit_program", now=now, program_id=program_id, before=before, after=after)
    return {"changed": len(before)}


def archive_program(db: Db, viewer: Viewer, now: datetime, program_id: int) -> dict[str, Any]:
    """Close a programme for new bookings, people and assignments. Its sessions remain as they are."""
    require_org_manager(viewer)
    program = access_program(db, viewer, program_id)
    if program.archived_at is None:
        program.archived_at = now
        history.record(db, viewer, "archive_program", now=now, program_id=program_id)
    return {}


def restore_program(db: Db, viewer: Viewer, now: datetime, program_id: int) -> dict[str, Any]:
    """Open an archived programme again."""
    require_org_manager(viewer)
    program = access_program(db, viewer, program_id)
    if program.archived_at is not None:
        _refuse_same_name(db, program.name, program_id)
        program.archived_at = None
        history.record(db, viewer, "restore_program", now=now, program_id=program_id)
    return {}


def add_member(db: Db, viewer: Viewer, now: datetime, draft: MembershipDraft) -> dict[str, Any]:
    """Bring somebody whom the viewer may see into a programme."""
    program = _running(access_program(db, viewer, draft.program_id))
    person = access_person(db, viewer, draft.person_id)
    lock_rows(db, Person, [draft.person_id])
    if person.deactivated_at is not None:
        raise Refusal.of("person_id", f"{person.name} is deactivated.", "Reactivate them first.")
    if _membership(db, draft.program_id, draft.person_id, draft.role) is not None:
        raise Refusal.of("person_id", f"{person.name} is already {role_of(program, draft.role)} here.")
    row = Membership(**draft.model_dump(mode="json"), created_at=now)
    db.add(row)
    db.flush()
    _record(db, viewer, now, "add_member", row, after={"role": row.role, "cohort": row.cohort})
    return {"membership_id": row.id}


def change_member(db: Db, viewer: Viewer, now: datetime, membership_id: int, cohort: str) -> dict[str, Any]:
    """Put a member into another cohort, "" for none."""
    row, _program = access_membership(db, viewer, membership_id)
    draft = read(MembershipDraft, row.model_dump(include={"program_id", "person_id", "role"}) | {"cohort": cohort})
    if row.cohort != draft.cohort:
        before, row.cohort = {"cohort": row.cohort}, draft.cohort
        _record(db, viewer, now, "change_member", row, before=before, after={"cohort": draft.cohort})
    return {}


def remove_member(db: Db, viewer: Viewer, now: datetime, membership_id: int) -> dict[str, Any]:
    """Take a role in a programme from somebody. Refused while they work with others in it, naming them."""
    row, program = access_membership(db, viewer, membership_id)
    lock_rows(db, Person, [row.person_id])
    person = db.get_one(Person, row.person_id)
    refuse_to_take(db, viewer, person, [row], {row.program_id: program}, "")
    db.delete(row)
    _record(db, viewer, now, "remove_member", row, before={"role": row.role, "cohort": row.cohort})
    return {}


def rename_cohort(db: Db, viewer: Viewer, now: datetime, draft: CohortDraft) -> dict[str, Any]:
    """Give a programme's cohort another name, and tell how many members it had."""
    access_program(db, viewer, draft.program_id)
    among = (col(Membership.program_id) == draft.program_id, col(Membership.cohort) == draft.cohort)
    ids = list(db.exec(select(Membership.id).where(*among)))
    if not ids:
        raise NotFound("cohort")
    db.execute(sa.update(Membership).where(*among).values(cohort=draft.name))
    before, after = {"cohort": draft.cohort}, {"cohort": draft.name, "members": len(ids)}
    history.record(db, viewer, "rename_cohort", now=now, program_id=draft.program_id, before=before, after=after)
    return {"members": len(ids)}


def access_program(db: Db, viewer: Viewer, program_id: int) -> Program:
    """Load and lock a programme the viewer manages. Raises NotFound otherwise."""
    if not is_id(program_id) or not viewer.manages(program_id):
        raise NotFound("programme")
    lock_rows(db, Program, [program_id])
    program = db.get(Program, program_id, populate_existing=True)
    if program is None:
        raise NotFound("programme")
    return program


def access_membership(db: Db, viewer: Viewer, membership_id: int) -> tuple[Membership, Program]:
    """Load a membership of a programme the viewer manages. Raises NotFound otherwise."""
    row = db.get(Membership, membership_id) if is_id(membership_id) else None
    if row is None:
        raise NotFound("member")
    return row, access_program(db, viewer, row.program_id)


def role_of(program: Program, role: str) -> str:
    """Name a role as the programme does, as "a mentor"."""
    word = {Role.MENTOR: program.mentor_word, Role.MENTEE: program.mentee_word}.get(Role(role), "manager")
    return f"{'an' if fold(word)[:1] in 'aeiou' else 'a'} {word}"


def _record(db: Db, viewer: Viewer, now: datetime, step: str, row: Membership, **facts: dict[str, Any]) -> None:
    before, after = facts.get("before"), facts.get("after")
    history.record(
        db, viewer, step, now=now, program_id=row.program_id, person_id=row.person_id, before=before, after=after
    )


def _refuse_same_name(db: Db, name: str, program_id: int = 0) -> None:
    lock_name(db, "names of programmes")
    others = db.exec(select(Program.name).where(col(Program.archived_at).is_(None), Program.id != program_id))
    if any(fold(other) == fold(name) for other in others):
        raise Refusal.of("name", "There is a programme of this name already.", "Choose another name.")


def _running(program: Program) -> Program:
    if program.archived_at is not None:
        raise Refusal.of("", f"{program.name} is archived.", "Restore it before people join it.")
    return program


def _membership(db: Db, program_id: int, person_id: int, role: str) -> Membership | None:
    query = select(Membership).where(Membership.program_id == program_id, Membership.person_id == person_id)
    return db.exec(query.where(Membership.role == role)).first()
