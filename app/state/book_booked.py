"""The words for a booking that was made. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.models import clock
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
    again_href: str = ""


def booked_from(draft: BookingDraft, result: Mapping[str, Any], mentor: Party, mentee: Party) -> Booked:
    """Say what came of a draft; `result` is that of `commands.booking.book`."""
    ids: list[int] = result["session_ids"]
    wall = datetime.combine(draft.day, draft.at)
    zone = clock.zone_words(clock.instant(wall, draft.zone), draft.zone) if clock.exists(wall, draft.zone) else ""
    when = f"{wall:%A} {wall.day} {wall:%B %Y}, {wall:%H:%M} ({zone or draft.zone})"
    pair = " and ".join("you" if party.is_me else party.name for party in (mentor, mentee))
    many = len(ids) > 1
    title = f"{len(ids)} sessions are booked" if many else "The session is booked"
    return Booked(
        session_id=ids[0],
        toast=f"{len(ids)} sessions booked" if many else "Session booked",
        title=title,
        words=f"For {pair}, {'first on' if many else 'on'} {when}.",
        skipped=[_said(datetime.fromisoformat(text)) for text in result.get("skipped", [])],
        session_href=f"/s/{ids[0]}",
        calendar_href=f"/calendar?date={draft.day.isoformat()}",
        again_href=f"/book?program={draft.program_id}&mentor={draft.mentor_id}&mentee={draft.mentee_id}",
    )


def _said(wall: datetime) -> str:
    return f"{wall:%a} {wall.day} {wall:%B %Y}, {wall:%H:%M}"
