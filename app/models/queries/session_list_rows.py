"""The lines of the list of sessions, for its table and its files. Whoever reads them answers for the permission."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col

from app.models import spoken
from app.models.lifecycle import Facts, shown_as
from app.models.period import Period
from app.models.queries.groups import count_seats
from app.models.queries.session_people import FORMER
from app.models.tables import Person, Program, Session
from app.models.words import CALENDAR_WORDS, LIST_WORDS, Audience, Kind, Place, SeatStatus, Shown, Status

AT_ONCE = 1_000
"""Sessions read in one statement: databases take only so many values in one."""
TYPE_WORDS: dict[str, str] = {
    Audience.PRIVATE: "Private",
    Audience.PUBLIC: "Public",
    Kind.ONE_TO_ONE: "One-to-one",
}
STATUS_WORDS: dict[str, str] = {
    **{status.value: word for status, word in LIST_WORDS.items()},
    Shown.AWAITING.value: CALENDAR_WORDS[Shown.AWAITING],
}


@dataclass(frozen=True)
class SessionRow:
    """One session of the list. `day` and `hours` are in the viewer's zone, "" while it is to be arranged.

    A one-to-one has its `mentee`; the others count `enrolled` of `places`, the host left out (L3). `type` and
    `status` are values of TYPE_WORDS and STATUS_WORDS, `type_word` and `word` what they are called; `link` is to
    be shared, `edit_href` leads to the form for what can still be changed, called `edit_word`; "" for nothing.
    """

    id: int
    title: str
    host_id: int
    host: str
    mentee_id: int
    mentee: str
    program: str
    day: str
    hours: str
    type: str
    type_word: str
    status: str
    word: str
    enrolled: int
    places: int
    invited: int
    waiting: int
    link: str
    edit_href: str
    edit_word: str

    @property
    def enrolment(self) -> str:
        """Say who takes part, as a cell of a file does."""
        if self.type == Kind.ONE_TO_ONE:
            return self.mentee
        invited = f", {self.invited:,} invited" if self.invited else ""
        return f"{self.enrolled:,} / {self.places:,}{invited}"


def read_rows(db: Db, zone: str, now: datetime, ids: Sequence[int]) -> list[SessionRow]:
    """Read the lines of these sessions, in this order. Two queries for every AT_ONCE of them."""
    return [row for some in _in_pieces(ids) for row in _read_some(db, zone, now, some)]


def _in_pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


def _read_some(db: Db, zone: str, now: datetime, ids: Sequence[int]) -> list[SessionRow]:
    host, mentee = aliased(Person), aliased(Person)
    query = (
        sa.select(*_OF_SESSION, *_name(host, "host"), *_name(mentee, "mentee"), col(Program.name).label("program"))
        .join(host, col(host.id) == col(Session.host_id))
        .join(Program, col(Program.id) == col(Session.program_id))
        .outerjoin(mentee, col(mentee.id) == col(Session.mentee_id))
        .where(col(Session.id).in_(ids))
    )
    found = {row.id: row for row in db.execute(query)}
    counts = count_seats(db, ids)
    return [_row(found[one], counts.get(one, {}), zone, now) for one in ids if one in found]


_OF_SESSION = [
    col(getattr(Session, name))
    for name in (
        *("id", "title", "number", "kind", "audience", "status", "place", "start_at", "end_at"),
        *("host_id", "mentee_id", "maximum", "slug"),
    )
]


def _name(person: type[Person], label: str) -> list[sa.ColumnElement[str]]:
    return [
        col(getattr(person, part)).label(f"{label}_{part}")  # pyright: ignore[reportUnknownArgumentType]
        for part in ("first_name", "last_name", "email")
    ]


def _row(row: Any, taken: dict[str, int], zone: str, now: datetime) -> SessionRow:
    period = Period(row.start_at, row.end_at) if row.start_at and row.end_at else None
    kind, status = Kind(row.kind), Status(row.status)
    shown = _shown(row, now)
    type_ = kind.value if kind == Kind.ONE_TO_ONE else row.audience
    href, edit = _way_to_edit(row.id, kind, status) if shown != Shown.AWAITING.value else ("", "")
    return SessionRow(
        id=row.id,
        title=row.title or (f"Session {row.number}" if row.number else "Session"),
        host_id=row.host_id,
        host=f"{row.host_first_name} {row.host_last_name}".strip() or row.host_email,
        mentee_id=row.mentee_id or 0,
        mentee=_mentee(row),
        program=row.program,
        day=spoken.short_day(period.start, zone) if period else "",
        hours=spoken.hours(period, zone) if period else "",
        type=type_,
        type_word=TYPE_WORDS[type_],
        status=shown,
        word=STATUS_WORDS[shown],
        enrolled=taken.get(SeatStatus.ENROLLED, 0) + taken.get(SeatStatus.UNCONFIRMED, 0),
        places=row.maximum - 1,
        invited=taken.get(SeatStatus.INVITED, 0),
        waiting=taken.get(SeatStatus.WAITING, 0),
        link=f"/g/{row.slug}" if row.slug else "",
        edit_href=href,
        edit_word=edit,
    )


def _way_to_edit(session_id: int, kind: Kind, status: Status) -> tuple[str, str]:
    """Give the address of the form that changes a session, and its name: of a live one only the meeting link (L6)."""
    if status == Status.LIVE:
        return f"/s/{session_id}?form=meeting", "Edit meeting link"
    if status not in (Status.SCHEDULED, Status.PENDING):
        return "", ""
    return (f"/sessions/{session_id}/edit" if kind == Kind.GROUP else f"/s/{session_id}?form=edit"), "Edit"


def _mentee(row: Any) -> str:
    if row.mentee_id is None:
        return ""
    return f"{row.mentee_first_name or ''} {row.mentee_last_name or ''}".strip() or row.mentee_email or FORMER


def _shown(row: Any, now: datetime) -> str:
    status = Status(row.status)
    if status == Status.TO_BE_ARRANGED:
        return status.value
    return shown_as(Facts(Kind(row.kind), status, Place(row.place), row.start_at, row.end_at), now).value
