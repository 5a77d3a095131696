"""Looking for anything from the header (A3): people, programmes, sessions, as far as the viewer may know of them.

People are found by name and e-mail, one slip of the finger a word forgiven; programmes by name, forgiven
alike; sessions by title or by the names of their two people, the next ones first. Capitals and accents
never matter. At most nine statements, six where the words are rightly spelt.
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
from app.models.folding import fold, near_misses
from app.models.lifecycle import Facts, shown_as
from app.models.period import Period
from app.models.permissions import Viewer, visible_programs, visible_sessions
from app.models.queries.directory_filters import Filters, address_of
from app.models.queries.people import PersonFound, beginning, begins, count_people, find_people, typed_words
from app.models.tables import Person, Program, Session
from app.models.words import CALENDAR_WORDS, PROGRAM_KIND_WORDS, Kind, Place, ProgramKind, Status

PEOPLE, PROGRAMS, SESSIONS = 5, 4, 6
SHORTEST = 2
"""A single letter begins half of all names; looking starts with the second."""
LONGEST = 200
LOOKED_AT = 60
"""So many sessions that SQL takes for a match are looked at by their folded titles."""

_SOFT = frozenset("aeioucnszyl")
"""Letters that often carry a mark. In SQL they match any letter; `fold` decides afterwards."""


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
class More:
    """Says that more of a kind were found than are shown; `href` leads to their list where there is one."""

    words: str = ""
    href: str = ""


@dataclass(frozen=True)
class Found:
    """What was found for exactly `typed`."""

    typed: str = ""
    people: list[Hit] = field(default_factory=list[Hit])
    programs: list[Hit] = field(default_factory=list[Hit])
    sessions: list[Hit] = field(default_factory=list[Hit])
    more_people: More = More()
    more_programs: More = More()
    more_sessions: More = More()
    is_long_enough: bool = False

    @property
    def count(self) -> int:
        """How many results there are."""
        return len(self.people) + len(self.programs) + len(self.sessions)


def search(db: Db, viewer: Viewer, now: datetime, typed: str) -> Found:
    """Look for what was typed among people, programmes and sessions the viewer may see."""
    typed = " ".join(typed[:LONGEST].split())
    words = typed_words(typed)
    if len("".join(words)) < SHORTEST:
        return Found(typed)
    exact = _look(db, viewer, now, typed, words, forgives=False)
    return exact if exact.count else _look(db, viewer, now, typed, words, forgives=True)


def _look(db: Db, viewer: Viewer, now: datetime, typed: str, words: Sequence[str], *, forgives: bool) -> Found:
    """Look in all three places. With `forgives`, sessions are only those of the people found: none other was."""
    people = find_people(db, viewer, typed, limit=PEOPLE, forgives=forgives)
    ids = [one.id for one in people]
    total = count_people(db, viewer, typed, forgives=forgives) if len(ids) == PEOPLE else len(ids)
    programs = _programs(db, viewer, words, forgives=forgives)
    meant = _is_of(ids) if forgives else sa.and_(*(_matches(db, word) for word in words))
    sessions = _sessions(db, viewer, now, meant, () if forgives else words) if ids or not forgives else []
    return Found(
        typed,
        [_person(viewer, one) for one in people],
        programs[:PROGRAMS],
        sessions[:SESSIONS],
        _more(total - PEOPLE, address_of(Filters(typed=typed)) if viewer.is_manager else ""),
        _more(len(programs) - PROGRAMS),
        _more(len(sessions) - SESSIONS, is_cut=len(sessions) == LOOKED_AT),
        True,
    )


def _more(count: int, href: str = "", *, is_cut: bool = False) -> More:
    """Say how many are not shown; `is_cut`: nobody counted to the end."""
    if count < 1:
        return More()
    return More("and many more" if is_cut else f"and {count:,} more", href)


def _person(viewer: Viewer, person: PersonFound) -> Hit:
    """Lead to somebody's page. Whom one only worked with once is not told by their address."""
    note = person.note or (person.email if viewer.is_manager else "")
    return Hit(person.id, f"/people/{person.id}", person.name, note, person.initials)


def _programs(db: Db, viewer: Viewer, words: Sequence[str], *, forgives: bool) -> list[Hit]:
    query = select(Program).where(visible_programs(viewer), col(Program.archived_at).is_(None)).order_by(Program.name)
    programs = list(db.exec(query))
    found = [one for one in programs if _begins_all(fold(one.name), words, forgives=forgives)]
    return [_program(viewer, one) for one in found]


def _program(viewer: Viewer, program: Program) -> Hit:
    """Lead a manager to the programme's page; the others have none, so to their sessions of it."""
    page = f"/programs/{program.id}"
    href = page if viewer.manages(program.id or 0) else f"/calendar?program={program.id}"
    return Hit(program.id or 0, href, program.name, PROGRAM_KIND_WORDS[ProgramKind(program.kind)])


