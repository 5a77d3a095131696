"""What is found in a text is marked where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.highlight import highlight


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("An exam on Monday", "exam", "An [exam] on Monday"),
        ("An exam on Monday", "mon EX", "An [ex]am on [Mon]day"),
        ("Straße", "strasse", "[Straße]"),
        ("e\u0301te\u0301", "ete", "[e\u0301te]\u0301"),
        ("aaa", "aa", "[aaa]"),
        ("one\ntwo", "two", "one\n[two]"),
        ("nothing", "exam", ""),
        ("an exam", "exam paper", ""),
        ("an exam", "", ""),
        ("100%", "%", "100[%]"),
    ],
)
def test_highlight_marks_every_place(text: str, typed: str, marked: str) -> None:
    assert "".join(f"[{one.text}]" if one.is_hit else one.text for one in highlight(text, typed)) == marked


@given(st.text(), st.text(max_size=5))
def test_highlight_loses_nothing_of_the_text(text: str, typed: str) -> None:
    assert "".join(one.text for one in highlight(text, typed)) in ("", text)
