"""A cohort for several people at once."""

import pytest

from app.models.commands.cohorts import put_into_cohort
from app.models.drafts.programs import CohortOfSeveralDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.tables import Change
from app.models.words import Role
from tests.models.commands.people_rows import roles
from tests.models.factories import House, do, make_house, make_member, make_person, make_strangers, rows_of, viewer


def put(who: Viewer, program_id: int, cohort: str, *people: int) -> dict[str, object]:
    return do(put_into_cohort, who, CohortOfSeveralDraft(person_ids=people, program_id=program_id, cohort=cohort))


def test_cohort_is_set_in_one_programme_and_taken_again(house: House) -> None:
    other = make_house(name="Singing")
    for role in (Role.MENTOR, Role.MENTEE):
        make_member(other.program_id, house.mentee.person_id, role)
    mentor, mentee = house.mentor.person_id, house.mentee.person_id
    made = put(house.manager, house.program_id, "Spring", mentor, mentee)
    assert made == {"program": "Reading", "members": 2, "others": 0}
    assert roles(mentor) == [(house.program_id, "mentor", "Spring")]
    elsewhere = [(other.program_id, "mentor", ""), (other.program_id, "mentee", "")]
    assert roles(mentee) == [(house.program_id, "mentee", "Spring"), *elsewhere]
    put(house.manager, house.program_id, "", mentee)
    assert (roles(mentor)[0][2], roles(mentee)[0][2]) == ("Spring", "")


def test_cohort_is_written_into_the_history_once_for_each_change(house: House) -> None:
    for _ in range(2):
        put(house.manager, house.program_id, "Spring", house.mentor.person_id, house.mentee.person_id)
    told = [(row.step, row.person_id, row.before, row.after) for row in rows_of(Change)]
    assert told == [
        ("change_member", one.person_id, {"cohort": ""}, {"cohort": "Spring"}) for one in (house.mentor, house.mentee)
    ]


def test_cohort_leaves_who_is_no_member_and_tells_how_many(house: House, owner: Viewer) -> None:
    nobody = make_person("Nora Nobody")
    made = put(owner, house.program_id, "Spring", house.mentee.person_id, nobody)
    assert (made["members"], made["others"], roles(nobody)) == (1, 1, [])
    with pytest.raises(Refusal, match="Nobody of them is in Reading"):
        put(owner, house.program_id, "Spring", nobody)


@pytest.mark.parametrize("who", ["mentor", "foreign manager"])
def test_cohort_is_for_managers_of_the_programme(house: House, who: str) -> None:
    strangers = make_strangers(house)
    actor = viewer(strangers[who]) if who in strangers else house.part(who)
    with pytest.raises(NotFound):
        put(actor, house.program_id, "Mine", house.mentee.person_id)
    assert roles(house.mentee.person_id) == [(house.program_id, "mentee", "")]


def test_cohort_is_for_managers_of_all_of_the_people(house: House) -> None:
    foreign = make_house(name="Singing").mentee.person_id
    with pytest.raises(NotFound):
        put(house.manager, house.program_id, "Mine", house.mentee.person_id, foreign)
    assert roles(house.mentee.person_id) == [(house.program_id, "mentee", "")]
