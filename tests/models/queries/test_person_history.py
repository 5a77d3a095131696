"""A person's history in words."""

import pytest

from app.models.commands.account import change_self
from app.models.commands.people import edit_person
from app.models.commands.programs import add_member, change_member, remove_member
from app.models.commands.tagging import tag_people
from app.models.database import reading
from app.models.drafts.people import EditPersonDraft, PersonDraft, TagDraft
from app.models.drafts.programs import MembershipDraft
from app.models.queries.person import load_person
from app.models.queries.person_parts import Asked, Parts
from app.models.words import Role
from tests.models.factories import NOW, House, do, make_house


@pytest.fixture
def house() -> House:
    return make_house(mentor_word="coach")


def lines(house: House) -> list[tuple[str, str, str]]:
    """Who did what to the mentee, and where; the first step first."""
    with reading() as db:
        page = load_person(db, house.manager, NOW, house.mentee.person_id, Asked(Parts.HISTORY))
    return [(one.who, one.what, one.about) for one in reversed(page.history)]


def test_history_names_what_was_changed(house: House) -> None:
    mentee = house.mentee.person_id
    draft = EditPersonDraft(email=house.mentee.email, first_name="Mina", last_name="Meyer", tags=("piano",))
    do(edit_person, house.manager, mentee, draft)
    do(change_self, house.mentee, PersonDraft(email=house.mentee.email, first_name="Mina", last_name="Mayer"))
    assert lines(house) == [
        ("You", "changed the first name, the last name, the time zone and the tags", ""),
        ("Mina Mayer", "changed the last name", ""),
    ]


def test_history_names_tags(house: House) -> None:
    for adds in (True, False):
        do(tag_people, house.manager, TagDraft(person_ids=(house.mentee.person_id,), name="piano", adds=adds))
    assert lines(house) == [("You", "added the tag “piano”", ""), ("You", "took away the tag “piano”", "")]


def test_history_names_roles_as_the_programme_does(house: House) -> None:
    draft = MembershipDraft(program_id=house.program_id, person_id=house.mentee.person_id, role=Role.MENTOR)
    made = do(add_member, house.manager, draft)["membership_id"]
    do(change_member, house.manager, made, "Autumn")
    do(change_member, house.manager, made, "")
    do(remove_member, house.manager, made)
    assert lines(house) == [
        ("You", "made this person coach", "Reading"),
        ("You", "moved this person to the cohort “Autumn”", "Reading"),
        ("You", "took this person out of their cohort", "Reading"),
        ("You", "took away the role of coach", "Reading"),
    ]
