"""What the forms of a person's page send, read as drafts; and refusals, put at their fields."""

import pytest

from app.models.errors import Problem, Refusal
from app.models.queries.person_form import PersonForm, RoleField
from app.models.tables import Membership
from app.models.words import Rank, Role
from app.state import person_edit, person_hand_over, person_pairs
from tests.models.factories import rows_of
from tests.state import callers

ROLES = [RoleField("3:mentor", "Mentor", "Reading"), RoleField("4:mentee", "Mentee", "Chess")]
SENT = {
    "first_name": "Mia",
    "last_name": "",
    "email": "mia@example.org",
    "zone": "",
    "tags": "a, b,, ",
    "rank": "manager",
}


def test_edit_form_takes_ticked_roles_with_their_cohorts() -> None:
    sent = SENT | {"role-3:mentor": True, "cohort-3:mentor": "2026", "role-4:mentee": "", "cohort-4:mentee": "x"}
    draft = person_edit.read_edit(PersonForm(roles=ROLES), sent)
    assert draft.roles is not None
    assert [(one.program_id, one.role, one.cohort) for one in draft.roles] == [(3, Role.MENTOR, "2026")]
    assert (draft.tags, draft.zone, draft.rank) == (("a", "b"), None, None)


def test_edit_form_leaves_what_it_did_not_ask_for() -> None:
    assert person_edit.read_edit(PersonForm(), SENT).bio is None
    assert person_edit.read_edit(PersonForm(), SENT | {"bio": " Likes chess. "}).bio == "Likes chess."


def test_edit_form_takes_no_role_that_it_did_not_offer() -> None:
    draft = person_edit.read_edit(PersonForm(), SENT | {"role-9:manager": True})
    assert draft.roles == ()


def test_edit_form_takes_a_rank_where_it_offered_one() -> None:
    assert person_edit.read_edit(PersonForm(ranks=["", "manager"]), SENT).rank == Rank.MANAGER


def test_deactivate_form_takes_the_ticked_sessions() -> None:
    draft = person_edit.read_deactivate({"cancel-7": True, "cancel-8": False, "reason": "gone"})
    assert (draft.cancels, draft.reason) == ((7,), "gone")


@pytest.mark.parametrize(("side", "pair"), [("instructors", (5, 2)), ("students", (2, 5))])
def test_assign_box_knows_who_is_which(side: str, pair: tuple[int, int]) -> None:
    draft = person_pairs.read_pair({"person_id": "2", "side": side, "other": "5", "program": "1"})
    assert (draft.mentor_id, draft.mentee_id, draft.program_id) == (*pair, 1)


def test_assign_box_without_a_programme_says_so_there() -> None:
    with pytest.raises(Refusal) as refused:
        person_pairs.read_pair({"person_id": "2", "side": "students", "other": "5", "program": ""})
    errors = person_pairs.errors_of(refused.value, {"side": "students"})
    assert errors == {"other": "", "program": "The programme is missing. Choose the programme.", "form": ""}


def test_refusals_about_the_other_stand_at_the_search() -> None:
    refusal = Refusal(Problem("mentee_id", "Gone."), Problem("mentor_id", "Odd."))
    assert person_pairs.errors_of(refusal, {"side": "students"}) == {"other": "Gone.", "program": "", "form": "Odd."}


def test_hand_over_without_anybody_says_so() -> None:
    with pytest.raises(Refusal) as refused:
        person_hand_over.read_hand_over({"person_id": "2", "taker": "0", "pair-1": True})
    assert person_hand_over.errors_of(refused.value)["taker"] == "Nobody is chosen yet. Search by name or e-mail."


def test_hand_over_takes_what_is_ticked() -> None:
    sent = {"person_id": "2", "taker": "5", "pair-1": True, "pair-3": "", "group-9": "on", "reason": "leave"}
    draft = person_hand_over.read_hand_over(sent)
    assert (draft.from_id, draft.to_id, draft.relationship_ids, draft.session_ids) == (2, 5, (1,), (9,))


def test_edit_form_that_the_server_has_forgotten_changes_nothing() -> None:
    cookies, name = callers.world(), callers.handlers()["PersonEditState.submit_edit"]
    sent = SENT | {"person_id": str(callers.MENTEE), "key": "a" * 32}
    heard = callers.call(name, cookies[callers.MANAGER], (sent,), {})
    assert heard.says("Somebody changed this person meanwhile.")
    assert [(row.person_id, row.role) for row in rows_of(Membership) if row.person_id == callers.MENTEE] == [
        (callers.MENTEE, Role.MENTEE)
    ]
