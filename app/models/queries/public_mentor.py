"""What the world sees of somebody who hosts group sessions: name, bio, the public sessions to come. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, spoken
from app.models.database import reading
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.organisation import logo_address
from app.models.queries.public import count_places
from app.models.queries.public_look import Cookies, browser_zone, viewer_of
from app.models.queries.ratings import mentor_rating
from app.models.seats import places_words
from app.models.spoken import Piece
from app.models.tables import Membership, Organisation, Person, Seat, Session
from app.models.words import Audience, Kind, Role, SeatStatus, Status

MOST_SHOWN = 50
HOSTS = "You are attending!"
STANDS = {
    SeatStatus.ENROLLED: "You are registered",
    SeatStatus.UNCONFIRMED: "Your place waits to be confirmed",
    SeatStatus.WAITING: "You are on the waiting list",
    SeatStatus.INVITED: "You are invited",
}


@dataclass(frozen=True)
class PublicLine:
    """A session of theirs in one line."""

    href: str = ""
    title: str = ""
    when: str = ""
    places: str = ""
    stand: str = ""
    start_iso: str = ""


@dataclass(frozen=True)
class PublicMentor:
    """All that a public profile shows; no e-mail address."""

    slug: str = ""
    organisation: str = "Meridian"
    logo: str = ""
    name: str = ""
    initials: str = ""
    bio: list[Piece] = field(default_factory=list[Piece])
    held: str = ""
    rating: str = ""
    lines: list[PublicLine] = field(default_factory=list[PublicLine])


def look_at_mentor(slug: str, cookies: Cookies) -> PublicMentor:
    """Read a profile for whoever has these cookies, in a connection of its own. Raises NotFound."""
    with reading() as db:
        viewer = viewer_of(db, cookies)
        zone = viewer.zone if viewer else browser_zone(cookies)
        return load_public_mentor(db, slug, zone, clock.now(), viewer)


def load_public_mentor(db: Db, slug: str, zone: str, now: datetime, viewer: Viewer | None = None) -> PublicMentor:
    """Read a profile, its times in `zone` ("": each session's own), and where the viewer stands in each session.

    Raises NotFound for people who neither mentor nor host a public session. Seven statements, eight for a viewer.
    """
    person = db.exec(select(Person).where(Person.slug == slug, col(Person.deactivated_at).is_(None))).first()
    house = db.get(Organisation, 1)
    if person is None or house is None or not _is_host(db, person.id or 0):
        raise NotFound("profile")
    sessions = _sessions(db, person.id or 0, now)
    counts = count_places(db, [session.id or 0 for session in sessions], now)
    stands = _stands(db, viewer, sessions) if viewer else {}
    name = f"{person.first_name} {person.last_name}".strip() or "Host"
    return PublicMentor(
        slug=slug,
        organisation=house.name,
        logo=logo_address(house.logo),
        name=name,
        initials=spoken.initials(name),
        bio=spoken.pieces(person.bio),
        held=_held(db, person.id or 0),
        rating=mentor_rating(db, person.id or 0).words,
        lines=[_line(one, zone, counts.get(one.id or 0, {}), stands.get(one.id or 0, "")) for one in sessions],
    )


def read_own_profile(db: Db, viewer: Viewer) -> tuple[str, str]:
    """Give what the viewer tells the world, and where: "" for who neither mentors nor hosts a public session."""
    person = db.get_one(Person, viewer.person_id)
    return person.bio, f"/m/{person.slug}" if _is_host(db, viewer.person_id) else ""


def _is_host(db: Db, person_id: int) -> bool:
    mentors = select(Membership.id).where(Membership.person_id == person_id, Membership.role == Role.MENTOR)
    hosts = select(Session.id).where(
        Session.host_id == person_id,
        Session.kind == Kind.GROUP,
        Session.audience == Audience.PUBLIC,
        col(Session.deleted_at).is_(None),
    )
    return bool(db.execute(select(sa.or_(sa.exists(mentors), sa.exists(hosts)))).scalar_one())


def _held(db: Db, person_id: int) -> str:
    completed = select(sa.func.count()).where(
        Session.host_id == person_id, Session.status == Status.COMPLETED, col(Session.deleted_at).is_(None)
    )
    count = db.exec(completed).one()
    return f"{count} session{'' if count == 1 else 's'} held" if count else ""


def _sessions(db: Db, person_id: int, now: datetime) -> list[Session]:
    asked = (
        select(Session)
        .where(
            Session.host_id == person_id,
            Session.kind == Kind.GROUP,
            Session.audience == Audience.PUBLIC,
            col(Session.status).in_((Status.SCHEDULED, Status.LIVE)),
            col(Session.deleted_at).is_(None),
            col(Session.slug).is_not(None),
            col(Session.end_at) > now,
        )
        .order_by(col(Session.start_at), col(Session.id))
        .limit(MOST_SHOWN)
    )
    return list(db.exec(asked))


def _stands(db: Db, viewer: Viewer, sessions: Sequence[Session]) -> dict[int, str]:
    """Say where somebody stands in each session that they have a part in."""
    seats = select(Seat.session_id, Seat.is_host, Seat.status).where(
        Seat.person_id == viewer.person_id, col(Seat.session_id).in_([session.id for session in sessions])
    )
    return {id_: HOSTS if is_host else STANDS.get(SeatStatus(status), "") for id_, is_host, status in db.exec(seats)}


def _line(session: Session, zone: str, numbers: dict[str, int], stand: str) -> PublicLine:
    period = session.period
    assert period is not None
    left = session.maximum - 1 - numbers.get("taken", 0)
    left = 0 if numbers.get("waiting") else max(0, left)
    return PublicLine(
        href=f"/g/{session.slug}",
        title=session.title or "Group session",
        when=spoken.span(period, zone or session.zone),
        places=places_words(left, session.maximum) if left else "Waiting list",
        stand=stand,
        start_iso=period.start.isoformat(),
    )
