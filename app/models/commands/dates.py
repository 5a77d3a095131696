"""The dates of a booking and how each would go: free, warned of, taken, missing or past. Writes nothing.

What becomes of them is `booking`'s and `arranging_all`'s concern.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session as Db

from app.models import clock, series
from app.models.drafts import BookingDraft
from app.models.errors import Clash, Problem, Refusal
from app.models.occupancy import Obstacle, Wish, listed, obstacles
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.tables import Program


class Verdict(StrEnum):
    """How one date of a booking would go."""

    FREE = "free"
    WARNED = "warned"
    CLASH = "clash"
    MISSING = "missing"
    PAST = "past"


@dataclass(frozen=True)
class Finding:
    """One date of a booking: its naive wall time in the draft's zone, and what is in the way of it."""

    wall: datetime
    verdict: Verdict
    messages: tuple[str, ...] = ()

    @property
    def can_be_booked(self) -> bool:
        """Whether the date may be had; a warning does not stop it."""
        return self.verdict in (Verdict.FREE, Verdict.WARNED)


def findings_of(db: Db, viewer: Viewer, now: datetime, draft: BookingDraft, program: Program) -> list[Finding]:
    """Judge every date of the draft, in order."""
    return findings_of_all(db, viewer, now, [(draft, program)])[0]


def findings_of_all(
    db: Db, viewer: Viewer, now: datetime, booked: Sequence[tuple[BookingDraft, Program]]
) -> list[list[Finding]]:
    """Judge every date of each draft, against each other's too. No more queries than for one."""
    wishes: list[Wish] = []
    dates = [[(wall, _wish(draft, program, wall, wishes)) for wall in _walls(draft)] for draft, program in booked]
    in_the_way: dict[int, list[Obstacle]] = {}
    for obstacle in obstacles(db, viewer, wishes):
        in_the_way.setdefault(obstacle.wish, []).append(obstacle)
    return [
        [_finding(wall, draft.zone, now, in_the_way.get(number, [])) for wall, number in walls]
        for (draft, _), walls in zip(booked, dates, strict=True)
    ]


def _walls(draft: BookingDraft) -> Sequence[datetime]:
    return series.expand(draft.repetition, datetime.combine(draft.day, draft.at))


def _wish(draft: BookingDraft, program: Program, wall: datetime, wishes: list[Wish]) -> int:
    """Add the wish for one date, and give its number; -1 for a time that does not occur."""
    if not clock.exists(wall, draft.zone):
        return -1
    period = Period.lasting(clock.instant(wall, draft.zone), draft.minutes)
    wishes.append(Wish(period, draft.mentor_id, draft.mentee_id, program.allows_back_to_back))
    return len(wishes) - 1


def _finding(wall: datetime, zone: str, now: datetime, in_the_way: Sequence[Obstacle]) -> Finding:
    if not clock.exists(wall, zone):
        return Finding(wall, Verdict.MISSING, (clock.missing_words(wall, zone),))
    if clock.instant(wall, zone) <= now:
        return Finding(wall, Verdict.PAST, (f"{clock.wall_words(wall)} has passed.",))
    clashes = tuple(one.message for one in in_the_way if not one.only_warns)
    if clashes:
        return Finding(wall, Verdict.CLASH, clashes)
    warnings = tuple(one.message for one in in_the_way)
    return Finding(wall, Verdict.WARNED if warnings else Verdict.FREE, warnings)


def agree(findings: Sequence[Finding], *, skips: bool) -> list[Finding]:
    """Give the dates to book. Raises Refusal or Clash, naming the others, unless they may be skipped."""
    kept = [one for one in findings if one.can_be_booked]
    refused = [one for one in findings if not one.can_be_booked]
    if not refused or (skips and kept and not any(one.verdict == Verdict.PAST for one in refused)):
        return kept
    kinds = {one.verdict for one in refused}
    name = "day" if kinds == {Verdict.PAST} else "at"
    problems = listed([Problem(name, " ".join(one.messages)) for one in refused])
    raise (Clash if Verdict.CLASH in kinds else Refusal)(*problems)
