"""Setting a mentor's open hours (R9)."""

from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import select

from app.models import history
from app.models.availability import tidy
from app.models.database import lock_rows
from app.models.drafts.availability import AvailabilityDraft, Stretch
from app.models.errors import NotFound, Refusal, Stale
from app.models.permissions import Viewer, may_set_hours
from app.models.queries.availability import fingerprint, load_hours_page
from app.models.tables import Availability, Person


def set_hours(
    db: Db, viewer: Viewer, now: datetime, person_id: int, draft: AvailabilityDraft, seen: str | None = None
) -> dict[str, Any]:
    """Set when somebody may be booked. Sessions that are booked already stay as they are.

    For oneself, or as a manager of a programme in which they are a mentor. Raises Refusal for
    hours that leave no time at all in an ordinary week. `seen` is the fingerprint of the page
    as it was read; another raises Stale. None skips the check.
    """
    if not may_set_hours(db, viewer, person_id):
        raise NotFound("person")
    lock_rows(db, Person, [person_id])
    if seen is not None and fingerprint(load_hours_page(db, viewer, now, person_id)) != seen:
        raise Stale("timetable")
    row = db.exec(select(Availability).where(Availability.person_id == person_id)).one_or_none()
    if not draft.is_limited:
        _forget(db, viewer, now, row)
        return {"is_limited": False}
    weekly = [[weekday, *hours] for weekday, day in enumerate(draft.weekly) for hours in _tidy(day)]
    if not weekly and not draft.days:
        raise Refusal.of("weekly", "These hours leave no time at all.", "Open at least one day of the week.")
    row = row or Availability(person_id=person_id, zone=draft.zone, updated_at=now)
    before = _told(row)
    row.zone, row.weekly = draft.zone, weekly
    row.days = {one.day.isoformat(): [list(hours) for hours in _tidy(one.hours)] for one in draft.days}
    row.updated_at = now
    db.add(row)
    if (after := _told(row)) != before:
        history.record(db, viewer, "open_hours", now=now, person_id=person_id, before=before, after=after)
    return {"is_limited": True}


def _tidy(day: tuple[Stretch, ...]) -> tuple[tuple[int, int], ...]:
    return tidy((one.start, one.end) for one in day)


def _told(row: Availability) -> dict[str, Any]:
    """Write hours down for the history."""
    return {"zone": row.zone, "weekly": row.weekly, "days": row.days}


def _forget(db: Db, viewer: Viewer, now: datetime, row: Availability | None) -> None:
    if row is None:
        return
    history.record(db, viewer, "open_hours", now=now, person_id=row.person_id, before=_told(row))
    db.delete(row)
