"""Looking for anything from the header (A3): people, programmes, sessions, as far as the viewer may know of them.

People are found by name and e-mail, one slip of the finger a word forgiven; programmes by name, forgiven
alike; sessions by title or by the names of their two people, the next ones first. Capitals and accents
never matter. At most six statements, however much is stored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.folding import fold, near_misses, words_of
from app.models.lifecycle import shown_as
from app.models.period import Period
from app.models.permissions import Viewer, facts_of, visible_programs, visible_sessions
from app.models.queries.people import find_people
from app.models.tables import Person, Program, Session
from app.models.words import CALENDAR_WORDS, PROGRAM_KIND_WORDS, ProgramKind

PEOPLE, PROGRAMS, SESSIONS = 5, 4, 6
SHORTEST = 2
"""A single letter begins half of all names; looking starts with the second."""
LONGEST = 200
LOOKED_AT = 60
"""So many sessions that SQL takes for a match are looked at by their folded titles."""

_SOFT = frozenset("aeioucnszyl")
"""Letters that often carry a mark. In SQL they match any letter; `fold` decides afterwards."""
_SPECIAL = str.maketrans({"%": "", "_": "", "\\": ""})


@dataclass(frozen=True)
class Hit:
    """One result: where it leads, its name, what tells it from others of that name.

    `initials` are a person's; `status` and `status_word` a session's.
    """

    id: int
    href: str
    name: str
    note: str = ""
    initials: str = ""
    status: str = ""
    status_word: str = ""


@dataclass(frozen=True)
class Found:
    """What was found for exactly `typed`."""

    typed: str = ""
    people: list[Hit] = field(default_factory=list[Hit])
    programs: list[Hit] = field(default_factory=list[Hit])
    sessions: list[Hit] = field(default_factory=list[Hit])
    is_long_enough: bool = False

    @property
    def count(self) -> int:
        """How many results there are."""
        return len(self.people) + len(self.programs) + len(self.sessions)


def search(db: Db, viewer: Viewer, now: datetime, typed: str) -> Found:
    """Look for what was typed among people, programmes and sessions the viewer may see."""
    typed = " ".join(typed[:LONGEST].split())
    words = [word for word in (word.translate(_SPECIAL) for word in words_of(typed)) if word]
    if len("".join(words)) < SHORTEST:
        return Found(typed)
    people = find_people(db, viewer, typed, limit=PEOPLE)
    return Found(
        typed,
        [Hit(one.id, f"/people/{one.id}", one.name, one.note or one.email, one.initials) for one in people],
        _programs(db, viewer, words),
        _sessions(db, viewer, now, words, [one.id for one in people]),
        True,
    )


def _programs(db: Db, viewer: Viewer, words: Sequence[str]) -> list[Hit]:
    query = select(Program).where(visible_programs(viewer), col(Program.archived_at).is_(None)).order_by(Program.name)
    programs = list(db.exec(query))
    found = [one for one in programs if _begins_all(fold(one.name), words)]
    found = found or [one for one in programs if _begins_all(fold(one.name), words, forgiving=True)]
    return [_program(viewer, one) for one in found[:PROGRAMS]]


def _program(viewer: Viewer, program: Program) -> Hit:
    """Lead a manager to the programme's page; the others have none, so to their sessions of it."""
    page = f"/programs/{program.id}"
    href = page if viewer.manages(program.id or 0) else f"/calendar?program={program.id}"
    return Hit(program.id or 0, href, program.name, PROGRAM_KIND_WORDS[ProgramKind(program.kind)])


def _begins_all(text: str, words: Sequence[str], *, forgiving: bool = False) -> bool:
    """Whether each word begins one of `text`, both folded."""
    patterns = ([word, *near_misses(word)] if forgiving else [word] for word in words)
    return all(any(re.search(_as_regex(pattern), text) for pattern in ways) for ways in patterns)


def _as_regex(pattern: str) -> str:
    return r"(?<!\w)" + re.escape(pattern).replace("_", ".")


def _sessions(db: Db, viewer: Viewer, now: datetime, words: Sequence[str], people: Sequence[int]) -> list[Hit]:
    host, mentee = aliased(Person), aliased(Person)
    is_past = sa.case((col(Session.end_at) < now, 1), else_=0)
    coming = sa.case((col(Session.end_at) < now, None), else_=col(Session.start_at))
    query = (
        sa.select(Session, host, mentee)
        .join(host, col(host.id) == Session.host_id)
        .outerjoin(mentee, col(mentee.id) == Session.mentee_id)
        .where(visible_sessions(viewer), col(Session.start_at).is_not(None))
        .where(sa.or_(sa.and_(*(_matches(word) for word in words)), _is_of(people)))
        .order_by(is_past, coming, col(Session.start_at).desc(), col(Session.id))
        .limit(LOOKED_AT)
    )
    rows = [row for row in db.execute(query) if _is_meant(row, words, people)]
    return [_session(session, one, other, now, viewer.zone) for session, one, other in rows[:SESSIONS]]


def _matches(word: str) -> sa.ColumnElement[bool]:
    """Give the condition that a word is in the title, give or take accents, or begins a name of the two people."""
    named = select(Person.id).where(col(Person.search_text).like(f"% {word}%"))
    title = col(Session.title).ilike(f"%{_softened(word)}%")
    return sa.or_(title, col(Session.host_id).in_(named), col(Session.mentee_id).in_(named))


def _softened(word: str) -> str:
    soft = "".join("_" if letter in _SOFT or not letter.isascii() else letter for letter in word)
    return soft if len(soft.replace("_", "")) > 1 else word


def _is_of(people: Sequence[int]) -> sa.ColumnElement[bool]:
    """Give the condition for sessions of the people who were found, perhaps by a forgiven slip."""
    return sa.or_(col(Session.host_id).in_(people), col(Session.mentee_id).in_(people))


def _is_meant(row: Any, words: Sequence[str], people: Sequence[int]) -> bool:
    session, host, mentee = row
    if session.host_id in people or session.mentee_id in people:
        return True
    title, names = fold(session.title), f"{host.search_text}{mentee.search_text if mentee else ''}"
    return all(word in title or f" {word}" in names for word in words)


def _session(session: Session, host: Person, mentee: Person | None, now: datetime, zone: str) -> Hit:
    period = session.period
    when = f"{spoken.short_day(period.start, zone)}, {spoken.hours(period, zone)}" if isinstance(period, Period) else ""
    people = spoken.names([one.name for one in (host, mentee) if one])
    shown = shown_as(facts_of(session), now)
    note = f"{when} · {people}"
    return Hit(session.id or 0, f"/s/{session.id}", session.name, note, "", shown.value, CALENDAR_WORDS[shown])
