"""Assigning a mentee to a mentor: the one command behind booking, the wizard, the details page and the upload.

It must stay the only way to a new relationship; how its numbered sessions are made is `relationships`'.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session as Db

from app.models import notices
from app.models.commands.relationships import active_relationship, assign
from app.models.database import lock_rows
from app.models.drafts.relationships import PairDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer, access_people, is_id
from app.models.tables import Person, Program, Relationship
from app.models.words import MailStatus, NoticeKind

BATCH_SETTLES = timedelta(minutes=1)
"""How long the mail of a batch waits for more of the same, so that an upload writes to each person once."""
ADDS_UP = ("pairs", "relationship_ids", "sessions", "kept")
"""The facts of a notice that grow with each further pair of its batch."""


def assign_pair(db: Db, viewer: Viewer, now: datetime, draft: PairDraft) -> dict[str, Any]:
    """Assign a mentee to a mentor. Who is assigned already stays so: nothing is written, nobody told."""
    program = db.get(Program, draft.program_id)
    if program is None or not viewer.manages(draft.program_id):
        raise NotFound("programme")
    relationship, is_new = pair(db, viewer, now, program, draft.mentor_id, draft.mentee_id)
    return {"relationship_id": relationship.id, "is_new": is_new}


def pair(
    db: Db,
    viewer: Viewer,
    now: datetime,
    program: Program,
    mentor_id: int,
    mentee_id: int,
    *,
    batch_id: str = "",
    mails: bool = True,
) -> tuple[Relationship, bool]:
    """Assign inside the caller's transaction; gives the pair's relationship and whether it is new.

    With a `batch_id` each person is told once of all their new pairs. Whoever calls this for
    several pairs in one transaction locks all the people before the first (`lock_rows`), or
    two who do so could wait for each other.
    """
    if not viewer.manages(program.id or 0):
        raise NotFound("programme")
    if is_id(mentor_id) and is_id(mentee_id):
        lock_rows(db, Person, [mentor_id, mentee_id])
    check_pair(db, viewer, program, mentor_id, mentee_id)
    if (existing := active_relationship(db, program.id or 0, mentor_id, mentee_id)) is not None:
        return existing, False
    relationship = assign(db, viewer, now, program, mentor_id, mentee_id, batch_id=batch_id)
    facts = pair_facts([relationship])
    tell_of_pair(db, viewer, now, NoticeKind.ASSIGNED, relationship, facts, batch_id=batch_id, mails=mails)
    return relationship, True


def check_pair(db: Db, viewer: Viewer, program: Program, mentor_id: int, mentee_id: int) -> None:
    """Raise Refusal where these two cannot work together in the programme; NotFound for who may not be seen."""
    check_pairs(db, viewer, [(program, mentor_id, mentee_id)])


def check_pairs(db: Db, viewer: Viewer, pairs: Sequence[tuple[Program, int, int]]) -> None:
    """Check several pairs as `check_pair` does. One statement."""
    for program, mentor_id, mentee_id in pairs:
        if mentor_id == mentee_id:
            raise Refusal.of("mentee_id", "Nobody meets themselves.", f"Choose another {program.mentee_word}.")
    people = access_people(db, viewer, [one for _, *both in pairs for one in both])
    for program, mentor_id, mentee_id in pairs:
        for name, person in (("mentor_id", people[mentor_id]), ("mentee_id", people[mentee_id])):
            if person.deactivated_at is not None:
                raise Refusal.of(name, f"{person.name} is no longer active.", "Choose somebody else.")
        if program.archived_at is not None:
            raise Refusal.of("program_id", "This programme is closed.", "Choose another one.")


def pair_facts(relationships: Sequence[Relationship]) -> dict[str, Any]:
    """Give the facts of a notice about relationships of one programme."""
    return {
        "program_id": relationships[0].program_id,
        "pairs": [[one.mentor_id, one.mentee_id] for one in relationships],
        "relationship_ids": [one.id for one in relationships],
    }


def tell_of_pair(
    db: Db,
    viewer: Viewer,
    now: datetime,
    kind: NoticeKind,
    relationship: Relationship,
    facts: Mapping[str, Any],
    *,
    batch_id: str,
    mails: bool = True,
) -> None:
    """Tell both of a pair, each in the notice that their batch already has as long as it has not left."""
    of_batch = f"{batch_id}.{relationship.program_id}" if batch_id else str(relationship.id)
    due_at = now + BATCH_SETTLES if batch_id else now
    more: dict[str, Any] = {"actor": viewer, "now": now, "batch_id": batch_id, "due_at": due_at, "mails": mails}
    for person_id in (relationship.mentor_id, relationship.mentee_id):
        told = notices.tell_person(db, kind, person_id, facts, dedupe_key=of_batch, **more)
        if relationship.id in told.facts["relationship_ids"]:
            continue
        if told.mail_status in (MailStatus.WAITING, MailStatus.NONE):
            told.facts = told.facts | {name: told.facts[name] + facts[name] for name in ADDS_UP if name in facts}
            told.due_at = due_at
            continue
        notices.tell_person(db, kind, person_id, facts, dedupe_key=f"{of_batch}.{relationship.id}", **more)
