"""Asks the database whose time is taken, and refuses what clashes. The only way there for every command and query.

A command must have locked the people's rows before (`database.lock_rows`), else what is read
here may be old when it is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import availability, clock, scheduling, spoken
from app.models.availability import OpenHours, covers
from app.models.drafts.base import LONGEST_MINUTES
from app.models.errors import Clash, Problem
from app.models.period import Period
from app.models.permissions import HOLDING, Viewer
from app.models.scheduling import Hold
from app.models.tables import Availability, Person, Program, Seat, Session
from app.models.words import OCCUPYING, SeatStatus

LISTED = 6
"""So many dates are named in one refusal; the rest is counted."""
SEATED = (SeatStatus.ENROLLED, SeatStatus.UNCONFIRMED)
LONGEST = timedelta(minutes=LONGEST_MINUTES)
"""What began earlier than this before a time has ended by then; so an index finds all that may still go on."""
PERSON_DAYS = 1_000
"""So many days of so many people are read at once: enough for most series, little enough for a sheet of thousands."""


@dataclass(frozen=True)
class Wish:
    """A time that a session would take. `session_id` 0: it is not saved yet."""

    period: Period
    host_id: int
    mentee_id: int | None
    allows_touching: bool
    session_id: int = 0

    @classmethod
    def of(cls, session: Session, program: Program, period: Period | None = None) -> "Wish":
        """Say what a session would take at `period`, or takes at the time it has."""
        wanted = period or session.period
        assert wanted is not None
        return cls(wanted, session.host_id, session.mentee_id, program.allows_back_to_back, session.id or 0)

    def holds(self, wish: int = 0) -> list[Hold]:
        """List what it takes of whom; `wish` is its number among others."""
        held = [Hold(self.host_id, self.period, True, self.allows_touching, False, self.session_id, wish)]
        if self.mentee_id is not None:
            held.append(Hold(self.mentee_id, self.period, False, False, False, self.session_id, wish))
        return held


@dataclass(frozen=True)
class Obstacle:
    """What is in the way of the wish of number `wish`, in words this viewer may read."""

    wish: int
    message: str
    only_warns: bool


def refuse_clashes(
    db: Db, viewer: Viewer, wishes: Sequence[Wish], *, field: str = "at", minds_hours: bool = True
) -> None:
    """Raise Clash, naming each date, unless every wish can be had. Mere warnings do not count.

    `minds_hours` False leaves the mentor's open hours out: a time that somebody else chose is only agreed to.
    """
    found = [one for one in obstacles(db, viewer, wishes, minds_hours=minds_hours) if not one.only_warns]
    if found:
        raise Clash(*listed([Problem(field, obstacle.message) for obstacle in found]))


def listed(problems: Sequence[Problem], remedy: str = "Choose another time.") -> list[Problem]:
    """Shorten a long list of dated problems, and say once what to do."""
    kept = [*problems[:LISTED]]
    if len(problems) > LISTED:
        kept.append(Problem(kept[0].field, f"And {len(problems) - LISTED} more dates like these."))
    kept[-1] = Problem(kept[-1].field, kept[-1].message, remedy)
    return kept


def obstacles(db: Db, viewer: Viewer, wishes: Sequence[Wish], *, minds_hours: bool = True) -> list[Obstacle]:
    """List what is in the way of each wish, clashes first. At most six queries, however many wishes.

    A time outside the mentor's open hours is refused to a mentee; mentors and managers are only warned (R9).
    """
    closed = _closed(db, viewer, wishes) if minds_hours else []
    return [*_clashes(db, viewer, wishes), *closed]


def _clashes(db: Db, viewer: Viewer, wishes: Sequence[Wish]) -> list[Obstacle]:
    wanted = [hold for number, wish in enumerate(wishes) for hold in wish.holds(number)]
    meetings = scheduling.meetings(wanted, taken_by(db, wishes))
    if not meetings:
        return []
    in_the_way = _load_sessions(db, {meeting.taken.session_id for meeting in meetings})
    seen = _seen_by(db, viewer, in_the_way)
    names = _load_names(db, {meeting.wanted.person_id for meeting in meetings})
    return [
        Obstacle(
            wish=meeting.wanted.wish,
            message=_message(viewer, names[meeting.wanted.person_id], meeting, seen.get(meeting.taken.session_id)),
            only_warns=meeting.only_warns,
        )
        for meeting in meetings
    ]


def taken_by(db: Db, wishes: Sequence[Wish], *, until: datetime | None = None) -> list[Hold]:
    """Read the time taken of the wishes' people around their times, the wishes' own sessions left out.

    `until` reads further than their last end. Two queries for each stretch of time.
    """
    own = {wish.session_id for wish in wishes if wish.session_id}
    found: dict[Hold, None] = {}
    for some in _stretches(wishes):
        people = {hold.person_id for wish in some for hold in wish.holds()}
        first = min(wish.period.start for wish in some)
        last = max([wish.period.end for wish in some] + ([until] if until else []))
        # SQLite takes a status for rare; an expression of it is in no index, so that the one of people's times is used.
        occupies = sa.and_(
            col(Session.status).concat("").in_(OCCUPYING),
            col(Session.deleted_at).is_(None),
            col(Session.start_at).between(first - LONGEST, last),
        )
        holds = _own_holds(db, people, occupies) + _seat_holds(db, people, occupies)
        found |= dict.fromkeys(hold for hold in holds if hold.session_id not in own and hold.period.end >= first)
    return list(found)


def _stretches(wishes: Sequence[Wish]) -> Iterator[list[Wish]]:
    """Part many wishes by time, so that no query reads what many people do in many days of which few are asked for."""
    some: list[Wish] = []
    people: set[int | None] = set()
    for wish in sorted(wishes, key=lambda wish: wish.period):
        theirs = people | {wish.host_id, wish.mentee_id}
        if some and len(theirs) * (wish.period.end - some[0].period.start).days > PERSON_DAYS:
            yield some
            some, theirs = [], {wish.host_id, wish.mentee_id}
        some.append(wish)
        people = theirs
    if some:
        yield some


def free_starts(db: Db, wish: Wish, *, after: datetime, zone: str) -> list[datetime]:
    """List the next starts (UTC) from `after` on at which a wish could be had, in the mentor's open hours if any."""
    until = after + scheduling.LOOK_AHEAD
    taken = taken_by(db, [wish], until=until)
    hours = load_hours(db, [wish.host_id]).get(wish.host_id) if wish.mentee_id is not None else None
    within = availability.windows(hours, after, until) if hours else None
    return scheduling.free_times(wish.holds(), taken, after=after, zone=zone, within=within)


