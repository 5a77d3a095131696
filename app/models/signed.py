"""Links in mails that need no sign-in: what they say is signed, for one purpose and until one moment.

They are not kept anywhere; the organisation's secret vouches for them. What a link lets its
bearer do is up to the command behind it, which acts as the person the link was made for.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session as Db
from sqlmodel import select

from app.models.errors import Refusal
from app.models.tables import Organisation

UNTIL = "until"


class Purpose(StrEnum):
    """What a link is for; one made for another purpose is none."""

    ANSWER = "answer"
    STOP_MESSAGES = "stop-messages"
    SEAT = "seat"
    CONFIRM = "confirm"
    INVITATION = "invitation"


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


def _signer(secret: str, purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"meridian:{purpose}")
