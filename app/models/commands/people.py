"""Adding and changing people: who they are, their tags, and what they are in which programme.

Owner and managers of the organisation may do everything; who manages programmes adds people
to them and changes those who belong to them, but no e-mail that opens doors elsewhere.
Leaving and coming back are in `leaving`.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history, notices
from app.models.commands import first_access
from app.models.commands.assigning import pair
from app.models.commands.belonging import (
    Programs,
    belongs_elsewhere,
    refuse_foreign,
    running_programs,
    set_roles,
    set_tags,
)
from app.models.commands.leaving import refuse_last_owner
from app.models.database import lock_name, lock_names, lock_rows
from app.models.drafts.people import EditPersonDraft, NewPersonDraft, PairingDraft
from app.models.errors import NotFound, Problem, Refusal, Stale
from app.models.folding import fold, search_text
from app.models.permissions import Viewer, access_managed_person, visible_people
from app.models.queries.person_form import fingerprint, load_form
from app.models.tables import MailedLink, Membership, Notice, Person
from app.models.words import NoticeKind, Rank, Role


class EmailTaken(Refusal):
    """The address is somebody's. `person_id` is theirs where the viewer may see them, else None."""

    def __init__(self, person: Person | None) -> None:
        who = f"{person.name} already has this address." if person else "Somebody already has this address."
        remedy = "Open their page, or use another address." if person else "Ask a manager of the organisation."
        super().__init__(Problem("email", who, remedy))
        self.person_id = person.id if person else None


def add_person(db: Db, viewer: Viewer, now: datetime, draft: NewPersonDraft, *, batch_id: str = "") -> dict[str, Any]:
    """Add a person with tags, roles and assignments, all or nothing; give {"person_id"}.

    Somebody known only as a visitor becomes this person. Raises EmailTaken on `email`.
    """
    return add_people(db, viewer, now, [draft], batch_id=batch_id)[0]


def add_people(
    db: Db, viewer: Viewer, now: datetime, drafts: Sequence[NewPersonDraft], *, batch_id: str = ""
) -> list[dict[str, Any]]:
    """Add all of these people as `add_person` does, or none."""
    programs = running_programs(db, viewer)
    for draft in drafts:
        _check_new(viewer, draft, programs)
    lock_rows(db, Person, [one.other_id for draft in drafts for one in draft.assignments])
    people = _visitors_or_new(db, viewer, now, drafts)
    both = list(zip(people, drafts, strict=True))
    all_tags = set_tags(db, [(person, draft.tags) for person, draft in both])
    all_roles = set_roles(db, viewer, now, [(person, draft.roles) for person, draft in both], programs)
    for (person, draft), (_, tags), (_, roles) in zip(both, all_tags, all_roles, strict=True):
        after = {"email": person.email, "name": person.name, "tags": tags, "roles": roles, "rank": person.rank}
        history.record(db, viewer, "add_person", now=now, person_id=person.id, after=after, batch_id=batch_id)
        for pairing in draft.assignments:
            _assign(db, viewer, now, person, pairing, programs, batch_id or f"person:{person.id}")
        if draft.sends_access:
            first_access.send(db, viewer, now, person, batch_id=batch_id)
    return [{"person_id": person.id} for person in people]


def check_address(db: Db, viewer: Viewer, email: str) -> None:
    """Say beforehand whether `add_person` would find the address taken. Raises EmailTaken; NotFound for others."""
    if not viewer.is_manager:
        raise NotFound
    person = db.exec(select(Person).where(Person.email == email)).one_or_none()
    if person is not None and not _is_visitor(db, person):
        raise EmailTaken(_seen(db, viewer, person))


