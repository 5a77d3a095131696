"""The invented organisation: its programmes, people, roles and relationships."""

import random
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

from sqlmodel import Session as Db

from app.models.demo import names
from app.models.demo.names import FLAVOURS, Flavour
from app.models.demo.span import Span
from app.models.folding import fold, search_text
from app.models.passwords import hash_password
from app.models.tables import Membership, Organisation, Person, PersonTag, Program, Relationship
from app.models.words import DEFAULT_SESSION_TYPES, ProgramKind, Rank, Role


@dataclass
class Team:
    """One programme with its people."""

    program: Program
    flavour: Flavour
    mentors: list[Person]
    mentees: list[Person]


@dataclass
class Pair:
    """A relationship with its people."""

    team: Team
    relationship: Relationship
    mentor: Person
    mentee: Person


@dataclass
class House:
    """The whole organisation."""

    owner: Person
    teams: list[Team] = field(default_factory=list[Team])
    pairs: list[Pair] = field(default_factory=list[Pair])


def settle(db: Db, rng: random.Random, span: Span, password: str) -> House:
    """Add organisation, programmes, people and relationships."""
    founded = span.now - timedelta(days=240)
    db.add(organisation(founded))
    maker = PeopleMaker(rng, founded, hash_password(password))
    owner = maker.make("Maria", "Lindqvist", zone="", rank=Rank.OWNER)
    colleague = maker.make("Samuel", "Osei", zone=names.ZONE, rank=Rank.MANAGER)
    coordinator = maker.make("Ingrid", "Halvorsen", zone="Europe/Oslo")
    teams = [make_team(rng, span, maker, index, flavour) for index, flavour in enumerate(FLAVOURS)]
    db.add_all([owner, colleague, coordinator])
    for team in teams:
        db.add_all([team.program, *team.mentors, *team.mentees])
    db.flush()
    house = House(owner, teams)
    db.add_all(tags(rng, house))
    for team in teams:
        db.add_all(memberships(rng, team, founded))
        house.pairs.extend(pairs_of(rng, span, team))
    db.add(membership(teams[2].program, coordinator, Role.MANAGER, founded))
    db.add_all(other_roles(house, founded))
    db.add_all(pair.relationship for pair in house.pairs)
    db.flush()
    return house


def organisation(founded: datetime) -> Organisation:
    """Make the organisation's row."""
    return Organisation(
        name=names.ORGANISATION,
        zone=names.ZONE,
        kind=ProgramKind.TUTORING,
        mail_sender=f"hello@{names.DOMAIN}",
        mail_sender_name=names.ORGANISATION,
        public_contact=f"hello@{names.DOMAIN}",
        secret=secrets.token_urlsafe(32),
        is_demo=True,
        created_at=founded,
    )


class PeopleMaker:
    """Makes people, each with a name of their own."""

    def __init__(self, rng: random.Random, founded: datetime, password_hash: str) -> None:
        self.rng = rng
        self.founded = founded
        self.password_hash = password_hash
        everybody = list(product(names.FIRST, names.LAST))
        rng.shuffle(everybody)
        self.names = iter(everybody)

    def draw(self, zones: tuple[str, ...], usual: str = "") -> Person:
        """Make a person with a drawn name, two in three times of the usual zone."""
        first, last = next(self.names)
        is_usual = bool(usual) and self.rng.random() < 0.67
        return self.make(first, last, zone=usual if is_usual else self.rng.choice(zones))

    def make(self, first: str, last: str, *, zone: str, rank: Rank = Rank.NONE) -> Person:
        """Make a person of this name."""
        folded = re.sub(r"[^a-z]+", "-", fold(f"{first} {last}").replace("'", "")).strip("-")
        email = f"{folded.replace('-', '.')}@{names.DOMAIN}"
        return Person(
            email=email,
            first_name=first,
            last_name=last,
            search_text=search_text(first, last, email),
            password_hash=self.password_hash,
            rank=rank,
            zone=zone,
            slug=folded,
            created_at=self.founded,
        )


