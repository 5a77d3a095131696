"""What a mentor or mentee needs today: their sessions ahead and past, what waits for them, what is to be arranged.

Only what is the viewer's own, whatever else they may manage. A fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, lifecycle, spoken
from app.models.permissions import Viewer, facts_of, own_sessions, parts_of
from app.models.queries.messages import ThreadLine, list_threads
from app.models.tables import Person, Program, Relationship, Seat, Session
from app.models.words import CALENDAR_WORDS, OCCUPYING, Kind, Place, SeatStatus, Shown, Status, Step

PAGE = 10
MOST_WAITING = 30
STANDING: dict[str, str] = {
    SeatStatus.INVITED: "You are invited",
    SeatStatus.WAITING: "You are on the waiting list",
    SeatStatus.UNCONFIRMED: "Your place is not confirmed yet",
}


@dataclass(frozen=True)
class MySession:
    """One of the viewer's sessions; `when` is in their zone. `link` is the public page of a group session, "" for none.

    `step` is "enter" or "start" where they can go in now; `join_hint` says when that will be.
    `dates` counts the dates of a series that wait together. `standing` says why they are not in it
    yet, "" for who is.
    """

    id: int
    title: str
    when: str
    people: str
    status: str
    word: str
    start_at: datetime
    link: str = ""
    step: str = ""
    join_hint: str = ""
    may_propose: bool = False
    dates: int = 1
    standing: str = ""


@dataclass(frozen=True)
class ToArrange:
    """A relationship with sessions to be arranged; `numbers` names them, as "Sessions 2 and 3"."""

    relationship_id: int
    partner: str
    program: str
    numbers: str
    count: int


@dataclass(frozen=True)
class Part:
    """A part of a list, and whether there is more of it."""

    sessions: tuple[MySession, ...]
    has_more: bool


@dataclass(frozen=True)
class Mine:
    """Everything of one person's day. `next` is their next session that stands, None without any."""

    next: MySession | None
    future: Part
    past: Part
    answers: tuple[MySession, ...]
    invitations: tuple[MySession, ...]
    outcomes: tuple[MySession, ...]
    to_arrange: tuple[ToArrange, ...]
    unread: tuple[ThreadLine, ...]


def load_mine(db: Db, viewer: Viewer, now: datetime, *, future: int = PAGE, past: int = PAGE) -> Mine:
    """Read one's own day: `future` and `past` sessions at most. Seven queries."""
    ahead = sa.and_(col(Session.status).in_(OCCUPYING), col(Session.end_at) > now)
    before = sa.and_(col(Session.end_at) <= now, col(Session.status) != Status.PENDING)
    mine_to_answer = (col(Session.status) == Status.PENDING, col(Session.asked_id) == viewer.person_id)
    read = _Reader(db, viewer, now)
    coming = read.sessions(ahead, col(Session.start_at).asc(), future + 1)
    return Mine(
        next=_next_of(coming) or read.first_standing(coming, ahead, future),
        future=_part(coming, future),
        past=_part(read.sessions(before, col(Session.start_at).desc(), past + 1), past),
        answers=tuple(_gathered(read.answers(sa.and_(*mine_to_answer, col(Session.start_at) > now)))),
        invitations=tuple(read.sessions(_invites_me(now), col(Session.start_at).asc(), MOST_WAITING)),
        outcomes=tuple(read.sessions(_awaits_me(viewer, now), col(Session.start_at).asc(), MOST_WAITING)),
        to_arrange=tuple(_to_arrange(db, viewer)),
        unread=tuple(thread for thread in list_threads(db, viewer) if thread.unread),
    )


def _invites_me(now: datetime) -> sa.ColumnElement[bool]:
    is_open = col(Session.status).in_((Status.SCHEDULED, Status.LIVE))
    return sa.and_(col(Seat.status) == SeatStatus.INVITED, is_open, col(Session.end_at) > now)


def _awaits_me(viewer: Viewer, now: datetime) -> sa.ColumnElement[bool]:
    over = sa.and_(col(Session.status) == Status.SCHEDULED, col(Session.end_at) <= now)
    return sa.and_(over, col(Session.place) != Place.ONLINE, col(Session.host_id) == viewer.person_id)


