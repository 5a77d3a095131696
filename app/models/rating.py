"""What participants say of a session afterwards: who may, for how long, and what it comes to. Pure: no database.

The command that writes a rating and the card that offers it ask here, so the two cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col

from app.models.tables import Seat, Session
from app.models.words import SeatStatus, Status

OPEN_FOR = timedelta(days=14)
"""How long after its end a session can be rated, and a rating be changed."""
MOST_STARS = 5
OVER = "This session can no longer be rated: two weeks have passed."


@dataclass(frozen=True)
class Rating:
    """What several ratings come to. `distribution` counts one star first, five last; `average` is 0 without any."""

    count: int = 0
    average: float = 0.0
    distribution: list[int] = field(default_factory=lambda: [0] * MOST_STARS)

    @property
    def words(self) -> str:
        """Say it, as "4.6 of 5 stars from 12 ratings"; "" without any."""
        if not self.count:
            return ""
        return f"{self.average:.1f} of {MOST_STARS} stars from {self.count} rating{'' if self.count == 1 else 's'}"


def sum_up(ratings: Iterable[int]) -> Rating:
    """Count ratings of one to five stars and give their average."""
    distribution = [0] * MOST_STARS
    for stars in ratings:
        distribution[stars - 1] += 1
    return of_distribution(distribution)


def of_distribution(distribution: list[int]) -> Rating:
    """Sum up what was counted already, one star first."""
    count = sum(distribution)
    total = sum(stars * number for stars, number in enumerate(distribution, start=1))
    return Rating(count, round(total / count, 2) if count else 0.0, distribution)


def came(seat: Seat) -> bool:
    """Whether somebody may say how it was: they had a place, did not host, and are not known to have been absent."""
    return seat.status == SeatStatus.ENROLLED and not seat.is_host and seat.attended is not False


def who_came() -> sa.ColumnElement[bool]:
    """Say of the seats of a query what `came` says of one."""
    is_in = col(Seat.status) == SeatStatus.ENROLLED
    return sa.and_(is_in, sa.not_(col(Seat.is_host)), col(Seat.attended).is_not(False))


def closes_at(session: Session) -> datetime | None:
    """Give when ratings of a session close; None for one without a time."""
    ended = session.finished_at or session.end_at
    return ended + OPEN_FOR if ended else None


def why_not(session: Session, seat: Seat | None, now: datetime) -> str:
    """Say why whoever has this seat may not rate the session now; "" if they may."""
    if seat is None or seat.is_host or seat.status != SeatStatus.ENROLLED:
        return "Only those who took part can rate a session."
    if session.status != Status.COMPLETED:
        return "A session can be rated once it is completed."
    if not came(seat):
        return "You are marked as absent, and only those who were there can rate a session."
    closes = closes_at(session)
    return OVER if closes is not None and closes <= now else ""
