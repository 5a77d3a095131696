"""The people on a session's card: who may be named to whom, by which word, and with a link or without."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.attendance import was_there
from app.models.permissions import HOLDING, Access, Viewer, visible_people
from app.models.tables import Person, Seat
from app.models.words import Kind, Part, SeatStatus, Status

_SEAT_WORDS: dict[str, str] = {
    SeatStatus.INVITED: "invited",
    SeatStatus.UNCONFIRMED: "not confirmed yet",
    SeatStatus.WAITING: "on the waiting list",
    SeatStatus.DECLINED: "declined",
    SeatStatus.WITHDRAWN: "not coming any more",
}
_GROUPS: dict[str, str] = {
    SeatStatus.ENROLLED: "attending",
    SeatStatus.UNCONFIRMED: "attending",
    SeatStatus.INVITED: "invited",
    SeatStatus.WAITING: "waiting",
    SeatStatus.DECLINED: "declined",
    SeatStatus.WITHDRAWN: "left",
}
GROUPS = tuple(dict.fromkeys(_GROUPS.values()))
"""The parts of a group's list, in its order."""
_HELD = frozenset({Status.LIVE, Status.COMPLETED, Status.MISSED})
FORMER = "A former participant"


@dataclass(frozen=True)
class Names:
    """The names of the people of one card, and whose details its viewer may open."""

    by_id: dict[int, str]
    linked: frozenset[int] = frozenset()

    def of(self, person_id: int | None) -> str:
        """Give a name; somebody who is gone is a former participant."""
        return self.by_id.get(person_id or 0, FORMER)


@dataclass(frozen=True)
class CardPerson:
    """Somebody with a seat. `href` is "" where the viewer may not open their details; `came` is "" while unknown.

    `group` is the part of the list they are in, one of GROUPS; `can_remove` while they hold a seat and do not host.
    """

    id: int
    name: str
    initials: str
    part: str
    href: str
    seat: str
    came: str
    attended: bool
    is_me: bool
    group: str = "attending"
    can_remove: bool = False


def load_names(db: Db, viewer: Viewer, access: Access) -> Names:
    """Read the names of everybody the card may mention, and which of them the viewer may open. Two queries."""
    session = access.session
    ids = {seat.person_id for seat in access.seats} | {session.host_id, session.asked_id, session.asked_by_id}
    rows = db.exec(select(Person).where(col(Person.id).in_(ids - {None}))).all()
    linked = db.exec(select(Person.id).where(col(Person.id).in_(ids - {None}), visible_people(viewer))).all()
    return Names({row.id or 0: row.name for row in rows}, frozenset(one for one in linked if one is not None))


def more_names(db: Db, names: Names, ids: Iterable[int | None]) -> Names:
    """Add the names of others, who are only mentioned. One query, or none."""
    missing = {one for one in ids if one is not None} - names.by_id.keys()
    if not missing:
        return names
    rows = db.exec(select(Person).where(col(Person.id).in_(missing))).all()
    return replace(names, by_id=names.by_id | {row.id or 0: row.name for row in rows})


def hides_people(access: Access) -> bool:
    """Whether the others of a group are kept from this viewer."""
    return access.session.kind == Kind.GROUP and not {Part.MANAGER, Part.HOST} & access.parts


def people_of(viewer: Viewer, access: Access, names: Names) -> list[CardPerson]:
    """List who is in the session, the host first; a group's participant sees the host and themselves."""
    seats = [seat for seat in access.seats if _is_shown(viewer, access, seat)]
    numbers = waiting_numbers(access)

    def place(seat: Seat) -> tuple[bool, int, int, str]:
        number = numbers.get(seat.person_id, 0)
        return not seat.is_host, GROUPS.index(_GROUPS[seat.status]), number, names.of(seat.person_id).casefold()

    return [_person(viewer, access, names, seat, numbers.get(seat.person_id, 0)) for seat in sorted(seats, key=place)]


def waiting_numbers(access: Access) -> dict[int, int]:
    """Number who waits, by person; the first is 1."""
    waiting = [seat for seat in access.seats if seat.status == SeatStatus.WAITING]
    waiting.sort(key=lambda seat: (seat.since, seat.id))
    return {seat.person_id: number for number, seat in enumerate(waiting, start=1)}


def told_by(viewer: Viewer, access: Access, names: Names) -> str:
    """Name whom a cancellation or a change will be told, the viewer left out; "" for nobody."""
    others = [seat for seat in access.seats if seat.status in HOLDING and seat.person_id != viewer.person_id]
    if hides_people(access):
        return ""
    others.sort(key=lambda seat: (not seat.is_host, names.of(seat.person_id)))
    return spoken.names([names.of(seat.person_id) for seat in others])


def _is_shown(viewer: Viewer, access: Access, seat: Seat) -> bool:
    if seat.status not in HOLDING:
        return access.session.kind == Kind.GROUP and not hides_people(access)
    return not hides_people(access) or seat.is_host or seat.person_id == viewer.person_id


def _person(viewer: Viewer, access: Access, names: Names, seat: Seat, number: int) -> CardPerson:
    name = names.of(seat.person_id)
    return CardPerson(
        id=seat.person_id,
        name=name,
        initials=spoken.initials(name),
        part=_part_word(access, seat),
        href=f"/people/{seat.person_id}" if seat.person_id in names.linked else "",
        seat=f"number {number} on the waiting list" if number else _SEAT_WORDS.get(seat.status, ""),
        came=_came(access, seat),
        attended=was_there(seat, access.session),
        is_me=seat.person_id == viewer.person_id,
        group=_GROUPS[seat.status],
        can_remove=not seat.is_host and seat.status in HOLDING,
    )


def _part_word(access: Access, seat: Seat) -> str:
    words = access.program.words
    if access.session.kind == Kind.GROUP:
        return "Host" if seat.is_host else "Participant"
    return (words.mentor if seat.is_host else words.mentee).capitalize()


def _came(access: Access, seat: Seat) -> str:
    if access.session.status not in _HELD or seat.status != SeatStatus.ENROLLED:
        return ""
    if access.session.status == Status.LIVE:
        return "has joined" if seat.entered_at else "has not joined yet"
    if seat.attended is None and seat.entered_at is None:
        return ""
    return "came" if seat.attended or (seat.attended is None and seat.entered_at) else "did not come"
