"""What a person sees of their own account."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.permissions import Viewer
from app.models.queries.logins import has_proved
from app.models.tables import Login, Person

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    """A browser that is signed in. `since` is UTC; `is_this` is the one that asks."""

    id: int
    name: str
    since: datetime
    is_this: bool


@dataclass(frozen=True)
class Account:
    """One's own facts. `zone` is the chosen one, "" where the browser's is followed."""

    first_name: str
    last_name: str
    email: str
    zone: str
    browser_zone: str
    asks_old_password: bool
    browsers: tuple[SignedIn, ...]
    mails_messages: bool = True


def read_account(db: Db, viewer: Viewer, now: datetime, token_hash: str) -> Account:
    """Read the viewer's own account; `token_hash` is the asking browser's."""
    person = db.get_one(Person, viewer.person_id)
    active = (col(Login.person_id) == viewer.person_id, col(Login.expires_at) > now)
    logins = db.exec(select(Login).where(*active).order_by(col(Login.id).desc())).all()
    return Account(
        person.first_name,
        person.last_name,
        person.email,
        person.zone,
        person.browser_zone,
        person.password_hash is not None and not has_proved(db, viewer, now),
        tuple(
            SignedIn(login.id or 0, browser_name(login.browser), login.created_at, login.token_hash == token_hash)
            for login in logins
        ),
        person.mails_messages,
    )


def browser_name(agent: str) -> str:
    """Give a browser's and its system's name, as "Firefox on Windows", from its User-Agent."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser
