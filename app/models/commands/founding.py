"""The set-up of an empty installation (P1): by a link that only its log shows, once."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import demo, history, hub, passwords
from app.models.commands.access import Browser, LinkUsed, new_link, open_login, use_link, works
from app.models.commands.people import new_slug
from app.models.database import reading, transaction
from app.models.drafts import FounderDraft
from app.models.folding import search_text
from app.models.permissions import load_viewer
from app.models.tables import MailedLink, Organisation, Person
from app.models.words import Rank

SETUP = "setup"
SETUP_LASTS = timedelta(days=7)


def is_founded(db: Db) -> bool:
    """Whether there is an organisation."""
    return db.get(Organisation, 1) is not None


def renew_setup_link(now: datetime) -> str:
    """Give the token of a new set-up link, "" where nothing is to be set up. Earlier links stop working."""
    with transaction() as db:
        if is_founded(db):
            return ""
        db.execute(sa.delete(MailedLink).where(col(MailedLink.purpose) == SETUP))
        return new_link(db, SETUP, now, SETUP_LASTS)


def may_set_up(token: str, now: datetime) -> bool:
    """Whether this link may set the installation up."""
    with reading() as db:
        if is_founded(db):
            return False
    return works(token, SETUP, now)


def found(token: str, draft: FounderDraft, password: str, browser: Browser, now: datetime) -> str:
    """Create the organisation and its owner, sign the browser in and give its cookie's value.

    Raises LinkUsed, or Refusal for a password nobody should choose; then nothing is created.
    """
    if not may_set_up(token, now):
        raise LinkUsed  # before the hashing, which takes time that no stranger may have for nothing
    passwords.check_new(password)
    password_hash = passwords.hash_password(password)
    with transaction() as db:
        use_link(db, token, SETUP, now)
        if is_founded(db):
            raise LinkUsed
        db.add(Organisation(name=draft.organisation, zone=draft.zone, secret=secrets.token_hex(32), created_at=now))
        owner = _owner(draft, password_hash, now)
        db.add(owner)
        db.flush()
        history.record(db, load_viewer(db, owner.id or 0), "founded", now=now, person_id=owner.id)
        cookie = open_login(db, owner.id or 0, browser, now)
    hub.wake()
    return cookie


def explore(token: str, browser: Browser, now: datetime) -> tuple[str, demo.SignIns]:
    """Fill the installation with demo data, sign the browser in as its manager; give cookie and sign-ins."""
    if not may_set_up(token, now):
        raise LinkUsed
    signs = demo.fill(now=now)
    with transaction() as db:
        use_link(db, token, SETUP, now)
        manager = db.exec(select(Person).where(Person.email == signs.manager)).one()
        cookie = open_login(db, manager.id or 0, browser, now)
    hub.wake()
    return cookie, signs


def _owner(draft: FounderDraft, password_hash: str, now: datetime) -> Person:
    return Person(
        email=draft.email,
        first_name=draft.first_name,
        last_name=draft.last_name,
        search_text=search_text(draft.first_name, draft.last_name, draft.email),
        password_hash=password_hash,
        rank=Rank.OWNER,
        slug=new_slug(draft.first_name, draft.last_name),
        created_at=now,
    )
