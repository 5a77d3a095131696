"""What the world sees of a group session. Every public page is made of these, and of nothing else.

`PublicSession` is the same for everybody and names no participant; `PublicPage` adds where the
one who looks stands. Writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import NotFound, Refusal
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.place_marks import PlaceMark
from app.models.queries.organisation import logo_address
from app.models.seats import HOLD, IN
from app.models.tables import Organisation, Person, Program, Seat, Session
from app.models.takings import LAPSED, TAKEN_BACK, last_step, stands_taken
from app.models.words import Audience, Kind, Place, SeatStatus, Status


class NotOpen(Refusal):
    """A private session, for somebody who is not invited."""

    TITLE = "This session is private"

    def __init__(self) -> None:
        super().__init__(*Refusal.of("", f"{self.TITLE}.", "Sign in if you are invited.").problems)


@dataclass(frozen=True)
class PlaceKey:
    """What a browser's mark of its place is written with."""

    session_id: int
    until: datetime
    secret: str = field(repr=False)


@dataclass(frozen=True)
class PublicSession:
    """A group session as anybody with its link sees it. Names its host and no participant.

    `left` counts free places, 0 while people wait; `host_slug` is "" for a host without a profile.
    """

    id: int
    slug: str
    uid: str
    sequence: int
    title: str
    details: str
    image: str
    program_id: int
    program: str
    host_id: int
    host: str
    host_slug: str
    period: Period
    zone: str
    place: Place
    address: str
    status: Status
    is_private: bool
    allows_visitors: bool
    maximum: int
    left: int
    waiting: int
    recommended_for: tuple[str, ...]
    categories: tuple[str, ...]
    cancel_reason: str
    organisation: str
    logo: str
    consent_text: str
    contact: str
    secret: str = field(repr=False)

    @property
    def key(self) -> PlaceKey:
        """What a browser's mark of its place here is written with."""
        return PlaceKey(self.id, self.period.end, self.secret)

    def is_over(self, now: datetime) -> bool:
        """Whether nobody can come any more."""
        ended = self.status == Status.SCHEDULED and self.period.end <= now
        return ended or self.status in (Status.COMPLETED, Status.MISSED)

    def is_open(self, now: datetime) -> bool:
        """Whether people may come and go."""
        return self.status in (Status.SCHEDULED, Status.LIVE) and not self.is_over(now)


@dataclass(frozen=True)
class Standing:
    """Where one person stands in a session. `status` None: they have no part in it.

    `is_removed`: a manager or the host took the place back; `is_lapsed`: it was not confirmed in time.
    `is_member`: of any programme, or a manager. `may_leave` is false for a browser that took the
    place unproven, once its person did something about it. `address`: what was typed there, "" if unknown.
    """

    status: SeatStatus | None = None
    position: int = 0
    is_host: bool = False
    is_manager: bool = False
    is_removed: bool = False
    is_lapsed: bool = False
    is_signed_in: bool = False
    is_member: bool = False
    may_leave: bool = True
    address: str = ""


def load_public(db: Db, slug: str, now: datetime) -> PublicSession:
    """Read what everybody sees. Raises NotFound for an unknown or deleted session. Three statements."""
    return _load(db, col(Session.slug) == slug, now)


def load_public_by_id(db: Db, session_id: int, now: datetime) -> PublicSession:
    """Read the same, for whoever has a link of their own."""
    return _load(db, col(Session.id) == session_id, now)


def _load(db: Db, which: sa.ColumnElement[bool], now: datetime) -> PublicSession:
    asked = (
        select(Session, Program, Person)
        .join(Program, col(Program.id) == col(Session.program_id))
        .join(Person, col(Person.id) == col(Session.host_id))
        .where(which, Session.kind == Kind.GROUP, col(Session.deleted_at).is_(None))
    )
    found = db.exec(asked).first()
    house = db.get(Organisation, 1)
    if found is None or house is None or found[0].period is None:
        raise NotFound("session")
    session, program, host = found
    is_private = session.audience == Audience.PRIVATE
    left, waiting = _count(db, session, now, is_private=is_private)
    assert session.period is not None
    return PublicSession(
        id=session.id or 0,
        slug=session.slug or "",
        uid=session.uid,
        sequence=session.sequence,
        title=session.title or "Group session",
        details=session.details,
        image=f"/pictures/{session.image}" if session.image else "",
        program_id=session.program_id,
        program=program.name,
        host_id=session.host_id,
        host=_full_name(host),
        host_slug="" if host.deactivated_at or is_private else host.slug,
        period=session.period,
        zone=session.zone,
        place=Place(session.place),
        address=session.address if session.place == Place.IN_PERSON else "",
        status=Status(session.status),
        is_private=is_private,
        allows_visitors=program.allows_visitors,
        maximum=session.maximum,
        left=left,
        waiting=waiting,
        recommended_for=tuple(session.recommended_for),
        categories=tuple(session.categories),
        cancel_reason=session.cancel_reason,
        organisation=house.name,
        logo=logo_address(house.logo),
        consent_text=house.consent_text,
        contact=house.public_contact,
        secret=house.secret,
    )


