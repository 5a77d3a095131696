"""The words for a booking that was made. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.models import clock, series, spoken
from app.models.drafts import BookingDraft
from app.models.queries.booking import Party


@dataclass(frozen=True)
class Booked:
    """What was booked; session_id 0 while nothing was."""

    session_id: int = 0
    toast: str = ""
    title: str = ""
    words: str = ""
    skipped: list[str] = field(default_factory=list[str])
    session_href: str = ""
    calendar_href: str = ""


def booked_from(draft: BookingDraft, result: Mapping[str, Any], mentor: Party, mentee: Party, *, asks: bool) -> Booked:
    """Say what came of a draft; `result` is that of `commands.booking.book`. `asks`: the other has to confirm."""
    ids: list[int] = result["session_ids"]
    skipped = [datetime.fromisoformat(text) for text in result["skipped"]]
    walls = series.expand(draft.repetition, datetime.combine(draft.day, draft.at))
    first = next(wall for wall in walls if wall not in skipped)
    many = len(ids) > 1
    return Booked(
        session_id=ids[0],
        toast=f"{len(ids)} sessions booked" if many else "Session booked",
        title=f"{len(ids)} sessions are booked" if many else "The session is booked",
        words=_words(draft.zone, first, mentor, mentee, many=many, asks=asks),
        skipped=[spoken.wall_moment(wall) for wall in skipped],
        session_href=f"/s/{ids[0]}",
        calendar_href=f"/calendar?date={first.date().isoformat()}",
    )


def _words(zone: str, first: datetime, mentor: Party, mentee: Party, *, many: bool, asks: bool) -> str:
    pair = " and ".join("you" if party.is_me else party.name for party in (mentor, mentee))
    named = clock.zone_words(clock.instant(first, zone), zone)
    when = f"{spoken.day_words(first)}, {first:%H:%M} ({named})"
    other = mentee if mentor.is_me else mentor
    return f"For {pair}, {'first on' if many else 'on'} {when}." + (
        f" {other.first_name} is asked to confirm." if asks else ""
    )
