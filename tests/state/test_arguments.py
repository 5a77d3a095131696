"""What a handler is handed, whatever was sent."""

from typing import Any

import pytest

from app.state.arguments import arguments_for


def handler(self: Any, name: str, count: int) -> None: ...
def form_handler(self: Any, form: dict[str, Any]) -> None: ...
def free_handler(self: Any, kept: Any) -> None: ...
def lenient_handler(self: Any, hashes: list[str] | None = None) -> None: ...


def test_arguments_of_a_page_arrive_as_they_are() -> None:
    assert arguments_for(handler, {"name": "Łukasz 🙂", "count": 7}) == {"name": "Łukasz 🙂", "count": 7}
    assert arguments_for(form_handler, {"form": {"a": [1, None]}}) == {"form": {"a": [1, None]}}
    assert arguments_for(lenient_handler, {}) == {}
    assert arguments_for(lenient_handler, {"hashes": None}) == {"hashes": None}


@pytest.mark.parametrize(("sent", "text"), [(60, "60"), (60.0, "60"), (None, ""), (float("nan"), "")])
def test_number_field_is_read_as_text(sent: Any, text: str) -> None:
    assert arguments_for(handler, {"name": sent, "count": 1}) == {"name": text, "count": 1}


@pytest.mark.parametrize("sent", [7, 7.0, "7"])
def test_number_is_read_as_a_number(sent: Any) -> None:
    assert arguments_for(handler, {"name": "", "count": sent}) == {"name": "", "count": 7}


@pytest.mark.parametrize("count", [None, "", "x", "٣", "9" * 5000, [], {}, 2**63, -(2**70), 1e300, float("inf")])
def test_what_is_no_number_is_not_handed_on(count: Any) -> None:
    assert arguments_for(handler, {"name": "", "count": count}) is None


@pytest.mark.parametrize("sent", [None, [], "x", {}, {"name": ""}, {"name": "", "count": 1, "more": 1}])
def test_other_arguments_than_asked_for_are_not_handed_on(sent: Any) -> None:
    assert arguments_for(handler, sent) is None


@pytest.mark.parametrize("form", [None, "x", 1, True, [[1]]])
def test_what_is_no_form_is_not_handed_on(form: Any) -> None:
    assert arguments_for(form_handler, {"form": form}) is None


def test_text_loses_what_cannot_be_kept_or_answered() -> None:
    sent = {"kept": {"a\x00": ["\ud800x\x00", float("nan")]}}
    assert arguments_for(free_handler, sent) == {"kept": {"a": ["?x", None]}}


def test_nest_of_lists_is_not_handed_on() -> None:
    nest: Any = []
    for _ in range(500):
        nest = [nest]
    assert arguments_for(free_handler, {"kept": nest}) is None
