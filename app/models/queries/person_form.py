"""What the manager's forms about a person start from: their facts, the programmes to choose from, what lies ahead."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.errors import NotFound
from app.models.period import Period
from app.models.permissions import Viewer, access_managed_person, is_id
from app.models.queries.leaving import future_sessions
from app.models.queries.people import role_word
from app.models.queries.relationship_future import future_of
from app.models.tables import Membership, Person, PersonTag, Program, Relationship
from app.models.words import Rank, Role


@dataclass(frozen=True)
class RoleField:
    """One role in the form: "3:mentor" names it, `label` says it in words."""

    name: str
    label: str
    program: str
    cohort: str = ""
    is_on: bool = False


@dataclass(frozen=True)
class PersonForm:
    """The form's first values. `roles` are all they can be in the running programmes that the viewer manages.

    `ranks` are what the viewer may make them in the organisation, empty for no say in it; `tags`
    and `cohorts` are those already in use, to choose from.
    """

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    zone: str = ""
    bio: str = ""
    own_tags: str = ""
    rank: str = ""
    ranks: list[str] = field(default_factory=list[str])
    roles: list[RoleField] = field(default_factory=list[RoleField])
    tags: list[str] = field(default_factory=list[str])
    cohorts: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class ComingLine:
    """A session that lies ahead, to be kept or cancelled; a live one can only be waited for."""

    id: int
    title: str
    when: str
    with_whom: str = ""
    may_cancel: bool = True


@dataclass(frozen=True)
class ProgramFit:
    """A programme in which two people can be assigned to each other."""

    id: int
    name: str
    mentor: str
    mentee: str


def load_form(db: Db, viewer: Viewer, person_id: int) -> PersonForm:
    """Read the form about somebody. Raises NotFound or Refusal where the viewer may not change them."""
    person = access_managed_person(db, viewer, person_id)
    own = select(PersonTag.name).where(PersonTag.person_id == person_id).order_by(PersonTag.name)
    known = select(PersonTag.name).distinct().order_by(PersonTag.name).limit(200)
    programs = _running(db, viewer)
    cohorts = select(Membership.cohort).where(
        Membership.cohort != "", col(Membership.program_id).in_([program.id for program in programs])
    )
    return PersonForm(
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        zone=person.zone,
        bio=person.bio,
        own_tags=", ".join(db.exec(own)),
        rank=person.rank,
        ranks=_ranks(viewer, person),
        roles=_role_fields(db, person_id, programs),
        tags=list(db.exec(known)) if viewer.is_org_manager else [],
        cohorts=list(db.exec(cohorts.distinct().order_by(Membership.cohort).limit(200))),
    )


def fingerprint(form: PersonForm) -> str:
    """Name what a form says of somebody: another name for anything else, whatever it offers beside that."""
    roles = sorted((role.name, role.cohort) for role in form.roles if role.is_on)
    facts = (form.first_name, form.last_name, form.email, form.zone, form.bio, form.own_tags, str(form.rank), roles)
    return sha256(repr(facts).encode()).hexdigest()[:16]


def load_leaving(db: Db, viewer: Viewer, now: datetime, person_id: int) -> list[ComingLine]:
    """List the sessions that would be left without somebody who is deactivated."""
    return [
        ComingLine(one.id, one.title, one.when, one.people, one.may_cancel)
        for one in future_sessions(db, viewer, now, person_id)
    ]


def load_ending(db: Db, viewer: Viewer, now: datetime, relationship_id: int) -> list[ComingLine]:
    """List the sessions still to come in a relationship."""
    return [
        ComingLine(one.session_id, one.name, spoken.span(Period(one.start_at, one.end_at), viewer.zone))
        for one in future_of(db, viewer, now, relationship_id)
    ]


def load_fits(db: Db, viewer: Viewer, mentor_id: int, mentee_id: int) -> tuple[list[ProgramFit], int]:
    """List the programmes for a pair, the fitting ones first, and the one to propose (0: none stands out).

    One fits in which each has their role; where the two already work together it is left out.
    Raises NotFound for ids that nobody can have.
    """
    if not (is_id(mentor_id) and is_id(mentee_id)):
        raise NotFound("person")
    programs = _running(db, viewer)
    roles = set(
        db.exec(
            select(Membership.program_id, Membership.person_id, Membership.role).where(
                col(Membership.person_id).in_([mentor_id, mentee_id])
            )
        )
    )
    taken = select(Relationship.program_id).where(
        Relationship.mentor_id == mentor_id, Relationship.mentee_id == mentee_id, col(Relationship.ended_at).is_(None)
    )
    assigned = set(db.exec(taken))
    free = [one for one in programs if one.id not in assigned]
    wanted = ((mentor_id, Role.MENTOR), (mentee_id, Role.MENTEE))
    fitness = {one.id: sum((one.id, person, role) in roles for person, role in wanted) for one in free}
    free.sort(key=lambda one: -fitness[one.id])
    both, either = ([one for one in free if fitness[one.id] >= least] for least in (2, 1))
    shown = either or free
    only = both if len(both) == 1 else shown if len(shown) == 1 else []
    fits = [ProgramFit(one.id or 0, one.name, one.mentor_word, one.mentee_word) for one in shown]
    return fits, (only[0].id or 0) if only else 0


def _ranks(viewer: Viewer, person: Person) -> list[str]:
    if viewer.is_owner:
        return [Rank.NONE, Rank.MANAGER, Rank.OWNER]
    return [Rank.NONE, Rank.MANAGER] if viewer.is_org_manager and person.rank != Rank.OWNER else []


def _running(db: Db, viewer: Viewer) -> list[Program]:
    query = select(Program).where(col(Program.archived_at).is_(None)).order_by(Program.name, col(Program.id))
    if not viewer.is_org_manager:
        query = query.where(col(Program.id).in_(viewer.managed))
    return list(db.exec(query))


def _role_fields(db: Db, person_id: int, programs: Sequence[Program]) -> list[RoleField]:
    rows = db.exec(select(Membership).where(Membership.person_id == person_id)).all()
    has = {(row.program_id, row.role): row.cohort for row in rows}
    fields = [
        RoleField(
            name=f"{program.id}:{role}",
            label=role_word(program, role).capitalize(),
            program=program.name,
            cohort=has.get((program.id or 0, role), ""),
            is_on=(program.id or 0, role) in has,
        )
        for program in programs
        for role in (Role.MENTEE, Role.MENTOR, Role.MANAGER)
    ]
    return sorted(fields, key=lambda one: not one.is_on)
