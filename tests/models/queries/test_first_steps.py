"""What a new organisation is led to, before its first session."""

from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.first_steps import FirstSteps, first_steps
from app.models.words import KIND_WORDS, ProgramKind, ProgramWords, Rank, Role
from tests.models.factories import (
    at,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_program,
    make_session,
    viewer,
)

TUTORING = {"mentor_word": "instructor", "mentors_word": "instructors"}
TUTORING |= {"mentee_word": "student", "mentees_word": "students", "kind": ProgramKind.TUTORING}


def read(who: Viewer) -> FirstSteps | None:
    with reading() as db:
        return first_steps(db, who)


def test_first_steps_follow_what_there_is() -> None:
    make_organisation()
    owner = viewer(make_person(rank=Rank.OWNER))
    assert read(owner) == FirstSteps(False, False, False, ProgramWords())
    program = make_program(**TUTORING)
    make_member(program, make_person(), Role.MENTOR)
    assert read(owner) == FirstSteps(True, True, False, KIND_WORDS[ProgramKind.TUTORING])
    make_member(program, make_person(), Role.MENTEE)
    assert read(owner) == FirstSteps(True, True, True, KIND_WORDS[ProgramKind.TUTORING])


def test_first_steps_end_with_the_first_session_and_are_for_managers_of_the_organisation() -> None:
    house = make_house()
    owner = viewer(make_person(rank=Rank.OWNER))
    make_session(house)
    assert [read(who) is None for who in (owner, house.manager, house.mentor)] == [False, True, True]
    make_session(house, at())
    assert read(owner) is None
