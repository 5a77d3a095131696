"""Forgetting one person (P8; GDPR Art. 17). The history stays, with "A former participant" in their place."""

import json
import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import SQLModel, col, select

from app.models import history
from app.models.commands.leaving import refuse_last_owner
from app.models.database import lock_rows
from app.models.drafts import clean
from app.models.errors import Refusal
from app.models.folding import search_text
from app.models.permissions import Viewer, access_person, require_org_manager
from app.models.tables import (
    Announcement,
    Availability,
    Change,
    Login,
    MailedLink,
    Membership,
    Message,
    Notice,
    Person,
    PersonTag,
    Relationship,
    Request,
    Seat,
    Session,
    ThreadMark,
    UploadRow,
)
from app.models.words import Rank, Step

NAME = ("A former", "participant")
FORGOTTEN: tuple[type[SQLModel], ...] = (
    Login,
    MailedLink,
    PersonTag,
    Membership,
    Availability,
    ThreadMark,
    Notice,
    Request,
)
"""Of these, the person's rows go altogether."""


def erase(db: Db, viewer: Viewer, now: datetime, person_id: int, typed: str) -> dict[str, Any]:
    """Forget who somebody was. `typed` is their e-mail, to make sure; nothing brings them back.

    They must be deactivated first, so that their coming sessions have been dealt with and the
    others told. Numbers and dates of past sessions stay, for they are the others' too.
    """
    require_org_manager(viewer)
    person = access_person(db, viewer, person_id)
    lock_rows(db, Person, [person_id])
    db.refresh(person)
    _check(db, viewer, person, typed)
    email, name, called = person.email, person.name, person.first_name or person.name
    for table in FORGOTTEN:
        db.execute(sa.delete(table).where(sa.column("person_id") == person_id))
    db.execute(sa.delete(Message).where(col(Message.sender_id) == person_id))
    db.execute(sa.update(Seat).where(col(Seat.person_id) == person_id).values(comment=""))
    _end_relationships(db, now, person_id)
    _rename(person)
    _forget_in_notices(db, person_id)
    _forget_in_history(db, person_id)
    _forget_in_uploads(db, email, name)
    _forget_in_announcements(db, name)
    _forget_in_answers(db, called)
    history.record(db, viewer, "erase", now=now, person_id=person_id)
    return {"person_id": person_id}


def _check(db: Db, viewer: Viewer, person: Person, typed: str) -> None:
    if person.id == viewer.person_id:
        raise Refusal.of("", "You cannot erase yourself.", "Ask another manager.")
    if person.rank == Rank.OWNER:
        if not viewer.is_owner:
            raise Refusal.of("", f"{person.name} owns the organisation.", "Only another owner can do this.")
        refuse_last_owner(db, person)
    if person.deactivated_at is None:
        raise Refusal.of(
            "", f"{person.name} is still active.", "Deactivate them first: their sessions are listed there."
        )
    if str(clean(typed)).casefold() != person.email:
        raise Refusal.of("typed", "This is not their e-mail address.", f"Type {person.email} to erase them.")


def _rename(person: Person) -> None:
    person.email = f"former-{secrets.token_hex(8)}@erased.invalid"
    person.first_name, person.last_name = NAME
    person.search_text = search_text("", "", "")
    person.password_hash, person.rank = None, Rank.NONE
    person.zone = person.browser_zone = person.bio = ""
    person.slug = f"former-{secrets.token_hex(8)}"
    person.feed_number += 1


def _end_relationships(db: Db, now: datetime, person_id: int) -> None:
    mine = sa.or_(col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id) == person_id)
    db.execute(sa.update(Relationship).where(mine, col(Relationship.ended_at).is_(None)).values(ended_at=now))


def _forget_in_notices(db: Db, person_id: int) -> None:
    """What others were told keeps its dates, without the name of who did it and why."""
    for notice in db.exec(select(Notice).where(_says(Notice.facts, f'"actor_id": {person_id}'))):
        if notice.facts.get("actor_id") == person_id:
            notice.facts = notice.facts | {"actor": " ".join(NAME), "reason": ""}


def _forget_in_history(db: Db, person_id: int) -> None:
    """Of what was done about them only the step stays; of what they did, all but the reasons they gave."""
    db.execute(sa.update(Change).where(col(Change.person_id) == person_id).values(before={}, after={}, reason=""))
    db.execute(sa.update(Change).where(col(Change.actor_id) == person_id).values(reason=""))
    told = (Change.actor_id == person_id, _says(Change.after, '"cancel_reason"'))
    for change in db.exec(select(Change).where(*told)):
        change.before, change.after = _without_reason(change.before), _without_reason(change.after)
        if change.session_id is not None and change.step in (Step.CANCEL, Step.DECLINE):
            db.get_one(Session, change.session_id).cancel_reason = ""


def _without_reason(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "cancel_reason"}


def _forget_in_uploads(db: Db, email: str, name: str) -> None:
    """Rows of files that name them by e-mail are emptied; the files' own counts stay."""
    for row in db.exec(select(UploadRow).where(_says(UploadRow.cells, email))):
        row.cells = {column: _without(cell, email, name) for column, cell in row.cells.items()}
        row.problems, row.plan = [], {}


def _forget_in_announcements(db: Db, name: str) -> None:
    for row in db.exec(select(Announcement).where(_says(Announcement.audience, json.dumps(name).strip('"')))):
        row.audience = row.audience | {"words": str(row.audience.get("words", "")).replace(name, " ".join(NAME))}


def _forget_in_answers(db: Db, called: str) -> None:
    """What commands answered is kept for a while, should they be sent again; some answers begin with a name."""
    begun = json.dumps(called)[:-1]
    for text in (f"{begun} ", f'{begun}"'):
        db.execute(sa.delete(Request).where(_says(Request.result, text)))


def _without(cell: str, email: str, name: str) -> str:
    parts = {email.casefold(), *(part.casefold() for part in [name, *name.split()])}
    kept = [one for one in cell.replace(";", ",").split(",") if one.strip().casefold() not in parts]
    return ",".join(kept)


def _says(column: Any, text: str) -> sa.ColumnElement[bool]:
    return sa.func.lower(sa.cast(column, sa.Text)).contains(text.casefold(), autoescape=True)
