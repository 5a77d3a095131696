"""How what a session's forms sent is read, whatever it is."""

from typing import Any

import pytest

from app.models.errors import Problem, Refusal
from app.state.session_edit import time_texts
from app.state.session_fields import minutes_between, texts_by_field, texts_of


@pytest.mark.parametrize("form", [None, "text", [], 3])
def test_form_of_another_kind_holds_nothing(form: Any) -> None:
    assert texts_of(form, "edit") == {}


def test_form_is_read_without_its_name_and_without_others_fields() -> None:
    sent = {"edit_day": "2026-03-03", "edit_notifies": True, "edit_x": None, "cancel_reason": "no", "edit_n": False}
    assert texts_of(sent, "edit") == {"day": "2026-03-03", "notifies": "on", "x": "", "n": ""}


def test_refusal_is_said_at_the_field_where_the_form_has_one() -> None:
    refusal = Refusal(Problem("meeting.link", "No link."), Problem("at", "Taken."), Problem("scope", "What?"))
    assert texts_by_field(refusal, "edit") == {"link": "No link.", "at": "Taken.", "": "What?"}


@pytest.mark.parametrize("form", ["", "reactivate", "accept"])
def test_refusal_is_said_for_the_whole_where_there_is_no_such_field(form: str) -> None:
    refusal = Refusal(Problem("at", "Taken."), Problem("", "Choose another."))
    assert texts_by_field(refusal, form) == {"": "Taken. Choose another."}


def test_refused_length_is_said_at_the_end() -> None:
    assert texts_by_field(Refusal(Problem("minutes", "Too short.")), "edit") == {"until": "Too short."}


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("10:00", "11:30", "90"),
        ("23:00", "00:30", "90"),
        ("10:00", "10:00", "0"),
        ("10:00", "09:00", "1380"),
        ("", "11:00", ""),
        ("10:00", "", ""),
        ("ten", "11:00", ""),
    ],
)
def test_length_follows_from_start_and_end(start: str, end: str, minutes: str) -> None:
    assert minutes_between(start, end) == minutes


def test_form_that_asks_for_the_end_gives_its_length_and_others_what_they_say() -> None:
    times = {"day": "2026-03-03", "at": "10:00", "zone": "UTC"}
    assert time_texts(times | {"until": "10:45", "minutes": "60"})["minutes"] == "45"
    assert time_texts(times | {"minutes": "60"})["minutes"] == "60"
