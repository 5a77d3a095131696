"""One person's details page, for one viewer: who they are, and the part of the page that is asked for.

A manager sees everything of their programmes, in parts; others see of a person only what the
two of them share, on one page. A constant number of queries for each part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, spoken
from app.models.permissions import Viewer, access_person, zone_of
from app.models.queries.mentor_figures import MentorFigures, load_figures
from app.models.queries.organisation import usual_words
from app.models.queries.people import role_word
from app.models.queries.person_access import Access, load_access
from app.models.queries.person_history import LISTED as STEPS_LISTED
from app.models.queries.person_history import HistoryLine, load_person_history
from app.models.queries.person_pairs import LISTED as PAIRS_LISTED
from app.models.queries.person_pairs import PairLine, Side, load_pairs, sides_of
from app.models.queries.person_parts import DETAILS, Asked, Pager, PartLink, Parts, pager_of, parts_of
from app.models.queries.person_sessions import LISTED as SESSIONS_LISTED
from app.models.queries.person_sessions import SessionLine, load_sessions
from app.models.tables import Membership, Organisation, Person, PersonTag, Program
from app.models.words import ProgramWords, Rank, Role, shared_words


@dataclass(frozen=True)
class RoleLine:
    """What somebody is in one programme, in its words, and their cohort there ("" for none)."""

    word: str
    program: str
    cohort: str = ""


@dataclass(frozen=True)
class PersonPage:
    """The page; id 0 is nobody. `email` is "" where the viewer has no dealings with them now.

    `is_managed` says that the viewer manages them; only then there are parts, tags and access.
    """

    id: int = 0
    name: str = ""
    initials: str = ""
    title: str = ""
    email: str = ""
    is_me: bool = False
    is_managed: bool = False
    is_deactivated: bool = False
    may_erase: bool = False
    rank: str = ""
    zone: str = ""
    local_time: str = ""
    bio: str = ""
    roles: list[RoleLine] = field(default_factory=list[RoleLine])
    tags: list[str] = field(default_factory=list[str])
    access: Access = field(default_factory=Access)
    book_href: str = ""
    part: str = ""
    parts: list[PartLink] = field(default_factory=list[PartLink])
    mentor: str = "mentor"
    mentors: str = "mentors"
    mentee: str = "mentee"
    mentees: str = "mentees"
    hands_over: bool = False
    shows_figures: bool = False
    figures: MentorFigures = field(default_factory=MentorFigures)
    pairs: list[PairLine] = field(default_factory=list[PairLine])
    is_past: bool = False
    sessions: list[SessionLine] = field(default_factory=list[SessionLine])
    history: list[HistoryLine] = field(default_factory=list[HistoryLine])
    pager: Pager = field(default_factory=Pager)


Roles = Sequence[tuple[Membership, Program]]


def load_person(db: Db, viewer: Viewer, now: datetime, person_id: int, asked: Asked) -> PersonPage:
    """Read somebody's page. Raises NotFound for a stranger."""
    person = access_person(db, viewer, person_id)
    roles = _roles(db, viewer, person_id)
    page = _head(db, viewer, now, person, roles)
    return (
        _with_part(db, viewer, now, person, page, asked)
        if page.is_managed
        else _shared(db, viewer, now, person, page, asked)
    )


def _head(db: Db, viewer: Viewer, now: datetime, person: Person, roles: Roles) -> PersonPage:
    person_id = person.id or 0
    is_me = person_id == viewer.person_id
    as_mentee, as_mentor, has_active = sides_of(db, viewer, person_id)
    as_mentee |= any(membership.role == Role.MENTEE for membership, _ in roles)
    as_mentor |= any(membership.role == Role.MENTOR for membership, _ in roles)
    is_managed = viewer.is_org_manager or any(viewer.manages(program.id or 0) for _, program in roles)
    words = shared_words((program.words for _, program in roles), usual_words(db.get(Organisation, 1)))
    zone = zone_of(db, person)
    return PersonPage(
        id=person_id,
        name=person.name,
        initials=spoken.initials(person.name),
        title=_title(words, as_mentor=as_mentor, as_mentee=as_mentee),
        email=person.email if is_me or is_managed or has_active else "",
        is_me=is_me,
        is_managed=is_managed,
        is_deactivated=person.deactivated_at is not None,
        may_erase=viewer.is_org_manager and not is_me,
        rank="" if person.rank == Rank.NONE else person.rank.capitalize(),
        zone=clock.zone_words(now, zone),
        local_time=f"{clock.wall(now, zone):%A, %H:%M}",
        bio=person.bio,
        roles=[_role_line(membership, program, shows_cohort=is_managed) for membership, program in roles],
        book_href=_book_href(viewer, person, roles, has_active=has_active),
        parts=parts_of(person_id, words, as_mentor=as_mentor, as_mentee=as_mentee) if is_managed else [],
        mentor=words.mentor,
        mentors=words.mentors,
        mentee=words.mentee,
        mentees=words.mentees,
        hands_over=is_managed and as_mentor,
    )


