"""Names as people type them."""

import re

import pytest

from app.models.folding import fold, near_misses, search_text, words_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łukasz  MÜLLER", "lukasz muller"),
        ("Ångström", "angstrom"),
        ("Søren Ærø", "soren aero"),
        ("Weiß", "weiss"),
        ("Đặng Thị", "dang thi"),
        ("İpek Yılmaz", "ipek yilmaz"),
        ("O’Brien", "o'brien"),
        ("שלום", "שלום"),
        ("山田 太郎", "山田 太郎"),
        ("🎹", "🎹"),
        ("", ""),
    ],
)
def test_fold_takes_away_case_accents_and_blanks(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_fold_of_folded_text_changes_nothing() -> None:
    assert fold(fold("Đặng Ångström-Müß")) == fold("Đặng Ångström-Müß")


def test_search_text_has_each_word_and_part_behind_a_blank() -> None:
    text = search_text("Ana María", "García-López", "A.Garcia@Example.org")
    assert text == " ana maria garcia-lopez a.garcia@example.org garcia lopez a example org"


def test_words_of_long_input_are_bounded() -> None:
    words = words_of("x" * 500 + " a b c d e f g h")
    assert words == ["x" * 60, "a", "b", "c", "d", "e"]


@pytest.mark.parametrize("typed", ["kowlaski", "kowalsi", "kowallski", "kawalski", "kowalskj"])
def test_near_misses_of_one_slip_match_the_name(typed: str) -> None:
    patterns = [pattern.replace("_", ".") for pattern in near_misses(typed)]
    assert any(re.match(pattern, "kowalski") for pattern in patterns)


@pytest.mark.parametrize("typed", ["kwolaksi", "kovalsky", "nowak"])
def test_near_misses_of_two_slips_do_not_match(typed: str) -> None:
    patterns = [pattern.replace("_", ".") for pattern in near_misses(typed)]
    assert not any(re.match(pattern, "kowalski") for pattern in patterns)


def test_near_misses_of_short_words_are_none() -> None:
    assert near_misses("ana") == []