def _full_name(person: Person) -> str:
    """Give a name for the world; an address that stands for a name is nobody else's business."""
    return f"{person.first_name} {person.last_name}".strip() or "Host"


def _count(db: Db, session: Session, now: datetime, *, is_private: bool) -> tuple[int, int]:
    """Count the places left and who waits, as `seats.Seating` does."""
    numbers = count_places(db, [session.id or 0], now).get(session.id or 0, {})
    invited = numbers.get("invited", 0) if is_private else 0
    waiting = numbers.get("waiting", 0)
    left = session.maximum - 1 - numbers.get("taken", 0) - invited
    return 0 if waiting else max(0, left), waiting


def count_places(db: Db, session_ids: Sequence[int], now: datetime) -> dict[int, dict[str, int]]:
    """Count for each session, its host left out, who has a place ("taken"), waits, or is invited. One statement."""
    is_held = sa.or_(col(Seat.status) != SeatStatus.UNCONFIRMED, col(Seat.since) > now - HOLD)
    asked = (
        select(Seat.session_id, Seat.status, sa.func.count())
        .where(col(Seat.session_id).in_(session_ids), col(Seat.is_host).is_(False), is_held)
        .group_by(col(Seat.session_id), col(Seat.status))
    )
    counts: dict[int, dict[str, int]] = {}
    for session_id, status, number in db.exec(asked).all():
        numbers = counts.setdefault(session_id, {})
        name = "taken" if status in (SeatStatus.ENROLLED, SeatStatus.UNCONFIRMED) else str(status)
        numbers[name] = numbers.get(name, 0) + number
    return counts


def load_standing(db: Db, public: PublicSession, viewer: Viewer | None, mark: PlaceMark | None) -> Standing:
    """Read where somebody stands: who is signed in, else the place this browser took. At most five statements.

    Raises NotOpen where the session is private and not theirs to see; what was taken back from somebody is neither.
    """
    person_id = viewer.person_id if viewer else mark.person_id if mark else 0
    if viewer is None and mark is not None and not mark.person_id:
        standing = _told(public, mark)
    else:
        standing = _seat_of(db, public, person_id) if person_id else Standing()
    if viewer is None and mark is not None and not mark.is_proven and standing.status == SeatStatus.INVITED:
        standing = Standing()  # an invitation came after this browser registered, and was told by mail alone
    if viewer is None and mark is not None and mark.person_id and not mark.is_proven and standing.status in IN:
        standing = replace(standing, may_leave=stands_taken(db, public.id, person_id, mark.taking))
    if viewer is not None:
        is_member = viewer.is_manager or bool(viewer.mentored | viewer.attended)
        manages = viewer.manages(public.program_id)
        standing = replace(standing, is_signed_in=True, is_member=is_member, is_manager=manages)
    has_part = standing.is_host or standing.is_manager or (standing.status is not None and not standing.is_removed)
    if public.is_private and not has_part:
        raise NotOpen
    return standing


def _seat_of(db: Db, public: PublicSession, person_id: int) -> Standing:
    if person_id == public.host_id:
        return Standing(status=SeatStatus.ENROLLED, is_host=True)
    seat = db.exec(select(Seat).where(Seat.session_id == public.id, Seat.person_id == person_id)).first()
    if seat is None:
        return Standing()
    status = SeatStatus(seat.status)
    position = _position(db, seat) if status == SeatStatus.WAITING else 0
    last = last_step(db, public.id, person_id) if status == SeatStatus.WITHDRAWN else ""
    return Standing(status, position, is_removed=last == TAKEN_BACK, is_lapsed=last == LAPSED)


def _told(public: PublicSession, mark: PlaceMark) -> Standing:
    """Say of a mark that stands for nobody what became of a newcomer: who waited is in once places are free."""
    if mark.status == SeatStatus.WAITING and public.left:
        return Standing(status=SeatStatus.ENROLLED)
    return Standing(status=mark.status, position=min(mark.position, public.waiting + 1))


def _position(db: Db, seat: Seat) -> int:
    is_before = sa.or_(col(Seat.since) < seat.since, sa.and_(col(Seat.since) == seat.since, col(Seat.id) <= seat.id))
    ahead = select(sa.func.count()).where(
        Seat.session_id == seat.session_id, Seat.status == SeatStatus.WAITING, is_before
    )
    return db.exec(ahead).one()
