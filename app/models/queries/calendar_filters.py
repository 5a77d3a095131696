"""What a calendar can be narrowed to (C3), and the SQL conditions for it.

Holds no query of its own; `queries.calendar` reads with these conditions.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col, select

from app.models.database import UtcDateTime
from app.models.folding import words_of
from app.models.tables import Person, Program, Seat, Session
from app.models.words import Place, ProgramKind, Shown, Status

NOW = sa.bindparam("now", type_=UtcDateTime())
"""The instant that divides Scheduled from Awaiting outcome; given when the query runs."""

_PLAIN = {
    Shown.LIVE: Status.LIVE,
    Shown.COMPLETED: Status.COMPLETED,
    Shown.MISSED: Status.MISSED,
    Shown.CANCELLED: Status.CANCELLED,
    Shown.PENDING: Status.PENDING,
}


@dataclass(frozen=True)
class Filters:
    """What is asked for; several at once narrow together, several values of one widen.

    `mentor` and `mentee` are typed names, matched word by word on first name, last name
    and e-mail. Nothing chosen means everything.
    """

    statuses: frozenset[Shown] = frozenset()
    kinds: frozenset[ProgramKind] = frozenset()
    programs: frozenset[int] = frozenset()
    mentor: str = ""
    mentee: str = ""

    @property
    def names_people(self) -> bool:
        """Whether a name was typed."""
        return bool(self.mentor or self.mentee)

    @property
    def shows_sessions(self) -> bool:
        """Whether anything but "Rescheduled" is asked for."""
        return not self.statuses or bool(self.statuses - {Shown.RESCHEDULED})

    @property
    def shows_moves(self) -> bool:
        """Whether "Rescheduled" entries are asked for."""
        return not self.statuses or Shown.RESCHEDULED in self.statuses


def conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """Give the conditions on a session that hold for its "Rescheduled" entries too: all but the status."""
    found: list[sa.ColumnElement[bool]] = []
    if filters.kinds:
        of_kind = select(Program.id).where(col(Program.kind).in_(sorted(filters.kinds)))
        found.append(col(Session.program_id).in_(of_kind))
    if filters.programs:
        found.append(col(Session.program_id).in_(sorted(filters.programs)))
    if words := words_of(filters.mentor):
        found.append(col(Session.host_id).in_(_people_named(words)))
    if words := words_of(filters.mentee):
        found.append(_has_mentee_named(words))
    return found


def status_condition(statuses: frozenset[Shown]) -> sa.ColumnElement[bool]:
    """Give the condition for the statuses as a calendar shows them, at the instant NOW."""
    choices: list[sa.ColumnElement[bool]] = []
    plain = sorted(_PLAIN[shown] for shown in statuses if shown in _PLAIN)
    status = col(Session.status)
    if plain:
        choices.append(status.in_(plain))
    awaiting = sa.and_(col(Session.place) != Place.ONLINE, col(Session.end_at) <= NOW)
    if {Shown.SCHEDULED, Shown.AWAITING} <= statuses:
        choices.append(status == Status.SCHEDULED)
    elif Shown.AWAITING in statuses:
        choices.append(sa.and_(status == Status.SCHEDULED, awaiting))
    elif Shown.SCHEDULED in statuses:
        choices.append(sa.and_(status == Status.SCHEDULED, sa.not_(awaiting)))
    return sa.or_(*choices)


def _people_named(words: list[str]) -> sa.ScalarSelect[int]:
    text = col(Person.search_text)
    return (
        sa.select(col(Person.id))
        .where(*(text.contains(f" {word}", autoescape=True) for word in words))
        .scalar_subquery()
    )


def _has_mentee_named(words: list[str]) -> sa.ColumnElement[bool]:
    seats = select(Seat.session_id).where(sa.not_(col(Seat.is_host)), col(Seat.person_id).in_(_people_named(words)))
    return col(Session.id).in_(seats)
