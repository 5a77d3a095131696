"""The SQL behind the insights: everything is counted by the database, so that a year of sessions is a handful of rows.

Deleted sessions count nowhere. A moved session counts where it is now: its "Rescheduled" entry is no
session. Run by `queries.insights`, which decides about permission and hands over a `Scope`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.models import rating
from app.models.attendance import were_there
from app.models.database import UtcDateTime
from app.models.insights import Week
from app.models.tables import Membership, Person, Program, Relationship, Seat, Session
from app.models.words import OCCUPYING, Kind, Place, SeatStatus, Shown, Status


@dataclass(frozen=True)
class Scope:
    """Which programmes are counted; None is all of them."""

    programs: frozenset[int] | None = None

    def holds(self, column: Any) -> sa.ColumnElement[bool]:
        """Give the condition that a row belongs to one of them."""
        return sa.true() if self.programs is None else column.in_(sorted(self.programs))


def sessions_by_week(scope: Scope, weeks: Sequence[Week], now: datetime) -> sa.Select[Any]:
    """Count the sessions that start in each week, by programme and by what a calendar shows them as."""
    bounds = _bounds(weeks)
    late = sa.and_(col(Session.place) != Place.ONLINE, col(Session.end_at) <= now)
    is_late = sa.and_(col(Session.status) == Status.SCHEDULED, late)
    shown = sa.case((is_late, sa.literal_column(f"'{Shown.AWAITING}'")), else_=col(Session.status))
    each = (
        sa.select(bounds.c.week, col(Session.program_id).label("program_id"), shown.label("shown"))
        .join_from(bounds, Session, _within(bounds))
        .where(col(Session.deleted_at).is_(None), scope.holds(col(Session.program_id)))
        .subquery("each")
    )
    columns: list[sa.ColumnElement[Any]] = [each.c.week, each.c.program_id, each.c.shown]
    return sa.select(*columns, sa.func.count().label("number")).group_by(*columns)


def seats_by_week(scope: Scope, weeks: Sequence[Week]) -> sa.Select[Any]:
    """Count the seats of completed and missed sessions, who came, and what was rated, by week and programme.

    Both people of a one-to-one were expected; of a group those who had a place, its host is not counted.
    Where nobody noted who came, `attendance` says so.
    """
    bounds = _bounds(weeks)
    is_completed = col(Session.status) == Status.COMPLETED
    rated = sa.case((sa.and_(is_completed, rating.who_came()), col(Seat.rating)))
    kind = col(Session.kind)
    # As an expression, so that a planner walks the weeks instead of reading every completed session for each.
    is_over = sa.func.coalesce(col(Session.status), "").in_((Status.COMPLETED, Status.MISSED))
    columns: list[sa.ColumnElement[Any]] = [
        bounds.c.week,
        col(Session.program_id).label("program_id"),
        kind.label("kind"),
        sa.func.count().label("seats"),
        sa.func.sum(sa.case((were_there(), 1), else_=0)).label("came"),
        sa.func.count(rated).label("ratings"),
        sa.func.coalesce(sa.func.sum(rated), 0).label("stars"),
    ]
    return (
        sa.select(*columns)
        .join_from(bounds, Session, _within(bounds))
        .join(Seat, col(Seat.session_id) == col(Session.id))
        .where(
            col(Session.deleted_at).is_(None),
            scope.holds(col(Session.program_id)),
            is_over,
            col(Seat.status) == SeatStatus.ENROLLED,
            sa.or_(kind == Kind.ONE_TO_ONE, sa.not_(col(Seat.is_host))),
        )
        .group_by(bounds.c.week, col(Session.program_id), kind)
    )


def hours_by_mentor(scope: Scope, start: datetime, end: datetime) -> sa.Select[Any]:
    """Sum the planned seconds of completed sessions by host, apart for one-to-one and group; the busiest first."""
    length = sa.extract("epoch", col(Session.end_at)) - sa.extract("epoch", col(Session.start_at))
    is_group = col(Session.kind) == Kind.GROUP
    held = (
        sa.select(
            col(Session.host_id).label("host_id"),
            sa.func.count().label("sessions"),
            sa.func.sum(sa.case((is_group, 0), else_=length)).label("alone"),
            sa.func.sum(sa.case((is_group, length), else_=0)).label("group"),
        )
        .where(
            col(Session.deleted_at).is_(None),
            scope.holds(col(Session.program_id)),
            col(Session.status) == Status.COMPLETED,
            col(Session.start_at) >= start,
            col(Session.start_at) < end,
        )
        .group_by(col(Session.host_id))
        .subquery("held")
    )
    return (
        sa.select(held, *_name_of(Person, "host"))
        .join_from(held, Person, col(Person.id) == held.c.host_id)
        .order_by((held.c.alone + held.c.group).desc(), col(Person.search_text), held.c.host_id)
    )


def pairs_without_next(scope: Scope, now: datetime) -> sa.Select[Any]:
    """List the active relationships with nothing ahead that are not done, with the end of what was held last.

    Those that wait longest come first: since their last completed session, else since they began.
    """
    mentor, mentee = aliased(Person), aliased(Person)
    status, pair = col(Session.status), col(Relationship.id)
    kept = (
        sa.select(
            sa.func.count().label("all"),
            col(Session.relationship_id).label("pair_id"),
            sa.func.sum(sa.case((status == Status.COMPLETED, 1), else_=0)).label("done"),
            sa.func.max(sa.case((status == Status.COMPLETED, col(Session.end_at)))).label("held_at"),
            sa.func.max(sa.case((sa.and_(status.in_(OCCUPYING), col(Session.end_at) > now), 1), else_=0)).label(
                "ahead"
            ),
        )
        .where(col(Session.deleted_at).is_(None), col(Session.relationship_id).is_not(None))
        .group_by(col(Session.relationship_id))
        .subquery("kept")
    )
    since = sa.func.coalesce(kept.c.held_at, col(Relationship.created_at))
    done, all_ = sa.func.coalesce(kept.c.done, 0), sa.func.coalesce(kept.c.all, 0)
    return (
        sa.select(
            pair.label("pair_id"),
            col(Program.name).label("program"),
            *_name_of(mentor, "mentor"),
            *_name_of(mentee, "mentee"),
            done.label("done"),
            all_.label("in_all"),
            kept.c.held_at,
            col(Relationship.created_at),
        )
        .join_from(Relationship, Program, col(Program.id) == col(Relationship.program_id))
        .join(mentor, col(mentor.id) == col(Relationship.mentor_id))
        .join(mentee, col(mentee.id) == col(Relationship.mentee_id))
        .outerjoin(kept, kept.c.pair_id == pair)
        .where(
            scope.holds(col(Relationship.program_id)),
            col(Relationship.ended_at).is_(None),
            col(Program.archived_at).is_(None),
            sa.func.coalesce(kept.c.ahead, 0) == 0,
            sa.or_(all_ == 0, done < all_),
        )
        .order_by(since, pair)
    )


def people_by_program(scope: Scope) -> sa.Select[Any]:
    """Count the people of each programme by role; who has left the organisation is not counted."""
    program, role = col(Membership.program_id), col(Membership.role)
    columns: list[sa.ColumnElement[Any]] = [program.label("program_id"), role.label("role")]
    return (
        sa.select(*columns, sa.func.count().label("number"))
        .join_from(Membership, Person, col(Person.id) == col(Membership.person_id))
        .where(scope.holds(program), col(Person.deactivated_at).is_(None))
        .group_by(program, role)
    )


def pairs_by_program(scope: Scope) -> sa.Select[Any]:
    """Count the active relationships of each programme."""
    program = col(Relationship.program_id)
    columns: list[sa.ColumnElement[Any]] = [program.label("program_id"), sa.func.count().label("number")]
    return sa.select(*columns).where(scope.holds(program), col(Relationship.ended_at).is_(None)).group_by(program)


def _bounds(weeks: Sequence[Week]) -> sa.CTE:
    """Give the weeks as a table of their first instants and of those after their last."""
    instant = UtcDateTime()
    columns = (sa.column("week", sa.Integer()), sa.column("low", instant), sa.column("high", instant))
    rows = [(number, one.start, one.end) for number, one in enumerate(weeks)]
    return sa.values(*columns, name="weeks").data(rows).cte("weeks")


def _within(bounds: sa.CTE) -> sa.ColumnElement[bool]:
    return sa.and_(col(Session.start_at) >= bounds.c.low, col(Session.start_at) < bounds.c.high)


def _name_of(person: Any, label: str) -> list[sa.ColumnElement[Any]]:
    return [getattr(person, part).label(f"{label}_{part}") for part in ("first_name", "last_name", "email")]
