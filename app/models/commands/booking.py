"""Giving sessions a time: book, arrange, reactivate, arrange again. `check` says beforehand how it would go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, notices, series
from app.models.commands import enrolling
from app.models.commands.assigning import check_pair, pair
from app.models.commands.relationships import active_relationship, append_sessions, new_uid, take_numbers
from app.models.commands.steps import (
    change,
    check_place,
    grip,
    in_order,
    period_from,
    place_values,
    require_active,
    stance,
)
from app.models.database import lock_rows
from app.models.drafts import BookingDraft, EditDraft
from app.models.errors import Clash, NotFound, Problem, Refusal
from app.models.occupancy import Obstacle, Wish, free_starts, listed, obstacles, refuse_clashes
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.tables import Person, Program, Relationship, Series, Session
from app.models.words import Kind, NoticeKind, Scope, Status, Step


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


@dataclass(frozen=True)
class Outlook:
    """What a booking would come to: each date, and the next free starts (UTC) where the first is taken."""

    findings: list[Finding] = field(default_factory=list[Finding])
    free_times: list[datetime] = field(default_factory=list[datetime])


def check(db: Db, viewer: Viewer, now: datetime, draft: BookingDraft) -> Outlook:
    """Say how a booking would go, without writing. Raises what `book` raises for a pair that is not theirs."""
    program, _ = permit(db, viewer, draft)
    findings = findings_of(db, viewer, now, draft, program)
    if not findings or findings[0].can_be_booked:
        return Outlook(findings)
    return Outlook(findings, _next_free(db, now, draft, program))


def book(db: Db, viewer: Viewer, now: datetime, draft: BookingDraft) -> dict[str, Any]:
    """Book a pair, once or as a series; a manager's booking assigns a pair that is not (A2).

    Each date fills the lowest session to be arranged, else adds one. The whole series is
    checked before anything is saved; dates that clash or do not occur are refused together,
    or left out where the draft says so.
    """
    lock_rows(db, Person, [draft.mentor_id, draft.mentee_id])
    program, relationship = permit(db, viewer, draft)
    check_place(db, draft.meeting)
    findings = findings_of(db, viewer, now, draft, program)
    kept = agree(findings, skips=draft.skips_clashes)
    if relationship is None:
        # The booking's own mail, if it is to be sent, names the two; a second one would say it again.
        relationship, _ = pair(db, viewer, now, program, draft.mentor_id, draft.mentee_id, mails=False)
    sessions = take_numbers(db, now, relationship, viewer.person_id, len(kept))
    run = series_for(db, now, draft, findings) if len(findings) > 1 else None
    for session, finding in zip(sessions, kept, strict=True):
        fill(db, viewer, now, draft, program, session, finding.wall, run)
    db.flush()
    tell_booked(db, viewer, now, sessions, mails=draft.notifies)
    return {
        "session_ids": [session.id for session in sessions],
        "skipped": [f"{one.wall:%Y-%m-%dT%H:%M}" for one in findings if not one.can_be_booked],
    }


def arrange(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: EditDraft) -> dict[str, Any]:
    """Give a time to a session that has none, or had it cancelled."""
    held = grip(db, viewer, now, session_id, Step.ARRANGE, version=draft.version)
    require_active(held.access)
    _require_people(db, held.pivot)
    _arrange(db, viewer, now, held.pivot, held.program, draft, Step.ARRANGE)
    return {"session_id": session_id, "asks": asks_words(db, held.pivot)}


def arrange_again(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: EditDraft) -> dict[str, Any]:
    """Make up for a missed session: add one to the relationship, at the draft's time."""
    held = grip(db, viewer, now, session_id, Step.ARRANGE_AGAIN, version=draft.version)
    require_active(held.access)
    assert held.access.relationship is not None
    [added] = append_sessions(db, now, held.access.relationship, viewer.person_id, 1)
    _arrange(db, viewer, now, added, held.program, draft, Step.ARRANGE_AGAIN)
    change(db, viewer, held.pivot, Step.ARRANGE_AGAIN, now, {}, tells=False)
    return {"session_id": added.id, "asks": asks_words(db, added)}


def asks_words(db: Db, session: Session) -> str:
    """Say whose answer a session now waits for; "" where it is settled."""
    asked = db.get(Person, session.asked_id) if session.status == Status.PENDING and session.asked_id else None
    return f"{asked.first_name} is asked to confirm." if asked else ""


def reactivate(db: Db, viewer: Viewer, now: datetime, session_id: int, scope: Scope = Scope.THIS) -> dict[str, Any]:
    """Bring cancelled sessions back at the time they had, if it is still to come and free (R6)."""
    held = grip(db, viewer, now, session_id, Step.REACTIVATE, scope)
    require_active(held.access)
    _require_people(db, held.pivot)
    wishes = [Wish.of(session, held.program) for session in held.sessions]
    refuse_clashes(db, viewer, wishes, minds_hours=False)
    for session in held.sessions:
        values = stance(viewer, held.program, session.host_id, session.mentee_id)
        change(db, viewer, session, Step.REACTIVATE, now, values | {"cancel_reason": ""})
    db.flush()
    _reopen(db, viewer, now, held.sessions)
    kind = NoticeKind.ASKED if held.pivot.status == Status.PENDING else NoticeKind.REACTIVATED
    notices.tell(db, kind, in_order(held.sessions), actor=viewer, now=now)
    return {"session_ids": [session.id for session in held.sessions]}


