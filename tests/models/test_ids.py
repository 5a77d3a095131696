"""Reading ids that come from outside."""

from typing import Any

import pytest

from app.models.ids import as_id


@pytest.mark.parametrize("value", ["", "x", "-1", "1.5", "٣", None, [], {}, "9" * 40, -3, True])
def test_id_that_is_none_is_nobodys(value: Any) -> None:
    assert as_id(value) == 0


@pytest.mark.parametrize("value", [7, "7", "007"])
def test_id_is_read_from_text_too(value: Any) -> None:
    assert as_id(value) == 7