def edit_person(
    db: Db,
    viewer: Viewer,
    now: datetime,
    person_id: int,
    draft: EditPersonDraft,
    seen: str | None = None,
    *,
    batch_id: str = "",
) -> dict[str, Any]:
    """Change a person; give {"person_id", "changed": the names of what changed}. Raises EmailTaken on `email`.

    `seen` is the fingerprint of the form as it was filled; another raises Stale. None skips the check.
    """
    person = access_managed_person(db, viewer, person_id)
    lock_rows(db, Person, [person_id])
    db.refresh(person)
    if seen is not None and fingerprint(load_form(db, viewer, person_id)) != seen:
        raise Stale("person")
    before, after = _changed_facts(db, viewer, person, draft)
    _set_facts(db, viewer, now, person, after)
    if draft.rank is not None and draft.rank != person.rank:
        _check_rank(db, viewer, person, draft.rank)
        before["rank"], after["rank"] = person.rank, draft.rank.value
        person.rank = draft.rank
    if draft.tags is not None:
        [(before["tags"], after["tags"])] = set_tags(db, [(person, draft.tags)])
    if draft.roles is not None:
        programs = running_programs(db, viewer)
        [(before["roles"], after["roles"])] = set_roles(db, viewer, now, [(person, draft.roles)], programs)
    names = sorted(name for name, value in after.items() if value != before[name])
    if names:
        was, became = {name: before[name] for name in names}, {name: after[name] for name in names}
        history.record(
            db, viewer, "edit_person", now=now, person_id=person_id, before=was, after=became, batch_id=batch_id
        )
    return {"person_id": person_id, "changed": names}


def new_slug(first_name: str, last_name: str) -> str:
    """Make the unguessable end of somebody's public address, begun with their name."""
    name = "-".join(fold(f"{first_name} {last_name}").split())[:40]
    kept = "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-"))
    return f"{kept or 'person'}-{secrets.token_hex(4)}"


def _check_new(viewer: Viewer, draft: NewPersonDraft, programs: Programs) -> None:
    """Raise NotFound or Refusal for what the viewer may not give, and for a person who would be nothing."""
    if not viewer.is_manager:
        raise NotFound
    if draft.rank != Rank.NONE and not (viewer.is_owner or (viewer.is_org_manager and draft.rank != Rank.OWNER)):
        raise NotFound
    refuse_foreign(programs, {one.program_id for one in [*draft.roles, *draft.assignments]})
    if draft.rank == Rank.NONE and not draft.roles and not draft.assignments:
        raise Refusal.of("roles", "This person has no role yet.", "Choose a programme, and what they are in it.")


def _visitors_or_new(db: Db, viewer: Viewer, now: datetime, drafts: Sequence[NewPersonDraft]) -> list[Person]:
    """Give the row each of these people gets. Of two who add the same address at once one waits and is refused."""
    emails = sorted({draft.email for draft in drafts})
    lock_names(db, [f"email:{email}" for email in emails])
    known = {person.email: person for person in db.exec(select(Person).where(col(Person.email).in_(emails)))}
    for person in known.values():
        if not _is_visitor(db, person):
            raise EmailTaken(_seen(db, viewer, person))
    if len(emails) < len(drafts):
        raise EmailTaken(None)
    people = [_filled(known.get(draft.email), now, draft) for draft in drafts]
    db.add_all(people)
    db.flush()
    return people


def _filled(visitor: Person | None, now: datetime, draft: NewPersonDraft) -> Person:
    slug = new_slug(draft.first_name, draft.last_name)
    person = visitor or Person(email=draft.email, slug=slug, created_at=now)
    person.first_name, person.last_name, person.zone = draft.first_name, draft.last_name, draft.zone or ""
    person.search_text = search_text(draft.first_name, draft.last_name, draft.email)
    person.rank = draft.rank
    return person


def _is_visitor(db: Db, person: Person) -> bool:
    """Whether somebody has nothing to sign in to: they only registered for a group session."""
    if person.password_hash or person.rank != Rank.NONE or person.deactivated_at is not None:
        return False
    return db.exec(select(Membership.id).where(Membership.person_id == person.id)).first() is None


