"""The address of the list of relationships."""

import pytest

from app.models.queries.relationships import PairFilters, Pairs
from app.state.relationships import address_of, read_filters


@pytest.mark.parametrize(
    ("filters", "address"),
    [
        (PairFilters(), "/relationships"),
        (PairFilters(typed="zoë müri", page=3), "/relationships?q=zo%C3%AB+m%C3%BCri&page=3"),
        (PairFilters(program_id=7, pairs=Pairs.DONE), "/relationships?program=7&state=done"),
    ],
)
def test_address_says_what_is_shown(filters: PairFilters, address: str) -> None:
    assert address_of(filters) == address


@pytest.mark.parametrize(
    ("params", "filters"),
    [
        ({}, PairFilters()),
        ({"q": "  zoë   müri ", "page": "3"}, PairFilters(typed="zoë müri", page=3)),
        ({"program": "7", "state": "done"}, PairFilters(program_id=7, pairs=Pairs.DONE)),
        ({"program": "x", "state": "lost", "page": "-1", "other": "1"}, PairFilters()),
        ({"q": "a" * 300}, PairFilters(typed="a" * 200)),
    ],
)
def test_address_is_read_leniently(params: dict[str, str], filters: PairFilters) -> None:
    assert read_filters(params) == filters
