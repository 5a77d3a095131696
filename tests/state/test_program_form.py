"""How what the form of a programme's settings sent is read."""

import pytest

from app.models.errors import Refusal
from app.state.program_form import TypeRow, draft_of

FORM = {
    "name": "Reading",
    "kind": "mentoring",
    "mentor_word": "guide",
    "mentors_word": "guides",
    "mentee_word": "reader",
    "mentees_word": "readers",
    "session_count": "5",
    "default_minutes": "45",
    "type-0": "Online",
    "type-1": " Call ",
    "type-2": " ",
    "reminder_day": "on",
    "reminder_other": "30 minutes",
}
ROWS = [TypeRow(1, "Call"), TypeRow(2, ""), TypeRow(0, "Online")]


def test_types_are_read_in_the_order_of_the_rows_and_without_empty_ones() -> None:
    draft = draft_of(FORM, ROWS)
    assert (draft.session_types, draft.reminder_minutes) == (("Call", "Online"), (1440, 30))


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        draft_of(FORM | {"name": "", "session_count": "0", "reminder_other": "soon"}, [TypeRow(2, "")])
    said = refused.value.by_field()
    assert sorted(said) == ["name", "reminder_minutes", "session_count", "session_types"]
    assert said["session_types"] == "There is no session type. Name at least one, such as Online."


def test_what_only_the_form_can_know_is_refused_alone_too() -> None:
    with pytest.raises(Refusal) as refused:
        draft_of(FORM | {"reminder_other": "soon"}, ROWS)
    assert [problem.field for problem in refused.value.problems] == ["reminder_minutes"]
