"""What a browser keeps that took a place without signing in: which place, unreadable for anybody but us.

A person's number would tell whether they were known before, so a mark is encrypted, and all
marks have one length. One that stands for nobody (for an address that had a place already) looks
like any other, and can do nothing. Whoever types an address need not be its owner: only a mark
that came by their mail is proven; any other names the `taking` that it may undo. Pure; the cookie
itself is set by `delivery`.
"""

import base64
import binascii
import hmac
import secrets
import struct
from dataclasses import dataclass
from datetime import datetime

from app.models.seats import HOLD
from app.models.words import SeatStatus

_FACTS = struct.Struct(">IIBH6s")
_NONCE, _TAG = 12, 16
_STATUSES = tuple(SeatStatus)
_MOST = 2**16 - 1
_PROVEN = 0x80
NO_TAKING = "0" * 12
MARKS = "meridian_place_"
"""What the name of every mark begins with."""


@dataclass(frozen=True)
class PlaceMark:
    """A place as this browser was told of it. `person_id` 0 stands for nobody; `position` 0: not waiting.

    `is_proven`: the browser came by a link that was mailed to the person. `taking` tells this
    registration from every other: twelve hexadecimal digits; of nobody's they say when it was taken.
    """

    session_id: int
    person_id: int
    status: SeatStatus
    position: int = 0
    is_proven: bool = False
    taking: str = NO_TAKING


def taken_at(now: datetime) -> str:
    """Give the `taking` of a mark that stands for nobody."""
    return f"{int(now.timestamp()):012x}"


def has_lapsed(mark: PlaceMark, now: datetime) -> bool:
    """Whether nobody's place would have been taken back by now, as one that was not confirmed is."""
    is_held = not mark.person_id and mark.status == SeatStatus.UNCONFIRMED
    return is_held and int(mark.taking, 16) + HOLD.total_seconds() <= now.timestamp()


def mark_name(session_id: int) -> str:
    """Name the cookie of a session's mark."""
    return f"{MARKS}{session_id}"


def address_name(session_id: int) -> str:
    """Name the cookie of the e-mail address that was typed for it: whoever mistyped it finds out at once."""
    return f"meridian_address_{session_id}"


def write_mark(secret: str, mark: PlaceMark) -> str:
    """Encrypt a mark; no two are alike, even of the same place."""
    nonce = secrets.token_bytes(_NONCE)
    status = _STATUSES.index(mark.status) | (_PROVEN if mark.is_proven else 0)
    position = min(mark.position, _MOST)
    facts = _FACTS.pack(mark.session_id, mark.person_id, status, position, bytes.fromhex(mark.taking))
    hidden = _mix(secret, nonce, facts)
    return base64.urlsafe_b64encode(nonce + hidden + _tag(secret, nonce + hidden)).decode()


def read_mark(secret: str, text: str, session_id: int) -> PlaceMark | None:
    """Read the mark of this session; None for whatever was not written by `write_mark`."""
    try:
        sent = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, tag = sent[:-_TAG], sent[-_TAG:]
    if len(sent) != _NONCE + _FACTS.size + _TAG or not hmac.compare_digest(_tag(secret, body), tag):
        return None
    session, person, status, position, taking = _FACTS.unpack(_mix(secret, body[:_NONCE], body[_NONCE:]))
    if session != session_id:
        return None
    is_proven = bool(status & _PROVEN)
    return PlaceMark(session, person, _STATUSES[status & ~_PROVEN], position, is_proven, taking.hex())


def _mix(secret: str, nonce: bytes, facts: bytes) -> bytes:
    """Add a key stream of one block, which no other nonce shares; adding it again takes it away."""
    stream = hmac.digest(secret.encode(), b"meridian:place:" + nonce, "sha256")
    return bytes(one ^ other for one, other in zip(facts, stream, strict=False))


def _tag(secret: str, body: bytes) -> bytes:
    return hmac.digest(secret.encode(), b"meridian:place-tag:" + body, "sha256")[:_TAG]
