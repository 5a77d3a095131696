"""What the commands share: take hold of sessions for a step, change a row and write it down, place a meeting.

Nothing here is a command; nothing outside `commands` should need it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import set_attribute
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, history, lifecycle, series
from app.models.database import lock_rows
from app.models.drafts import Meeting, MoveDraft, Times
from app.models.errors import Refusal, Stale
from app.models.period import Period
from app.models.permissions import Access, Viewer, access_sessions, facts_of, parts_of
from app.models.series import Occurrence
from app.models.tables import Organisation, Person, Program, Session
from app.models.words import Part, Place, Platform, Scope, Status, Step

Marks = Mapping[str, tuple[Any, Any]]
"""For each name what it was and what it is now."""
NOBODY_ASKED: dict[str, Any] = {"asked_id": None, "asked_by_id": None}
"""The columns of a session that waits for nobody's answer."""


@dataclass
class Grip:
    """A session held for a step, and the others of its series that the scope reaches, in order of time."""

    access: Access
    sessions: list[Session]

    @property
    def pivot(self) -> Session:
        """The session that the step was taken on."""
        return self.access.session

    @property
    def program(self) -> Program:
        """Its programme."""
        return self.access.program


def grip(
    db: Db,
    viewer: Viewer,
    now: datetime,
    session_id: int,
    step: Step,
    scope: Scope = Scope.THIS,
    *,
    version: int | None = None,
) -> Grip:
    """Lock a session and those of its series that `scope` means, and check that the viewer may take `step`.

    Of a series only those are kept that the step is open to and that have not begun by the
    clock. Raises NotFound for a stranger, Stale if `version` is not the session's any more,
    StepRefused where the life of the session forbids it.
    """
    if scope != Scope.THIS:
        lock_people_of(db, _series_mates(db, session_id))
    [held] = grip_all(db, viewer, now, [session_id], step)
    access = held.access
    if version is not None and version != access.session.version:
        raise Stale
    if scope == Scope.THIS or access.session.series_id is None:
        return held
    rows = _lock_series(db, access.session.series_id)

    def may(one: Occurrence) -> bool:
        row = rows[one.id]
        if one.id == session_id:
            return True
        # Some of a series may have been handed to another mentor: those are not of this pair.
        is_theirs = row.relationship_id == access.session.relationship_id
        # Parts are asked for each: the one whose answer is awaited may differ from date to date.
        return is_theirs and _is_open(row, step, parts_of(viewer, row, access.relationship, None), now)

    chosen = series.reached([occurrence(row) for row in rows.values()], session_id, scope, may)
    return Grip(access, [rows[chosen_id] for chosen_id in chosen])


def grip_all(db: Db, viewer: Viewer, now: datetime, session_ids: Sequence[int], step: Step) -> list[Grip]:
    """Lock several sessions, each by itself whatever series it is of, and check as `grip` does."""
    found = access_sessions(db, viewer, session_ids, lock=True)
    for access in found:
        lifecycle.next_status(access.facts, step, access.parts, now)
    return [Grip(access, [access.session]) for access in found]


def _is_open(session: Session, step: Step, parts: frozenset[Part], now: datetime) -> bool:
    if session.start_at is None or session.start_at <= now:
        return False
    return not lifecycle.why_not(facts_of(session), step, parts, now)


def lock_people_of(db: Db, session_ids: Sequence[int], *, beside: Iterable[int] = ()) -> None:
    """Hold the mentors, hosts and mentees of all these sessions at once, and others, before any session's row."""
    people = db.exec(select(Session.host_id, Session.mentee_id).where(col(Session.id).in_(session_ids))).all()
    lock_rows(db, Person, [*beside, *(person for pair in people for person in pair if person is not None)])


def _series_mates(db: Db, session_id: int) -> list[int]:
    of_it = select(Session.series_id).where(Session.id == session_id).scalar_subquery()
    return [one for one in db.exec(select(Session.id).where(col(Session.series_id) == of_it)) if one is not None]


