"""Finding people by first name, last name or e-mail, as far as the viewer may know of them.

Accents do not matter, words may come in any order and be begun only; where nothing is
found one slip of the finger a word is forgiven. Two or three queries, however many people.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.folding import near_misses, words_of
from app.models.permissions import Viewer, visible_people
from app.models.spoken import initials
from app.models.tables import Membership, Person, Program, Relationship
from app.models.words import Rank, Role

MOST = 8
_SPECIAL = str.maketrans({"%": None, "\\": None} | dict.fromkeys(',;<>()"', " "))
"""LIKE takes the first two for more than they are; the others stand between words: “Koch, Ana <ana@example.org>”."""


@dataclass(frozen=True)
class PersonFound:
    """One line of a type-ahead. `note` says in words who they are; `initials` are for the avatar."""

    id: int
    name: str
    email: str
    initials: str
    note: str = ""


def find_people(
    db: Db,
    viewer: Viewer,
    typed: str,
    *,
    role: Role | None = None,
    program_id: int | None = None,
    only: sa.ColumnElement[bool] | None = None,
    limit: int = MOST,
    forgives: bool = True,
) -> list[PersonFound]:
    """Find among the people whose details the viewer may open, in one role or programme or `only` some if asked.

    Nothing typed gives the first in alphabetical order. Deactivated people are left out. Without
    `forgives` a slip of the finger finds nobody, which takes a tenth of the time.
    """
    among = _findable(viewer)
    if role is not None or program_id is not None:
        among.append(col(Person.id).in_(_members(role, program_id)))
    if only is not None:
        among.append(only)
    people = _search(db, typed, among, limit, forgives=forgives)
    notes = _roles_in_words(db, viewer, people) if people else {}
    return [shown_as_found(person, notes.get(person.id or 0, "")) for person in people]


def count_people(db: Db, viewer: Viewer, typed: str, *, forgives: bool) -> int:
    """Count all whom `find_people` would list; with `forgives` where it found nobody spelt exactly so."""
    meant = nearly_begins if forgives else begins
    query = select(sa.func.count(col(Person.id))).where(*_findable(viewer), *map(meant, typed_words(typed)))
    return db.exec(query).one()


def _findable(viewer: Viewer) -> list[sa.ColumnElement[bool]]:
    return [visible_people(viewer), col(Person.deactivated_at).is_(None)]


def find_to_book(
    db: Db,
    viewer: Viewer,
    typed: str,
    role: Role,
    *,
    other_id: int | None = None,
    program_id: int | None = None,
    limit: int = MOST,
) -> list[PersonFound]:
    """Find whom the viewer may book as mentor or mentee: `role`, beside the already chosen `other_id`.

    A manager finds everybody of that role in their programmes; others the people of their
    active relationships, and themselves. Who is assigned to the other comes first.
    """
    among = [may_book(viewer, role, program_id), col(Person.deactivated_at).is_(None)]
    if other_id is not None:
        among.append(col(Person.id) != other_id)
    partners = _partners(db, role, other_id)
    note = "Assigned" if viewer.is_manager else ""  # to others nobody else is shown
    first = [sa.case((col(Person.id).in_(partners), 0), else_=1)] if partners else []
    people = _search(db, typed, among, limit, first)
    return [shown_as_found(person, note if person.id in partners else "") for person in people]


def may_book(viewer: Viewer, role: Role, program_id: int | None = None) -> sa.ColumnElement[bool]:
    """Give the condition for the people the viewer may book as mentor or as mentee."""
    theirs, mine = (
        (Relationship.mentor_id, Relationship.mentee_id)
        if role == Role.MENTOR
        else (Relationship.mentee_id, Relationship.mentor_id)
    )
    running = select(Relationship).join(Program, col(Program.id) == Relationship.program_id)
    running = running.where(col(Relationship.ended_at).is_(None), col(Program.archived_at).is_(None))
    if program_id is not None:
        running = running.where(Relationship.program_id == program_id)
    me = viewer.person_id
    ways = [
        col(Person.id).in_(running.with_only_columns(col(theirs)).where(sa.or_(col(mine) == me, col(theirs) == me)))
    ]
    if viewer.is_manager:
        ways.append(col(Person.id).in_(_members(role, program_id, viewer)))
    return sa.or_(*ways)


def _members(role: Role | None, program_id: int | None, manager: Viewer | None = None) -> SelectOfScalar[int]:
    query = select(Membership.person_id).join(Program, col(Program.id) == Membership.program_id)
    query = query.where(col(Program.archived_at).is_(None))
    if role is not None:
        query = query.where(Membership.role == role)
    if program_id is not None:
        query = query.where(Membership.program_id == program_id)
    if manager is not None and not manager.is_org_manager:
        query = query.where(col(Membership.program_id).in_(manager.managed))
    return query


def _search(
    db: Db,
    typed: str,
    among: Sequence[sa.ColumnElement[bool]],
    limit: int,
    first: Sequence[sa.ColumnElement[int]] = (),
    *,
    forgives: bool = True,
) -> list[Person]:
    everybody = select(Person).where(*among).order_by(*first, Person.search_text, col(Person.id)).limit(limit)
    words = typed_words(typed)
    if not words:
        return [] if typed.strip() else list(db.exec(everybody))
    found = list(db.exec(everybody.where(*(begins(word) for word in words))))
    if not found and forgives and any(near_misses(word) for word in words):
        found = list(db.exec(everybody.where(*(nearly_begins(word) for word in words))))
    return found


def typed_words(typed: str) -> list[str]:
    """Give the words to look for, without what LIKE would take for more than a letter and what stands about words."""
    return [word for word in (word.strip("_.:") for word in words_of(typed.translate(_SPECIAL))) if word]


def begins(word: str, person: type[Person] = Person) -> sa.ColumnElement[bool]:
    """Give the condition for the people of whose name or e-mail a part begins so; `person` may be an alias."""
    return col(person.search_text).like(f"%{beginning(word)}%")


def beginning(word: str) -> str:
    """Give what a search text holds in which `word` begins a part.

    The parts of an address are kept without its "@", so a word that has one may begin anywhere.
    """
    return word if len(word) > 1 and "@" in word else f" {word}"


def nearly_begins(word: str) -> sa.ColumnElement[bool]:
    """Give the condition that forgives one slip of the finger."""
    return sa.or_(begins(word), *(begins(pattern) for pattern in near_misses(word)))


def _partners(db: Db, role: Role, other_id: int | None) -> set[int]:
    if other_id is None:
        return set()
    wanted, given = (
        (Relationship.mentor_id, Relationship.mentee_id)
        if role == Role.MENTOR
        else (Relationship.mentee_id, Relationship.mentor_id)
    )
    return set(db.exec(select(wanted).where(given == other_id, col(Relationship.ended_at).is_(None))))


def _roles_in_words(db: Db, viewer: Viewer, people: Sequence[Person]) -> dict[int, str]:
    query = (
        select(Membership.person_id, Membership.role, Program)
        .join(Program, col(Program.id) == Membership.program_id)
        .where(col(Membership.person_id).in_([person.id for person in people]))
        .order_by(Program.name, Membership.role)
    )
    if not viewer.is_org_manager:
        query = query.where(col(Program.id).in_(viewer.managed | viewer.mentored | viewer.attended))
    lines: dict[int, list[str]] = defaultdict(list)
    for person in people:
        if person.rank != Rank.NONE:
            lines[person.id or 0].append(person.rank.capitalize())
    for person_id, role, program in db.exec(query):
        lines[person_id].append(f"{role_word(program, role).capitalize()}, {program.name}")
    return {person_id: " · ".join(line) for person_id, line in lines.items()}


def role_word(program: Program, role: str) -> str:
    """Name a role as the programme does, in lower case."""
    own = {Role.MENTOR: program.mentor_word, Role.MENTEE: program.mentee_word}
    return own.get(Role(role), "manager")


def shown_as_found(person: Person, note: str = "") -> PersonFound:
    """Give a person as a line of a type-ahead."""
    return PersonFound(person.id or 0, person.name, person.email, initials(person.name), note)


def find_among(db: Db, typed: str, condition: sa.ColumnElement[bool], limit: int = MOST) -> list[Person]:
    """Find people by what was typed among those a condition allows; whoever calls it answers for the condition."""
    return _search(db, typed, [condition], limit)