def load_hours(db: Db, people: Iterable[int]) -> dict[int, OpenHours]:
    """Read the open hours of those who have set some; the others may be booked at any hour. One query."""
    rows = db.exec(select(Availability).where(col(Availability.person_id).in_(set(people))))
    return {row.person_id: _open_hours(row) for row in rows}


def _open_hours(row: Availability) -> OpenHours:
    weekly: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for weekday, start, end in row.weekly:
        weekly[weekday].append((start, end))
    return OpenHours(
        zone=row.zone,
        weekly={day: tuple(hours) for day, hours in weekly.items()},
        days={date.fromisoformat(day): tuple((start, end) for start, end in hours) for day, hours in row.days.items()},
    )


def _closed(db: Db, viewer: Viewer, wishes: Sequence[Wish]) -> list[Obstacle]:
    """List the wishes outside their mentor's open hours. Group sessions are the host's own affair."""
    pairs = [(number, wish) for number, wish in enumerate(wishes) if wish.mentee_id is not None]
    hours = load_hours(db, {wish.host_id for _, wish in pairs}) if pairs else {}
    outside = [
        (number, wish)
        for number, wish in pairs
        if wish.host_id in hours and not covers(hours[wish.host_id], wish.period)
    ]
    names = _load_names(db, {wish.host_id for _, wish in outside}) if outside else {}
    return [
        Obstacle(
            wish=number,
            message=closed_words(viewer, names[wish.host_id], hours[wish.host_id], wish.period),
            only_warns=viewer.is_manager or viewer.person_id != wish.mentee_id,
        )
        for number, wish in outside
    ]


