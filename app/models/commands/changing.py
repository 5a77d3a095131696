"""Changing what is arranged: edit, move, and taking a move back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, notices
from app.models.commands.steps import (
    Grip,
    change,
    check_places,
    grip,
    grip_all,
    in_order,
    lock_people_of,
    occurrence,
    period_from,
    place_values,
    stance,
)
from app.models.database import lock_rows
from app.models.drafts import EditDraft, Meeting, MoveDraft, Times
from app.models.errors import NotFound, Problem, Refusal, Stale
from app.models.notices import News
from app.models.occupancy import Wish, listed, refuse_clashes
from app.models.period import Period
from app.models.permissions import Viewer, access_session
from app.models.series import Shift
from app.models.tables import Change, Move, Notice, Program, Session
from app.models.words import MailStatus, NoticeKind, Status, Step

UNDO_TIME = timedelta(seconds=10)
"""The notices of a drag wait this long."""
UNDO_GRACE = timedelta(seconds=5)
"""A click that was on its way when the time ran out still counts, unless a mail has left."""


@dataclass
class Plan:
    """What a change makes of each session it reaches: its new time, and its other new values; and how it is told."""

    held: Grip
    periods: dict[int, Period]
    values: dict[str, Any]
    reason: str = ""
    mails: bool = True

    @property
    def moved(self) -> list[Session]:
        """The sessions that get a new time."""
        return [session for session in self.held.sessions if session.id in self.periods]


def edit(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: EditDraft) -> dict[str, Any]:
    """Change time, place, title or details, as far in the series as the draft says.

    Only what differs from the session itself is carried to the others of its series, so
    that what was agreed for one date stays.
    """
    held = grip(db, viewer, now, session_id, Step.EDIT, draft.scope, version=draft.version)
    [(moved, changed)] = _edit(db, viewer, now, [(held, draft)])
    return {"moved": len(moved), "changed": len(changed)}


def edit_all(db: Db, viewer: Viewer, now: datetime, drafts: Mapping[int, EditDraft]) -> None:
    """Change several sessions, each by itself, by id; all of them or, with what is wrong with one, none."""
    held = grip_all(db, viewer, now, list(drafts), Step.EDIT)
    _edit(db, viewer, now, list(zip(held, drafts.values(), strict=True)))


def _edit(
    db: Db, viewer: Viewer, now: datetime, edits: Sequence[tuple[Grip, EditDraft]]
) -> list[tuple[list[Session], list[Session]]]:
    plans: list[Plan] = []
    placed: list[Meeting] = []
    for held, draft in edits:
        place = place_values(draft.meeting)
        wanted = place | {"title": draft.title, "details": draft.details}
        values = {name: value for name, value in wanted.items() if getattr(held.pivot, name) != value}
        placed += [draft.meeting] if values.keys() & place.keys() else []
        plans.append(Plan(held, new_periods(held, draft, now), values, draft.reason, draft.notifies))
    check_places(db, placed)
    return carry_out(db, viewer, now, plans, Step.EDIT)


def move(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: MoveDraft) -> dict[str, Any]:
    """Move by drag or resize. Everybody is told when the time for Undo is over; "" as batch: nothing moved."""
    held = grip(db, viewer, now, session_id, Step.MOVE, draft.scope, version=draft.version)
    plan = Plan(held, new_periods(held, draft, now), {})
    batch_id = uuid4().hex
    [(moved, _)] = carry_out(db, viewer, now, [plan], Step.MOVE, batch_id=batch_id, due_at=now + UNDO_TIME)
    return {"batch_id": batch_id if moved else "", "moved": len(moved)}


def undo_move(db: Db, viewer: Viewer, now: datetime, batch_id: str) -> dict[str, Any]:
    """Take a drag back while nobody was told: the old times, no "Rescheduled" entry, no notice.

    Raises Refusal when it is too late, when a session was changed since or its old time was
    taken meanwhile, NotFound for anybody but the mover.
    """
    changes = db.exec(
        select(Change).where(Change.batch_id == batch_id, Change.step == Step.MOVE, Change.actor_id == viewer.person_id)
    ).all()
    if not batch_id or not changes:
        raise NotFound("move")
    if now > changes[0].at + UNDO_TIME + UNDO_GRACE:
        raise _too_late()
    sessions = _take_back(db, viewer, now, changes)
    _drop_notices(db, batch_id)
    return {"session_ids": [session.id for session in sessions]}


def leave_moves(
    db: Db,
    viewer: Viewer,
    now: datetime,
    sessions: Sequence[Session],
    periods: Mapping[int, Period],
    *,
    reason: str = "",
    undoable_until: datetime | None = None,
) -> dict[int, Move]:
    """Leave the trace of each move, by session id; the sessions still have their old time."""
    rows: dict[int, Move] = {}
    for session in sessions:
        assert session.id is not None
        old, new = session.period, periods[session.id]
        assert old is not None
        rows[session.id] = Move(
            session_id=session.id,
            old_start_at=old.start,
            old_end_at=old.end,
            new_start_at=new.start,
            new_end_at=new.end,
            reason=reason,
            moved_by_id=viewer.person_id,
            moved_at=now,
            undoable_until=undoable_until,
        )
    db.add_all(rows.values())
    return rows


def new_periods(held: Grip, draft: Times | MoveDraft, now: datetime) -> dict[int, Period]:
    """Give the new time of each session that gets one, by id. Raises Refusal on `at` or `day`.

    The pivot's shift of days and its new wall time are applied to each in its own zone.
    """
    old = held.pivot.period
    assert old is not None
    assert held.pivot.id is not None
    minutes = draft.minutes or old.minutes
    if clock.wall(old.start, draft.zone) == datetime.combine(draft.day, draft.at):
        new = Period.lasting(old.start, minutes)
        if new.end <= now:
            raise Refusal.of("minutes", "Its new end has passed.", "Make it longer.")
    else:
        new = period_from(draft, minutes, now)
    shift = Shift.between(old, new, held.pivot.zone)
    periods = {held.pivot.id: new}
    problems: list[Problem] = []
    for session in held.sessions:
        if session is not held.pivot:
            period, problem = _shifted(session, shift, now)
            problems += [problem] if problem else []
            periods |= {session.id or 0: period} if period else {}
    if problems:
        raise Refusal(*listed(problems))
    return {s.id or 0: periods[s.id or 0] for s in held.sessions if periods[s.id or 0] != s.period}


def _shifted(session: Session, shift: Shift, now: datetime) -> tuple[Period | None, Problem | None]:
    one = occurrence(session)
    wall = shift.wall_of(one)
    period = shift.of(one).period
    if period is None:
        return None, Problem("at", clock.missing_words(wall, session.zone))
    if period.start <= now:
        return None, Problem("day", f"{clock.wall_words(wall)} has passed.")
    return period, None


def carry_out(
    db: Db,
    viewer: Viewer,
    now: datetime,
    plans: Sequence[Plan],
    step: Step,
    *,
    batch_id: str = "",
    due_at: datetime | None = None,
) -> list[tuple[list[Session], list[Session]]]:
    """Check and write plans, and tell everybody once of each. Gives the sessions moved and those else changed."""
    wishes = [Wish.of(s, plan.held.program, plan.periods[s.id or 0]) for plan in plans for s in plan.moved]
    refuse_clashes(db, viewer, wishes)
    news: list[News] = []
    done: list[tuple[list[Session], list[Session]]] = []
    for plan in plans:
        moves = leave_moves(db, viewer, now, plan.moved, plan.periods, reason=plan.reason, undoable_until=due_at)
        touched = _write(db, viewer, now, plan, step, batch_id)
        news += [_news_of(plan, touched, moves)] if touched else []
        done.append((plan.moved, [session for session in touched if session not in plan.moved]))
    if news:
        db.flush()
        notices.hasten(db, [session.id or 0 for one in news for session in one.sessions], now)
        notices.tell_all(db, news, actor=viewer, now=now, due_at=due_at, batch_id=batch_id)
    return done


def _write(db: Db, viewer: Viewer, now: datetime, plan: Plan, step: Step, batch_id: str) -> list[Session]:
    """Write what differs, and give the sessions of which anything did."""
    touched: list[Session] = []
    for session in plan.held.sessions:
        values = plan.values | _new_time(viewer, plan.held.program, session, plan.periods.get(session.id or 0))
        if any(getattr(session, name) != value for name, value in values.items()):
            change(db, viewer, session, step, now, values, reason=plan.reason, batch_id=batch_id)
            touched.append(session)
    return touched


def _news_of(plan: Plan, touched: Sequence[Session], moves: Mapping[int, Move]) -> News:
    asks = any(session.status == Status.PENDING for session in plan.moved)
    kind = NoticeKind.MOVED if plan.moved else NoticeKind.CHANGED
    changed = notices.named(plan.values)
    return News(kind, in_order(touched), plan.reason, moves, mails=plan.mails or asks, changed=changed)


def _new_time(viewer: Viewer, program: Program, session: Session, period: Period | None) -> dict[str, Any]:
    """Give the columns of a new time. It asks anew where the mover's word alone is not enough (R7)."""
    if period is None:
        return {}
    asks = stance(viewer, program, session.host_id, session.mentee_id)
    times = {"start_at": period.start, "end_at": period.end, "minimum_checked_at": None}
    return times | (asks if asks["status"] == Status.PENDING else {})


