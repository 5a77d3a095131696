"""What a person changes about themself."""

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col

from app.models import history, passwords
from app.models.clock import zone_named
from app.models.commands.messages import STOPPED, drop_mail, waiting_mails
from app.models.drafts import PersonDraft
from app.models.drafts.people import BioDraft
from app.models.errors import NotFound, Refusal
from app.models.folding import search_text
from app.models.permissions import GREATEST_ID, Viewer, is_id
from app.models.queries.logins import PROVED_FOR, has_proved
from app.models.tables import Login, MailedLink, Person


def note_browser_zone(db: Db, viewer: Viewer, now: datetime, zone: str) -> dict[str, Any]:
    """Remember the zone the person's browser is in. A zone they chose themself goes before it."""
    zone_named(zone)
    person = db.get_one(Person, viewer.person_id)
    if person.browser_zone != zone:
        before = {"browser_zone": person.browser_zone}
        person.browser_zone = zone
        after = {"browser_zone": zone}
        history.record(db, viewer, "browser_zone", now=now, person_id=person.id, before=before, after=after)
    return {}


def change_self(db: Db, viewer: Viewer, now: datetime, draft: PersonDraft) -> dict[str, Any]:
    """Change one's own names and zone ("" or None: as the browser says). The e-mail address is not changed here."""
    person = db.get_one(Person, viewer.person_id)
    if not (draft.first_name or draft.last_name):
        raise Refusal.of("first_name", "The name is missing.", "Fill in your first name, your last name or both.")
    wanted = {"first_name": draft.first_name, "last_name": draft.last_name, "zone": draft.zone or ""}
    before = {name: getattr(person, name) for name, value in wanted.items() if getattr(person, name) != value}
    for name, value in wanted.items():
        setattr(person, name, value)
    person.search_text = search_text(person.first_name, person.last_name, person.email)
    if before:
        after = {name: wanted[name] for name in before}
        history.record(db, viewer, "account", now=now, person_id=person.id, before=before, after=after)
    return {"changed": len(before)}


def change_bio(db: Db, viewer: Viewer, now: datetime, draft: BioDraft) -> dict[str, Any]:
    """Change what one tells the world of oneself."""
    person = db.get_one(Person, viewer.person_id)
    if person.bio != draft.bio:
        before, after = {"bio": person.bio}, {"bio": draft.bio}
        person.bio = draft.bio
        history.record(db, viewer, "account", now=now, person_id=person.id, before=before, after=after)
    return {}


def change_password(
    db: Db, viewer: Viewer, now: datetime, old: str, new_hash: str, keep_token_hash: str
) -> dict[str, Any]:
    """Set a new password, given its hash, and sign every other browser out.

    The old one is asked for unless a mailed link was used within the last half hour.
    """
    person = db.get_one(Person, viewer.person_id)
    if not has_proved(db, viewer, now) and not passwords.is_right(old, person.password_hash):
        raise Refusal.of("old_password", "This is not your password.", "Forgotten? Sign in by a mailed link first.")
    person.password_hash = new_hash
    mine = (col(Login.person_id) == person.id, col(Login.token_hash) != keep_token_hash)
    db.execute(sa.delete(Login).where(*mine))
    history.record(db, viewer, "password", now=now, person_id=person.id)
    return {}


def choose_mails(db: Db, viewer: Viewer, now: datetime, *, wants_messages: bool) -> dict[str, Any]:
    """Choose whether unread messages are told by e-mail; one that waits does not go any more."""
    person = db.get_one(Person, viewer.person_id)
    if not wants_messages:
        for notice in waiting_mails(db, viewer.person_id):
            drop_mail(notice, STOPPED)
    if person.mails_messages != wants_messages:
        before, after = {"mails_messages": person.mails_messages}, {"mails_messages": wants_messages}
        person.mails_messages = wants_messages
        history.record(db, viewer, "account", now=now, person_id=person.id, before=before, after=after)
    return {"wants_messages": wants_messages}


def make_feed(db: Db, viewer: Viewer, now: datetime, *, replaces: bool = False) -> dict[str, Any]:
    """Make the links of one's calendar feeds; with `replaces` new ones, and those made before no longer work.

    Where things are otherwise already (a second click), nothing is done.
    """
    if (db.get_one(Person, viewer.person_id).feed_number > 0) != replaces:
        return {}
    return _set_feed(db, viewer, now, "make_feed", secrets.randbelow(GREATEST_ID) + 1)


def revoke_feed(db: Db, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Let the links of one's calendar feeds no longer work."""
    return _set_feed(db, viewer, now, "revoke_feed", 0)


def _set_feed(db: Db, viewer: Viewer, now: datetime, step: str, number: int) -> dict[str, Any]:
    person = db.get_one(Person, viewer.person_id)
    if person.feed_number != number:
        person.feed_number = number
        # The number is a secret, so the history does not keep it.
        history.record(db, viewer, step, now=now, person_id=person.id)
    return {}


def sign_out_browser(db: Db, viewer: Viewer, now: datetime, login_id: int) -> dict[str, Any]:
    """Sign one of one's own browsers out."""
    login = db.get(Login, login_id) if is_id(login_id) else None
    if login is None or login.person_id != viewer.person_id:
        raise NotFound("browser")
    db.delete(login)
    history.record(db, viewer, "signed_out", now=now, person_id=viewer.person_id)
    return {}


def sign_out_everywhere(db: Db, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Sign all of one's browsers out, and let links that were mailed no longer work."""
    db.execute(sa.delete(Login).where(col(Login.person_id) == viewer.person_id))
    unused = (col(MailedLink.person_id) == viewer.person_id, col(MailedLink.used_at).is_(None))
    db.execute(sa.update(MailedLink).where(*unused).values(used_at=now - PROVED_FOR))
    history.record(db, viewer, "signed_out", now=now, person_id=viewer.person_id)
    return {}
