"""A stretch of time: [start, end), both aware UTC instants. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """From `start` (included) to `end` (excluded). Raises ValueError if naive or not forward."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs aware instants")
        if self.end <= self.start:
            raise ValueError("a period ends after it starts")

    @classmethod
    def lasting(cls, start: datetime, minutes: int) -> "Period":
        """Make the period of `minutes` (elapsed time, not wall time) from `start`."""
        start = start.astimezone(UTC)
        return cls(start, start + timedelta(minutes=minutes))

    @property
    def minutes(self) -> int:
        """Whole minutes that pass between start and end."""
        return int((self.end - self.start).total_seconds() // 60)

    def overlaps(self, other: "Period") -> bool:
        """Whether an instant lies in both. Touching ends do not overlap."""
        return self.start < other.end and other.start < self.end

    def touches(self, other: "Period") -> bool:
        """Whether one ends exactly where the other starts."""
        return self.end == other.start or other.end == self.start

    def meets(self, other: "Period", *, touching_counts: bool) -> bool:
        """Whether they overlap or, where `touching_counts`, touch."""
        return self.overlaps(other) or (touching_counts and self.touches(other))