def _take_back(db: Db, viewer: Viewer, now: datetime, changes: Sequence[Change]) -> list[Session]:
    """Give the moved sessions their old time and standing again, if nothing happened to them since."""
    by_id = {change_.session_id or 0: change_ for change_ in changes}
    lock_people_of(db, list(by_id))
    sessions = [access_session(db, viewer, session_id, lock=True).session for session_id in sorted(by_id)]
    if any(session.version != by_id[session.id or 0].after["version"] for session in sessions):
        raise Stale
    _refuse_taken(db, viewer, sessions, by_id)
    until = changes[0].at + UNDO_TIME
    db.exec(sa.delete(Move).where(col(Move.session_id).in_(list(by_id)), col(Move.undoable_until) == until))
    for session in sessions:
        # A calendar feed may have given the number of the move away, so SEQUENCE rises once more.
        change(db, viewer, session, "undo", now, _instants(by_id[session.id or 0].before))
    db.flush()
    return sessions


def _refuse_taken(db: Db, viewer: Viewer, sessions: Sequence[Session], changes: Mapping[int, Change]) -> None:
    wishes: list[Wish] = []
    for session in sessions:
        program = db.get_one(Program, session.program_id)
        old = _instants({"start_at": session.start_at, "end_at": session.end_at} | changes[session.id or 0].before)
        wishes.append(Wish.of(session, program, Period(old["start_at"], old["end_at"])))
    refuse_clashes(db, viewer, wishes)


def _instants(values: Mapping[str, Any]) -> dict[str, Any]:
    """Read the instants that the history keeps as ISO 8601, without the two numbers that only grow."""
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and isinstance(value, str) else value
        for name, value in values.items()
        if name not in ("version", "sequence")
    }


def _too_late() -> Refusal:
    return Refusal.of("", "The move has been told to everybody, so it cannot be undone.", "Move it back instead.")


def _drop_notices(db: Db, batch_id: str) -> None:
    """Take the notices of a drag away. Raises Refusal if the mail is on its way."""
    ids = db.exec(select(Notice.id).where(Notice.batch_id == batch_id)).all()
    lock_rows(db, Notice, [one for one in ids if one is not None])
    waiting = db.exec(select(Notice).where(Notice.batch_id == batch_id).execution_options(populate_existing=True)).all()
    if any(notice.mail_status not in (MailStatus.WAITING, MailStatus.NONE) for notice in waiting):
        raise _too_late()
    for notice in waiting:
        db.delete(notice)
