"""What a calendar's address says."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from app.models.calendar_address import (
    EARLIEST,
    LATEST,
    MOST_PROGRAMS,
    Screen,
    address,
    date_of,
    read_address,
    without,
)
from app.models.calendar_layout import View
from app.models.calendar_picture import changed
from app.models.queries.calendar_filters import Filters
from app.models.words import ProgramKind, Shown

TODAY = date(2026, 11, 22)
NAMES = st.text(max_size=40).map(lambda text: " ".join(text.split()))
FILTERS = st.builds(
    Filters,
    st.frozensets(st.sampled_from(list(Shown))),
    st.frozensets(st.sampled_from(list(ProgramKind))),
    st.frozensets(st.integers(0, 10**6)),
    NAMES,
    NAMES,
)
SCREENS = st.builds(Screen, st.sampled_from(list(View)), st.dates(EARLIEST, LATEST), FILTERS)


def read(text: str, *, is_narrow: bool = False) -> Screen:
    return read_address(dict(parse_qsl(urlsplit(text).query)), TODAY, is_narrow=is_narrow)


@given(SCREENS)
def test_what_is_written_is_read_again(screen: Screen) -> None:
    assert read(address(screen)) == screen


@given(st.dictionaries(st.sampled_from(["view", "date", "status", "type", "program", "instructor"]), st.text()))
def test_nonsense_is_left_out(params: dict[str, str]) -> None:
    screen = read_address(params, TODAY)
    assert read(address(screen)) == screen


def test_nothing_said_is_this_month_or_on_a_phone_the_list() -> None:
    assert read("/calendar") == Screen(View.MONTH, TODAY)
    assert read("/calendar", is_narrow=True) == Screen(View.LIST, TODAY)


def test_a_phone_has_no_week() -> None:
    assert read("/calendar?view=week", is_narrow=True).view == View.LIST
    assert read("/calendar?view=day", is_narrow=True).view == View.DAY


def test_ids_and_days_out_of_reach_are_left_out() -> None:
    assert read(f"/calendar?program=7,{2**63},{'9' * 5000},-1,٣").filters.programs == {7}
    assert len(read("/calendar?program=" + ",".join(map(str, range(5000)))).filters.programs) == MOST_PROGRAMS
    assert changed(Filters(), "program", str(2**70)) == Filters()
    for day in ("0001-01-01", "9999-12-31", "1979-12-31", "2026-02-30", "9" * 5000, ""):
        assert date_of(day) is None
        assert read(f"/calendar?date={day}").day == TODAY


def test_an_address_reads_well() -> None:
    filters = Filters(
        frozenset({Shown.MISSED, Shown.AWAITING}), frozenset({ProgramKind.COACHING}), frozenset({2}), "b k"
    )
    text = address(Screen(View.WEEK, TODAY, filters))
    assert text == ("/calendar?view=week&date=2026-11-22&status=awaiting,missed&type=coaching&program=2&instructor=b+k")


@given(FILTERS)
def test_filters_go_one_by_one_until_none_is_left(filters: Filters) -> None:
    for shown in Shown:
        filters = without(filters, "status", shown)
    for kind in ProgramKind:
        filters = without(filters, "type", kind)
    for program in filters.programs:
        filters = without(filters, "program", str(program))
    assert without(without(filters, "instructor"), "student") == Filters()