def _with_part(db: Db, viewer: Viewer, now: datetime, person: Person, page: PersonPage, asked: Asked) -> PersonPage:
    """Fill in the asked part of a manager's page."""
    part = asked.part if asked.part in [one.name for one in page.parts] else DETAILS
    parts = [replace(one, is_here=one.name == part) for one in page.parts]
    page = replace(page, part=part, parts=parts)
    if part == Parts.DETAILS:
        page = replace(page, tags=_tags(db, page.id), access=load_access(db, viewer, person))
        if not page.hands_over:
            return page
        return replace(page, shows_figures=True, figures=load_figures(db, viewer, now, page.id))
    if part == Parts.SESSIONS:
        return _with_sessions(db, viewer, now, page, asked)
    if part == Parts.HISTORY:
        found = load_person_history(db, viewer, page.id, page=asked.page)
        return replace(page, history=found.lines, pager=pager_of(asked, found.count, STEPS_LISTED))
    side = {Parts.INSTRUCTORS: Side.MENTORS, Parts.STUDENTS: Side.MENTEES}.get(Parts(part), Side.ALL)
    pairs = load_pairs(db, viewer, now, person, side=side, only_active=side != Side.ALL, page=asked.page)
    return replace(page, pairs=pairs.lines, pager=pager_of(asked, pairs.count, PAIRS_LISTED))


def _shared(db: Db, viewer: Viewer, now: datetime, person: Person, page: PersonPage, asked: Asked) -> PersonPage:
    """Fill in what somebody who is no manager of theirs may see."""
    pairs = load_pairs(db, viewer, now, person, page=1).lines
    page = _with_sessions(db, viewer, now, replace(page, pairs=pairs), asked)
    first = next((pair.book_href for pair in pairs if pair.book_href), "")
    return page if page.is_me else replace(page, book_href=first)


def _with_sessions(db: Db, viewer: Viewer, now: datetime, page: PersonPage, asked: Asked) -> PersonPage:
    found = load_sessions(db, viewer, now, page.id, is_past=asked.is_past, page=asked.page)
    pager = pager_of(asked, found.count, SESSIONS_LISTED)
    return replace(page, is_past=asked.is_past, sessions=found.lines, pager=pager)


def _title(words: ProgramWords, *, as_mentor: bool, as_mentee: bool) -> str:
    if as_mentor == as_mentee:
        return "Details"
    return f"{(words.mentor if as_mentor else words.mentee).capitalize()} Details"


def _roles(db: Db, viewer: Viewer, person_id: int) -> Roles:
    query = (
        select(Membership, Program)
        .join(Program, col(Program.id) == Membership.program_id)
        .where(Membership.person_id == person_id)
        .order_by(Program.name, Membership.role)
    )
    if not viewer.is_org_manager:
        query = query.where(col(Program.id).in_(viewer.managed | viewer.mentored | viewer.attended))
    return list(db.exec(query))


def _role_line(membership: Membership, program: Program, *, shows_cohort: bool) -> RoleLine:
    word = role_word(program, membership.role).capitalize()
    return RoleLine(word, program.name, membership.cohort if shows_cohort else "")


def _tags(db: Db, person_id: int) -> list[str]:
    return list(db.exec(select(PersonTag.name).where(PersonTag.person_id == person_id).order_by(PersonTag.name)))


def _book_href(viewer: Viewer, person: Person, roles: Roles, *, has_active: bool) -> str:
    """Lead to the form with this person filled in, on the side that they usually take."""
    if person.deactivated_at is not None:
        return ""
    if person.id == viewer.person_id:
        return "/book" if has_active else ""
    for side in (Role.MENTEE, Role.MENTOR):
        if any(membership.role == side and viewer.manages(program.id or 0) for membership, program in roles):
            return f"/book?{side}={person.id}"
    return ""
