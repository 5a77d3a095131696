"""What the form for a new person offers: programmes to come into, and people to work with there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.directory import Choice, directory_words, list_cohorts, list_tags
from app.models.queries.directory_rows import in_managed
from app.models.queries.people import MOST, PersonFound, find_people, shown_as_found
from app.models.tables import Membership, Person, Program
from app.models.words import ProgramWords, Role

OTHER_SIDE = {Role.MENTEE: Role.MENTOR, Role.MENTOR: Role.MENTEE}
"""Whom somebody in a role is assigned to; managers to nobody."""


@dataclass(frozen=True)
class ProgramOption:
    """A programme to bring somebody into, with its words, in lower case."""

    id: int = 0
    name: str = ""
    mentor: str = "mentor"
    mentors: str = "mentors"
    mentee: str = "mentee"
    mentees: str = "mentees"


@dataclass(frozen=True)
class Options:
    """What can be chosen from.

    `chosen` are the people already chosen who fit the programme and role; `usual` has the words for no programme yet.
    """

    programs: list[ProgramOption] = field(default_factory=list[ProgramOption])
    cohorts: list[Choice] = field(default_factory=list[Choice])
    tags: list[Choice] = field(default_factory=list[Choice])
    chosen: list[PersonFound] = field(default_factory=list[PersonFound])
    usual: ProgramOption = ProgramOption()
    may_make_managers: bool = False
    may_add_programs: bool = False


def load_options(db: Db, viewer: Viewer, program_id: int, role: Role | None, chosen: Sequence[int]) -> Options:
    """Read what the form offers. Raises NotFound for those who manage nothing."""
    if not viewer.is_manager:
        raise NotFound
    programs = _programs(db, viewer)
    return Options(
        programs=[_option(program, program.words) for program in programs],
        cohorts=list_cohorts(db, viewer),
        tags=list_tags(db, viewer),
        chosen=_chosen(db, viewer, program_id, role, chosen),
        usual=_option(None, directory_words(db, programs)),
        may_make_managers=viewer.is_org_manager,
        may_add_programs=viewer.is_org_manager,
    )


def find_others(
    db: Db, viewer: Viewer, typed: str, program_id: int, role: Role, but: Sequence[int]
) -> list[PersonFound]:
    """Find whom a new person of this role can be assigned to in a programme, without those chosen already."""
    if not viewer.manages(program_id) or role not in OTHER_SIDE:
        raise NotFound
    limit = MOST + len(but)
    found = find_people(db, viewer, typed, role=OTHER_SIDE[role], program_id=program_id, limit=limit)
    return [person for person in found if person.id not in but][:MOST]


def _programs(db: Db, viewer: Viewer) -> Sequence[Program]:
    running = select(Program).where(col(Program.archived_at).is_(None), *in_managed(viewer, Program.id))
    return db.exec(running.order_by(Program.name, col(Program.id))).all()


def _option(program: Program | None, words: ProgramWords) -> ProgramOption:
    named = (program.id or 0, program.name) if program else (0, "")
    return ProgramOption(*named, words.mentor, words.mentors, words.mentee, words.mentees)


def _chosen(db: Db, viewer: Viewer, program_id: int, role: Role | None, ids: Sequence[int]) -> list[PersonFound]:
    """Give those of the ids who can be assigned, in the order they were chosen."""
    if not ids or role is None or role not in OTHER_SIDE or not viewer.manages(program_id):
        return []
    members = select(Membership.person_id).where(
        Membership.program_id == program_id, Membership.role == OTHER_SIDE[role]
    )
    query = select(Person).where(
        col(Person.id).in_(ids), col(Person.id).in_(members), col(Person.deactivated_at).is_(None)
    )
    return [shown_as_found(person) for person in sorted(db.exec(query), key=lambda one: ids.index(one.id or 0))]