def _lock_series(db: Db, series_id: int) -> dict[int, Session]:
    ids = db.exec(select(Session.id).where(Session.series_id == series_id)).all()
    lock_rows(db, Session, [one for one in ids if one is not None])
    rows = db.exec(
        select(Session)
        .where(Session.series_id == series_id, col(Session.deleted_at).is_(None))
        .order_by(col(Session.recurrence_at), col(Session.id))
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows if row.id is not None}


def occurrence(session: Session) -> Occurrence:
    """Give what a series needs to know of a session row."""
    assert session.id is not None
    return Occurrence(session.id, Status(session.status), session.period, session.zone, session.recurrence_at)


def change(
    db: Db,
    actor: Viewer | None,
    session: Session,
    step: Step | str,
    now: datetime,
    values: Mapping[str, Any],
    *,
    tells: bool = True,
    reason: str = "",
    batch_id: str = "",
    marks: Marks | None = None,
) -> None:
    """Set the values on a session and append the step to its history, with what it was before and is now.

    `tells`: people will hear of it, so its SEQUENCE (RFC 5545) rises as well. `marks` is what
    changed beside the session's own row.
    """
    counts = {"version": session.version + 1} | ({"sequence": session.sequence + 1} if tells else {})
    differing = {name: value for name, value in (counts | {**values}).items() if getattr(session, name) != value}
    before = {name: getattr(session, name) for name in differing}
    for name, value in differing.items():
        set_attribute(session, name, value)  # what setattr of a table model comes to, a fifth of its time
    history.record(
        db,
        actor,
        step,
        now=now,
        session=session,
        before=before | {name: old for name, (old, _) in (marks or {}).items()},
        after=differing | {name: new for name, (_, new) in (marks or {}).items()},
        reason=reason,
        batch_id=batch_id,
    )


def stance(viewer: Viewer, program: Program, host_id: int, mentee_id: int | None) -> dict[str, Any]:
    """Say whether a new time stands or awaits the other party's answer (R7), as values of a session."""
    asks = program.asks_confirmation and mentee_id is not None and not viewer.manages(program.id or 0)
    if not asks:
        return NOBODY_ASKED | {"status": Status.SCHEDULED}
    other = mentee_id if viewer.person_id == host_id else host_id
    return {"status": Status.PENDING, "asked_id": other, "asked_by_id": viewer.person_id}


def period_from(draft: Times | MoveDraft, minutes: int, now: datetime) -> Period:
    """Turn a draft's wall time into a period. Raises Refusal on `at` if it does not occur, on `day` if it is past."""
    start = clock.instant(datetime.combine(draft.day, draft.at), draft.zone)
    if start <= now:
        raise Refusal.of("day", "This time has passed.", "Choose one that is still to come.")
    return Period.lasting(start, minutes)


def place_values(meeting: Meeting) -> dict[str, Any]:
    """Give a meeting's columns; what belongs to another place is left empty."""
    is_online = meeting.place == Place.ONLINE
    return {
        "place": meeting.place,
        "session_type": meeting.session_type,
        "platform": meeting.platform if is_online else "",
        "link": meeting.link if is_online else "",
        "passcode": meeting.passcode if is_online else "",
        "address": "" if is_online else meeting.address,
    }


def check_place(db: Db, meeting: Meeting) -> None:
    """Raise Refusal where people would not know how to meet."""
    check_places(db, [meeting])


def check_places(db: Db, meetings: Sequence[Meeting]) -> None:
    """Check each as `check_place` does. One statement at most."""
    if any(meeting.place == Place.IN_PERSON and not meeting.address for meeting in meetings):
        raise Refusal.of("meeting.address", "The address is missing.", "Say where the two will meet.")
    linkless = {meeting.platform for meeting in meetings if meeting.place == Place.ONLINE and not meeting.link}
    if not linkless:
        return
    organisation = db.get(Organisation, 1)
    if linkless == {Platform.BIG_BLUE_BUTTON} and organisation is not None and organisation.makes_rooms:
        return
    raise Refusal.of("meeting.link", "The meeting link is missing.", "Paste the link people will join by.")


def in_order(sessions: Sequence[Session]) -> list[Session]:
    """Sort by start; those without a time last."""
    return sorted(sessions, key=lambda s: (s.start_at is None, s.start_at, s.id))
