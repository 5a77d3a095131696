"""What the booking form offers: people, programmes and words for one viewer. Writes nothing.

A manager books anybody of their programmes; a mentor or mentee only within their own
active relationships, and is fixed on their side (A7).
"""

from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.permissions import Viewer, zone_of
from app.models.queries.organisation import usual_words
from app.models.queries.people import may_book
from app.models.tables import Membership, Organisation, Person, Program, Relationship, Session
from app.models.words import DEFAULT_SESSION_TYPES, Place, Platform, ProgramWords, Role, Status, shared_words

LONGEST_NAME = 40
"""So much of a first name is repeated in sentences."""
SIDES = {"mentor": Role.MENTOR, "mentee": Role.MENTEE}


@dataclass(frozen=True)
class Party:
    """One of the two to be booked; id 0 while nobody is chosen. `zone` is the one they live by."""

    id: int = 0
    name: str = ""
    first_name: str = ""
    email: str = ""
    initials: str = ""
    zone: str = ""
    is_me: bool = False


@dataclass(frozen=True)
class ProgramChoice:
    """A programme the pair can be booked in, with its words; id 0 while none is chosen."""

    id: int = 0
    name: str = ""
    mentor: str = "mentor"
    mentee: str = "mentee"
    minutes: int = 60
    session_types: list[str] = field(default_factory=lambda: list(DEFAULT_SESSION_TYPES))
    asks_confirmation: bool = False
    is_assigned: bool = False
    next_title: str = ""


@dataclass(frozen=True)
class Choices:
    """Who and where, as far as it is decided. `fixed` is the side the viewer cannot change, "" for none.

    `words` name the two sides while no programme is chosen.
    """

    mentor: Party = Party()
    mentee: Party = Party()
    fixed: str = ""
    programs: list[ProgramChoice] = field(default_factory=list[ProgramChoice])
    makes_rooms: bool = False
    zones: list[str] = field(default_factory=list[str])
    words: ProgramWords = field(default_factory=ProgramWords)


def load_choices(db: Db, viewer: Viewer, mentor_id: int, mentee_id: int) -> Choices:
    """Say what can be booked with these two (0: not chosen). Who may not be booked counts as not chosen.

    Where the viewer can only be one of the two they are filled in, and so is an only partner.
    """
    fixed = fixed_side(viewer)
    wanted = _completed(db, viewer, {"mentor": mentor_id, "mentee": mentee_id}, fixed)
    people = _load_parties(db, viewer, wanted)
    mentor, mentee = people["mentor"], people["mentee"]
    programs = _programs(db, viewer, mentor.id, mentee.id)
    organisation = db.get(Organisation, 1)
    zones = [viewer.zone, mentor.zone, mentee.zone, organisation.zone if organisation else ""]
    known = [zone for zone in dict.fromkeys(zones) if zone]
    used = (ProgramWords(mentor=one.mentor, mentee=one.mentee) for one in programs)
    words = shared_words(used, usual_words(organisation))
    makes_rooms = organisation is not None and organisation.makes_rooms
    return Choices(mentor, mentee, fixed, programs, makes_rooms, known, words)


def fixed_side(viewer: Viewer) -> str:
    """Say which side the viewer is always on: a mere mentor or mentee; "" for others."""
    if viewer.is_manager or bool(viewer.mentored) == bool(viewer.attended):
        return ""
    return "mentor" if viewer.mentored else "mentee"


def load_defaults(db: Db, program: ProgramChoice, mentor: Party, mentee: Party) -> dict[str, str]:
    """Say how the pair met last, else how people usually do, by the form's field names.

    `program` and the two must come from `load_choices`, which checked them.
    """
    met = (
        select(Session)
        .where(Session.program_id == program.id, Session.host_id == mentor.id, Session.mentee_id == mentee.id)
        .where(col(Session.deleted_at).is_(None), col(Session.start_at).is_not(None))
        .order_by(col(Session.start_at).desc(), col(Session.id).desc())
        .limit(1)
    )
    last = db.exec(met).one_or_none() if mentor.id and mentee.id and program.id else None
    organisation = db.get(Organisation, 1)
    usual = Platform.BIG_BLUE_BUTTON if organisation and organisation.makes_rooms else Platform.OTHER
    return {
        "minutes": str(program.minutes),
        "place": last.place if last else Place.ONLINE,
        "session_type": last.session_type if last else "",
        "platform": (last.platform if last else "") or usual,
        "link": last.link if last else "",
        "passcode": last.passcode if last else "",
        "address": last.address if last else "",
    }


def _completed(db: Db, viewer: Viewer, wanted: dict[str, int], fixed: str) -> dict[str, int]:
    """Fill in what can only be one way for somebody who is no manager."""
    if viewer.is_manager:
        return wanted
    wanted = dict(wanted)
    for side, other in (("mentor", "mentee"), ("mentee", "mentor")):
        if side == fixed or (not fixed and wanted[other] not in (0, viewer.person_id)):
            wanted[side] = viewer.person_id
    for side, other in (("mentor", "mentee"), ("mentee", "mentor")):
        if wanted[other] == viewer.person_id and not wanted[side]:
            partners = _partners(db, viewer.person_id, side)
            wanted[side] = partners[0] if len(partners) == 1 else 0
    return wanted


