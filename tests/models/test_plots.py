"""Plots are laid out so that a bar's length is its number."""

import pytest

from app.models.plots import HEIGHT, Column, Key, Label, Line, Stroke, labels_of, lines, scale, stack

LOOKS = {"completed": "Completed", "missed": "Missed", "live": "Live"}


@pytest.mark.parametrize(
    ("most", "found"), [(0, (1, 1)), (4, (4, 1)), (6, (6, 2)), (23, (25, 5)), (101, (150, 50)), (1700, (2000, 500))]
)
def test_scale_ends_at_a_round_number_not_far_above(most: int, found: tuple[int, int]) -> None:
    assert scale(most) == found


def test_bars_are_piled_up_in_the_order_of_the_legend() -> None:
    drawn = stack([Column("Week of 2 Mar", "2 Mar", "2026", {"missed": 1, "completed": 3})], LOOKS, "said")
    assert [(box.look, box.y, box.words) for box in drawn.boxes] == [
        ("completed", f"{HEIGHT * 1 / 4:.1f}", "Week of 2 Mar: 3 Completed"),
        ("missed", "0.0", "Week of 2 Mar: 1 Missed"),
    ]
    assert drawn.legend == [Key("completed", "Completed", "3"), Key("missed", "Missed", "1")]
    assert [tick.word for tick in drawn.ticks] == ["0", "1", "2", "3", "4"]


def test_lines_join_neighbours_only() -> None:
    shares = [1.0, 0.5, None, 0.0]
    drawn = lines([("a", ""), ("b", ""), ("c", ""), ("d", "")], [Line("group", "Group", shares, list("1234"))], "")
    assert drawn.strokes == [Stroke("12.50%", "0.0", "37.50%", "100.0", "group")]
    assert [(dot.x, dot.y, dot.words) for dot in drawn.dots] == [
        ("12.50%", "0.0", "1"),
        ("37.50%", "100.0", "2"),
        ("87.50%", "200.0", "4"),
    ]


def test_many_weeks_get_few_labels_and_each_year_is_named_once() -> None:
    names = [(f"{week}", "2025" if week < 10 else "2026") for week in range(26)]
    assert [(one.word, one.year) for one in labels_of(names)] == [
        ("0", "2025"),
        ("4", ""),
        ("8", ""),
        ("12", "2026"),
        ("16", ""),
        ("20", ""),
        ("24", ""),
    ]
    assert labels_of([]) == list[Label]()
