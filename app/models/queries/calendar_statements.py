"""The SQL behind the calendar. Built here, run by `queries.calendar`; decides nothing about permission.

A statement is kept once built: to build and compile one costs more than to run it. Its instants
are parameters: `now`; `first`, `last`, `earliest` for a range; `at_0` … `at_n` (a day's first
instant) and `to_0` … (its last) for days.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.models.database import UtcDateTime
from app.models.permissions import Viewer, visible_sessions
from app.models.queries.calendar_filters import Filters, conditions, status_condition
from app.models.seats import INSIDE
from app.models.tables import Move, Person, Program, Relationship, Seat, Session
from app.models.words import Kind


@lru_cache(maxsize=64)
def range_statement(viewer: Viewer, filters: Filters, mine_only: bool) -> sa.Select[Any]:
    """Give the statement for everything that overlaps a range."""
    first, last, earliest = (_instant(name) for name in ("first", "last", "earliest"))
    halves = (
        half.rows().where(half.start < last, half.start > earliest, half.end > first)
        for half in _halves(viewer, filters, mine_only)
    )
    return _with_names(sa.union_all(*halves).subquery("found"))


@lru_cache(maxsize=64)
def days_statement(viewer: Viewer, filters: Filters, mine_only: bool, days: int, most: int) -> sa.Select[Any]:
    """Give the statement for each day's first entries and its count."""
    halves = _halves(viewer, filters, mine_only)
    wants_nearly_all = viewer.is_org_manager and not mine_only and not filters.names_people
    candidates = _walk if wants_nearly_all else _scan
    every = sa.union_all(*(candidates(half, days, most) for half in halves)).subquery("every")
    order = (every.c.start_at, every.c.session_id, every.c.move_id)
    rank = sa.func.row_number().over(partition_by=every.c.day, order_by=order)
    ranked = sa.select(every, rank.label("rank"), _count_of_day(every).label("of_day")).subquery("ranked")
    # The limit says no more than the rank does, but a planner believes it and joins the names row by row.
    return _with_names(sa.select(ranked).where(ranked.c.rank <= most).limit(days * most).subquery("found"))


@dataclass(frozen=True)
class _Half:
    """One of the two things a calendar holds: sessions at their time, moves at their old one."""

    table: type[Session] | type[Move]
    start: Any
    end: Any
    wanted: tuple[sa.ColumnElement[bool], ...]

    def rows(self, *more: Any) -> sa.Select[Any]:
        """Select what identifies its entries."""
        of_move = self.table is Move
        session_id = col(Move.session_id) if of_move else col(Session.id)
        move_id = col(Move.id) if of_move else sa.literal_column("0", sa.Integer)
        columns = (session_id.label("session_id"), move_id.label("move_id"))
        return self.of(*columns, self.start.label("start_at"), *more)

    def of(self, *columns: Any) -> sa.Select[Any]:
        """Select something of the wanted rows."""
        return sa.select(*columns).select_from(self.table).where(*self.wanted)  # pyright: ignore[reportReturnType]


def _halves(viewer: Viewer, filters: Filters, mine_only: bool) -> list[_Half]:
    common = (visible_sessions(viewer, mine_only=mine_only), *conditions(filters))
    halves: list[_Half] = []
    if filters.shows_sessions:
        status = (status_condition(filters.statuses),) if filters.statuses else ()
        halves.append(_Half(Session, col(Session.start_at), col(Session.end_at), (*common, *status)))
    if filters.shows_moves:
        # Looked up row by row, not joined: a planner would read every session to join a handful.
        its_session = sa.select(col(Session.id)).where(col(Session.id) == col(Move.session_id), *common)
        wanted = its_session.correlate(Move).scalar_subquery().is_not(None)
        other_start = col(Move.old_start_at) != col(Move.new_start_at)
        halves.append(_Half(Move, col(Move.old_start_at), col(Move.old_end_at), (other_start, wanted)))
    return halves


def _walk(half: _Half, days: int, most: int) -> sa.Select[Any]:
    """Select each day's first rows, and its count, by walking the index: quick where nearly every row is wanted.

    Several rows at the very time of the last one come too.
    """
    bounds = _bounds(days)
    of_day = (half.start >= bounds.c.low, half.start <= bounds.c.high)
    count = half.of(sa.func.count()).where(*of_day).correlate(bounds).scalar_subquery()
    last_one = half.of(half.start).where(*of_day).order_by(half.start).offset(most - 1).limit(1).correlate(bounds)
    up_to = sa.func.coalesce(last_one.scalar_subquery(), bounds.c.high)
    cuts = sa.select(bounds, count.label("of_half"), up_to.label("up_to")).cte(f"{half.table.__tablename__}_cuts")
    cuts = cuts.prefix_with("MATERIALIZED")
    within = (half.start >= cuts.c.low, half.start <= cuts.c.up_to)
    return half.rows(cuts.c.day, cuts.c.of_half).join(cuts, sa.and_(*within))


