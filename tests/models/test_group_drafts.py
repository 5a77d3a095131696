"""The form of a group session: what it refuses, and in which words."""

from typing import Any

import pytest

from app.models.drafts import read
from app.models.drafts.groups import DuplicateDraft, GroupDraft
from app.models.errors import Refusal
from tests.models.factories import BERLIN, wall_date

USUAL: dict[str, Any] = {
    "program_id": 1,
    "title": "Chess",
    "details": "For beginners.",
    "day": "2026-03-03",
    "at": "17:00",
    "zone": BERLIN,
    "minutes": 90,
    "minimum": 2,
    "maximum": 10,
}


def refused(**values: Any) -> dict[str, str]:
    with pytest.raises(Refusal) as refusal:
        read(GroupDraft, USUAL | values)
    return refusal.value.by_field()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": " "}, {"title": "The title is missing. Fill in the title."}),
        ({"details": "\n"}, {"details": "The description is missing. Fill in the description."}),
        ({"day": ""}, {"day": "The date is missing. Fill in the date."}),
        ({"at": ""}, {"at": "The start time is missing. Fill in the start time."}),
        ({"minutes": 29}, {"minutes": "A session lasts from 30 minutes to 12 hours. Choose a length between."}),
        ({"minutes": 721}, {"minutes": "A session lasts from 30 minutes to 12 hours. Choose a length between."}),
        ({"minimum": 0}, {"minimum": "The minimum must be at least 1."}),
        ({"minimum": ""}, {"minimum": "The minimum is missing. Fill in the minimum."}),
        ({"maximum": ""}, {"maximum": "The maximum is missing. Fill in the maximum."}),
        ({"maximum": 10_001}, {"maximum": "The maximum must be at most 10000."}),
        (
            {"minimum": 1, "maximum": 1},
            {"maximum": "Choose 2 or more: the host counts as one participant."},
        ),
        (
            {"minimum": 11},
            {"maximum": "The maximum is smaller than the minimum. Lower the minimum, or choose more places."},
        ),
        ({"image": "../etc/passwd"}, {"image": "The image cannot be read. Choose it again."}),
        ({"categories": ["x" * 101]}, {"categories": "This is too long: at most 100 characters."}),
        ({"medium": [str(n) for n in range(21)]}, {"medium": "This is too long: at most 20 characters."}),
    ],
)
def test_draft_says_what_is_wrong_and_what_would_be_right(values: dict[str, Any], said: dict[str, str]) -> None:
    assert refused(**values) == said


@pytest.mark.parametrize(("minimum", "maximum"), [(1, 2), (2, 2), (10_000, 10_000)])
def test_sizes_may_be_equal(minimum: int, maximum: int) -> None:
    draft = read(GroupDraft, USUAL | {"minimum": minimum, "maximum": maximum})
    assert (draft.minimum, draft.maximum) == (minimum, maximum)


def test_words_are_read_from_a_line_each_once() -> None:
    draft = read(GroupDraft, USUAL | {"categories": " maths,  Hindi songs ,MATHS,, ", "medium": ["en", "EN", "hi"]})
    assert (draft.categories, draft.medium) == (("maths", "Hindi songs"), ("en", "hi"))


def test_what_is_not_said_is_left_open() -> None:
    draft = read(GroupDraft, USUAL)
    assert (draft.host_id, draft.audience, draft.image, draft.invites.program) == (None, None, "", False)


def test_dates_of_a_duplicate_are_sorted_and_each_once() -> None:
    draft = read(DuplicateDraft, {"days": ["2026-03-05", "2026-03-04", "2026-03-05"], "at": "17:00", "zone": BERLIN})
    assert draft.days == (wall_date(2), wall_date(3))


@pytest.mark.parametrize(
    "days", [[], ["2026-02-30"], ["5.3.2026"], [f"2026-0{n // 28 + 3}-{n % 28 + 1:02}" for n in range(61)]]
)
def test_dates_that_cannot_be_read_are_refused(days: list[str]) -> None:
    with pytest.raises(Refusal) as refusal:
        read(DuplicateDraft, {"days": days, "at": "17:00", "zone": BERLIN})
    assert {problem.field for problem in refusal.value.problems} == {"days"}
