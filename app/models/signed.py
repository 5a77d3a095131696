"""Links in mails that need no sign-in: what they say is signed, for one purpose and until one moment.

They are not kept anywhere; the organisation's secret vouches for them. What a link lets its
bearer do is up to the command behind it, which acts as the person the link was made for.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session as Db
from sqlmodel import select

from app.models.errors import Refusal
from app.models.permissions import is_id
from app.models.tables import Organisation, Person

UNTIL = "until"


class Purpose(StrEnum):
    """What a link is for; one made for another purpose is none."""

    ANSWER = "answer"
    STOP_MESSAGES = "stop-messages"
    SEAT = "seat"
    CONFIRM = "confirm"
    INVITATION = "invitation"
    RATING = "rating"
    FEED = "feed"


class LinkBroken(Refusal):
    """A link that was altered, is for something else, or has run out; the words do not tell which."""

    def __init__(self) -> None:
        super().__init__(*Refusal.of("", "This link no longer works.", "Sign in to see how things stand.").problems)


def seal(secret: str, purpose: Purpose, facts: Mapping[str, Any], until: datetime) -> str:
    """Make the token of a link that holds until `until`. The same facts give the same token."""
    return _signer(secret, purpose).dumps({**facts, UNTIL: int(until.timestamp())})  # pyright: ignore[reportReturnType]


def unseal(db: Db, purpose: Purpose, token: str, now: datetime) -> dict[str, Any]:
    """Read what a token says. Raises LinkBroken."""
    secret = db.exec(select(Organisation.secret)).first()
    try:
        facts = _signer(secret or "", purpose).loads(token) if secret else None
    except BadData as error:
        raise LinkBroken from error
    if not isinstance(facts, dict) or facts.pop(UNTIL, 0) < now.timestamp():
        raise LinkBroken
    return facts


def address_mark(email: str) -> str:
    """Mark the address a link is mailed to: when its person gets another one, the link ends there."""
    return sha256(email.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class SeatLink:
    """Whose place a link is about."""

    session_id: int
    person_id: int


def seal_seat(secret: str, purpose: Purpose, session_id: int, person_id: int, until: datetime, email: str) -> str:
    """Make the token of a link about a person's place in a session; it cannot be read who they are.

    An id tells how long somebody has been known here, and so whether an address has an account.
    The link ends with the address it is mailed to. Person 0 makes a token that looks like any
    other and opens nothing.
    """
    mark = _mark(secret, session_id, person_id, email) if person_id else secrets.token_hex(8)
    masked = person_id ^ _mask(secret, mark) if person_id else secrets.randbits(32)
    return seal(secret, purpose, {"session": session_id, "mark": mark, "person": masked}, until)


def unseal_seat(db: Db, purpose: Purpose, token: str, now: datetime) -> SeatLink:
    """Read whose place a token is about. Raises LinkBroken."""
    facts = unseal(db, purpose, token, now)
    secret = db.exec(select(Organisation.secret)).one()
    session_id, mark = int(facts.get("session", 0)), str(facts.get("mark", ""))
    person_id = int(facts.get("person", 0)) ^ _mask(secret, mark)
    email = db.exec(select(Person.email).where(Person.id == person_id)).first() if is_id(person_id) else None
    if email is None or not hmac.compare_digest(mark, _mark(secret, session_id, person_id, email)):
        raise LinkBroken
    return SeatLink(session_id, person_id)


def _mark(secret: str, session_id: int, person_id: int, email: str) -> str:
    said = f"meridian:seat:{session_id}:{person_id}:{email}"
    return hmac.digest(secret.encode(), said.encode(), "sha256").hex()[:16]


def _mask(secret: str, mark: str) -> int:
    return int.from_bytes(hmac.digest(secret.encode(), f"meridian:mask:{mark}".encode(), "sha256")[:4])


def _signer(secret: str, purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"meridian:{purpose}")