def _scan(half: _Half, days: int, _most: int) -> sa.Select[Any]:
    """Select all rows of the days, reading the range once: quick where few of them are wanted."""
    within = (half.start >= _instant("at_0"), half.start < _instant(f"at_{days}"))
    nothing_counted = sa.literal_column("0", sa.Integer).label("of_half")
    return half.rows(_day_of(half.start, 0, days).label("day"), nothing_counted).where(*within)


def _count_of_day(every: sa.Subquery) -> sa.ColumnElement[int]:
    """Give a day's count over both halves: what was counted while walking, or the rows that were scanned."""
    is_move = every.c.move_id > 0
    sessions = sa.func.max(sa.case((is_move, 0), else_=every.c.of_half)).over(partition_by=every.c.day)
    moves = sa.func.max(sa.case((is_move, every.c.of_half), else_=0)).over(partition_by=every.c.day)
    scanned = sa.func.count().over(partition_by=every.c.day)
    return sa.case((sessions + moves > 0, sessions + moves), else_=scanned)


def _day_of(start: Any, low: int, high: int) -> sa.ColumnElement[int]:
    """Give which of the days low … high - 1 an instant lies in, found by halving: six comparisons a row."""
    if high - low == 1:
        return sa.literal_column(str(low), sa.Integer)
    middle = (low + high) // 2
    later = _day_of(start, middle, high)
    return sa.case((start < _instant(f"at_{middle}"), _day_of(start, low, middle)), else_=later)


@lru_cache
def _bounds(days: int) -> sa.CTE:
    """Give the days as a table of their first and last instants, filled in when the query runs."""
    rows = (
        sa.select(
            sa.literal_column(str(i), sa.Integer).label("day"),
            _instant(f"at_{i}").label("low"),
            _instant(f"to_{i}").label("high"),
        )
        for i in range(days)
    )
    return sa.union_all(*rows).cte("days")


def _instant(name: str) -> sa.BindParameter[datetime]:
    return sa.bindparam(name, type_=UtcDateTime())


def _with_names(found: sa.Subquery) -> sa.Select[Any]:
    """Join what an entry tells of the session, by primary keys."""
    host, mentee = aliased(Person), aliased(Person)
    of_group = (col(Seat.session_id) == col(Session.id), sa.not_(col(Seat.is_host)))
    people = sa.select(sa.func.count()).select_from(Seat).where(*of_group, col(Seat.status).in_(INSIDE))
    no_count = col(Session.kind) == Kind.ONE_TO_ONE
    return (
        sa.select(
            found,
            sa.func.coalesce(col(Move.old_end_at), col(Session.end_at)).label("end_at"),
            *(getattr(Session, name) for name in _OF_SESSION),
            col(Session.start_at).label("starts_at"),
            col(Session.end_at).label("ends_at"),
            *_name_columns(host, "host"),
            *_name_columns(mentee, "mentee"),
            col(Program.name).label("program"),
            sa.case((no_count, 0), else_=people.correlate(Session).scalar_subquery()).label("people"),
            col(Relationship.ended_at).label("relationship_ended_at"),
        )
        .join(Session, found.c.session_id == col(Session.id))
        .join(Move, col(Move.id) == found.c.move_id, isouter=True)
        .join(host, col(Session.host_id) == host.id)
        .join(Program, col(Program.id) == col(Session.program_id))
        .join(mentee, col(Session.mentee_id) == mentee.id, isouter=True)
        .join(Relationship, col(Relationship.id) == col(Session.relationship_id), isouter=True)
        .order_by(found.c.start_at, found.c.session_id, found.c.move_id)
    )


_OF_SESSION = (
    *("kind", "status", "place", "title", "number", "version", "maximum"),
    *("program_id", "relationship_id", "series_id", "host_id", "mentee_id"),
)


def _name_columns(person: Any, name: str) -> tuple[Any, ...]:
    parts = ("first_name", "last_name", "email")
    return tuple(getattr(person, part).label(f"{name}_{part}") for part in parts)
