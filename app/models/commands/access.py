"""How a browser becomes somebody's: by password or by mailed link; and how it stops being.

Nobody is signed in yet, so these are not run by `perform`; each opens its own transaction.
What an unknown address is told, and how long that takes, equals what a known one is told.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history, hub, passwords
from app.models.clock import is_zone
from app.models.commands.guessing import Guess, forgive, note_try
from app.models.database import reading, transaction
from app.models.drafts import clean
from app.models.errors import Refusal
from app.models.permissions import load_viewer
from app.models.queries.logins import PROVED_FOR, token_hash
from app.models.tables import Login, MailedLink, Membership, Notice, Person
from app.models.words import NoticeKind, Rank

LOGIN_LASTS = timedelta(days=30)
LINK_LASTS = timedelta(minutes=30)
LINKS_AT_ONCE = 3
LONGEST_PATH = 500
SIGN_IN = "sign_in"

WRONG = "This e-mail address and password do not belong together."
WRONG_REMEDY = "Check both, or have a link sent to you."


@dataclass(frozen=True)
class Browser:
    """What is known of a browser: its network address, what it calls itself, its zone ("" if unknown), its mark.

    `mark` is what it was given at an earlier sign-in by password; it may be anybody's, or made up.
    """

    address: str
    agent: str = ""
    zone: str = ""
    mark: str = ""


class LinkUsed(Refusal):
    """A link that was used, has run out, or never was."""

    def __init__(self) -> None:
        super().__init__(*Refusal.of("", "This link no longer works.", "It works once, and not for long.").problems)


def sign_in(email: str, password: str, browser: Browser, now: datetime) -> str:
    """Sign the browser in and give its cookie's value. Raises Refusal for a wrong pair, TooManyTries meanwhile.

    The try is written down before the password is looked at, so that many at once are not many for free.
    """
    address = folded(email)
    with reading() as db:
        person = _person_at(db, address)
    stored = person.password_hash if person else None
    guess = Guess(address, browser.address, mark=browser.mark if passwords.is_mark(browser.mark, stored) else "")
    note_try(guess, now)
    if not passwords.is_right(password, stored) or person is None:
        raise Refusal.of("password", WRONG, WRONG_REMEDY)
    with transaction() as db:
        forgive(db, guess)
        return open_login(db, person.id or 0, browser, now)


def mark_for(email: str) -> str:
    """Give the mark of a browser at which this person just signed in by password."""
    with reading() as db:
        person = _person_at(db, folded(email))
    return passwords.browser_mark(person.password_hash if person else None)


def note_link(browser: Browser, now: datetime) -> None:
    """Write down that a link is asked for. Raises TooManyTries for a network address that asks for many."""
    note_try(Guess("", browser.address, purpose="link"), now)


def send_link(email: str, now: datetime, base_url: str, path: str = "/") -> None:
    """Mail a one-time link, if the address is somebody's. Whoever asked must not wait for it: the time would tell.

    The link leads on to `path`, where they wanted to go: the mail may be opened in another browser.
    """
    address = folded(email)
    with transaction() as db:
        person = _person_at(db, address)
        if person is None or _links_of(db, person.id or 0, now) >= LINKS_AT_ONCE:
            return
        token = new_link(db, SIGN_IN, now, LINK_LASTS, person_id=person.id)
        until = now + LINK_LASTS
        onward = f"?next={quote(path)}" if path != "/" and len(path) <= LONGEST_PATH else ""
        facts = {"link": f"{base_url}/enter/{token}{onward}", "until": until.isoformat()}
        key = f"{NoticeKind.SIGN_IN}:{token_hash(token)}:{person.id}"
        db.add(
            Notice(
                kind=NoticeKind.SIGN_IN,
                person_id=person.id or 0,
                dedupe_key=key,
                facts=facts,
                private=True,
                created_at=now,
                due_at=now,
                useful_until=until,
                seen_at=now,
            )
        )
    hub.wake()


def works(token: str, purpose: str, now: datetime) -> bool:
    """Whether a link would still be taken. Looking does not use it up: mail scanners look."""
    with reading() as db:
        return db.exec(select(MailedLink.id).where(*_usable(token, purpose, now))).one_or_none() is not None


def sign_in_by_link(token: str, browser: Browser, now: datetime) -> str:
    """Use the link up, sign the browser in and give its cookie's value. Raises LinkUsed."""
    with transaction() as db:
        person_id = use_link(db, token, SIGN_IN, now)
        person = db.get(Person, person_id) if person_id else None
        if person is None or person.deactivated_at is not None:
            raise LinkUsed
        return open_login(db, person.id or 0, browser, now)


