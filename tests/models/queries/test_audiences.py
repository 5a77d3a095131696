"""Finding whom an announcement may be written to."""

from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.audiences import find_readers
from app.models.queries.people import MOST
from app.models.words import Role
from tests.models.factories import House, make_member, make_person


def readers(who: Viewer, typed: str) -> list[str]:
    with reading() as db:
        return [person.name for person in find_readers(db, who, typed)]


def test_find_readers_looks_past_those_who_may_not_be_told(house: House, owner: Viewer) -> None:
    for number in range(MOST):
        make_person(f"Mia Guest {number}")
    assert readers(owner, "mia") == ["Mia Mentee"]


def test_find_readers_of_a_manager_are_of_their_programmes_without_themself(house: House) -> None:
    make_member(house.program_id, make_person("Mina Other"), Role.MENTEE)
    make_person("Mike Stranger")
    assert readers(house.manager, "m") == ["Max Mentor", "Mia Mentee", "Mina Other"]
