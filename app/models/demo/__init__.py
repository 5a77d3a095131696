"""Fills an empty database with an invented organisation, to look around in.

Everything but the password, the calendar UIDs and the unguessable links comes from a fixed seed; times
are laid around the present. Sessions are inserted in bulk, past the commands, but keep all of their rules:
no one hosts two sessions that overlap or touch, numbers run on, every participant has a seat.
"""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import select

from app.models import clock
from app.models.database import transaction
from app.models.demo.announcements import announce
from app.models.demo.bell import ring
from app.models.demo.diary import Diary
from app.models.demo.groups import plan_groups
from app.models.demo.messages import talk
from app.models.demo.pairs import plan_pairs
from app.models.demo.people import House, settle
from app.models.demo.span import Span
from app.models.demo.writing import write
from app.models.errors import Refusal
from app.models.tables import Organisation, Person

SESSIONS = 400
SEED = 20


@dataclass(frozen=True)
class SignIns:
    """Who can sign in after filling, all with the same password, and an open group session's link."""

    manager: str
    mentor: str
    mentee: str
    password: str
    group_slug: str


def fill(*, sessions: int = SESSIONS, password: str = "", now: datetime | None = None) -> SignIns:
    """Fill the database in one transaction. Raises Refusal unless it is empty.

    `password` "" draws one; only its hash is kept.
    """
    password = password or secrets.token_urlsafe(9)
    with transaction() as db:
        require_empty(db)
        return _fill(db, random.Random(SEED), Span.around(now or clock.now(), sessions), password)  # noqa: S311


def require_empty(db: Db) -> None:
    """Raise Refusal where somebody or something is stored already."""
    for table in (Organisation, Person):
        if db.exec(select(table).limit(1)).first() is not None:
            raise Refusal.of("", "The database is not empty, so it is left as it is.", "Use an empty one.")


def _fill(db: Db, rng: random.Random, span: Span, password: str) -> SignIns:
    house = settle(db, rng, span, password)
    diary = Diary()
    groups = plan_groups(rng, span, house, diary)
    pairs = plan_pairs(rng, span, house, diary, span.sessions - len(groups))
    write(db, house, [*groups, *pairs])
    announce(db, house, span.now)
    ring(db, span.now)
    talk(db, house, span.now)
    return _sign_ins(house, password, next(plan.slug for plan in groups if plan.is_open(span.now)))


def _sign_ins(house: House, password: str, group_slug: str) -> SignIns:
    pair = house.pairs[0]
    return SignIns(house.owner.email, pair.mentor.email, pair.mentee.email, password, group_slug)
