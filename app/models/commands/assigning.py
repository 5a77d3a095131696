"""Assigning a mentee to a mentor: the one command behind booking, the wizard, the details page and the upload.

It must stay the only way to a new relationship; how its numbered sessions are made is `relationships`'.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session as Db

from app.models import notices
from app.models.commands.relationships import active_relationships, assign_all
from app.models.database import lock_rows
from app.models.drafts.relationships import PairDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer, access_people, is_id
from app.models.tables import Notice, Person, Program, Relationship
from app.models.words import MailStatus, NoticeKind

BATCH_SETTLES = timedelta(minutes=1)
"""How long the mail of a batch waits for more of the same, so that an upload writes to each person once."""
Facts = Mapping[str, Any]
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

    With a `batch_id` each person is told once of all their new pairs. Whoever calls this several
    times in one transaction locks all the people before the first (`lock_rows`), or two who do so
    could wait for each other.
    """
    return pair_all(db, viewer, now, [(program, mentor_id, mentee_id)], batch_id=batch_id, mails=mails)[0]


def pair_all(
    db: Db,
    viewer: Viewer,
    now: datetime,
    pairs: Sequence[tuple[Program, int, int]],
    *,
    batch_id: str = "",
    mails: bool = True,
) -> list[tuple[Relationship, bool]]:
    """Assign all of these as `pair` does, or none, with no more statements than for one."""
    if not all(viewer.manages(program.id or 0) for program, *_ in pairs):
        raise NotFound("programme")
    lock_rows(db, Person, [one for _, *both in pairs for one in both if is_id(one)])
    check_pairs(db, viewer, pairs)
    named = [(program.id or 0, mentor_id, mentee_id) for program, mentor_id, mentee_id in pairs]
    active = active_relationships(db, named)
    missing = {name: one for name, one in zip(named, pairs, strict=True) if name not in active}
    made = assign_all(db, viewer, now, list(missing.values()), batch_id=batch_id)
    news = [(one, pair_facts([one])) for one in made]
    tell_of_pairs(db, viewer, now, NoticeKind.ASSIGNED, news, batch_id=batch_id, mails=mails)
    active |= zip(missing, made, strict=True)
    return [(active[name], missing.pop(name, None) is not None) for name in named]


def check_pairs(db: Db, viewer: Viewer, pairs: Sequence[tuple[Program, int, int]]) -> None:
    """Raise Refusal where two cannot work together in their programme; NotFound for who may not be seen."""
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


def tell_of_pairs(
    db: Db,
    viewer: Viewer,
    now: datetime,
    kind: NoticeKind,
    news: Sequence[tuple[Relationship, Facts]],
    *,
    batch_id: str,
    mails: bool = True,
) -> None:
    """Tell both of each pair its facts, in the notice that their batch already has as long as it has not left."""
    due_at = now + BATCH_SETTLES if batch_id else now
    more: dict[str, Any] = {"actor": viewer, "now": now, "batch_id": batch_id, "due_at": due_at, "mails": mails}
    shares: dict[str, dict[int, list[tuple[Relationship, Facts]]]] = {}
    for relationship, facts in news:
        people = shares.setdefault(f"{batch_id}.{relationship.program_id}" if batch_id else f"{relationship.id}", {})
        for person_id in (relationship.mentor_id, relationship.mentee_id):
            people.setdefault(person_id, []).append((relationship, facts))
    for of_batch, people in shares.items():
        firsts = {person_id: share[0][1] for person_id, share in people.items()}
        told = notices.tell_people(db, kind, firsts, dedupe_key=of_batch, **more)
        for person_id, share in people.items():
            for relationship, facts in share:
                if not _adds_up(told[person_id], relationship, facts, due_at):
                    key = f"{of_batch}.{relationship.id}"
                    notices.tell_person(db, kind, person_id, facts, dedupe_key=key, **more)


def _adds_up(told: Notice, relationship: Relationship, facts: Facts, due_at: datetime) -> bool:
    """Have a notice tell of one more pair; whether it does, for one that has left tells nothing more."""
    if relationship.id in told.facts["relationship_ids"]:
        return True
    if told.mail_status not in (MailStatus.WAITING, MailStatus.NONE):
        return False
    told.facts = told.facts | {name: told.facts[name] + facts[name] for name in ADDS_UP if name in facts}
    told.due_at = due_at
    return True
