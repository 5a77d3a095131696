"""What became of each session of the demo, as the table of the lifecycle allows it at that moment."""

import random
from datetime import datetime, timedelta

from app.models.demo import names
from app.models.demo.plan import Plan
from app.models.words import Kind, Place, SeatStatus, Status, Step

AWAITS_FOR = timedelta(days=4)


def decide(rng: random.Random, plan: Plan, now: datetime, *, live: bool = False) -> None:
    """Set status, attendance and history by where the session lies to `now`."""
    assert plan.period is not None
    if live:
        begin(plan)
    elif plan.period.end <= now:
        look_back(rng, plan, now)
    else:
        look_ahead(rng, plan, now)


def look_ahead(rng: random.Random, plan: Plan, now: datetime) -> None:
    """Decide a session that is not over: mostly scheduled, some waiting for an answer, few cancelled."""
    assert plan.period is not None
    plan.values["status"] = Status.SCHEDULED
    is_ahead = plan.period.start > now + timedelta(hours=1)
    asks = plan.pair is not None and plan.pair.team.program.asks_confirmation and plan.series is None
    if is_ahead and asks and rng.random() < 0.35:
        ask(plan)
    elif rng.random() < 0.06:
        cancel(rng, plan, now)


def look_back(rng: random.Random, plan: Plan, now: datetime) -> None:
    """Decide a session that is over. An online one never awaits its outcome: the clock closed it."""
    assert plan.period is not None
    luck = rng.random()
    if plan.values["place"] != Place.ONLINE and plan.period.end > now - AWAITS_FOR and luck < 0.7:
        plan.values["status"] = Status.SCHEDULED
    elif luck < 0.08:
        cancel(rng, plan, now)
    elif luck < 0.16:
        miss(rng, plan)
    else:
        complete(rng, plan, now)


def ask(plan: Plan) -> None:
    """Let it wait for the answer of the party that did not book it."""
    by, mentor, mentee = plan.values["created_by_id"], plan.values["host_id"], plan.values["mentee_id"]
    asked = mentee if by == mentor else mentor
    plan.values |= {"status": Status.PENDING, "asked_id": asked, "asked_by_id": by}
    plan.changes[0]["after"] = {"status": Status.PENDING.value}


def cancel(rng: random.Random, plan: Plan, now: datetime) -> None:
    """Cancel it a day or more before its start."""
    assert plan.period is not None
    latest = min(plan.period.start, now) - timedelta(hours=1)
    at = max(plan.values["created_at"], latest - timedelta(hours=rng.randint(1, 40)))
    reason = rng.choice(names.CANCEL_REASONS)
    plan.values |= {"status": Status.CANCELLED, "cancel_reason": reason, "sequence": 1, "version": 2}
    before, after = {"status": Status.SCHEDULED.value}, {"status": Status.CANCELLED.value}
    plan.note(Step.CANCEL, at, plan.values["created_by_id"], reason=reason, before=before, after=after)


def begin(plan: Plan) -> None:
    """Let it be going on, with everybody there."""
    assert plan.period is not None
    started = plan.period.start
    plan.values |= {"status": Status.LIVE, "started_at": started, "version": 2}
    for seat in enrolled(plan):
        seat |= {"entered_at": started, "attended": True}
    plan.note(Step.ENTER, started, plan.values["host_id"], after={"status": Status.LIVE.value})


def miss(rng: random.Random, plan: Plan) -> None:
    """Let one side not have come, or nobody."""
    assert plan.period is not None
    plan.values |= {"status": Status.MISSED, "finished_at": plan.period.end, "version": 2}
    came = rng.choice((True, False)) and plan.values["kind"] == Kind.ONE_TO_ONE
    for seat in enrolled(plan):
        seat["attended"] = came and bool(seat.get("is_host"))
    before, after = {"status": Status.SCHEDULED.value}, {"status": Status.MISSED.value}
    plan.note(Step.LAPSE, plan.period.end, None, before=before, after=after)


def complete(rng: random.Random, plan: Plan, now: datetime) -> None:
    """Let it have taken place; most are written up and some rated."""
    assert plan.period is not None
    start, end = plan.period.start, plan.period.end
    plan.values |= {"status": Status.COMPLETED, "started_at": start, "finished_at": end, "version": 3}
    is_group = plan.values["kind"] == Kind.GROUP
    for seat in enrolled(plan):
        came = bool(seat.get("is_host")) or not is_group or rng.random() < 0.85
        seat |= {"attended": came, "entered_at": start if came and plan.values["place"] == Place.ONLINE else None}
        if came and not seat.get("is_host") and rng.random() < 0.5:
            seat |= {"rating": rng.choice((3, 4, 4, 5, 5)), "comment": rng.choice(names.COMMENTS)}
    plan.note(Step.FINISH, end, plan.values["host_id"], after={"status": Status.COMPLETED.value})
    if rng.random() < 0.75:
        write_up(rng, plan, min(end + timedelta(hours=3), now))


def write_up(rng: random.Random, plan: Plan, at: datetime) -> None:
    """Add what was covered and what comes next."""
    flavour = next(flavour for flavour in names.FLAVOURS if flavour.name == plan.program_name)
    plan.values |= {
        "covered": rng.choice(flavour.covered),
        "next_steps": rng.choice(flavour.next_steps),
        "written_up_at": at,
    }
    plan.note(Step.WRITE_UP, at, plan.values["host_id"])


def enrolled(plan: Plan) -> list[dict[str, object]]:
    """Give the seats of those who were expected."""
    return [seat for seat in plan.seats if seat["status"] == SeatStatus.ENROLLED]
