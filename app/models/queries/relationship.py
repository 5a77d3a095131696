"""One relationship for one viewer: the two people, how far they are, and their numbered sessions.

A relationship that is not the viewer's is "not found". A constant number of queries.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models import clock, lifecycle, spoken
from app.models.errors import NotFound
from app.models.permissions import Viewer, facts_of, is_id, parts_of
from app.models.queries.history import HistoryEntry, history_of_relationship
from app.models.queries.relationship_forms import FutureSession, future_sessions, next_form
from app.models.queries.relationships import PairPerson, Progress, load_progress, person_of, visible_relationships
from app.models.queries.session_forms import CardForm
from app.models.tables import Person, Program, Relationship, Session
from app.models.words import PLACE_WORDS, RELATIONSHIP_WORDS, Place, Status, Step

_CHANGES = frozenset(Step) - {Step.ENTER, Step.START, Step.LAPSE}


@dataclass(frozen=True)
class NumberedSession:
    """One line of the table. `title` is "" where it has none of its own, `day` where it has no time.

    `href` opens it, in the form that Edit means; `changes` tells whether the viewer can change anything.
    """

    id: int
    number: int
    name: str
    title: str
    status: str
    word: str
    day: str
    hours: str
    place: str
    href: str
    changes: bool


@dataclass(frozen=True)
class RelationshipPage:
    """The page; id 0 is none. `messages_href` is "" for all but the two.

    `thread_step` is what a manager can do about their messages: "close", "reopen" or "" for nothing.
    """

    id: int = 0
    viewer_id: int = 0
    title: str = ""
    mentor: PairPerson = field(default_factory=PairPerson)
    mentee: PairPerson = field(default_factory=PairPerson)
    mentor_word: str = ""
    mentee_word: str = ""
    program: str = ""
    progress: str = ""
    percent: str = "0%"
    next_words: str = ""
    zone: str = ""
    ended: str = ""
    messages_href: str = ""
    thread_step: str = ""
    may_change: bool = False
    may_arrange_all: bool = False
    may_record: bool = False
    may_end: bool = False
    to_arrange: int = 0
    sessions: list[NumberedSession] = field(default_factory=list[NumberedSession])
    future: list[FutureSession] = field(default_factory=list[FutureSession])
    history: list[HistoryEntry] = field(default_factory=list[HistoryEntry])
    form: CardForm = field(default_factory=CardForm)


@dataclass(frozen=True)
class SessionPlace:
    """Where a numbered session belongs: its relationship, and the sessions before and after it ("" for none)."""

    session_id: int = 0
    relationship_id: int = 0
    number: int = 0
    name: str = ""
    others: str = ""
    program: str = ""
    is_ended: bool = False
    before_href: str = ""
    before_name: str = ""
    after_href: str = ""
    after_name: str = ""


@dataclass(frozen=True)
class _Pair:
    """A relationship with its people and its programme."""

    row: Relationship
    program: Program
    mentor: Person
    mentee: Person

    @property
    def goes_on(self) -> bool:
        people = (self.mentor.deactivated_at, self.mentee.deactivated_at)
        return self.row.ended_at is None and self.program.archived_at is None and people == (None, None)


def load_relationship(db: Db, viewer: Viewer, now: datetime, relationship_id: int) -> RelationshipPage:
    """Read a relationship. Raises NotFound for a stranger. Eight queries at most."""
    pair = _access(db, viewer, relationship_id)
    progress = load_progress(db, now, [relationship_id])[relationship_id]
    sessions = list(db.exec(_numbered(relationship_id).order_by(col(Session.number), col(Session.id))))
    manages = viewer.manages(pair.program.id or 0)
    is_mine = viewer.person_id in (pair.mentor.id, pair.mentee.id)
    return RelationshipPage(
        id=relationship_id,
        viewer_id=viewer.person_id,
        title=_others(viewer, pair),
        mentor=person_of(viewer, pair.mentor),
        mentee=person_of(viewer, pair.mentee),
        mentor_word=pair.program.mentor_word.capitalize(),
        mentee_word=pair.program.mentee_word.capitalize(),
        program=pair.program.name,
        progress=progress.words,
        percent=progress.percent,
        next_words=spoken.moment(progress.next_at, viewer.zone) if progress.next_at else "",
        zone=_zone_of_all(now, viewer.zone),
        ended=spoken.short_day(pair.row.ended_at, viewer.zone) if pair.row.ended_at else "",
        messages_href=f"/messages/{relationship_id}" if is_mine else "",
        thread_step=_thread_step(pair.row) if manages else "",
        may_end=manages and pair.row.ended_at is None,
        **_offers(viewer, pair, progress),
        to_arrange=progress.to_arrange,
        sessions=[_line(viewer, pair, now, session) for session in sessions],
        future=future_sessions(sessions, viewer.zone, now),
        history=history_of_relationship(db, viewer, relationship_id),
        form=next_form(db, viewer, now, pair.program, sessions),
    )


def _zone_of_all(now: datetime, zone: str) -> str:
    """Name the zone alone, as "Berlin time": its offset is not the same for every session of a year."""
    return clock.zone_words(now, zone).partition(",")[0]


def _thread_step(row: Relationship) -> str:
    if row.ended_at is not None:
        return ""
    return "close" if row.thread_closed_at is None else "reopen"


def load_place(db: Db, viewer: Viewer, relationship_id: int, number: int) -> SessionPlace:
    """Find a relationship's session by its number. Raises NotFound for a stranger, and for a number it has not."""
    pair = _access(db, viewer, relationship_id)
    numbers = {session.number or 0: session.id or 0 for session in db.exec(_numbered(relationship_id))}
    if number not in numbers:
        raise NotFound("session")
    known = sorted(numbers)
    here = known.index(number)
    before = known[here - 1] if here else 0
    after = known[here + 1] if here + 1 < len(known) else 0
    return SessionPlace(
        session_id=numbers[number],
        relationship_id=relationship_id,
        number=number,
        name=f"Session {number}",
        others=_others(viewer, pair),
        program=pair.program.name,
        is_ended=pair.row.ended_at is not None,
        before_href=f"/relationships/{relationship_id}/{before}" if before else "",
        before_name=f"Session {before}",
        after_href=f"/relationships/{relationship_id}/{after}" if after else "",
        after_name=f"Session {after}",
    )


