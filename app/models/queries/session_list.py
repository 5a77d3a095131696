"""The list of all sessions, one-to-one and group, as managers look through it (L1), and the files of it (L2).

A constant number of queries, however many sessions there are and however many are shown.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.calendar_filters import status_condition
from app.models.queries.organisation import usual_words
from app.models.queries.paging import nearest_page
from app.models.queries.people import begins, typed_words
from app.models.queries.session_list_filters import STATUSES, TYPES, Filters, Sort, query_of
from app.models.queries.session_list_rows import STATUS_WORDS, TYPE_WORDS, SessionRow, read_rows
from app.models.seats import INSIDE
from app.models.tables import Organisation, Person, Program, Seat, Session
from app.models.words import Kind, Shown, Status, shared_words

MOST_CHOICES = 60

MAY_LACK_TIME = {Status.TO_BE_ARRANGED.value, Status.CANCELLED.value}
"""Where these are listed, some have no time. The others are told so to the database, which then walks its index."""

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Chip:
    """One thing that the list is narrowed to."""

    name: str
    value: str
    label: str


@dataclass(frozen=True)
class Choice:
    """One check box of the filters."""

    value: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """The check boxes of one filter; `name` is its name in the address."""

    name: str
    label: str
    choices: list[Choice] = field(default_factory=list[Choice])


@dataclass(frozen=True)
class SessionList:
    """A page of the list. `range_words` is such as "41–60 of 1,234"; `direction` is a value of aria-sort."""

    rows: list[SessionRow] = field(default_factory=list[SessionRow])
    total: int = 0
    page: int = 1
    pages: int = 1
    range_words: str = ""
    chips: list[Chip] = field(default_factory=list[Chip])
    sorted_by: str = ""
    direction: str = "ascending"
    part: str = ""
    zone_words: str = ""
    mentor: str = "Mentor"
    mentee: str = "Mentee"
    query: str = ""


def managed_sessions(viewer: Viewer) -> Condition:
    """Give the condition for the sessions that a manager runs the list of: their programmes', and what they host."""
    is_kept = col(Session.deleted_at).is_(None)
    if viewer.is_org_manager:
        return is_kept
    mine = sa.or_(col(Session.program_id).in_(viewer.managed), col(Session.host_id) == viewer.person_id)
    return sa.and_(is_kept, mine)


def list_sessions(db: Db, viewer: Viewer, now: datetime, filters: Filters) -> SessionList:
    """Read one page; a page that does not exist gives the nearest. Raises NotFound for who manages nothing."""
    wanted = _wanted(db, viewer, filters)
    total = db.exec(select(sa.func.count(col(Session.id))).where(*wanted).params(now=now)).one()
    page, pages = nearest_page(total, filters.per_page, filters.page)
    first = (page - 1) * filters.per_page
    ids = (
        db.exec(_ordered(wanted, filters).params(now=now).offset(first).limit(filters.per_page)).all() if total else []
    )
    programs = _programs(db, viewer)
    words = shared_words((program.words for program in programs), usual_words(db.get(Organisation, 1)))
    column, is_reversed = filters.order
    return SessionList(
        rows=read_rows(db, viewer.zone, now, ids) if ids else [],
        total=total,
        page=page,
        pages=pages,
        range_words=f"{first + 1:,}–{first + len(ids):,} of {total:,}" if ids else "",
        chips=_chips(filters, programs),
        sorted_by=column.value,
        direction="descending" if is_reversed else "ascending",
        part="" if filters.statuses else filters.part.value,
        zone_words=clock.zone_words(now, viewer.zone),
        mentor=words.mentor.capitalize(),
        mentee=words.mentee.capitalize(),
        query=query_of(filters),
    )


def list_for_file(
    db: Db, viewer: Viewer, now: datetime, filters: Filters, only: Sequence[int] | None = None
) -> list[SessionRow]:
    """Read everything the filters show, all pages; or `only` these. Raises NotFound for who manages nothing."""
    ids = db.exec(_ordered(picked_sessions(db, viewer, filters, only), filters).params(now=now)).all()
    return read_rows(db, viewer.zone, now, ids)


def picked_sessions(db: Db, viewer: Viewer, filters: Filters, only: Sequence[int] | None = None) -> list[Condition]:
    """Give the conditions for `only` these, or for all that the filters show; they need the parameter `now`.

    Raises NotFound for who manages nothing.
    """
    if only is None:
        return _wanted(db, viewer, filters)
    return [managed_by(viewer), col(Session.id).in_(only)]


def managed_by(viewer: Viewer) -> Condition:
    """Give `managed_sessions`. Raises NotFound for who manages nothing."""
    if not viewer.is_manager:
        raise NotFound
    return managed_sessions(viewer)


def read_choices(db: Db, viewer: Viewer, filters: Filters) -> list[ChoiceGroup]:
    """List what the list can be narrowed to, with what it is narrowed to now. Two queries."""
    mine = managed_by(viewer)
    programs = [(str(program.id), program.name) for program in _programs(db, viewer)]
    found: dict[str, set[str]] = {"category": set(), "medium": set(), "for": set()}
    texts = [sa.cast(column, sa.Text) for column in _LISTS.values()]
    query = sa.select(*texts).where(mine, col(Session.kind) == Kind.GROUP).distinct()
    for row in db.execute(query):
        for name, text in zip(_LISTS, row, strict=True):
            found[name].update(one for one in json.loads(text) if "," not in one)
    offered = {
        "type": [(one, TYPE_WORDS[one]) for one in TYPES],
        "status": [(one, STATUS_WORDS[one]) for one in STATUSES],
        "program": programs if len(programs) > 1 else [],
    }
    offered |= {name: [(one, one) for one in sorted(values, key=str.casefold)] for name, values in found.items()}
    return [
        ChoiceGroup(name, _LABELS[name], [Choice(*one, one[0] in filters.chosen.get(name, ())) for one in choices])
        for name, choices in ((name, offered[name][:MOST_CHOICES]) for name in _LABELS)
        if choices
    ]


