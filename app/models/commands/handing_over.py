"""Handing a mentor's relationships and hosted sessions to another mentor (P12).

What has been, and what is going on, stays with whom it was; so do the messages. A notice's
facts say `from_id` and `to_id`: by them the calendars of the one let go what the other gets.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history, notices
from app.models.commands.enrolling import settle
from app.models.commands.handing_plan import PairPlan, Plan, make_plan
from app.models.commands.relationships import assign_all, join
from app.models.commands.steps import NOBODY_ASKED, change, in_order
from app.models.drafts.relationships import HandOverDraft
from app.models.errors import Clash, Problem
from app.models.occupancy import listed
from app.models.period import Period
from app.models.permissions import HOLDING, Viewer
from app.models.tables import Relationship, Seat, Session
from app.models.words import NoticeKind, Role, SeatStatus, Status

STEP = "hand_over"


def hand_over(db: Db, viewer: Viewer, now: datetime, draft: HandOverDraft) -> dict[str, Any]:
    """Hand over; times that the new mentor has taken are off, and those sessions to be arranged anew.

    Raises Clash for a group session whose time is taken: so many people counted on it that it
    is moved first.
    """
    plan = make_plan(db, viewer, now, draft.from_id, draft.to_id, draft.relationship_ids, draft.session_ids, lock=True)
    _refuse_groups(plan)
    going = [*(one for pair in plan.pairs for one in pair.sessions), *plan.groups]
    notices.hasten(db, [one.id or 0 for one in going], now)
    olds = {one.id or 0: one.period for one in going if one.id in plan.in_the_way and one.period is not None}
    targets = [_hand_pair(db, viewer, now, plan, pair, draft.reason) for pair in plan.pairs]
    for session in plan.groups:
        join(db, now, [(session.program_id, draft.to_id, Role.MENTOR)])
        change(db, viewer, session, STEP, now, {"host_id": draft.to_id}, reason=draft.reason)
    _reseat(db, now, plan, going)
    db.flush()
    for session in plan.groups:  # the new host may have had a place among the others
        settle(db, viewer, now, session.id or 0)
    _tell(db, viewer, now, draft, plan, targets, olds)
    return {
        "relationship_ids": [one.id for one in targets],
        "session_ids": [one.id for one in going],
        "off": sorted(olds),
    }


def _refuse_groups(plan: Plan) -> None:
    messages = [plan.in_the_way[one.id or 0] for one in plan.groups if one.id in plan.in_the_way]
    if messages:
        what = "it" if len(messages) == 1 else "them"
        remedy = f"Leave {what} out, move {what} first, or choose somebody else."
        raise Clash(*listed([Problem("session_ids", message) for message in messages], remedy))


def _hand_pair(db: Db, viewer: Viewer, now: datetime, plan: Plan, pair: PairPlan, reason: str) -> Relationship:
    """End a relationship, and go on with its sessions in the new mentor's."""
    old, to_id = pair.relationship, plan.taker.id or 0
    target = pair.target
    if target is None:
        [target] = assign_all(db, viewer, now, [(pair.program, to_id, old.mentee_id)], continues=old)
    old.ended_at = now
    history.record(
        db,
        viewer,
        STEP,
        now=now,
        relationship_id=old.id,
        program_id=old.program_id,
        before={"mentor_id": old.mentor_id, "relationship_id": old.id},
        after={"mentor_id": to_id, "relationship_id": target.id},
        reason=reason,
    )
    if pair.target is not None:
        target.next_number += len(pair.sessions)
    for session in pair.sessions:
        values = {"host_id": to_id, "relationship_id": target.id, "number": pair.numbers[session.id or 0]}
        is_off = session.id in plan.in_the_way
        values |= _without_time() if is_off else _asked_instead(session, plan)
        change(db, viewer, session, STEP, now, values, reason=reason)
    return target


def _without_time() -> dict[str, Any]:
    return NOBODY_ASKED | {"status": Status.TO_BE_ARRANGED, "start_at": None, "end_at": None}


