"""The one-to-one sessions of the demo: single ones, series, moved ones, and those still to be arranged."""

import random
from collections import defaultdict
from datetime import datetime, time, timedelta

from app.models import clock
from app.models.demo import names
from app.models.demo.diary import Diary, draw_period, period_at
from app.models.demo.fate import decide
from app.models.demo.people import House, Pair
from app.models.demo.plan import Plan, Values, base, new_uid, online
from app.models.demo.span import Span
from app.models.period import Period
from app.models.tables import Series
from app.models.words import Kind, Place, Status, Step

LIVE_NOW = 2
ONE_SERIES_PER = 50
SERIES_LENGTH = 10


def plan_pairs(rng: random.Random, span: Span, house: House, diary: Diary, count: int) -> list[Plan]:
    """Plan `count` sessions with a time, numbered by pair, and then what each pair has still to arrange."""
    maker = PairPlans(rng, span, diary)
    active = [pair for pair in house.pairs if pair.relationship.ended_at is None]
    for pair in active[1 : 1 + LIVE_NOW]:
        maker.add_live(pair)
    for pair in rng.sample(active, min(len(active), max(3, count // ONE_SERIES_PER))):
        if len(maker.plans) + SERIES_LENGTH < count:
            maker.add_series(pair)
    while len(maker.plans) < count:
        maker.add_single(rng.choice(house.pairs))
    return maker.numbered(house.pairs)


class PairPlans:
    """Collects plans that keep out of each other's way."""

    def __init__(self, rng: random.Random, span: Span, diary: Diary) -> None:
        self.rng = rng
        self.span = span
        self.diary = diary
        self.plans: list[Plan] = []

    def add_live(self, pair: Pair) -> None:
        """Add a session that is going on now."""
        quarter = self.span.now.replace(minute=self.span.now.minute // 15 * 15, second=0, microsecond=0)
        period = Period.lasting(quarter, 60)
        if self.diary.take(period, pair.relationship.mentor_id, pair.relationship.mentee_id):
            plan = self.begin(pair, period, is_online=True)
            decide(self.rng, plan, self.span.now, live=True)

    def add_single(self, pair: Pair) -> None:
        """Add one session on a drawn day, if the hour that is drawn suits both."""
        day = self.span.draw_day(self.rng)
        period = draw_period(self.rng, day, zone_of(pair), self.rng.choice((30, 45, 60, 60)))
        if not is_within(pair, period) or not self.diary.take(period, pair.mentor.id or 0, pair.mentee.id or 0):
            return
        plan = self.begin(pair, period, is_online=self.rng.random() < 0.65)
        decide(self.rng, plan, self.span.now)
        self.perhaps_move(plan)

    def add_series(self, pair: Pair) -> None:
        """Add a weekly series in the mentor's wall time, begun about a month ago; dates that are taken are left out."""
        first_day = self.span.now.date() - timedelta(days=self.rng.randint(25, 31))
        at = self.rng.choice((time(8), time(12, 45), time(20, 15)))
        walls = [datetime.combine(first_day + timedelta(weeks=week), at) for week in range(SERIES_LENGTH)]
        zone = zone_of(pair)
        taken = [self.diary.take(period_at(wall, zone, 45), pair.mentor.id or 0, pair.mentee.id or 0) for wall in walls]
        kept = [wall for wall, free in zip(walls, taken, strict=True) if free]
        if len(kept) < SERIES_LENGTH // 2:
            return
        skipped = [f"{wall:%Y-%m-%dT%H:%M}" for wall in walls if wall not in kept]
        series = self.weekly(walls[0], zone, skipped)
        title = self.rng.choice(pair.team.flavour.titles)
        for wall in kept:
            period = period_at(wall, zone, 45)
            plan = self.begin(pair, period, is_online=True)
            plan.series = series
            plan.values |= {"uid": series.uid, "recurrence_at": period.start, "title": title}
            decide(self.rng, plan, self.span.now)

    def weekly(self, first: datetime, zone: str, skipped: list[str]) -> Series:
        """Make the series' row."""
        return Series(
            uid=new_uid(),
            rrule=f"FREQ=WEEKLY;COUNT={SERIES_LENGTH}",
            zone=zone,
            first_wall=f"{first:%Y-%m-%dT%H:%M}",
            minutes=45,
            skipped_walls=skipped,
            created_at=self.span.now - timedelta(days=40),
        )

    def begin(self, pair: Pair, period: Period, *, is_online: bool) -> Plan:
        """Plan a booked session; what became of it is decided afterwards."""
        rng = self.rng
        mentor_id, mentee_id = pair.mentor.id or 0, pair.mentee.id or 0
        booked_at = min(period.start, self.span.now) - timedelta(days=rng.randint(2, 12), minutes=rng.randint(0, 600))
        by = mentor_id if rng.random() < 0.7 else mentee_id
        plan = Plan(period, base(Kind.ONE_TO_ONE, pair.team.program.id or 0, mentor_id, booked_at, by), pair=pair)
        plan.values |= {
            "mentee_id": mentee_id,
            "title": rng.choice(pair.team.flavour.titles),
            "details": rng.choice(names.DETAILS),
            "start_at": period.start,
            "end_at": period.end,
            "zone": zone_of(pair),
            **(online() if is_online else self.elsewhere()),
        }
        plan.seat(mentor_id, booked_at, is_host=True)
        plan.seat(mentee_id, booked_at)
        plan.note(Step.BOOK, booked_at, by, after={"status": Status.SCHEDULED.value})
        self.plans.append(plan)
        return plan

    def elsewhere(self) -> Values:
        """Draw a place that is not online."""
        if self.rng.random() < 0.3:
            return {"place": Place.CALL, "session_type": "Call"}
        address = self.rng.choice(names.ADDRESSES)
        return {"place": Place.IN_PERSON, "session_type": "Face-to-face", "address": address}

    def perhaps_move(self, plan: Plan) -> None:
        """Let one session in fourteen have been moved once."""
        fits = plan.values["status"] in (Status.SCHEDULED, Status.COMPLETED)
        if plan.period is None or not fits or self.rng.random() > 0.07:
            return
        days = timedelta(days=self.rng.choice((-2, -1, 1, 2)))
        at = plan.values["created_at"] + timedelta(hours=self.rng.randint(3, 40))
        by, reason = plan.values["created_by_id"], self.rng.choice(names.MOVE_REASONS)
        old = Period(plan.period.start + days, plan.period.end + days)
        plan.values |= {"sequence": 1, "version": 2}
        plan.move = {
            "old_start_at": old.start,
            "old_end_at": old.end,
            "new_start_at": plan.period.start,
            "new_end_at": plan.period.end,
            "reason": reason,
            "moved_by_id": by,
            "moved_at": at,
        }
        before, after = {"start_at": old.start.isoformat()}, {"start_at": plan.period.start.isoformat()}
        plan.note(Step.MOVE, at, by, reason=reason, before=before, after=after)

    def numbered(self, pairs: list[Pair]) -> list[Plan]:
        """Number each pair's sessions in order of time, and add those still to be arranged."""
        by_pair: dict[int, list[Plan]] = defaultdict(list)
        for plan in self.plans:
            by_pair[id(plan.pair)].append(plan)
        for pair in pairs:
            own = sorted(by_pair[id(pair)], key=lambda plan: plan.values["start_at"])
            missing = pair.team.program.session_count - len(own) if pair.relationship.ended_at is None else 0
            own += [to_be_arranged(pair) for _ in range(missing)]
            for number, plan in enumerate(own, start=1):
                plan.values |= {"number": number, "relationship_id": pair.relationship.id}
            pair.relationship.next_number = len(own) + 1
            by_pair[id(pair)] = own
        return [plan for own in by_pair.values() for plan in own]


def to_be_arranged(pair: Pair) -> Plan:
    """Plan a session that has no time yet."""
    since, mentor_id, mentee_id = pair.relationship.created_at, pair.mentor.id or 0, pair.mentee.id or 0
    plan = Plan(None, base(Kind.ONE_TO_ONE, pair.team.program.id or 0, mentor_id, since, mentor_id), pair=pair)
    plan.values |= {"mentee_id": mentee_id, "status": Status.TO_BE_ARRANGED}
    plan.seat(mentor_id, since, is_host=True)
    plan.seat(mentee_id, since)
    return plan


def zone_of(pair: Pair) -> str:
    """Give the zone a pair plans in: the mentor's."""
    return pair.mentor.zone or names.ZONE


def is_within(pair: Pair, period: Period) -> bool:
    """Tell whether the relationship runs then."""
    ended = pair.relationship.ended_at
    return clock.today(period.start, "UTC") >= pair.relationship.created_at.date() and (
        ended is None or period.end < ended
    )
