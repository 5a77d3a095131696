"""How much is made, and over which days. Pure."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

PER_MENTOR = 250
MENTORS, MENTEES_EACH = 12, 5
MOST_MENTORS = 400


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last` around `now` (UTC), for this many sessions."""

    now: datetime
    sessions: int
    first: date
    last: date

    @classmethod
    def around(cls, now: datetime, sessions: int) -> "Span":
        """Take fourteen weeks for a few sessions, a year for many."""
        back, ahead = (42, 56) if sessions <= 1000 else (182, 182)
        return cls(now, sessions, now.date() - timedelta(days=back), now.date() + timedelta(days=ahead))

    @property
    def mentors(self) -> int:
        """How many mentors that many sessions need."""
        return max(MENTORS, min(MOST_MENTORS, self.sessions // PER_MENTOR))

    @property
    def mentees(self) -> int:
        """How many mentees: five to a mentor."""
        return self.mentors * MENTEES_EACH

    def draw_day(self, rng: random.Random) -> date:
        """Draw a day, in a short span rather one near today; week-ends are rare."""
        length = (self.last - self.first).days
        today = (self.now.date() - self.first).days
        while True:
            offset = int(rng.triangular(0, length, today)) if self.sessions <= 1000 else rng.randint(0, length)
            day = self.first + timedelta(days=offset)
            if day.weekday() < 5 or day == self.now.date() or rng.random() < 0.15:
                return day