def _seen(db: Db, viewer: Viewer, person: Person) -> Person | None:
    return db.exec(select(Person).where(Person.id == person.id, visible_people(viewer))).one_or_none()


def _assign(
    db: Db,
    viewer: Viewer,
    now: datetime,
    person: Person,
    pairing: PairingDraft,
    programs: Programs,
    batch_id: str,
) -> None:
    if pairing.as_role not in (Role.MENTOR, Role.MENTEE):
        raise Refusal.of("assignments", "Only two who meet can be assigned.", "Choose another role.")
    mine, other = person.id or 0, pairing.other_id
    two = (mine, other) if pairing.as_role == Role.MENTOR else (other, mine)
    pair(db, viewer, now, programs[pairing.program_id], *two, batch_id=batch_id)


Values = dict[str, Any]


def _changed_facts(db: Db, viewer: Viewer, person: Person, draft: EditPersonDraft) -> tuple[Values, Values]:
    """Give the facts that the draft changes, as they were and as they will be. Raises for those that may not be."""
    wanted = {"email": draft.email, "first_name": draft.first_name, "last_name": draft.last_name}
    wanted["zone"] = draft.zone or ""
    if draft.bio is not None:
        wanted["bio"] = draft.bio
    after = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    if "email" in after:
        _check_new_email(db, viewer, person, draft.email)
    return {name: getattr(person, name) for name in after}, after


def _check_new_email(db: Db, viewer: Viewer, person: Person, email: str) -> None:
    """Whoever holds the address can sign in; so it is changed only by those who manage all the person may do."""
    if belongs_elsewhere(db, viewer, person) or (person.rank == Rank.OWNER and not viewer.is_owner):
        raise Refusal.of("email", f"You cannot change the address of {person.name}.", "Ask them, or who manages them.")
    lock_name(db, f"email:{email}")
    other = db.exec(select(Person).where(Person.email == email, Person.id != person.id)).one_or_none()
    if other is not None:
        raise EmailTaken(_seen(db, viewer, other))


def _set_facts(db: Db, viewer: Viewer, now: datetime, person: Person, values: Values) -> None:
    """Set them. Links to an earlier address stop working; a first access that was mailed there is mailed anew.

    Whoever holds the new address can sign in: somebody who has been here is told at the former one.
    """
    if "email" in values and (person.password_hash is not None or first_access.has_been_here(db, person)):
        _tell_former_address(db, viewer, now, person)
    for name, value in values.items():
        setattr(person, name, value)
    person.search_text = search_text(person.first_name, person.last_name, person.email)
    if "email" in values:
        awaited = _awaits_first_access(db, now, person)
        db.execute(sa.delete(MailedLink).where(col(MailedLink.person_id) == person.id))
        if awaited:
            first_access.send(db, viewer, now, person)


def _tell_former_address(db: Db, viewer: Viewer, now: datetime, person: Person) -> None:
    facts, key = {"former_email": person.email}, f"{person.id}.{now.isoformat()}"
    notices.tell_person(db, NoticeKind.NEW_ADDRESS, person.id or 0, facts, actor=viewer, now=now, dedupe_key=key)


def _awaits_first_access(db: Db, now: datetime, person: Person) -> bool:
    mailed = select(Notice.id).where(
        Notice.person_id == person.id, Notice.kind == NoticeKind.FIRST_ACCESS, col(Notice.useful_until) > now
    )
    return person.password_hash is None and db.exec(mailed).first() is not None


def _check_rank(db: Db, viewer: Viewer, person: Person, rank: Rank) -> None:
    if not viewer.is_org_manager:
        raise NotFound("person")
    if Rank.OWNER in (rank, person.rank) and not viewer.is_owner:
        raise Refusal.of("rank", "Only an owner can make an owner, or take that away.", "Ask an owner.")
    if person.rank == Rank.OWNER:
        refuse_last_owner(db, person)