_LISTS: dict[str, Any] = {
    "category": col(Session.categories),
    "medium": col(Session.medium),
    "for": col(Session.recommended_for),
}
_LABELS = {
    "type": "Type",
    "status": "Status",
    "program": "Programme",
    "category": "Categories",
    "medium": "Medium",
    "for": "Recommended for",
}


def _programs(db: Db, viewer: Viewer) -> list[Program]:
    query = select(Program).where(col(Program.archived_at).is_(None)).order_by(Program.name, col(Program.id))
    if not viewer.is_org_manager:
        query = query.where(col(Program.id).in_(viewer.managed | viewer.mentored))
    return list(db.exec(query))


def _wanted(db: Db, viewer: Viewer, filters: Filters) -> list[Condition]:
    """Give the conditions; the statement needs the parameter `now`."""
    wanted = [managed_by(viewer)]
    if filters.wanted_statuses:
        wanted.append(_has_status(filters.wanted_statuses))
    if filters.types:
        wanted.append(_type().in_(filters.types))
    if filters.programs:
        wanted.append(col(Session.program_id).in_([int(one) for one in filters.programs]))
    for name, column in _LISTS.items():
        if values := filters.chosen.get(name):
            wanted.append(sa.or_(*(_holds(column, value) for value in values)))
    if filters.typed.strip():
        wanted.append(_is_called(db, filters.typed))
    return wanted


def _has_status(statuses: Sequence[str]) -> Condition:
    shown = frozenset(Shown(one) for one in statuses if one != Status.TO_BE_ARRANGED.value)
    ways = [status_condition(shown)] if shown else []
    if Status.TO_BE_ARRANGED.value in statuses:
        ways.append(col(Session.status) == Status.TO_BE_ARRANGED)
    return sa.or_(*ways)


def _type() -> sa.ColumnElement[str]:
    is_pair = col(Session.kind) == Kind.ONE_TO_ONE
    return sa.case((is_pair, Kind.ONE_TO_ONE.value), else_=col(Session.audience))


def _holds(column: Any, value: str) -> Condition:
    """Give the condition that a list of texts holds this one; it is written as JSON."""
    return sa.cast(column, sa.Text).contains(json.dumps(value), autoescape=True)


def _is_called(db: Db, typed: str) -> Condition:
    """Give the condition that the title holds what was typed, or that each word of it begins a name of the host."""
    title = col(Session.title)
    text = typed.strip().replace("/", "//").replace("%", "/%").replace("_", "/_")
    # SQLite's LIKE takes capitals for small letters by itself.
    like = title.like if db.get_bind().dialect.name == "sqlite" else title.ilike
    ways: list[Condition] = [like(f"%{text}%", escape="/")]
    if words := typed_words(typed):
        ways.append(col(Session.host_id).in_(select(Person.id).where(*(begins(word) for word in words))))
    return sa.or_(*ways)


def _ordered(wanted: Sequence[Condition], filters: Filters) -> Any:
    """Select the ids in their order; those without a time stand at the end, whichever way round."""
    column, is_reversed = filters.order
    number = col(Session.id)
    query = select(Session.id).where(*wanted)
    if column == Sort.MENTOR:
        query = query.join(Person, col(Person.id) == col(Session.host_id))
    key = _keys()[column]
    turned = key.desc() if is_reversed else key.asc()
    may_lack_time = not filters.wanted_statuses or bool({*filters.wanted_statuses} & MAY_LACK_TIME)
    if column == Sort.SCHEDULE and (is_reversed or may_lack_time):
        turned = turned.nulls_last()
    return query.order_by(turned, number.desc() if is_reversed else number.asc())


def _keys() -> dict[Sort, Any]:
    order = {status: place for place, status in enumerate(Status)}
    return {
        Sort.ID: col(Session.id),
        Sort.TITLE: sa.func.lower(col(Session.title)),
        Sort.MENTOR: col(Person.search_text),
        Sort.SCHEDULE: col(Session.start_at),
        Sort.ENROLMENT: _places_taken(),
        Sort.TYPE: _type(),
        Sort.STATUS: sa.case(order, value=col(Session.status)),
    }


def _places_taken() -> sa.ColumnElement[int]:
    """Count who takes part, the host left out. A one-to-one has one: nothing is looked up for it."""
    taken = (col(Seat.session_id) == col(Session.id), sa.not_(col(Seat.is_host)), col(Seat.status).in_(INSIDE))
    counted = select(sa.func.count(col(Seat.id))).where(*taken).correlate(Session).scalar_subquery()
    return sa.case((col(Session.kind) == Kind.ONE_TO_ONE, 1), else_=counted)


def _chips(filters: Filters, programs: Sequence[Program]) -> list[Chip]:
    names = {str(program.id): program.name for program in programs}
    words = {"type": TYPE_WORDS, "status": STATUS_WORDS, "program": names}
    typed = [Chip("q", "", f"“{filters.typed.strip()}”")] if filters.typed.strip() else []
    return typed + [
        Chip(name, value, words.get(name, {}).get(value, value))
        for name, values in filters.chosen.items()
        for value in values
    ]
