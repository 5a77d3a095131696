"""What people said of sessions, for whom it is meant.

Whoever rated sees their own. The host sees the average, how it is spread and the comments, but
never who gave which, not even a host who manages the programme. Managers see the names.
"""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import rating, spoken
from app.models.errors import NotFound
from app.models.permissions import Access, Viewer
from app.models.queries.session_people import Names
from app.models.rating import MOST_STARS, Rating, of_distribution, sum_up
from app.models.tables import Seat, Session
from app.models.words import Part, Status


@dataclass(frozen=True)
class Bar:
    """How many gave so many stars; `share` is in percent of all."""

    stars: int
    count: int
    share: int


@dataclass(frozen=True)
class Comment:
    """What somebody wrote; `who` is "" for a reader who may not know."""

    stars: int
    text: str
    who: str


@dataclass(frozen=True)
class CardRating:
    """A session's rating on its card. `mine` is 0 while the viewer has not rated; `until` says how long they may."""

    may_rate: bool = False
    mine: int = 0
    my_comment: str = ""
    until: str = ""
    shows_all: bool = False
    words: str = ""
    average: str = ""
    bars: list[Bar] = field(default_factory=list[Bar])
    comments: list[Comment] = field(default_factory=list[Comment])
    names_who: bool = False


@dataclass(frozen=True)
class OwnRating:
    """What one participant said, and until when they may say it otherwise. `stars` 0: nothing yet.

    `why_not` is why they may not, "" where they may.
    """

    stars: int
    comment: str
    until: str
    why_not: str


def load_own(db: Db, viewer: Viewer, session_id: int, now: datetime) -> OwnRating:
    """Read what the viewer said of a session they had a seat in. Raises NotFound without one."""
    mine = (Seat.session_id == session_id, Seat.person_id == viewer.person_id, col(Session.deleted_at).is_(None))
    found = db.exec(select(Session, Seat).join(Seat, col(Seat.session_id) == col(Session.id)).where(*mine)).first()
    if found is None:
        raise NotFound("session")
    session, seat = found
    closes = rating.closes_at(session)
    until = spoken.short_day(closes, viewer.zone) if closes else ""
    return OwnRating(seat.rating or 0, seat.comment, until, rating.why_not(session, seat, now))


def mentor_rating(db: Db, host_id: int) -> Rating:
    """Give what all ratings of a host's completed sessions come to (L4); it names nobody. One query."""
    query = (
        select(Seat.rating, sa.func.count())
        .join(Session, col(Session.id) == col(Seat.session_id))
        .where(
            Session.host_id == host_id,
            Session.status == Status.COMPLETED,
            col(Session.deleted_at).is_(None),
            rating.who_came(),
            col(Seat.rating).is_not(None),
        )
        .group_by(col(Seat.rating))
    )
    counts = {stars or 0: count for stars, count in db.exec(query)}
    return of_distribution([counts.get(stars, 0) for stars in range(1, MOST_STARS + 1)])


def card_rating(viewer: Viewer, access: Access, names: Names, now: datetime) -> CardRating:
    """Say what a session's card shows of its rating. Reads nothing but what the card has read."""
    session = access.session
    if session.status != Status.COMPLETED:
        return CardRating()
    own = next((seat for seat in access.seats if seat.person_id == viewer.person_id), None)
    closes = rating.closes_at(session)
    shows_all = bool(access.parts & {Part.HOST, Part.MANAGER})
    rated = [seat for seat in access.seats if rating.came(seat) and seat.rating] if shows_all else []
    summed = sum_up(seat.rating or 0 for seat in rated)
    names_who = Part.MANAGER in access.parts and Part.HOST not in access.parts
    return CardRating(
        may_rate=not rating.why_not(session, own, now),
        mine=own.rating or 0 if own else 0,
        my_comment=own.comment if own else "",
        until=spoken.short_day(closes, viewer.zone) if closes else "",
        shows_all=shows_all,
        words=summed.words,
        average=f"{summed.average:.1f}" if summed.count else "",
        bars=bars_of(summed),
        comments=_comments(rated, names if names_who else None),
        names_who=names_who,
    )


def bars_of(summed: Rating) -> list[Bar]:
    """Show how ratings are spread, five stars first; nothing where nobody rated."""
    counted = list(enumerate(summed.distribution, start=1)) if summed.count else []
    return [Bar(stars, count, round(100 * count / summed.count)) for stars, count in reversed(counted)]


def _comments(rated: list[Seat], names: Names | None) -> list[Comment]:
    """List the comments by stars and words, so that their order tells nobody whose is whose."""
    found = [
        Comment(seat.rating or 0, seat.comment, names.of(seat.person_id) if names else "")
        for seat in rated
        if seat.comment
    ]
    return sorted(found, key=lambda one: (-one.stars, one.text))
