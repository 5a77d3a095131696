"""Reminders as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Refusal
from app.models.reminders import all_in_words, in_words, read_reminders


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(30, "30 minutes"), (60, "1 hour"), (90, "90 minutes"), (1440, "1 day"), (10_080, "1 week"), (4320, "3 days")],
)
def test_length_is_named_by_its_greatest_whole_unit(minutes: int, words: str) -> None:
    assert in_words(minutes) == words


@pytest.mark.parametrize("text", ["30 minutes, 2 hours", "30min; 2h", "30 m and 2 HOURS", " 30 mins ,, 2 hrs "])
def test_reminders_are_read_as_people_write_them(text: str) -> None:
    assert read_reminders(text) == [30, 120]


@pytest.mark.parametrize("text", ["soon", "30", "2 hours before", "-1 day", "half an hour"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        read_reminders(text)


@given(st.lists(st.integers(5, 28 * 1440), max_size=6, unique=True))
def test_words_read_back_are_the_same(reminders: list[int]) -> None:
    assert read_reminders(all_in_words(reminders)) == sorted(reminders, reverse=True)