class _Reader:
    """Reads the viewer's sessions, each with what its line needs."""

    def __init__(self, db: Db, viewer: Viewer, now: datetime) -> None:
        self.db, self.viewer, self.now = db, viewer, now

    def sessions(self, condition: Any, order: Any, most: int) -> list[MySession]:
        rows = self.db.execute(self._query().where(condition).order_by(order, col(Session.id)).limit(most)).all()
        return [self._line(*row) for row in rows]

    def answers(self, condition: Any) -> list[tuple[int | None, MySession]]:
        asked = self._query().where(condition).order_by(col(Session.start_at), col(Session.id))
        rows = self.db.execute(asked.limit(10 * MOST_WAITING)).all()
        return [(row[0].series_id, self._line(*row)) for row in rows]

    def first_standing(self, coming: Sequence[MySession], ahead: Any, shown: int) -> MySession | None:
        """Look beyond the list, where that is so full of unanswered ones that none of it stands."""
        if len(coming) <= shown:
            return None
        standing = sa.and_(ahead, col(Session.status) != Status.PENDING, col(Seat.status).not_in([*STANDING]))
        return next(iter(self.sessions(standing, col(Session.start_at).asc(), 1)), None)

    def _query(self) -> Any:
        host, mentee = aliased(Person), aliased(Person)
        my_seat = sa.and_(col(Seat.session_id) == col(Session.id), col(Seat.person_id) == self.viewer.person_id)
        return (
            sa.select(Session, Seat, Relationship, host, mentee, col(Program.name))
            .join(Seat, my_seat)
            .join(host, col(host.id) == col(Session.host_id))
            .join(Program, col(Program.id) == col(Session.program_id))
            .outerjoin(mentee, col(mentee.id) == col(Session.mentee_id))
            .outerjoin(Relationship, col(Relationship.id) == col(Session.relationship_id))
            .where(own_sessions(self.viewer), col(Session.start_at).is_not(None))
        )

    def _line(
        self, session: Session, seat: Seat, pair: Relationship | None, host: Person, mentee: Person | None, program: str
    ) -> MySession:
        period, facts, zone = session.period, facts_of(session, pair), self.viewer.zone
        assert period is not None
        shown = lifecycle.shown_as(facts, self.now)
        steps = lifecycle.open_steps(facts, parts_of(self.viewer, session, pair, seat), self.now)
        return MySession(
            id=session.id or 0,
            title=session.name if session.kind == Kind.GROUP else _title(session),
            when=f"{_day(period.start, self.now, zone)}, {spoken.hours(period, zone)}",
            people=_people(self.viewer, session, host, mentee, program),
            status=shown,
            word=CALENDAR_WORDS[shown],
            start_at=period.start,
            link=f"/g/{session.slug}" if session.kind == Kind.GROUP and session.slug else "",
            may_propose=Step.PROPOSE in steps,
            step=next((str(step) for step in (Step.ENTER, Step.START) if step in steps), ""),
            join_hint=_join_hint(session, shown, self.now, zone),
            standing=STANDING.get(seat.status, "") if period.end > self.now else "",
        )


def _title(session: Session) -> str:
    numbered = f"Session {session.number}" if session.number else ""
    return " · ".join(filter(None, [numbered, session.title])) or "Session"


def _people(viewer: Viewer, session: Session, host: Person, mentee: Person | None, program: str) -> str:
    if session.kind == Kind.GROUP:
        return f"{'Hosted by you' if host.id == viewer.person_id else f'Hosted by {host.name}'} · {program}"
    other = mentee if host.id == viewer.person_id else host
    return f"with {other.name} · {program}" if other else program


def _day(at: datetime, now: datetime, zone: str) -> str:
    days = (clock.today(at, zone) - clock.today(now, zone)).days
    return {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get(days) or spoken.short_day(at, zone)


def _join_hint(session: Session, shown: Shown, now: datetime, zone: str) -> str:
    if shown != Shown.SCHEDULED or session.place != Place.ONLINE or session.start_at is None:
        return ""
    opens = session.start_at - lifecycle.JOIN_OPENS
    if opens <= now:
        return ""
    on = "" if clock.today(opens, zone) == clock.today(now, zone) else f" on {spoken.short_day(opens, zone)}"
    return f"Opens{on} at {clock.wall(opens, zone):%H:%M}"


def _next_of(coming: Sequence[MySession]) -> MySession | None:
    return next((one for one in coming if one.status != Shown.PENDING and not one.standing), None)


def _part(found: Sequence[MySession], most: int) -> Part:
    return Part(tuple(found[:most]), len(found) > most)


def _gathered(found: Sequence[tuple[int | None, MySession]]) -> list[MySession]:
    """Let the dates of one series wait together, as its first one."""
    groups: dict[object, list[MySession]] = defaultdict(list)
    for series_id, line in found:
        groups[("series", series_id) if series_id else line.id].append(line)
    first = [_with_dates(lines) for lines in groups.values()]
    return first[:MOST_WAITING]


def _with_dates(lines: Sequence[MySession]) -> MySession:
    one = lines[0]
    return MySession(one.id, one.title, one.when, one.people, one.status, one.word, one.start_at, dates=len(lines))


def _to_arrange(db: Db, viewer: Viewer) -> list[ToArrange]:
    partner = aliased(Person)
    is_mentor = col(Relationship.mentor_id) == viewer.person_id
    query = (
        select(Relationship.id, partner, Program.name, Session.number)
        .join(Session, col(Session.relationship_id) == col(Relationship.id))
        .join(Program, col(Program.id) == col(Relationship.program_id))
        .join(partner, col(partner.id) == sa.case((is_mentor, Relationship.mentee_id), else_=Relationship.mentor_id))
        .where(
            sa.or_(is_mentor, col(Relationship.mentee_id) == viewer.person_id),
            col(Relationship.ended_at).is_(None),
            col(Session.status) == Status.TO_BE_ARRANGED,
            col(Session.deleted_at).is_(None),
        )
        .order_by(partner.search_text, col(Relationship.id), col(Session.number))
    )
    numbers: dict[int, list[int]] = defaultdict(list)
    known: dict[int, tuple[str, str]] = {}
    for relationship_id, person, program, number in db.exec(query).all():
        numbers[relationship_id or 0].append(number or 0)
        known[relationship_id or 0] = (person.name, program)
    return [ToArrange(one, *known[one], _numbers(found), len(found)) for one, found in numbers.items()]


def _numbers(numbers: Sequence[int]) -> str:
    if len(numbers) > 4 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"Sessions {numbers[0]} to {numbers[-1]}"
    return f"Session{'s' if len(numbers) > 1 else ''} {spoken.names([str(number) for number in numbers])}"