def sign_out(cookie: str, now: datetime) -> None:
    """Forget this browser. It is written down, so that the other workers' pages hear of it too."""
    with transaction() as db:
        login = db.exec(select(Login).where(Login.token_hash == token_hash(cookie))).one_or_none()
        if login is None:
            return
        db.delete(login)
        person = load_viewer(db, login.person_id)
        history.record(db, person, "signed_out", now=now, person_id=login.person_id)
    hub.wake()


def new_link(db: Db, purpose: str, now: datetime, lasts: timedelta, *, person_id: int | None = None) -> str:
    """Make a one-time link and give its token; only its hash is kept. Links that ran out long ago are swept."""
    token = secrets.token_urlsafe(32)
    db.execute(sa.delete(MailedLink).where(col(MailedLink.expires_at) <= now - PROVED_FOR))
    link = MailedLink(
        person_id=person_id, purpose=purpose, token_hash=token_hash(token), created_at=now, expires_at=now + lasts
    )
    db.add(link)
    return token


def use_link(db: Db, token: str, purpose: str, now: datetime) -> int | None:
    """Use a link up, once however many try, and give whose it is. Raises LinkUsed."""
    used = sa.update(MailedLink).where(*_usable(token, purpose, now)).values(used_at=now)
    person_id = db.execute(used.returning(col(MailedLink.person_id))).one_or_none()
    if person_id is None:
        raise LinkUsed
    return person_id[0]


def open_login(db: Db, person_id: int, browser: Browser, now: datetime) -> str:
    """Make the browser the person's, and give its cookie's value. Logins that ran out are swept."""
    token = secrets.token_urlsafe(32)
    db.execute(sa.delete(Login).where(col(Login.expires_at) <= now))
    db.add(
        Login(
            person_id=person_id,
            token_hash=token_hash(token),
            browser=str(clean(browser.agent))[:400],
            created_at=now,
            expires_at=now + LOGIN_LASTS,
        )
    )
    if is_zone(browser.zone):
        db.get_one(Person, person_id).browser_zone = browser.zone
    return token


def folded(email: str) -> str:
    """Give an e-mail address as it is stored, whatever was typed."""
    return str(clean(email))[:254].casefold()


def _person_at(db: Db, email: str) -> Person | None:
    """Find somebody who may sign in. A visitor, without password, rank or role, has nothing to sign in to."""
    belongs = sa.or_(
        col(Person.password_hash).is_not(None),
        col(Person.rank) != Rank.NONE,
        col(Person.id).in_(select(Membership.person_id)),
    )
    active = (Person.email == email, col(Person.deactivated_at).is_(None))
    return db.exec(select(Person).where(*active, belongs)).one_or_none()


def _links_of(db: Db, person_id: int, now: datetime) -> int:
    recent = (
        MailedLink.person_id == person_id,
        MailedLink.purpose == SIGN_IN,
        col(MailedLink.created_at) > now - LINK_LASTS,
    )
    return db.exec(select(sa.func.count(col(MailedLink.id))).where(*recent)).one()


def _usable(token: str, purpose: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(MailedLink.token_hash) == token_hash(token),
        col(MailedLink.purpose) == purpose,
        col(MailedLink.used_at).is_(None),
        col(MailedLink.expires_at) > now,
    )
