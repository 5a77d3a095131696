"""The group sessions of the demo: open and full, with invited, waiting and declined people."""

import random
import secrets
from datetime import timedelta

from app.models.demo import names
from app.models.demo.diary import Diary, draw_period
from app.models.demo.fate import decide
from app.models.demo.people import House, Person, Team
from app.models.demo.plan import Plan, base, online
from app.models.demo.span import Span
from app.models.words import Audience, Kind, SeatStatus, Status, Step

ONE_IN = 16


def plan_groups(rng: random.Random, span: Span, house: House, diary: Diary) -> list[Plan]:
    """Plan one group session for every sixteen; the first is public, open and still to come."""
    wanted = span.sessions // ONE_IN
    plans = [plan_open(rng, span, house.teams[0], diary)]
    while len(plans) < wanted:
        team = rng.choice(house.teams)
        period = draw_period(rng, span.draw_day(rng), names.ZONE, rng.choice((60, 90)))
        host = rng.choice(team.mentors)
        if diary.take(period, host.id or 0):
            plan = begin(rng, span, team, host, Plan(period, {}))
            people_it(rng, plan, team)
            decide(rng, plan, span.now)
            plans.append(plan)
    return plans


def plan_open(rng: random.Random, span: Span, team: Team, diary: Diary) -> Plan:
    """Plan the session whose link is printed: in about a week, with places left."""
    host = team.mentors[0]
    days = (span.now.date() + timedelta(days=ahead) for ahead in range(6, 30))
    periods = (draw_period(rng, day, names.ZONE, 60) for day in days)
    period = next(period for period in periods if diary.take(period, host.id or 0))
    plan = begin(rng, span, team, host, Plan(period, {}))
    plan.values |= {"audience": Audience.PUBLIC, "minimum": 3, "maximum": 12, "status": Status.SCHEDULED}
    for person in team.mentees[:5]:
        plan.seat(person.id or 0, plan.values["created_at"])
    return plan


def begin(rng: random.Random, span: Span, team: Team, host: Person, plan: Plan) -> Plan:
    """Plan a published session with its host's seat."""
    assert plan.period is not None
    created = min(plan.period.start, span.now) - timedelta(days=rng.randint(7, 25))
    title, details = rng.choice(team.flavour.groups)
    plan.program_name = team.flavour.name
    plan.values = base(Kind.GROUP, team.program.id or 0, host.id or 0, created, host.id or 0) | {
        "title": title,
        "details": details,
        "start_at": plan.period.start,
        "end_at": plan.period.end,
        "zone": names.ZONE,
        "audience": rng.choice((Audience.PUBLIC, Audience.PUBLIC, Audience.PRIVATE)),
        "minimum": rng.choice((2, 3, 4)),
        "maximum": rng.choice((6, 8, 12, 20)),
        "slug": secrets.token_urlsafe(12),
        "recommended_for": [rng.choice(names.RECOMMENDED)],
        "categories": [rng.choice(names.CATEGORIES)],
        "medium": [rng.choice(names.MEDIUM)],
        **online(),
    }
    plan.seat(host.id or 0, created, is_host=True)
    plan.note(Step.PUBLISH, created, host.id, after={"status": Status.SCHEDULED.value})
    return plan


def people_it(rng: random.Random, plan: Plan, team: Team) -> None:
    """Enrol people up to the places there are; some are invited, some declined, of a full one some wait."""
    created, places = plan.values["created_at"], plan.values["maximum"] - 1
    people = rng.sample(team.mentees, min(len(team.mentees), places + 6))
    is_full = rng.random() < 0.25 and len(people) > places
    count = places if is_full else rng.randint(plan.values["minimum"] - 1, max(plan.values["minimum"], places - 2))
    for person in people[:count]:
        plan.seat(person.id or 0, created + timedelta(hours=rng.randint(1, 90)))
    for person in people[count : count + 4]:
        status = SeatStatus.WAITING if is_full else rng.choice((SeatStatus.INVITED, SeatStatus.DECLINED))
        plan.seat(person.id or 0, created + timedelta(hours=rng.randint(91, 120)), status=status)
