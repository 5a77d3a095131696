"""The filters of the session list and its address."""

from app.models.queries.session_list_filters import (
    Filters,
    Part,
    Sort,
    address_of,
    chosen_anew,
    query_of,
    read_filters,
    sorted_by,
    without,
)


def test_address_is_read_leniently_and_written_back() -> None:
    query = "q=chess&type=private,public&status=cancelled,to_be_arranged&category=A+b&sort=title&down=1&page=3&per=50"
    params = {
        "q": "chess",
        "type": "public,private,x",
        "status": "cancelled,to_be_arranged,rescheduled",
        "category": "A b",
        "sort": "title",
        "down": "1",
        "page": "3",
        "per": "50",
        "show": "live",
    }
    filters = read_filters(params)
    assert (query_of(filters), filters.part) == (query, Part.ALL)
    assert address_of(Filters()) == "/sessions"
    odd = {"show": "x", "sort": "x", "page": "²", "per": "7", "program": "1,x", "type": "x"}
    assert read_filters(odd) == Filters(programs=("1",))


def test_filters_are_cleared_one_by_one() -> None:
    filters = chosen_anew(Filters(part=Part.LIVE, page=4), {"status": ("missed",), "type": ("public", "private")})
    assert (filters.part, filters.page) == (Part.ALL, 1)
    fewer = without(filters, "type", "public")
    assert (fewer.types, fewer.statuses) == (("private",), ("missed",))
    assert without(fewer, "status", "missed") == Filters(types=("private",))


def test_column_is_turned_round_by_the_second_click() -> None:
    once = sorted_by(Filters(page=3), Sort.TITLE)
    assert (once.order, once.page, sorted_by(once, Sort.TITLE).order) == (
        (Sort.TITLE, False),
        1,
        (Sort.TITLE, True),
    )
    assert sorted_by(Filters(), Sort.SCHEDULE).order == (Sort.SCHEDULE, True)
    assert Filters(part=Part.COMPLETED).order == (Sort.SCHEDULE, True)