def _access(db: Db, viewer: Viewer, relationship_id: int) -> _Pair:
    mentor, mentee = aliased(Person), aliased(Person)
    asked = (
        select(Relationship, Program, mentor, mentee)
        .join(Program, col(Program.id) == Relationship.program_id)
        .join(mentor, col(mentor.id) == Relationship.mentor_id)
        .join(mentee, col(mentee.id) == Relationship.mentee_id)
        .where(Relationship.id == relationship_id, visible_relationships(viewer))
    )
    row = db.exec(asked).one_or_none() if is_id(relationship_id) else None
    if row is None:
        raise NotFound("relationship")
    return _Pair(*row)


def _numbered(relationship_id: int) -> SelectOfScalar[Session]:
    return select(Session).where(Session.relationship_id == relationship_id, col(Session.deleted_at).is_(None))


def _others(viewer: Viewer, pair: _Pair) -> str:
    """Name the other one; to a manager both."""
    if viewer.person_id == pair.mentor.id:
        return pair.mentee.name
    if viewer.person_id == pair.mentee.id:
        return pair.mentor.name
    return f"{pair.mentor.name} and {pair.mentee.name}"


def _offers(viewer: Viewer, pair: _Pair, progress: Progress) -> dict[str, bool]:
    """Say what may be done with the whole of it; the commands check it again."""
    manages = viewer.manages(pair.program.id or 0)
    records = manages or viewer.person_id == pair.mentor.id
    return {
        "may_change": pair.goes_on,
        "may_arrange_all": pair.goes_on and progress.to_arrange > 0,
        "may_record": records and (pair.goes_on or manages),
    }


def _line(viewer: Viewer, pair: _Pair, now: datetime, session: Session) -> NumberedSession:
    facts = facts_of(session, pair.row)
    steps = lifecycle.open_steps(facts, parts_of(viewer, session, pair.row, None), now)
    status = str(facts.status if facts.status == Status.TO_BE_ARRANGED else lifecycle.shown_as(facts, now))
    period = session.period
    return NumberedSession(
        id=session.id or 0,
        number=session.number or 0,
        name=f"Session {session.number}",
        title=session.title,
        status=status,
        word=RELATIONSHIP_WORDS[status],
        day=spoken.short_day(period.start, viewer.zone) if period else "",
        hours=spoken.hours(period, viewer.zone) if period else "",
        place=_place(session) if period else "",
        href=f"/relationships/{pair.row.id}/{session.number}{_form_of(steps, facts.status)}",
        changes=bool(_CHANGES & set(steps)),
    )


def _form_of(steps: list[Step], status: Status) -> str:
    """Lead to the form that Edit means: the session's own, or the one that arranges it for the first time."""
    if Step.EDIT in steps:
        return "?do=edit"
    return "?do=arrange" if status == Status.TO_BE_ARRANGED and Step.ARRANGE in steps else ""


def _place(session: Session) -> str:
    address = session.address.partition("\n")[0] if session.place != Place.ONLINE else ""
    return " · ".join(filter(None, [session.session_type or PLACE_WORDS[Place(session.place)], address]))