def _begins_all(text: str, words: Sequence[str], *, forgives: bool) -> bool:
    """Whether each word begins one of `text`, both folded."""
    patterns = ([word, *near_misses(word)] if forgives else [word] for word in words)
    return all(any(re.search(_as_regex(pattern), text) for pattern in ways) for ways in patterns)


def _as_regex(pattern: str) -> str:
    return r"(?<!\w)" + re.escape(pattern).replace("_", ".")


def _sessions(db: Db, viewer: Viewer, now: datetime, meant: sa.ColumnElement[bool], words: Sequence[str]) -> list[Hit]:
    """List the sessions that are meant, the next ones first; `words` must be in their folded titles or names."""
    is_past = sa.case((col(Session.end_at) < now, 1), else_=0)
    coming = sa.case((col(Session.end_at) < now, None), else_=col(Session.start_at))
    order = (is_past, coming, col(Session.start_at).desc(), col(Session.id))
    matching = (
        sa.select(col(Session.id))
        .where(visible_sessions(viewer), col(Session.start_at).is_not(None), meant)
        .order_by(*order)
        .limit(LOOKED_AT)
    )
    host, mentee = aliased(Person), aliased(Person)
    query = (
        sa.select(*_SHOWN, *_names(host), *_names(mentee))
        .join(host, col(host.id) == Session.host_id)
        .outerjoin(mentee, col(mentee.id) == Session.mentee_id)
        .where(col(Session.id).in_(matching.subquery().select()))
        .order_by(*order)
    )
    lines = [_Line(*row) for row in db.execute(query)]
    return [line.shown(now, viewer.zone) for line in lines if line.has(words)]


_SHOWN = [
    col(getattr(Session, name))
    for name in ("id", "title", "number", "kind", "status", "place", "start_at", "end_at", "host_id", "mentee_id")
]


def _names(person: type[Person]) -> list[Any]:
    return [col(person.first_name), col(person.last_name), col(person.email), col(person.search_text)]


@dataclass(frozen=True)
class _Line:
    """One session that may be meant, as the query gives it."""

    id: int
    title: str
    number: int | None
    kind: str
    status: str
    place: str
    start_at: datetime
    end_at: datetime
    host_id: int
    mentee_id: int | None
    host_first: str
    host_last: str
    host_email: str
    host_text: str
    mentee_first: str | None
    mentee_last: str | None
    mentee_email: str | None
    mentee_text: str | None

    def has(self, words: Sequence[str]) -> bool:
        """Whether each word is in the title or begins a name; SQL could not fold the title."""
        title, names = fold(self.title), f"{self.host_text}{self.mentee_text or ''}"
        return all(word in title or beginning(word) in names for word in words)

    def shown(self, now: datetime, zone: str) -> Hit:
        """Say what it is, when, and with whom."""
        mentee = f"{self.mentee_first or ''} {self.mentee_last or ''}".strip() or self.mentee_email or ""
        host = f"{self.host_first} {self.host_last}".strip() or self.host_email
        day, hours = spoken.short_day(self.start_at, zone), spoken.hours(Period(self.start_at, self.end_at), zone)
        note = f"{day}, {hours} · {spoken.names([name for name in (host, mentee) if name])}"
        name = self.title or (f"Session {self.number}" if self.number else "Session")
        shown = shown_as(self._facts(), now)
        return Hit(self.id, f"/s/{self.id}", name, note, "", shown.value, CALENDAR_WORDS[shown])

    def _facts(self) -> Facts:
        return Facts(Kind(self.kind), Status(self.status), Place(self.place), self.start_at, self.end_at)


def _matches(db: Db, word: str) -> sa.ColumnElement[bool]:
    """Give the condition that a word is in the title, give or take accents, or begins a name of the two people."""
    named = select(Person.id).where(begins(word))
    title = col(Session.title)
    # SQLite's LIKE takes capitals for small letters; saying it with lower() doubles the time.
    like = title.like if db.get_bind().dialect.name == "sqlite" else title.ilike
    titles = (like(f"%{pattern}%") for pattern in _accented(word))
    return sa.or_(*titles, col(Session.host_id).in_(named), col(Session.mentee_id).in_(named))


def _accented(word: str) -> list[str]:
    """List the LIKE patterns of how a folded word may be written.

    All its soft letters may carry marks; where too little would be left to look for, only one of them.
    """
    soft = "".join("_" if letter in _SOFT else letter for letter in word)
    if len(soft.replace("_", "")) > 1:
        return [soft]
    marked = [word[:i] + "_" + word[i + 1 :] for i, letter in enumerate(word) if letter in _SOFT]
    return [word, *marked] if len(word) > 2 else [word]


def _is_of(people: Sequence[int]) -> sa.ColumnElement[bool]:
    """Give the condition for the sessions of these people."""
    return sa.or_(col(Session.host_id).in_(people), col(Session.mentee_id).in_(people))
