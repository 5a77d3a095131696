"""The wizard's form as texts: what is kept, which steps there are, and the draft it becomes."""

import pytest

from app.models.commands.people import EmailTaken
from app.models.drafts.people import PairingDraft, RoleDraft
from app.models.errors import Refusal
from app.models.tables import Person
from app.models.words import Rank, Role
from app.state.people_new_form import chosen_of, errors_of, new_form, read_person, steps_for, typed_fields

FILLED = {"first_name": "Nina", "email": "Nina@Example.org", "program": "7"}


def form(**fields: str) -> dict[str, str]:
    return new_form({}, FILLED | fields)


def test_form_takes_the_link_and_over_it_what_was_kept() -> None:
    opened = new_form({"role": "mentor", "program": "3", "step": "check"}, {"program": "4", "tags": "Chess"})
    assert (opened["role"], opened["program"], opened["tags"], opened["step"]) == ("mentor", "4", "Chess", "details")
    assert len(opened["key"]) == 32


def test_form_does_not_take_the_servers_fields_from_a_late_event() -> None:
    assert typed_fields({"step": "check", "chosen": "1", "key": "k", "tags": "Art", "evil": "x"}) == {"tags": "Art"}


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        ("mentee", ["details", "choose", "check"]),
        ("mentor", ["details", "choose", "check"]),
        ("manager", ["details", "check"]),
        ("org_manager", ["details", "check"]),
    ],
)
def test_steps_ask_for_others_only_where_somebody_is_assigned(role: str, steps: list[str]) -> None:
    assert steps_for(form(role=role)) == steps


def test_chosen_are_ids_each_once() -> None:
    assert chosen_of(form(chosen="5,9,5,x,-1,")) == [5, 9]


def test_draft_of_a_mentee_has_role_cohort_tags_and_pairings() -> None:
    draft = read_person(form(cohort="Spring", tags="Chess; Art, Chess ,", chosen="5,9", sends_access=""))
    assert draft.email == "nina@example.org"
    assert draft.roles == (RoleDraft(program_id=7, role=Role.MENTEE, cohort="Spring"),)
    assert draft.tags == ("Chess", "Art")
    assert draft.assignments == tuple(PairingDraft(program_id=7, other_id=one, as_role=Role.MENTEE) for one in (5, 9))
    assert (draft.sends_access, draft.zone, draft.rank) == (False, None, Rank.NONE)


def test_draft_of_a_manager_has_no_pairings() -> None:
    assert read_person(form(role="manager", chosen="5")).assignments == ()
    draft = read_person(form(role="org_manager", chosen="5"))
    assert (draft.rank, draft.roles, draft.assignments) == (Rank.MANAGER, (), ())


def test_draft_says_all_that_is_missing_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        read_person(form(program="", email="nobody", first_name=""))
    said = errors_of(refused.value)
    assert [name for name, text in said.items() if text] == ["program", "first_name", "email"]


def test_errors_are_said_at_the_fields_they_belong_to() -> None:
    taken = EmailTaken(Person(id=4, email="a@example.org", first_name="Ann", slug="a"))
    assert errors_of(taken)["email"].startswith("Ann already has this address.")
    other = Refusal.of("mentor_id", "Max is no longer active.")
    assert errors_of(other)["chosen"] == "Max is no longer active."
    assert errors_of(Refusal.of("nowhere", "No."))["form"] == "No."