def tags(rng: random.Random, house: House) -> list[PersonTag]:
    """Put a word on some of the people."""
    people = [person for team in house.teams for person in (*team.mentors, *team.mentees)]
    drawn = [(person, tag) for person in people for tag in names.TAGS if rng.random() < 0.12]
    return [PersonTag(person_id=person.id or 0, name=tag) for person, tag in drawn]


def make_team(rng: random.Random, span: Span, maker: PeopleMaker, index: int, flavour: Flavour) -> Team:
    """Make a programme and its people; mentors and mentees are shared out evenly."""
    mentors = [maker.draw(names.MENTOR_ZONES) for _ in range(share(span.mentors, index))]
    mentors[0].zone = names.ZONE
    for mentor in mentors:
        mentor.bio = f"{rng.choice(('With us since the beginning.', 'Joined last year.', 'Likes clear goals.'))}"
    mentees = [maker.draw(names.OTHER_ZONES, names.ZONE) for _ in range(share(span.mentees, index))]
    return Team(make_program(flavour, maker.founded), flavour, mentors, mentees)


def share(total: int, index: int) -> int:
    """Share out `total` among the programmes; the first get what is left over."""
    count = len(FLAVOURS)
    return total // count + (index < total % count)


def make_program(flavour: Flavour, founded: datetime) -> Program:
    """Make a programme: mentoring asks for confirmation, coaching allows back-to-back."""
    program = Program(
        name=flavour.name,
        description=flavour.description,
        session_count=8 if flavour.kind == ProgramKind.TUTORING else 6,
        session_types=list(DEFAULT_SESSION_TYPES),
        asks_confirmation=flavour.kind == ProgramKind.MENTORING,
        allows_back_to_back=flavour.kind == ProgramKind.COACHING,
        reminder_minutes=[1440, 60],
        created_at=founded,
    )
    program.take_words_of(flavour.kind)
    return program


def memberships(rng: random.Random, team: Team, founded: datetime) -> list[Membership]:
    """Make everybody of a team a member."""
    mentors = [membership(team.program, person, Role.MENTOR, founded) for person in team.mentors]
    mentees = [membership(team.program, person, Role.MENTEE, founded) for person in team.mentees]
    for one in mentees:
        one.cohort = rng.choice(names.COHORTS)
    return [*mentors, *mentees]


def membership(program: Program, person: Person, role: Role, founded: datetime) -> Membership:
    """Give a person a role in a programme."""
    return Membership(program_id=program.id or 0, person_id=person.id or 0, role=role, created_at=founded)


def pairs_of(rng: random.Random, span: Span, team: Team) -> list[Pair]:
    """Pair each mentee with one mentor of the programme, by turns; some relationships have ended."""
    made: list[Pair] = []
    for index, mentee in enumerate(team.mentees):
        mentor = team.mentors[index % len(team.mentors)]
        made.append(make_pair(team, mentor, mentee, span.now - timedelta(days=rng.randint(60, 200))))
    for pair in made[5::17]:
        pair.relationship.ended_at = span.now - timedelta(days=rng.randint(3, 20))
    return made


def make_pair(team: Team, mentor: Person, mentee: Person, since: datetime) -> Pair:
    """Assign a mentee to a mentor."""
    relationship = Relationship(
        program_id=team.program.id or 0, mentor_id=mentor.id or 0, mentee_id=mentee.id or 0, created_at=since
    )
    return Pair(team, relationship, mentor, mentee)


def other_roles(house: House, founded: datetime) -> list[Membership]:
    """Make a mentor of one programme a mentee of the last, and give a mentee a second mentor."""
    tutoring, mentoring, coaching = house.teams
    learner, busy = mentoring.mentors[1], tutoring.mentees[0]
    house.pairs.append(make_pair(coaching, coaching.mentors[0], learner, founded + timedelta(days=60)))
    house.pairs.append(make_pair(mentoring, mentoring.mentors[0], busy, founded + timedelta(days=80)))
    return [
        membership(coaching.program, learner, Role.MENTEE, founded),
        membership(mentoring.program, busy, Role.MENTEE, founded),
    ]