def _asked_instead(session: Session, plan: Plan) -> dict[str, Any]:
    """Let the new mentor answer, or wait for an answer, where the old one did."""
    return {name: plan.taker.id for name in ("asked_id", "asked_by_id") if getattr(session, name) == plan.giver.id}


def _reseat(db: Db, now: datetime, plan: Plan, sessions: Sequence[Session]) -> None:
    """Take the old host's seats away and give the new one theirs; who had one gets the same row."""
    both = (plan.giver.id or 0, plan.taker.id or 0)
    asked = select(Seat).where(col(Seat.session_id).in_([one.id for one in sessions]), col(Seat.person_id).in_(both))
    seats = {(seat.session_id, seat.person_id): seat for seat in db.exec(asked)}
    for session in sessions:
        if (old := seats.get((session.id or 0, both[0]))) is not None:
            old.is_host, old.status, old.since = False, SeatStatus.WITHDRAWN, now
        new = seats.get((session.id or 0, both[1])) or Seat(session_id=session.id or 0, person_id=both[1], since=now)
        new.is_host, new.status, new.since = True, SeatStatus.ENROLLED, now
        db.add(new)


def _tell(
    db: Db,
    viewer: Viewer,
    now: datetime,
    draft: HandOverDraft,
    plan: Plan,
    targets: Sequence[Relationship],
    olds: Mapping[int, Period],
) -> None:
    """Tell everybody once: both mentors of all of it, a mentee and a participant of their own.

    The new mentor's calendar never had the times that are off, so these are not in their notice.
    """
    given = [*zip(plan.pairs, targets, strict=True)]
    parts: dict[int, tuple[list[Relationship], list[Session]]] = {}
    for pair, target in given:
        for person_id in (draft.from_id, draft.to_id, target.mentee_id):
            pairs, sessions = parts.setdefault(person_id, ([], []))
            pairs.append(target)
            sessions.extend(pair.sessions)
    for session_id, person_id in _seated(db, plan.groups, draft):
        parts.setdefault(person_id, ([], []))[1].extend(one for one in plan.groups if one.id == session_id)
    subject = [f"r{pair.relationship.id}" for pair in plan.pairs] + [f"{one.id}.{one.version}" for one in plan.groups]
    shared = {"from_id": draft.from_id, "to_id": draft.to_id, "reason": draft.reason}
    for person_id, (pairs, sessions) in parts.items():
        notices.tell_person(
            db,
            NoticeKind.HANDED_OVER,
            person_id,
            shared | _facts(db, pairs, sessions, olds, is_new_mentor=person_id == draft.to_id),
            actor=viewer,
            now=now,
            dedupe_key=",".join(subject[:40]),
        )


def _facts(
    db: Db,
    pairs: Sequence[Relationship],
    sessions: Sequence[Session],
    olds: Mapping[int, Period],
    *,
    is_new_mentor: bool,
) -> dict[str, Any]:
    timed = [one for one in sessions if one.start_at or (one.id in olds and not is_new_mentor)]
    return {
        "program_id": (pairs or sessions)[0].program_id,
        "pairs": [[one.mentor_id, one.mentee_id] for one in pairs],
        "relationship_ids": [one.id for one in pairs],
        "to_arrange": sum(one.status == Status.TO_BE_ARRANGED for one in sessions),
        "off": [one.id for one in sessions if one.id in olds],
    } | notices.about(db, in_order(timed), olds=olds)


def _seated(db: Db, groups: Sequence[Session], draft: HandOverDraft) -> list[tuple[int, int]]:
    """List who has a place in the group sessions, the old host among them, in a steady order."""
    asked = select(Seat.session_id, Seat.person_id).where(
        col(Seat.session_id).in_([one.id for one in groups]), col(Seat.status).in_(HOLDING)
    )
    return sorted({*db.exec(asked), *((one.id or 0, draft.from_id) for one in groups)})
