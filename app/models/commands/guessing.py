"""Slows down guessing: the more tries fail, the longer the next one has to wait.

Counted for each e-mail address and for each network address, known or not, so that
neither one account nor many can be tried out. Success forgives the e-mail address.
A browser that the person signed in at before is counted by itself: whoever fails
elsewhere, on purpose even, cannot lock them out of it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.database import lock_name, transaction
from app.models.errors import Refusal
from app.models.tables import Attempt

REMEMBERED = timedelta(hours=1)
FREE_FOR_EMAIL, FREE_FOR_ADDRESS = 5, 30
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)


@dataclass(frozen=True)
class Guess:
    """Who is tried, and from where. An empty e-mail is not counted; `mark` is that of a browser known to be theirs."""

    email: str
    address: str
    purpose: str = "password"
    mark: str = ""

    @property
    def of_person(self) -> list[tuple[str, int]]:
        """List what is counted for the person, and how many tries it has for free."""
        if self.mark:
            return [(self._key("browser", self.mark), FREE_FOR_EMAIL)]
        return [(self._key("email", self.email), FREE_FOR_EMAIL)] if self.email else []

    @property
    def of_address(self) -> list[tuple[str, int]]:
        """List what is counted for the network address, and how many tries it has for free."""
        return [] if self.mark else [(self._key("address", self.address), FREE_FOR_ADDRESS)]

    def _key(self, what: str, value: str) -> str:
        return hashlib.sha256(f"{self.purpose}:{what}:{value}".encode()).hexdigest()


class TooManyTries(Refusal):
    """Somebody tried too often; `wait` is how long the next try has to wait."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes, seconds = divmod(max(1, round(wait.total_seconds())), 60)
        left = f"{minutes + 1} minutes" if minutes else f"{seconds} seconds"
        super().__init__(*Refusal.of("", "There were too many tries.", f"Wait {left}, then try again.").problems)


def note_try(guess: Guess, now: datetime) -> None:
    """Write a try down before it is made. Raises TooManyTries, and then writes nothing."""
    with transaction() as db:
        db.execute(sa.delete(Attempt).where(col(Attempt.at) < now - REMEMBERED))
        counted = [*guess.of_person, *guess.of_address]
        for key in sorted(key for key, _ in counted):
            lock_name(db, key)  # else many at the same moment would each count the others as not yet made
        waits = [_wait(db, key, free, now) for key, free in counted]
        if max(waits) > timedelta():
            raise TooManyTries(max(waits))
        db.add_all(Attempt(key=key, at=now) for key, _ in counted)


def forgive(db: Db, guess: Guess) -> None:
    """Forget the failures of the person, and this one try of the network address."""
    db.execute(sa.delete(Attempt).where(col(Attempt.key).in_([key for key, _ in guess.of_person])))
    for key, _ in guess.of_address:
        last = select(sa.func.max(col(Attempt.id))).where(Attempt.key == key).scalar_subquery()
        db.execute(sa.delete(Attempt).where(col(Attempt.id) == last))


def _wait(db: Db, key: str, free: int, now: datetime) -> timedelta:
    query = select(sa.func.count(col(Attempt.id)), sa.func.max(col(Attempt.at))).where(
        Attempt.key == key, col(Attempt.at) >= now - REMEMBERED
    )
    failed, last = db.exec(query).one()
    if failed < free:
        return timedelta()
    pause = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failed - free, 10))
    return max(timedelta(), last + pause - now)
