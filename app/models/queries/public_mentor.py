"""What the world sees of somebody who hosts group sessions: name, bio, the public sessions to come. Writes nothing."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.organisation import logo_address
from app.models.queries.public import count_places
from app.models.queries.ratings import mentor_rating
from app.models.seats import places_words
from app.models.spoken import Piece
from app.models.tables import Membership, Organisation, Person, Session
from app.models.words import Audience, Kind, Role, Status

MOST_SHOWN = 50


@dataclass(frozen=True)
class PublicLine:
    """A session of theirs in one line."""

    href: str = ""
    title: str = ""
    when: str = ""
    places: str = ""
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


def load_public_mentor(db: Db, slug: str, zone: str, now: datetime) -> PublicMentor:
    """Read a profile, its times in `zone` ("": each session's own).

    Raises NotFound for people who neither mentor nor host a public session. Seven statements.
    """
    person = db.exec(select(Person).where(Person.slug == slug, col(Person.deactivated_at).is_(None))).first()
    house = db.get(Organisation, 1)
    if person is None or house is None or not _is_host(db, person.id or 0):
        raise NotFound("profile")
    sessions = _sessions(db, person.id or 0, now)
    counts = count_places(db, [session.id or 0 for session in sessions], now)
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
        lines=[_line(session, zone, counts.get(session.id or 0, {})) for session in sessions],
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


def _line(session: Session, zone: str, numbers: dict[str, int]) -> PublicLine:
    period = session.period
    assert period is not None
    left = session.maximum - 1 - numbers.get("taken", 0)
    left = 0 if numbers.get("waiting") else max(0, left)
    return PublicLine(
        href=f"/g/{session.slug}",
        title=session.title or "Group session",
        when=spoken.span(period, zone or session.zone),
        places=places_words(left, session.maximum) if left else "Waiting list",
        start_iso=period.start.isoformat(),
    )
