"""Arranging everything still to be arranged of a relationship, weekly or fortnightly (R8).

The sessions become a series: their dates share one UID, so that they are one mail and one
entry that repeats in everybody's calendar, and can be moved together later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models.commands.booking import Booked, asks_words, permit, settle
from app.models.commands.dates import Finding, agree, findings_of
from app.models.commands.relationships import access_relationship, require_going_on, waiting_sessions
from app.models.commands.steps import check_place
from app.models.drafts import LONGEST_SERIES, BookingDraft, Repetition
from app.models.drafts.relationships import ArrangeAllDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.tables import Session
from app.models.words import Repeat

SPARE_DATES = 26
"""So many dates more than sessions are looked at where those that are taken may be skipped."""


@dataclass(frozen=True)
class Planned(Finding):
    """One date, and the session that would get it; `number` is None for a date that is left out."""

    number: int | None = None


def preview(db: Db, viewer: Viewer, now: datetime, draft: ArrangeAllDraft) -> list[Planned]:
    """Say what `arrange_all` would come to, date by date, without writing; raises what it raises for a stranger."""
    plan = _plan(db, viewer, now, draft)
    numbers = iter([session.number for session in plan.sessions])
    return [
        Planned(
            one.wall,
            one.verdict,
            one.messages,
            next(numbers, None) if one.can_be_booked or not draft.skips_clashes else None,
        )
        for one in plan.findings
    ]


def arrange_all(db: Db, viewer: Viewer, now: datetime, draft: ArrangeAllDraft) -> dict[str, Any]:
    """Give every session still to be arranged its date, in the order of their numbers; all of them or none."""
    plan = _plan(db, viewer, now, draft, lock=True)
    if not plan.sessions:
        raise Refusal.of("", "Every session has been arranged.", "Add one first.")
    check_place(db, draft.meeting)
    kept = agree(plan.findings, skips=draft.skips_clashes)
    _require_enough(kept, plan.sessions)
    [done] = settle(db, viewer, now, [plan])
    return {"session_ids": done["session_ids"], "asks": asks_words(db, plan.sessions[0])}


def _plan(db: Db, viewer: Viewer, now: datetime, draft: ArrangeAllDraft, *, lock: bool = False) -> Booked:
    """Read what is to be arranged and judge the dates it would get."""
    relationship, program = access_relationship(db, viewer, draft.relationship_id, lock=lock)
    require_going_on(relationship)
    sessions = waiting_sessions(db, relationship)[:LONGEST_SERIES]
    wanted = len(sessions) + (SPARE_DATES if draft.skips_clashes else 0)
    booking = BookingDraft(
        **draft.model_dump(include={"day", "at", "zone", "minutes", "title", "details", "skips_clashes", "notifies"}),
        program_id=relationship.program_id,
        mentor_id=relationship.mentor_id,
        mentee_id=relationship.mentee_id,
        meeting=draft.meeting,
        repetition=Repetition(repeat=Repeat.WEEKLY, every=draft.every_weeks, times=min(max(wanted, 1), LONGEST_SERIES)),
    )
    permit(db, viewer, booking)
    findings = findings_of(db, viewer, now, booking, program) if sessions else []
    return Booked(booking, program, sessions, _up_to(findings, len(sessions)))


def _up_to(findings: Sequence[Finding], count: int) -> list[Finding]:
    """Give the dates up to the one that the last session gets; all of them where too few can be had."""
    had = 0
    for place, one in enumerate(findings, 1):
        had += one.can_be_booked
        if had == count:
            return [*findings[:place]]
    return [*findings]


def _require_enough(kept: Sequence[Finding], sessions: Sequence[Session]) -> None:
    if len(kept) < len(sessions):
        raise Refusal.of(
            "at",
            f"Only {len(kept)} of the {len(sessions)} sessions would get a date.",
            "Choose another hour or another first date.",
        )
