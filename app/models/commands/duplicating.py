"""A group session again on other dates (P12): the same texts and host, and no other seats.

All dates are checked before any is saved.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session as Db

from app.models import clock, notices
from app.models.commands.publishing import New, add_sessions, permit
from app.models.drafts.groups import DuplicateDraft
from app.models.errors import NotFound, Problem, Refusal
from app.models.occupancy import Wish, listed, refuse_clashes
from app.models.period import Period
from app.models.permissions import Access, Viewer, access_session
from app.models.words import Kind, NoticeKind, Part

REPEATED = (
    *("title", "details", "place", "session_type", "platform", "link", "passcode", "address", "audience"),
    *("minimum", "maximum", "image", "recommended_for", "categories", "medium"),
)
"""What a session's other dates have from it."""


def duplicate(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: DuplicateDraft) -> dict[str, Any]:
    """Publish a group session again; the host is told once. Raises Refusal on `days`."""
    wanted = _wanted(db, viewer, now, access_session(db, viewer, session_id, lock=True), draft)
    refuse_clashes(db, viewer, [one.wish for one in wanted], field="days")
    made = add_sessions(db, viewer, now, wanted)
    notices.tell(db, NoticeKind.BOOKED, made, actor=viewer, now=now)
    return {"session_ids": [session.id for session in made]}


def wishes(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: DuplicateDraft) -> list[Wish]:
    """Say what times `duplicate` would take. Raises what it would, but for clashes; writes nothing."""
    return [one.wish for one in _wanted(db, viewer, now, access_session(db, viewer, session_id), draft)]


def _wanted(db: Db, viewer: Viewer, now: datetime, access: Access, draft: DuplicateDraft) -> Sequence[New]:
    source = access.session
    if source.kind != Kind.GROUP or not access.parts & {Part.MANAGER, Part.HOST}:
        raise NotFound("session")
    program = permit(db, viewer, source.program_id, source.host_id)
    if source.period is None:
        raise Refusal.of("", "This session has no time yet.", "Arrange it first.")
    values = {name: getattr(source, name) for name in REPEATED} | {"zone": draft.zone}
    periods = _periods(now, draft, source.period.minutes)
    return [New(program, source.host_id, period, values) for period in periods]


def _periods(now: datetime, draft: DuplicateDraft, minutes: int) -> list[Period]:
    """Give the time of each date. Raises Refusal on `days`, naming those that cannot be."""
    problems = [problem for day in draft.days if (problem := _why_not(now, draft, day))]
    if problems:
        raise Refusal(*listed(problems))
    starts = [clock.instant(datetime.combine(day, draft.at), draft.zone) for day in draft.days]
    return [Period.lasting(start, minutes) for start in starts]


def _why_not(now: datetime, draft: DuplicateDraft, day: date) -> Problem | None:
    wall = datetime.combine(day, draft.at)
    if not clock.exists(wall, draft.zone):
        return Problem("days", clock.missing_words(wall, draft.zone))
    if clock.instant(wall, draft.zone) <= now:
        return Problem("days", f"{clock.wall_words(wall)} has passed.")
    return None