def permit(db: Db, viewer: Viewer, draft: BookingDraft) -> tuple[Program, Relationship | None]:
    """Check who books whom: a manager anybody of theirs, a mentor or mentee within their own relationship."""
    program = db.get(Program, draft.program_id)
    if program is None:
        raise NotFound("programme")
    relationship = active_relationship(db, draft.program_id, draft.mentor_id, draft.mentee_id)
    is_own = relationship is not None and viewer.person_id in (draft.mentor_id, draft.mentee_id)
    if not is_own and not viewer.manages(draft.program_id):
        raise NotFound("relationship")
    check_pair(db, viewer, program, draft.mentor_id, draft.mentee_id)
    return program, relationship


def findings_of(db: Db, viewer: Viewer, now: datetime, draft: BookingDraft, program: Program) -> list[Finding]:
    """Judge every date of the draft, in order."""
    walls = series.expand(draft.repetition, datetime.combine(draft.day, draft.at))
    wishes: list[Wish] = []
    wished: dict[datetime, int] = {}
    for wall in walls:
        if clock.exists(wall, draft.zone):
            wished[wall] = len(wishes)
            period = Period.lasting(clock.instant(wall, draft.zone), draft.minutes)
            wishes.append(Wish(period, draft.mentor_id, draft.mentee_id, program.allows_back_to_back))
    found = obstacles(db, viewer, wishes)
    return [_finding(wall, draft.zone, now, [o for o in found if o.wish == wished.get(wall, -1)]) for wall in walls]


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


def _next_free(db: Db, now: datetime, draft: BookingDraft, program: Program) -> list[datetime]:
    wall = datetime.combine(draft.day, draft.at)
    start = max(now, clock.day_start(draft.day, draft.zone))
    if clock.exists(wall, draft.zone):
        start = max(start, clock.instant(wall, draft.zone))
    wish = Wish(Period.lasting(start, draft.minutes), draft.mentor_id, draft.mentee_id, program.allows_back_to_back)
    return free_starts(db, wish, after=start, zone=draft.zone)


def series_for(db: Db, now: datetime, draft: BookingDraft, findings: Sequence[Finding]) -> Series:
    """Write the series down that these dates make, the ones left out among them."""
    run = Series(
        uid=new_uid(),
        rrule=series.rrule_of(draft.repetition, len(findings)),
        zone=draft.zone,
        first_wall=f"{findings[0].wall:%Y-%m-%dT%H:%M}",
        minutes=draft.minutes,
        skipped_walls=[f"{one.wall:%Y-%m-%dT%H:%M}" for one in findings if not one.can_be_booked],
        created_at=now,
    )
    db.add(run)
    db.flush()
    return run


def fill(
    db: Db,
    viewer: Viewer,
    now: datetime,
    draft: BookingDraft,
    program: Program,
    session: Session,
    wall: datetime,
    run: Series | None,
) -> None:
    """Turn a session to be arranged into a booked one."""
    period = Period.lasting(clock.instant(wall, draft.zone), draft.minutes)
    in_series = {"series_id": run.id, "uid": run.uid, "recurrence_at": period.start} if run else {}
    values = _values(viewer, program, session, draft, period) | in_series
    # One that was arranged before is in calendars already, as cancelled: only a higher SEQUENCE brings it back.
    change(db, viewer, session, Step.BOOK, now, values, tells=session.sequence > 0)


def _arrange(
    db: Db, viewer: Viewer, now: datetime, session: Session, program: Program, draft: EditDraft, step: Step
) -> None:
    check_place(db, draft.meeting)
    period = period_from(draft, draft.minutes, now)
    refuse_clashes(db, viewer, [Wish.of(session, program, period)])
    values = _values(viewer, program, session, draft, period)
    change(db, viewer, session, step, now, values | {"cancel_reason": "", "minimum_checked_at": None})
    db.flush()
    _reopen(db, viewer, now, [session])
    tell_booked(db, viewer, now, [session], mails=draft.notifies)


def _require_people(db: Db, session: Session) -> None:
    """Raise Refusal where host or mentee were deactivated since."""
    both = select(Person).where(col(Person.id).in_((session.host_id, session.mentee_id)))
    gone = db.exec(both.where(col(Person.deactivated_at).is_not(None)).order_by(col(Person.id))).first()
    if gone is not None:
        raise Refusal.of(
            "", f"{gone.name} is no longer active.", "Give them their access back, or choose somebody else."
        )


def _reopen(db: Db, viewer: Viewer, now: datetime, sessions: Sequence[Session]) -> None:
    for session in sessions:
        if session.kind == Kind.GROUP:
            enrolling.reopen(db, viewer, now, session)


def _values(
    viewer: Viewer,
    program: Program,
    session: Session,
    draft: BookingDraft | EditDraft,
    period: Period,
) -> dict[str, Any]:
    return (
        {"start_at": period.start, "end_at": period.end, "zone": draft.zone}
        | {"title": draft.title, "details": draft.details}
        | place_values(draft.meeting)
        | stance(viewer, program, session.host_id, session.mentee_id)
    )


def tell_booked(db: Db, viewer: Viewer, now: datetime, sessions: Sequence[Session], *, mails: bool) -> None:
    """Tell of a booking. A question is mailed even where R4's box was unticked: it waits for an answer."""
    kind = NoticeKind.ASKED if sessions[0].status == Status.PENDING else NoticeKind.BOOKED
    notices.tell(db, kind, sessions, actor=viewer, now=now, mails=mails or kind == NoticeKind.ASKED)