def closed_words(viewer: Viewer, person: tuple[int, str], hours: OpenHours, period: Period) -> str:
    """Say that a time is outside somebody's open hours, and what these are; `person` is their id and name."""
    whose = "your" if person[0] == viewer.person_id else f"{person[1]}’s"
    day = clock.today(period.start, hours.zone)
    said = availability.hours_words(hours.on(day))
    zone = clock.zone_words(period.start, hours.zone)
    that_day = f"On {day:%A} {day.day} {day:%B} they are {said} ({zone})." if said else "There are none that day."
    return f"{spoken.span(period, viewer.zone)} is outside {whose} open hours. {that_day}"


def _own_holds(db: Db, people: set[int], occupies: sa.ColumnElement[bool]) -> list[Hold]:
    # Columns, not rows of the identity map: what was loaded before the lock may be old.
    taken = sa.select(
        col(Session.id), col(Session.start_at), col(Session.end_at), col(Session.host_id), col(Session.mentee_id)
    ).add_columns(col(Program.allows_back_to_back))
    taken = taken.join(Program, col(Program.id) == col(Session.program_id)).where(occupies)
    # Two searches, each by an index of its own: one for either part would go through what everybody has.
    hosts, mentees = col(Session.host_id).in_(people), col(Session.mentee_id).in_(people)
    rows = db.execute(sa.union_all(taken.where(hosts), taken.where(mentees, sa.not_(hosts)))).all()
    return [
        hold
        for session_id, start, end, host_id, mentee_id, touching in rows
        for hold in Wish(Period(start, end), host_id, mentee_id, touching, session_id).holds()
        if hold.person_id in people
    ]


def _seat_holds(db: Db, people: set[int], occupies: sa.ColumnElement[bool]) -> list[Hold]:
    rows = db.exec(
        select(Session.id, Session.start_at, Session.end_at, Seat.person_id)
        .join(Seat, col(Seat.session_id) == col(Session.id))
        .where(
            occupies,
            col(Session.mentee_id).is_(None),
            col(Seat.person_id).in_(people),
            col(Seat.is_host).is_(False),
            col(Seat.status).in_(SEATED),
        )
    ).all()
    return [
        Hold(person_id, Period(start, end), False, is_seat=True, session_id=session_id or 0)
        for session_id, start, end, person_id in rows
        if start and end
    ]


def _load_sessions(db: Db, ids: set[int]) -> list[Session]:
    return list(db.exec(select(Session).where(col(Session.id).in_(ids - {0}))))


def _seen_by(db: Db, viewer: Viewer, sessions: Sequence[Session]) -> dict[int, Session]:
    """Keep those the viewer may know of: they manage its programme, or have a seat."""
    ids = [session.id for session in sessions]
    own = set(
        db.exec(
            select(Seat.session_id).where(
                Seat.person_id == viewer.person_id,
                col(Seat.session_id).in_(ids),
                col(Seat.status).in_(HOLDING),
            )
        )
    )
    return {s.id or 0: s for s in sessions if viewer.manages(s.program_id) or s.id in own}


def _load_names(db: Db, ids: set[int]) -> dict[int, tuple[int, str]]:
    return {
        person.id or 0: (person.id or 0, person.name)
        for person in db.exec(select(Person).where(col(Person.id).in_(ids)))
    }


def _message(viewer: Viewer, person: tuple[int, str], meeting: scheduling.Meeting, session: Session | None) -> str:
    who = "You" if person[0] == viewer.person_id else person[1]
    wanted, taken = meeting.wanted.period, meeting.taken.period
    touches = not wanted.overlaps(taken)
    if session is None and meeting.taken.session_id:
        at = spoken.span(wanted, viewer.zone)
        return f"{who} {'are' if who == 'You' else 'is'} busy {'right before or after' if touches else 'on'} {at}."
    title = f"“{session.name}”" if session else "another session of this series"
    has = "have a place in" if meeting.only_warns else "have"
    if who != "You":
        has = has.replace("have", "has")
    rule = " These sessions may not touch: leave a gap." if touches else ""
    return f"{who} {has} {title} on {spoken.span(taken, viewer.zone)}.{rule}"
