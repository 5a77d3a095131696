"""A house of instructors and students, and a person's page in it as a viewer sees it."""

import pytest

from app.models.database import reading
from app.models.drafts.relationships import PairDraft
from app.models.permissions import Viewer
from app.models.queries.person import PersonPage, load_person
from app.models.queries.person_parts import Asked
from app.models.words import Role
from tests.models.factories import NOW, House, make_house, make_member


@pytest.fixture
def house() -> House:
    return make_house(
        mentor_word="instructor", mentors_word="instructors", mentee_word="student", mentees_word="students"
    )


def page(who: Viewer, person_id: int, part: str = "", *, is_past: bool = False, number: int = 1) -> PersonPage:
    with reading() as db:
        return load_person(db, who, NOW, person_id, Asked(part, is_past, number))


def pair_draft(house: House, student: int) -> PairDraft:
    make_member(house.program_id, student, Role.MENTEE)
    return PairDraft(program_id=house.program_id, mentor_id=house.mentor.person_id, mentee_id=student)