def _partners(db: Db, person_id: int, side: str) -> list[int]:
    """List who is on `side` of this person's active relationships."""
    theirs, mine = (
        (Relationship.mentor_id, Relationship.mentee_id)
        if side == "mentor"
        else (Relationship.mentee_id, Relationship.mentor_id)
    )
    query = select(theirs).join(Program, col(Program.id) == Relationship.program_id).distinct()
    query = query.where(mine == person_id, col(Relationship.ended_at).is_(None), col(Program.archived_at).is_(None))
    return list(db.exec(query.limit(2)))


def _load_parties(db: Db, viewer: Viewer, wanted: dict[str, int]) -> dict[str, Party]:
    found: dict[str, Party] = {}
    for side, person_id in wanted.items():
        query = select(Person).where(
            Person.id == person_id, may_book(viewer, SIDES[side]), col(Person.deactivated_at).is_(None)
        )
        person = db.exec(query).one_or_none() if person_id else None
        found[side] = _party(db, viewer, person) if person else Party()
    return found


def _party(db: Db, viewer: Viewer, person: Person) -> Party:
    is_me = person.id == viewer.person_id
    return Party(
        id=person.id or 0,
        name=person.name,
        first_name=_short(person.first_name or person.name),
        email=person.email,
        initials=spoken.initials(person.name),
        zone=zone_of(db, person),
        is_me=is_me,
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _programs(db: Db, viewer: Viewer, mentor_id: int, mentee_id: int) -> list[ProgramChoice]:
    query = select(Program).where(col(Program.archived_at).is_(None)).order_by(Program.name, col(Program.id))
    programs = list(db.exec(query.where(_books_in(viewer, mentor_id, mentee_id))))
    if not programs and viewer.is_manager:  # no programme in common: booking makes the other one a member too
        one_of_them = [_books_in(viewer, mentor_id, 0), _books_in(viewer, 0, mentee_id)]
        programs = list(db.exec(query.where(sa.or_(*one_of_them))))
    numbers = _next_numbers(db, mentor_id, mentee_id) if mentor_id and mentee_id else {}
    return [_choice(program, numbers.get(program.id or 0), bool(mentor_id and mentee_id)) for program in programs]


def _books_in(viewer: Viewer, mentor_id: int, mentee_id: int) -> sa.ColumnElement[bool]:
    running = select(Relationship.program_id).where(col(Relationship.ended_at).is_(None))
    if mentor_id:
        running = running.where(Relationship.mentor_id == mentor_id)
    if mentee_id:
        running = running.where(Relationship.mentee_id == mentee_id)
    me = viewer.person_id
    own = running.where(sa.or_(col(Relationship.mentor_id) == me, col(Relationship.mentee_id) == me))
    ways: list[sa.ColumnElement[bool]] = [col(Program.id).in_(own)]
    if viewer.is_manager:
        managed = sa.true() if viewer.is_org_manager else col(Program.id).in_(viewer.managed)
        belong = [_belongs(mentor_id, Role.MENTOR), _belongs(mentee_id, Role.MENTEE)]
        ways.append(sa.and_(managed, *belong))
        if mentor_id and mentee_id:
            ways.append(sa.and_(managed, col(Program.id).in_(running)))
    return sa.or_(*ways)


def _belongs(person_id: int, role: Role) -> sa.ColumnElement[bool]:
    if not person_id:
        return sa.true()
    members = select(Membership.program_id).where(Membership.person_id == person_id, Membership.role == role)
    return col(Program.id).in_(members)


def _next_numbers(db: Db, mentor_id: int, mentee_id: int) -> dict[int, int]:
    """Give the number that the pair's next session gets, by programme: the lowest to be arranged, else a new one."""
    lowest = sa.func.min(Session.number)
    waiting = sa.and_(
        col(Session.relationship_id) == col(Relationship.id),
        col(Session.status) == Status.TO_BE_ARRANGED,
        col(Session.deleted_at).is_(None),
    )
    query = (
        select(Relationship.program_id, Relationship.next_number, lowest)
        .outerjoin(Session, waiting)
        .where(Relationship.mentor_id == mentor_id, Relationship.mentee_id == mentee_id)
        .where(col(Relationship.ended_at).is_(None))
        .group_by(col(Relationship.program_id), col(Relationship.next_number))
    )
    return {program_id: first or next_number for program_id, next_number, first in db.exec(query)}


def _choice(program: Program, number: int | None, is_pair: bool) -> ProgramChoice:
    return ProgramChoice(
        id=program.id or 0,
        name=program.name,
        mentor=program.mentor_word,
        mentee=program.mentee_word,
        minutes=program.default_minutes,
        session_types=list(program.session_types) or list(DEFAULT_SESSION_TYPES),
        asks_confirmation=program.asks_confirmation,
        is_assigned=number is not None,
        next_title=f"Session {number or 1}" if is_pair else "",
    )
