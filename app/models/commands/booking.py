"""Giving sessions a time: book, arrange, reactivate, arrange again. `check` says beforehand how it would go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, notices, series
from app.models.commands import enrolling
from app.models.commands.assigning import check_pairs, pair
from app.models.commands.dates import Finding, agree, findings_of, findings_of_all
from app.models.commands.relationships import Pair, active_relationships, append_sessions, new_uid, take_numbers_all
from app.models.commands.steps import (
    change,
    check_place,
    check_places,
    grip,
    in_order,
    period_from,
    place_values,
    stance,
)
from app.models.database import lock_rows
from app.models.drafts import BookingDraft, EditDraft
from app.models.errors import NotFound, Refusal
from app.models.notices import News
from app.models.occupancy import Wish, free_starts, refuse_clashes
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.tables import Person, Program, Relationship, Series, Session
from app.models.words import Kind, NoticeKind, Scope, Status, Step


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
    return book_all(db, viewer, now, [draft])[0]


def book_all(db: Db, viewer: Viewer, now: datetime, drafts: Sequence[BookingDraft]) -> list[dict[str, Any]]:
    """Carry out several bookings as `book` does each; all of them or, with what is wrong with one, none.

    Of several, each date counts against the others', so none may leave out dates that clash.
    """
    lock_rows(db, Person, [one for draft in drafts for one in (draft.mentor_id, draft.mentee_id)])
    permitted = permit_all(db, viewer, drafts)
    check_places(db, [draft.meeting for draft in drafts])
    programs = [program for program, _ in permitted]
    findings = findings_of_all(db, viewer, now, list(zip(drafts, programs, strict=True)))
    kept = [agree(found, skips=draft.skips_clashes) for draft, found in zip(drafts, findings, strict=True)]
    # The booking's own mail, if it is to be sent, names the two; a second one would say it again.
    relationships = [
        relationship or pair(db, viewer, now, program, draft.mentor_id, draft.mentee_id, mails=False)[0]
        for draft, (program, relationship) in zip(drafts, permitted, strict=True)
    ]
    wanted = [(relationship, len(dates)) for relationship, dates in zip(relationships, kept, strict=True)]
    booked = [
        Booked(draft, program, sessions, found)
        for draft, program, sessions, found in zip(
            drafts, programs, take_numbers_all(db, now, viewer.person_id, wanted), findings, strict=True
        )
    ]
    return settle(db, viewer, now, booked)


@dataclass(frozen=True)
class Booked:
    """A draft that may be booked: its sessions, for those of its dates that can be had."""

    draft: BookingDraft
    program: Program
    sessions: list[Session]
    findings: list[Finding]


def settle(db: Db, viewer: Viewer, now: datetime, booked: Sequence[Booked]) -> list[dict[str, Any]]:
    """Give the sessions their times, and tell everybody."""
    for one in booked:
        run = series_for(db, now, one.draft, one.findings) if len(one.findings) > 1 else None
        kept = [finding for finding in one.findings if finding.can_be_booked]
        for session, finding in zip(one.sessions, kept, strict=True):
            fill(db, viewer, now, one.draft, one.program, session, finding.wall, run)
    db.flush()
    notices.tell_all(db, [news_of(one.sessions, mails=one.draft.notifies) for one in booked], actor=viewer, now=now)
    return [
        {
            "session_ids": [session.id for session in one.sessions],
            "skipped": [f"{date.wall:%Y-%m-%dT%H:%M}" for date in one.findings if not date.can_be_booked],
        }
        for one in booked
    ]


def arrange(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: EditDraft) -> dict[str, Any]:
    """Give a time to a session that has none, or had it cancelled."""
    held = grip(db, viewer, now, session_id, Step.ARRANGE, version=draft.version)
    _require_people(db, held.pivot)
    _arrange(db, viewer, now, held.pivot, held.program, draft, Step.ARRANGE)
    return {"session_id": session_id, "asks": asks_words(db, held.pivot)}


def arrange_again(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: EditDraft) -> dict[str, Any]:
    """Make up for a missed session: add one to the relationship, at the draft's time."""
    held = grip(db, viewer, now, session_id, Step.ARRANGE_AGAIN, version=draft.version)
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
    return permit_all(db, viewer, [draft])[0]


def permit_all(db: Db, viewer: Viewer, drafts: Sequence[BookingDraft]) -> list[tuple[Program, Relationship | None]]:
    """Check each as `permit` does, with no more queries than the programmes need."""
    programs = {id_: db.get(Program, id_) for id_ in {draft.program_id for draft in drafts}}
    pairs = [(draft.program_id, draft.mentor_id, draft.mentee_id) for draft in drafts]
    relationships = active_relationships(db, pairs)
    found = [(_permit(viewer, programs[key[0]], key, relationships.get(key)), relationships.get(key)) for key in pairs]
    check_pairs(db, viewer, [(program, *key[1:]) for (program, _), key in zip(found, pairs, strict=True)])
    return found


def _permit(viewer: Viewer, program: Program | None, key: Pair, relationship: Relationship | None) -> Program:
    if program is None:
        raise NotFound("programme")
    is_own = relationship is not None and viewer.person_id in key[1:]
    if not is_own and not viewer.manages(key[0]):
        raise NotFound("relationship")
    return program


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
    """Tell of a booking."""
    notices.tell_all(db, [news_of(sessions, mails=mails)], actor=viewer, now=now)


def news_of(sessions: Sequence[Session], *, mails: bool) -> News:
    """Say what is told of a booking. A question is mailed even where R4's box was unticked: it waits for an answer."""
    kind = NoticeKind.ASKED if sessions[0].status == Status.PENDING else NoticeKind.BOOKED
    return News(kind, sessions, mails=mails or kind == NoticeKind.ASKED)
